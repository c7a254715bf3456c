import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { DelimitedFile, SourceFailure, SourceRow } from '../../model/sync/source.ts';
import { sameStamp } from '../same-stamp.ts';
import { placeOf } from './address.ts';
import { failureOf } from './failure.ts';
import { recordAt } from './fields.ts';

export type ReadReply =
  | { readonly kind: 'records'; readonly records: readonly SourceRow[] }
  | { readonly kind: 'failed'; readonly failure: SourceFailure }
  | { readonly kind: 'stopped' };

const windowBytes = 1024 * 1024;
/** What is read for one record at first; where records turn out to be longer, up to four times as much for those that follow. */
const leastBytes = 512;
/** Bytes between two records that are cheaper to read than to pass over. */
const mostBetween = 8 * 1024;
const mostBytes = 64 * 1024 * 1024;

/**
 * So many at a time: a function that is called again and again is compiled once, one loop over all of them anew for every call, which
 * took longer than the reading. It is why what follows are functions of the module and no closures.
 */
const atOnce = 64;

/** The open file, and what of it was read last. */
interface Window {
  file: number;
  descriptor: number | undefined;
  buffer: Buffer;
  /** The buffer holds `length` bytes from `start` on. */
  start: number;
  length: number;
  /** The file ends there. */
  final: boolean;
}

const close = (window: Window): void => {
  const { descriptor } = window;
  window.descriptor = undefined;
  window.length = 0;
  if (descriptor !== undefined) closeSync(descriptor);
};

const fill = (window: Window, from: number, bytes: number): void => {
  const { descriptor = -1 } = window;
  if (window.buffer.length < bytes) window.buffer = Buffer.allocUnsafe(bytes);
  window.start = from;
  window.final = false;
  let length = 0;
  while (length < bytes && !window.final) {
    const read = readSync(descriptor, window.buffer, length, bytes - length, from + length);
    window.final = read === 0;
    length += read;
  }
  window.length = length;
};

const heldAt = (
  { buffer, start, length, final }: Window,
  offset: number,
  file: DelimitedFile,
  wanted: ReadonlySet<number> | undefined,
): string[] | undefined =>
  offset >= start && offset < start + length
    ? recordAt(buffer, offset - start, length, file, final, wanted)
    : undefined;

/** Where the read of this record ends, with so many bytes for the last one: the next ones come in as long as they are near. */
const reachOf = (addresses: ArrayLike<number>, order: Uint32Array, turn: number, least: number): number => {
  const { file, offset } = placeOf(addresses[order[turn] ?? 0] ?? 0);
  let reach = offset + least;
  for (let next = turn + 1; next < order.length; next += 1) {
    const there = placeOf(addresses[order[next] ?? 0] ?? 0);
    if (there.file !== file || there.offset > reach + mostBetween || there.offset + least > offset + windowBytes) break;
    reach = there.offset + least;
  }
  return reach;
};

const inOrder = (addresses: ArrayLike<number>): Uint32Array => {
  const order = Uint32Array.from({ length: addresses.length }, (_, at) => at);
  for (let at = 1; at < addresses.length; at += 1)
    if ((addresses[at] ?? 0) < (addresses[at - 1] ?? 0))
      return order.sort((a, b) => (addresses[a] ?? 0) - (addresses[b] ?? 0));
  return order;
};

/** What one call of `readRecords` is about. */
interface Reading {
  readonly files: readonly DelimitedFile[];
  readonly addresses: ArrayLike<number>;
  readonly order: Uint32Array;
  readonly columns: readonly number[] | undefined;
  readonly wanted: ReadonlySet<number> | undefined;
  readonly records: SourceRow[];
  readonly window: Window;
  least: number;
}

/** Opens the file that the next record is in, unless it is open. */
const openFor = (window: Window, index: number, file: DelimitedFile): SourceFailure | undefined => {
  if (window.descriptor !== undefined && window.file === index) return undefined;
  close(window);
  try {
    window.descriptor = openSync(file.path, 'r');
    window.file = index;
  } catch (error) {
    return failureOf(error, file.path);
  }
  return file.stamp && !sameStamp(file.stamp, fstatSync(window.descriptor))
    ? { kind: 'changed', what: file.path }
    : undefined;
};

/** Reads the records of these turns, or says why not. */
const readTurns = (reading: Reading, from: number, to: number): SourceFailure | undefined => {
  const { files, addresses, order, columns, wanted, records, window } = reading;
  for (let turn = from; turn < to; turn += 1) {
    const at = order[turn] ?? 0;
    const { file: index, offset } = placeOf(addresses[at] ?? 0);
    const file = files[index];
    if (!file) return { kind: 'not-found', what: `file ${index + 1}` };
    const failure = openFor(window, index, file);
    if (failure) return failure;
    let record = heldAt(window, offset, file, wanted);
    let bytes = record ? 0 : reachOf(addresses, order, turn, reading.least) - offset;
    while (!record) {
      fill(window, offset, bytes);
      record = heldAt(window, offset, file, wanted);
      if (record) break;
      if (window.final || bytes > mostBytes) return { kind: 'changed', what: file.path };
      bytes *= 4;
      reading.least = 4 * leastBytes;
    }
    records[at] = columns ? columns.map((column) => record[column] ?? '') : record;
  }
  return undefined;
};

/**
 * The records at these addresses (`Place.address`), in the order of the addresses; with `columns` only the fields at these positions,
 * in that order. Addresses that stand near each other share a read.
 */
export const readRecords = async (
  files: readonly DelimitedFile[],
  addresses: ArrayLike<number>,
  signal: AbortSignal,
  columns?: readonly number[],
): Promise<ReadReply> => {
  const order = inOrder(addresses);
  const reading: Reading = {
    files,
    addresses,
    order,
    columns,
    wanted: columns ? new Set(columns) : undefined,
    records: new Array<SourceRow>(addresses.length).fill([]),
    window: {
      file: -1,
      descriptor: undefined,
      buffer: Buffer.allocUnsafe(windowBytes),
      start: 0,
      length: 0,
      final: false,
    },
    least: leastBytes,
  };
  try {
    for (let turn = 0; turn < order.length; turn += atOnce) {
      const failure = readTurns(reading, turn, Math.min(order.length, turn + atOnce));
      if (failure) return { kind: 'failed', failure };
      if ((turn / atOnce) % 64 !== 63) continue;
      await setImmediate();
      if (signal.aborted) return { kind: 'stopped' };
    }
    return { kind: 'records', records: reading.records };
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error, files[0]?.path ?? '') };
  } finally {
    close(reading.window);
  }
};
