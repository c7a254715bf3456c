import type { DelimitedFile, SourceFailure } from '../../model/sync/source.ts';
import { failureOf } from './failure.ts';
import { newScanner, type Scanner } from './scanner.ts';
import { ensure } from './wasm.ts';
import { newWindows } from './windows.ts';

/** Under which form a key is hashed; each is that of ASCII bytes, and other values are read as text. */
export type AskedForm =
  /** As it is written. */
  | 'as-is'
  /** Small letters and digits, without the zeros before them. */
  | 'text'
  /** Digits, without the zeros before them. */
  | 'digits'
  /** What rules may change is read as text: all but small letters and digits, or digits alone. */
  | 'ruled'
  | 'ruled-digits';

/** A key that is asked of every record of a side. */
export interface AskedKey {
  /** Fields of its parts. */
  readonly positions: readonly number[];
  readonly form: AskedForm;
  /** The hash of the key as text, -1 for none: where the bytes do not tell it. */
  readonly ofText: (parts: readonly string[]) => number;
  /** Hashes that are handed over; they may be fewer from one batch to the next. Absent: all are. */
  readonly wanted?: {
    readonly below: () => number;
    /** These are wanted however large they are. */
    readonly also?: ReadonlySet<number>;
  };
  /** Hashes, each with the address of its record where only some are wanted; a view that is gone afterwards. */
  readonly take: (hashes: Float64Array) => void;
}

export interface Asked {
  readonly rows: number;
  /** Whether these are all records. */
  readonly whole: boolean;
  readonly failure?: SourceFailure;
  /** By key: records that have none. */
  readonly blank: readonly number[];
}

const windowBytes = 512 * 1024;
const mostRecordBytes = 16 * 1024 * 1024;
const bufferBytes = 16 * 1024;
const keyBytes = 64;
/** An entry: its hash, or that and the address. */
const [short, long] = [8, 16];

const forms: readonly AskedForm[] = ['as-is', 'text', 'digits', 'ruled', 'ruled-digits'];
const [dropped, asText] = [0, 255];
const capitals = /[A-Z]/;

/** What a form makes of a byte. */
const unitOf: Readonly<Record<AskedForm, (letter: string) => number>> = {
  'as-is': (letter) => letter.charCodeAt(0) || asText,
  text: (letter) => {
    if (letter <= ' ') return asText;
    return /[a-z0-9]/.test(letter) || capitals.test(letter) ? letter.toLowerCase().charCodeAt(0) : dropped;
  },
  digits: (letter) => (/[0-9]/.test(letter) ? letter.charCodeAt(0) : dropped),
  ruled: (letter) => (/[a-z0-9]/.test(letter) ? letter.charCodeAt(0) : asText),
  'ruled-digits': (letter) => (/[0-9]/.test(letter) ? letter.charCodeAt(0) : asText),
};

const tables = (): Uint8Array =>
  Uint8Array.from(
    forms.flatMap((form) => Array.from({ length: 128 }, (_, byte) => unitOf[form](String.fromCharCode(byte)))),
  );

/** Where each of the wanted hashes has its mark: most others have none. */
const marksOf = (also: ReadonlySet<number> = new Set()) => {
  let largest = -1;
  for (const hash of also) largest = Math.max(largest, hash);
  const marks = new Uint8Array(2 ** Math.ceil(Math.log2(also.size * 32 + 1)));
  const scale = (marks.length - 1) / Math.max(1, largest);
  for (const hash of also) marks[Math.floor(hash * scale)] = 1;
  return { largest, scale, marks };
};

