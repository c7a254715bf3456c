import { closeSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { SourceFailure } from '../../model/sync/source.ts';
import { addressOf } from './address.ts';
import { failureOf } from './failure.ts';
import { eachRecordIn } from './fields.ts';
import type { CompareSide } from './types.ts';

const windowBytes = 1024 * 1024;
const mostBytes = 32 * windowBytes;

/**
 * Every record of a side in the order of its files, with the fields at these positions and its address. Records with another number of
 * fields are passed over, as the scan rejects them. Ends early with the failure, or where the signal says so.
 */
export const walkRecords = async (
  { files, fields: width }: Pick<CompareSide, 'files' | 'fields'>,
  positions: readonly number[],
  visit: (values: readonly string[], address: number) => void,
  signal: AbortSignal,
): Promise<SourceFailure | undefined> => {
  const wanted = new Set(positions);
  for (const [index, file] of files.entries()) {
    let descriptor: number | undefined;
    try {
      descriptor = openSync(file.path, 'r');
      let buffer = Buffer.allocUnsafe(windowBytes);
      let [start, kept, final] = [file.from, 0, false];
      while (!final || kept > 0) {
        while (kept < buffer.length && !final) {
          const read = readSync(descriptor, buffer, kept, buffer.length - kept, start + kept);
          final = read === 0;
          kept += read;
        }
        const at = start;
        const taken = eachRecordIn(buffer, kept, file, final, wanted, (record, from) => {
          if (record.length !== width) return;
          visit(
            positions.map((position) => record[position] ?? ''),
            addressOf(index, at + from),
          );
        });
        if (taken === 0) {
          // One record fills the whole window; an unclosed quote may do so to the end of the file, and is rejected by the scan.
          if (final || buffer.length >= mostBytes) break;
          buffer = Buffer.concat([buffer], buffer.length * 4);
          continue;
        }
        buffer.copy(buffer, 0, taken, kept);
        start += taken;
        kept -= taken;
        await setImmediate();
        if (signal.aborted) return undefined;
      }
    } catch (error) {
      return failureOf(error, file.path);
    } finally {
      if (descriptor !== undefined) closeSync(descriptor);
    }
  }
  return undefined;
};
