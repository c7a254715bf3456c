import type { SourceFailure } from '../../model/sync/source.ts';
import { failureOf } from './failure.ts';
import { readRecords } from './read.ts';
import { newScanner } from './scanner.ts';
import type { CompareSide } from './types.ts';
import { ensure } from './wasm.ts';
import { newWindows } from './windows.ts';

/** Plain data: it travels to a worker thread. */
export interface RankTask {
  readonly side: CompareSide;
  /** Records whose places are asked for, ascending. */
  readonly addresses: Float64Array;
  /** Fields by which records are ordered. */
  readonly positions: readonly number[];
}

export interface RankedRecords {
  /** By record: how many records come before it in the files; -1: it was not met. */
  readonly file: Float64Array;
  /** By order and record: how many records of its side come before it in that order, and how many have its value. */
  readonly orders: readonly { readonly rank: Float64Array; readonly tie: Float64Array }[];
  readonly failure?: SourceFailure;
}

const windowBytes = 512 * 1024;
const mostRecordBytes = 16 * 1024 * 1024;
const orderWords = 10;
const notMet = 0xffff_ffff;
const nowhere: RankedRecords = { file: new Float64Array(0), orders: [] };

interface Order {
  readonly position: number;
  readonly numeric: boolean;
  readonly prefix: Uint8Array;
  /** Of the different values, ascending: the first 64 bits of each as two words, then the second 64 bits of each. */
  readonly keys: Uint32Array;
  readonly firsts: Uint32Array;
  /** By place: the record. */
  readonly sorted: Uint32Array;
}

const commonPrefix = (values: readonly Uint8Array[]): Uint8Array => {
  const [first = new Uint8Array(0)] = values;
  let length = first.length;
  for (const value of values) {
    let same = 0;
    while (same < length && same < value.length && value[same] === first[same]) same += 1;
    length = same;
  }
  return first.slice(0, length);
};

/** As the scanner makes them: the first sixteen bytes behind what all have in common, or a number's length and digits. */
const keyInto = (view: DataView, at: number, value: Uint8Array, numeric: boolean): void => {
  let bytes = value;
  if (numeric) {
    let zeros = 0;
    while (zeros < value.length - 1 && value[zeros] === 0x30) zeros += 1;
    bytes = new Uint8Array(16);
    bytes[0] = value.length - zeros;
    bytes.set(value.subarray(zeros), 1);
  }
  for (let byte = 0; byte < 16; byte += 1) view.setUint8(at + byte, bytes[byte] ?? 0);
};

/**
 * Numbers by size where all of the records have such, else texts by their bytes: one order for all, or ranks would mean nothing. Texts
 * that agree in sixteen bytes behind what all have in common count as equal.
 */
