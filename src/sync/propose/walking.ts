import { type FileHandle, open } from 'node:fs/promises';
import type { DelimitedFile, SourceFailure } from '../../model/sync/source.ts';
import { longHash } from '../duplicates/alone.ts';
import { addressOf } from '../engine/address.ts';
import { failureOf } from '../engine/failure.ts';
import { headerIn, isHeader } from '../engine/header.ts';
import { sameStamp } from '../same-stamp.ts';
import { type FormOfKeys, hashOfFields, needsText, noKey } from './key-hash.ts';
import { keyOfParts } from './key-rules.ts';
import { fieldText, type Spans, spansOf, takeRecord } from './record-fields.ts';

/** A key that is asked of every row of a walk. */
export interface AskedKey {
  /** Of its parts. */
  readonly positions: readonly number[];
  readonly form: FormOfKeys;
  /** `hash` is `noKey` where the row has none; `parts` may be asked for before the visit ends. */
  readonly visit: (hash: number, row: number, parts: () => readonly string[]) => void;
}

const windowBytes = 1024 * 1024;
/** A longer record is none: its quote was never closed. */
const mostBytes = 16 * windowBytes;
/** Each of these reads the window again. */
const mostUnclosed = 100;

interface Walk {
  readonly signal: AbortSignal;
  readonly most: number;
  readonly fields: number;
  readonly asked: readonly AskedKey[];
  rows: number;
  unclosed: number;
  /** There are more rows than are to be looked at. */
  more: boolean;
}

/** By asked key, where its parts are noted. */
type Slots = readonly (readonly number[])[];

const visitRecord = (bytes: Buffer, address: number, spans: Spans, slots: Slots, asked: readonly AskedKey[]): void => {
  for (let at = 0; at < asked.length; at += 1) {
    const [one, own] = [asked[at], slots[at]];
    if (!one || !own) continue;
    const { plain, of } = one.form;
    let hash = plain === undefined ? needsText : hashOfFields(bytes, spans, own, plain);
    const parts = (): readonly string[] => own.map((slot) => fieldText(bytes, spans, slot));
    if (hash === needsText) {
      const key = keyOfParts(parts(), of);
      hash = key === undefined ? noKey : longHash(key);
    }
    one.visit(hash, address, parts);
  }
};

const isBlankLine = (bytes: Buffer, from: number, to: number): boolean =>
  to - from <= 2 && (bytes[from] === 10 || (bytes[from] === 13 && bytes[to - 1] === 10));

/** The records of a window; gives the place where the first one begins that is not whole. */
const walkWindow = (
  bytes: Buffer,
  { end, final, origin }: { readonly end: number; readonly final: boolean; readonly origin: number },
  { spans, slots, header }: { readonly spans: Spans; readonly slots: Slots; readonly header: Buffer },
  walk: Walk,
): number => {
  const { fields, asked, most } = walk;
  let from = 0;
  while (from < end) {
    let next = takeRecord(bytes, from, end, final, spans);
    if (next < 0) {
      if (!final && end - from < mostBytes) return from;
      // It is given up, and goes on with the line after its first one.
      walk.unclosed += 1;
      if (walk.unclosed > mostUnclosed) return from;
      const line = bytes.indexOf(10, from);
      next = line < 0 || line >= end ? end : line + 1;
    } else if (spans.taken === fields && !isBlankLine(bytes, from, next) && !isHeader(header, bytes, from, next)) {
      walk.more = walk.rows >= most;
      if (walk.more) return from;
      walk.rows += 1;
      visitRecord(bytes, origin + from, spans, slots, asked);
    }
    from = next;
  }
  return from;
};

const isOver = ({ more, unclosed }: Walk): boolean => more || unclosed > mostUnclosed;

const walkFile = async (handle: FileHandle, file: DelimitedFile, index: number, walk: Walk): Promise<void> => {
  const { asked, fields, signal } = walk;
  const wanted = [...new Set(asked.flatMap(({ positions }) => positions))];
  const spans = spansOf(file, fields, wanted);
  const slots = asked.map(({ positions }) => positions.map(spans.of));
  const header = headerIn(handle.fd, file);
  let buffer = Buffer.allocUnsafe(windowBytes);
  let [offset, held, final] = [file.from, 0, false];
  while ((!final || held > 0) && !isOver(walk) && !signal.aborted) {
    const { bytesRead } = await handle.read(buffer, held, buffer.length - held, offset + held);
    final = bytesRead === 0;
    held += bytesRead;
    const origin = addressOf(index, offset);
    const taken = walkWindow(buffer, { end: held, final, origin }, { spans, slots, header }, walk);
    if (taken === 0 && !final && held === buffer.length) {
      buffer = Buffer.concat([buffer], Math.min(4 * buffer.length, mostBytes + windowBytes));
      continue;
    }
    buffer.copy(buffer, 0, taken, held);
    held -= taken;
    offset += taken;
  }
};

/**
 * Walks over the records that a comparison would take from these files (`fields` of each), without making texts of what is ASCII, up to
 * `most` of them; rows are numbered by their addresses for `readRecords`.
 */
export const walkFiles = async (
  files: readonly DelimitedFile[],
  fields: number,
  asked: readonly AskedKey[],
  { signal, most }: { readonly signal: AbortSignal; readonly most: number },
): Promise<{ readonly rows: number; readonly whole: boolean; readonly failure?: SourceFailure }> => {
  const walk: Walk = { signal, most, fields, asked, rows: 0, unclosed: 0, more: false };
  for (const [index, file] of files.entries()) {
    let handle: FileHandle | undefined;
    const failed = (failure: SourceFailure) => ({ rows: walk.rows, whole: false, failure });
    try {
      handle = await open(file.path, 'r');
      if (file.stamp && !sameStamp(file.stamp, await handle.stat()))
        return failed({ kind: 'changed', what: file.path });
      await walkFile(handle, file, index, walk);
    } catch (error) {
      return failed(failureOf(error, file.path));
    } finally {
      await handle?.close();
    }
    if (isOver(walk)) return { rows: walk.rows, whole: false };
  }
  return { rows: walk.rows, whole: true };
};
