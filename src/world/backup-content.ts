import type { BackupFormat } from '../model/backup-facts.ts';

/** What the bytes of a file, unpacked, say of themselves at their end. */
export type ContentEnd =
  | { readonly kind: 'whole'; readonly format: BackupFormat }
  | { readonly kind: 'stopped'; readonly format: BackupFormat }
  /** Nothing in it marks its end. */
  | { readonly kind: 'open'; readonly format: BackupFormat };

/** Looks at content as it goes by; keeps a few kilobytes. */
export interface ContentWatch {
  readonly take: (chunk: Buffer) => void;
  readonly end: () => ContentEnd;
}

const headBytes = 4_096;

/** Newer versions of pg_dump write further lines after the one that says "complete". */
const tailBytes = 16_384;

interface Dump {
  readonly format: BackupFormat;
  readonly head: RegExp;
  readonly tail: RegExp;
}

/**
 * What pg_dump, pg_dumpall (pg_dump.c, pg_dumpall.c) and mysqldump (write_header and write_footer of mysqldump.cc) write
 * first and last; without comments they write neither.
 */
const dumps: readonly Dump[] = [
  {
    format: 'postgresql',
    head: /^-- PostgreSQL database cluster dump\r?$/m,
    tail: /^-- PostgreSQL database cluster dump complete\r?$/m,
  },
  {
    format: 'postgresql',
    head: /^-- PostgreSQL database dump\r?$/m,
    tail: /^-- PostgreSQL database dump complete\r?$/m,
  },
  { format: 'mysql', head: /^-- (?:MySQL|MariaDB) dump \d/m, tail: /^-- Dump completed/m },
];

const dumpOf = (head: Buffer): Dump | undefined => {
  const text = head.toString('latin1');
  // Only a text that begins as one: the words may stand anywhere in other files.
  return /^(?:--|\/\*|\\restrict)/.test(text) ? dumps.find((one) => one.head.test(text)) : undefined;
};

const block = 512;

const isTar = (head: Buffer): boolean => head.length >= block && head.toString('latin1', 257, 262) === 'ustar';

/** A number of a tar header: octal digits, or base 256 where the first bit is set (GNU tar). */
const tarNumber = (field: Buffer): number | undefined => {
  if (((field[0] ?? 0) & 0x80) !== 0) return field.readUIntBE(field.length - 6, 6);
  const digits = /^[ \0]*([0-7]*)[ \0]*$/.exec(field.toString('latin1'))?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits || '0', 8);
};

const tarSumIsRight = (header: Buffer): boolean => {
  const wanted = tarNumber(header.subarray(148, 156));
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  return sum === wanted;
};

/** Follows a tar archive from header to header (POSIX.1 pax, ustar interchange format). */
class TarWalk {
  #header: Buffer = Buffer.alloc(0);
  #skip = 0;
  #state: 'within' | 'ended' | 'lost' = 'within';

  take(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length && this.#state === 'within') {
      if (this.#skip > 0) {
        const passed = Math.min(this.#skip, chunk.length - at);
        this.#skip -= passed;
        at += passed;
        continue;
      }
      const piece = chunk.subarray(at, at + block - this.#header.length);
      at += piece.length;
      this.#header = Buffer.concat([this.#header, piece]);
      if (this.#header.length === block) this.#read();
    }
  }

  #read(): void {
    const header = this.#header;
    this.#header = Buffer.alloc(0);
    if (header.every((byte) => byte === 0)) {
      this.#state = 'ended';
      return;
    }
    const size = tarNumber(header.subarray(124, 136));
    // Sparse files (S) have further headers of their own kind; and what does not add up is not followed.
    if (size === undefined || header[156] === 0x53 || !tarSumIsRight(header)) this.#state = 'lost';
    else this.#skip = Math.ceil(size / block) * block;
  }

  end(): ContentEnd {
    if (this.#state === 'lost') return { kind: 'open', format: 'tar' };
    // Some programs leave out the empty blocks at the end; tar reads such archives without a word.
    const isCut = this.#state === 'within' && (this.#skip > 0 || this.#header.length > 0);
    return { kind: isCut ? 'stopped' : 'whole', format: 'tar' };
  }
}

/** The first bytes of files that are packed, encrypted or have a form of their own. */
export const formatOf = (head: Buffer): BackupFormat => {
  const starts = (...bytes: readonly number[]): boolean => bytes.every((byte, at) => head[at] === byte);
  const text = head.toString('latin1', 0, 32);
  if (starts(0x1f, 0x8b)) return 'gzip';
  if (text.startsWith('PK\x03\x04') || text.startsWith('PK\x05\x06')) return 'zip';
  if (starts(0x28, 0xb5, 0x2f, 0xfd)) return 'zstd';
  if (starts(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00)) return 'xz';
  if (text.startsWith('SQLite format 3\0')) return 'sqlite';
  if (text.startsWith('PGDMP')) return 'postgresql-custom';
  if (/^(?:Salted__|age-encryption\.org\/|-----BEGIN PGP MESSAGE)/.test(text)) return 'encrypted';
  if (isTar(head)) return 'tar';
  return dumpOf(head)?.format ?? 'unknown';
};

export const watchContent = (): ContentWatch => {
  let head: Buffer = Buffer.alloc(0);
  let tail: Buffer = Buffer.alloc(0);
  let tar: TarWalk | undefined;
  return {
    take: (chunk) => {
      if (head.length < headBytes) {
        const before = head.length;
        head = Buffer.concat([head, chunk.subarray(0, headBytes - before)]);
        if (!tar && isTar(head)) {
          tar = new TarWalk();
          tar.take(head.subarray(0, before));
        }
      }
      tar?.take(chunk);
      tail = chunk.length >= tailBytes ? chunk.subarray(-tailBytes) : Buffer.concat([tail, chunk]).subarray(-tailBytes);
    },
    end: () => {
      if (tar) return tar.end();
      const dump = dumpOf(head);
      if (!dump) return { kind: 'open', format: formatOf(head) };
      return { kind: dump.tail.test(tail.toString('latin1')) ? 'whole' : 'stopped', format: dump.format };
    },
  };
};
