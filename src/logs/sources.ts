import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Why a file could not be read, or not to its end. */
export type Trouble = 'missing' | 'denied' | 'directory' | 'binary' | 'compressed' | 'damaged' | 'unreadable';

export class SourceError extends Error {
  readonly trouble: Trouble;
  readonly detail: string;
  constructor(trouble: Trouble, detail: string) {
    super(detail);
    this.trouble = trouble;
    this.detail = detail;
  }
}

/** Something to read lines from; a file can be read again. */
export interface Source {
  /** As the user named it. */
  readonly name: string;
  readonly path?: string;
  readonly stream?: Readable;
  /** Only from this byte on, the start of a line; never of what is packed. */
  readonly start?: number;
  /** The first line of the file, where the reading starts behind it. */
  readonly header?: string;
}

const chunkSize = 256 * 1024;

const packers: readonly (readonly [string, string])[] = [
  ['fd377a585a00', 'xz'],
  ['28b52ffd', 'zstd'],
  ['425a68', 'bzip2'],
  ['504b0304', 'zip'],
];

const longestMagic = 8;

const isGzip = (head: Buffer): boolean => head[0] === 0x1f && head[1] === 0x8b;

/** Log lines hold some odd bytes; programs and databases hold little else. */
const looksBinary = (head: Buffer): boolean => {
  if (head.length === 0) return false;
  const odd = head.reduce((sum, byte) => sum + (byte < 9 || (byte > 13 && byte < 27) || byte === 0x7f ? 1 : 0), 0);
  return (
    odd > head.length * 0.3 ||
    head.subarray(0, 4).toString('latin1') === '\x7fELF' ||
    head.subarray(0, 8).toString() === 'LPKSHHRH'
  );
};

const utf16 = (head: Buffer): string | undefined => {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : undefined;
};

export const troubleOf = (error: unknown): SourceError => {
  if (error instanceof SourceError) return error;
  const member = (name: string): string =>
    typeof error === 'object' && error !== null ? String(Reflect.get(error, name) ?? '') : '';
  const code = member('code');
  const detail = member('message');
  if (code === 'ENOENT' || code === 'ENOTDIR') return new SourceError('missing', code);
  if (code === 'EACCES' || code === 'EPERM') return new SourceError('denied', code);
  if (code === 'EISDIR') return new SourceError('directory', code);
  if (code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE') return new SourceError('damaged', detail);
  return new SourceError('unreadable', detail);
};

/** The bytes of a text as they should be: PowerShell and Exchange export UTF-16. */
async function* decoded(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let first = true;
  for await (const chunk of chunks) {
    if (first && chunk.length > 0) {
      first = false;
      const encoding = utf16(chunk);
      if (encoding !== undefined) decoder = new TextDecoder(encoding);
      else {
        const packer = packers.find(([magic]) => chunk.subarray(0, magic.length / 2).toString('hex') === magic)?.[1];
        if (packer !== undefined) throw new SourceError('compressed', packer);
        if (looksBinary(chunk.subarray(0, 4096))) throw new SourceError('binary', '');
      }
    }
    yield decoder ? Buffer.from(decoder.decode(chunk, { stream: true })) : chunk;
  }
}

const unpacked = (stream: Readable): AsyncIterable<Buffer> => {
  const unzip = createGunzip({ chunkSize });
  stream.on('error', (error) => unzip.destroy(error));
  return stream.pipe(unzip);
};

/** A stream that may be gzip: its first bytes tell. */
async function* sniffed(stream: Readable): AsyncGenerator<Buffer> {
  const { Readable: Streams } = await import('node:stream');
  const reading = stream[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < longestMagic) {
    const next = await reading.next();
    if (next.done) break;
    head = Buffer.concat([head, Buffer.from(next.value)]);
  }
  async function* all(): AsyncGenerator<Buffer> {
    yield head;
    for (let next = await reading.next(); !next.done; next = await reading.next()) yield Buffer.from(next.value);
  }
  yield* isGzip(head) ? unpacked(Streams.from(all())) : all();
}

async function* fileBytes(path: string, start: number): AsyncGenerator<Buffer> {
  const file = await open(path);
  const head = Buffer.alloc(2);
  try {
    if ((await file.stat()).isDirectory()) throw new SourceError('directory', '');
    await file.read(head, 0, 2, 0);
  } finally {
    await file.close();
  }
  const stream = createReadStream(path, { highWaterMark: chunkSize, ...(start > 0 ? { start } : {}) });
  yield* isGzip(head) ? unpacked(stream) : stream;
}

/** The text of a source in pieces; throws a SourceError. */
export async function* bytesOf({ path, stream, start = 0 }: Source): AsyncGenerator<Buffer> {
  try {
    yield* decoded(path === undefined ? sniffed(stream ?? process.stdin) : fileBytes(path, start));
  } catch (error) {
    throw troubleOf(error);
  }
}

/** Time of the last change; now for what is no file. */
export const changedAt = async ({ path }: Source, now: number): Promise<number> => {
  if (path === undefined) return now;
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return now;
  }
};

const rotated = /^(.*?)(?:\.(\d{1,5})|[-.](\d{8}(?:[-_T]?\d{2,6})?|\d{4}-\d\d-\d\d))?(?:\.(?:gz|Z))?$/;

/**
 * Rotated files in the order of time: `mail.log.2.gz`, `mail.log.1`, `mail.log`; `maillog-20261101` before `maillog`.
 * What belongs to different logs stays in the given order.
 */
export const inTimeOrder = (sources: readonly Source[]): readonly Source[] => {
  const rows = sources.map((source, index) => {
    const [, stem = source.name, count, date] = rotated.exec(source.name) ?? [];
    // The newest has neither number nor date.
    const age = count !== undefined ? -Number(count) : date === undefined ? 1 : undefined;
    return { source, stem, index, age, date: date ?? '~' };
  });
  const place = new Map<string, number>();
  for (const { stem, index } of rows) place.set(stem, Math.min(place.get(stem) ?? index, index));
  return rows
    .toSorted((left, right) => {
      const apart = (place.get(left.stem) ?? 0) - (place.get(right.stem) ?? 0);
      if (apart !== 0) return apart;
      if (left.age !== undefined && right.age !== undefined) return left.age - right.age || left.index - right.index;
      return left.date < right.date ? -1 : left.date > right.date ? 1 : left.index - right.index;
    })
    .map(({ source }) => source);
};
