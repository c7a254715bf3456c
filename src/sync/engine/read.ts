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
/** What is read for one record at first. */
const leastBytes = 2 * 1024;
/** Bytes between two records that are cheaper to read than to pass over. */
const mostBetween = 8 * 1024;
const mostBytes = 64 * 1024 * 1024;

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
  const wanted = columns ? new Set(columns) : undefined;
  const order = Uint32Array.from({ length: addresses.length }, (_, at) => at).sort(
    (a, b) => (addresses[a] ?? 0) - (addresses[b] ?? 0),
  );
  const records = new Array<SourceRow>(addresses.length).fill([]);
  let buffer = Buffer.allocUnsafe(windowBytes);
  let open: { readonly index: number; readonly descriptor: number } | undefined;
  // What the buffer holds: `length` bytes from `start` of the open file.
  let [start, length, final] = [0, 0, false];
  const fill = (descriptor: number, from: number, bytes: number) => {
    if (buffer.length < bytes) buffer = Buffer.allocUnsafe(bytes);
    start = from;
    length = 0;
    final = false;
    while (length < bytes && !final) {
      const read = readSync(descriptor, buffer, length, bytes - length, from + length);
      final = read === 0;
      length += read;
    }
  };
  try {
    for (let turn = 0; turn < order.length; turn += 1) {
      if (turn % 4096 === 4095) {
        await setImmediate();
        if (signal.aborted) return { kind: 'stopped' };
      }
      const at = order[turn] ?? 0;
      const { file: index, offset } = placeOf(addresses[at] ?? 0);
      const file = files[index];
      if (!file) return { kind: 'failed', failure: { kind: 'not-found', what: `file ${index + 1}` } };
      if (open?.index !== index) {
        if (open) closeSync(open.descriptor);
        open = undefined;
        try {
          open = { index, descriptor: openSync(file.path, 'r') };
        } catch (error) {
          return { kind: 'failed', failure: failureOf(error, file.path) };
        }
        length = 0;
        if (file.stamp && !sameStamp(file.stamp, fstatSync(open.descriptor)))
          return { kind: 'failed', failure: { kind: 'changed', what: file.path } };
      }
      // Up to where the next records stand, as long as they are near.
      const parse = () =>
        offset >= start && offset < start + length
          ? recordAt(buffer, offset - start, length, file, final, wanted)
          : undefined;
      let record = parse();
      if (!record) {
        let reach = offset + leastBytes;
        for (let next = turn + 1; next < order.length; next += 1) {
          const there = placeOf(addresses[order[next] ?? 0] ?? 0);
          if (
            there.file !== index ||
            there.offset > reach + mostBetween ||
            there.offset + leastBytes > offset + windowBytes
          )
            break;
          reach = there.offset + leastBytes;
        }
        for (let bytes = reach - offset; !record; bytes *= 4) {
          fill(open.descriptor, offset, bytes);
          record = parse();
          if (!record && (final || bytes > mostBytes))
            return { kind: 'failed', failure: { kind: 'changed', what: file.path } };
        }
      }
      records[at] = columns ? columns.map((column) => record[column] ?? '') : record;
    }
    return { kind: 'records', records };
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error, files[0]?.path ?? '') };
  } finally {
    if (open) closeSync(open.descriptor);
  }
};