/** Lays the keys into the memory of the scanner; gives where it is free. */
const layKeys = (scanner: Scanner, keys: readonly AskedKey[], most: number, from: number) => {
  let top = from;
  const put = (bytes: Uint8Array): number => {
    const at = Math.ceil(top / 64) * 64;
    top = at + bytes.length;
    ensure(scanner.memory, top + 64);
    new Uint8Array(scanner.memory.buffer).set(bytes, at);
    return at;
  };
  const tablesAt = put(tables());
  const laid = new DataView(new ArrayBuffer(keyBytes * keys.length));
  for (const [at, { positions, form, wanted }] of keys.entries()) {
    const { largest, scale, marks } = marksOf(wanted?.also);
    const words = [
      forms.indexOf(form),
      positions.length,
      put(new Uint8Array(Uint32Array.from(positions).buffer)),
      wanted ? long : short,
      put(new Uint8Array(bufferBytes)),
      bufferBytes,
    ];
    for (const [word, value] of words.entries()) laid.setUint32(keyBytes * at + 4 * word, value, true);
    laid.setFloat64(keyBytes * at + 32, wanted ? wanted.below() : Number.POSITIVE_INFINITY, true);
    laid.setFloat64(keyBytes * at + 40, largest, true);
    laid.setFloat64(keyBytes * at + 48, scale, true);
    laid.setUint32(keyBytes * at + 56, put(marks), true);
  }
  const keysAt = put(new Uint8Array(laid.buffer));
  scanner.ask(keysAt, keys.length, tablesAt, most);
  return { keysAt, top };
};

/** The scanner of a side, and what it hands over. */
const askingScanner = (fields: number, keys: readonly AskedKey[], most: number) => {
  const decoder = new TextDecoder();
  const blank = keys.map(() => 0);
  let keysAt = 0;
  const scanner: Scanner = newScanner({
    asked: (at, from, length) => {
      const key = keys[at];
      if (!key || length === 0) return;
      key.take(new Float64Array(scanner.memory.buffer, from, length / 8));
      if (!key.wanted) return;
      new DataView(scanner.memory.buffer).setFloat64(keysAt + keyBytes * at + 32, key.wanted.below(), true);
    },
    askedText: (at, address) => {
      const key = keys[at];
      if (!key) return;
      const parts = key.positions.map((field) =>
        decoder.decode(new Uint8Array(scanner.memory.buffer, scanner.fieldStart(field), scanner.fieldLength(field))),
      );
      const hash = key.ofText(parts);
      if (hash === -1) blank[at] = (blank[at] ?? 0) + 1;
      else if (!key.wanted) key.take(Float64Array.of(hash));
      else if (hash < key.wanted.below() || key.wanted.also?.has(hash)) key.take(Float64Array.of(hash, address));
    },
  });
  const free = scanner.setup(fields, 0, 0, 1, 64, 4096, 0, 0);
  ensure(scanner.memory, free);
  const laid = layKeys(scanner, keys, most, free);
  keysAt = laid.keysAt;
  const blankOf = (at: number): number =>
    (blank[at] ?? 0) + new DataView(scanner.memory.buffer).getUint32(keysAt + keyBytes * at + 28, true);
  return { scanner, top: laid.top, blank: () => keys.map((_, at) => blankOf(at)) };
};

/**
 * The keys of the records of these files, of at most so many, hashed as `longHash` hashes their texts: in one pass, and without making
 * text of what is ASCII.
 */
export const askKeys = async (
  files: readonly DelimitedFile[],
  fields: number,
  keys: readonly AskedKey[],
  { most, signal }: { readonly most: number; readonly signal: AbortSignal },
): Promise<Asked> => {
  const { scanner, top, blank } = askingScanner(fields, keys, most);
  const enough = new AbortController();
  const scanFile = newWindows(scanner, top, files, { windowBytes, mostRecordBytes });
  const stop = AbortSignal.any([signal, enough.signal]);
  let failure: SourceFailure | undefined;
  for (const [index, file] of files.entries()) {
    if (stop.aborted || failure) break;
    try {
      failure = await scanFile(file, index, stop, {
        read: () => {
          if (scanner.isEnough() !== 0) enough.abort();
        },
      });
    } catch (error) {
      failure = failureOf(error, file.path, scanner.rowCount());
    }
  }
  scanner.finish();
  const whole = !failure && scanner.isEnough() === 0 && !signal.aborted;
  return { rows: scanner.rowCount(), whole, ...(failure ? { failure } : {}), blank: blank() };
};