const orderOf = (position: number, values: readonly string[], addresses: Float64Array): Order => {
  const encoder = new TextEncoder();
  const bytes = values.map((value) => encoder.encode(value));
  const numeric = values.every((value) => /^\d{1,15}$/.test(value));
  const prefix = numeric ? new Uint8Array(0) : commonPrefix(bytes);
  const raw = new DataView(new ArrayBuffer(16 * bytes.length));
  for (const [at, value] of bytes.entries()) keyInto(raw, 16 * at, value.subarray(prefix.length), numeric);
  const words = new Uint32Array(4 * bytes.length).map((_, at) => raw.getUint32(4 * at));
  const compare = (a: number, b: number): number => {
    for (let word = 0; word < 4; word += 1) {
      const difference = (words[4 * a + word] ?? 0) - (words[4 * b + word] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  const sorted = Uint32Array.from(bytes.keys()).sort(
    (a, b) => compare(a, b) || (addresses[a] ?? 0) - (addresses[b] ?? 0),
  );
  const firsts: number[] = [];
  for (const [place, record] of sorted.entries()) {
    const before = sorted[place - 1];
    if (before === undefined || compare(before, record) !== 0) firsts.push(place);
  }
  const keys = new Uint32Array(4 * firsts.length);
  for (const [at, place] of firsts.entries()) {
    const record = sorted[place] ?? 0;
    // The lower half of each first. All that a search mostly reads stands close together so.
    const [second, secondLow] = [2 * firsts.length + 2 * at, 2 * firsts.length + 2 * at + 1];
    keys[2 * at] = words[4 * record + 1] ?? 0;
    keys[2 * at + 1] = words[4 * record] ?? 0;
    keys[second] = words[4 * record + 3] ?? 0;
    keys[secondLow] = words[4 * record + 2] ?? 0;
  }
  return { position, numeric, prefix, keys, firsts: Uint32Array.from([...firsts, sorted.length]), sorted };
};

/** Exact places of some records among all of their side, in one pass over its files; memory depends on these records alone. */
export const rankRecords = async (
  { side, addresses, positions }: RankTask,
  signal: AbortSignal,
): Promise<RankedRecords> => {
  // What the records are ordered by is read here, while others look at the rest of them.
  const read = await readRecords(side.files, addresses, signal, positions);
  if (read.kind !== 'records') return { ...nowhere, ...(read.kind === 'failed' ? { failure: read.failure } : {}) };
  const scanner = newScanner({});
  const tables = 4096;
  let top = scanner.setup(side.fields, 0, side.key.length, 1, 64, tables, 0, 0);
  ensure(scanner.memory, top);
  for (const [at, field] of side.key.entries()) scanner.setKey(at, field);
  const reserve = (bytes: number): number => {
    const at = (top + 63) & ~63;
    top = at + bytes;
    ensure(scanner.memory, top + 64);
    return at;
  };
  const put = (bytes: Uint8Array): number => {
    const at = reserve(bytes.length);
    new Uint8Array(scanner.memory.buffer).set(bytes, at);
    return at;
  };
  const bytesOf = (array: Uint32Array | BigUint64Array): Uint8Array =>
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  const addressesOf = (records: ArrayLike<number>): BigUint64Array =>
    BigUint64Array.from({ length: records.length }, (_, at) => BigInt(addresses[records[at] ?? 0] ?? 0));
  const all = Uint32Array.from(addresses.keys());
  const targetsAt = put(bytesOf(addressesOf(all)));
  const rowsAt = put(bytesOf(new Uint32Array(addresses.length).fill(notMet)));
  const laid = positions.map((position, at) => {
    const values = read.records.map((record) => record[at] ?? '');
    const order = orderOf(position, values, addresses);
    const beforeAt = put(bytesOf(new Uint32Array(addresses.length + 1)));
    const tiesAt = put(bytesOf(new Uint32Array(order.firsts.length)));
    const header = Uint32Array.of(
      order.position,
      order.numeric ? 1 : 0,
      put(order.prefix),
      order.prefix.length,
      order.firsts.length - 1,
      put(bytesOf(order.keys)),
      put(bytesOf(order.firsts)),
      put(bytesOf(addressesOf(order.sorted))),
      beforeAt,
      tiesAt,
    );
    return { order, header, beforeAt, tiesAt };
  });
  const headers = new Uint32Array(orderWords * laid.length);
  for (const [at, { header }] of laid.entries()) headers.set(header, orderWords * at);
  scanner.place(laid.length, put(bytesOf(headers)), addresses.length, targetsAt, rowsAt);

  const scanFile = newWindows(scanner, top, side.files, { windowBytes, mostRecordBytes });
  let failure: SourceFailure | undefined;
  for (const [index, file] of side.files.entries()) {
    if (signal.aborted) break;
    try {
      const broken = await scanFile(file, index, signal);
      // Where quotes put an end to it, they did before, and all that is asked for stands before that.
      if (broken?.kind !== 'malformed') failure ??= broken;
    } catch (error) {
      failure ??= failureOf(error, file.path);
    }
  }

  const words = new Uint32Array(scanner.memory.buffer);
  return {
    file: new Float64Array(addresses.length).map((_, at) => {
      const row = words[rowsAt / 4 + at] ?? notMet;
      return row === notMet ? -1 : row;
    }),
    orders: laid.map(({ order, beforeAt, tiesAt }) => {
      const rank = new Float64Array(addresses.length);
      const tie = new Float64Array(addresses.length);
      let [before, key] = [0, 0];
      for (const [place, record] of order.sorted.entries()) {
        before += words[beforeAt / 4 + place] ?? 0;
        while ((order.firsts[key + 1] ?? Number.POSITIVE_INFINITY) <= place) key += 1;
        rank[record] = before;
        tie[record] = words[tiesAt / 4 + key] ?? 0;
      }
      return { rank, tie };
    }),
    ...(failure ? { failure } : {}),
  };
};
