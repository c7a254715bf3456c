import { closeSync, openSync, readSync } from 'node:fs';
import type { SourceFailure } from '../../model/sync/source.ts';
import type { RowPair } from '../../model/sync/view.ts';
import { failureOf } from './failure.ts';
import { readRecords } from './read.ts';
import type { Compared, CompareSide } from './types.ts';

export type ChangedBatch =
  | { readonly kind: 'pairs'; readonly pairs: readonly RowPair[] }
  | { readonly kind: 'failed'; readonly failure: SourceFailure };

/** So many pairs at a time: sorted by address they stand near each other, whatever the order of the other side. */
const batchPairs = 32_768;

/**
 * All pairs that differ, with the values of these of the compared columns on each side (default: all), in batches. It ends early
 * where the signal says so.
 */
export async function* eachChanged(
  { changedFiles }: Pick<Compared, 'changedFiles'>,
  sides: { readonly left: CompareSide; readonly right: CompareSide },
  signal: AbortSignal,
  columns?: readonly number[],
): AsyncGenerator<ChangedBatch> {
  const positionsOf = ({ columns: all }: CompareSide): readonly number[] =>
    columns ? columns.flatMap((at) => all[at] ?? []) : all;
  const [left, right] = [positionsOf(sides.left), positionsOf(sides.right)];
  const addresses = new Float64Array(2 * batchPairs);
  for (const path of changedFiles) {
    let descriptor: number;
    try {
      descriptor = openSync(path, 'r');
    } catch (error) {
      yield { kind: 'failed', failure: failureOf(error, path) };
      return;
    }
    try {
      for (;;) {
        let filled = 0;
        const bytes = new Uint8Array(addresses.buffer);
        try {
          for (let read = -1; filled < bytes.length && read !== 0; filled += read)
            read = readSync(descriptor, bytes, filled, bytes.length - filled, null);
        } catch (error) {
          yield { kind: 'failed', failure: failureOf(error, path) };
          return;
        }
        const count = Math.floor(filled / 16);
        if (count === 0) break;
        const ours = await readRecords(
          sides.left.files,
          Float64Array.from({ length: count }, (_, at) => addresses[2 * at] ?? 0),
          signal,
          left,
        );
        if (ours.kind === 'failed') yield ours;
        if (ours.kind !== 'records') return;
        const theirs = await readRecords(
          sides.right.files,
          Float64Array.from({ length: count }, (_, at) => addresses[2 * at + 1] ?? 0),
          signal,
          right,
        );
        if (theirs.kind === 'failed') yield theirs;
        if (theirs.kind !== 'records') return;
        yield {
          kind: 'pairs',
          pairs: ours.records.map((record, at) => ({ left: record, right: theirs.records[at] ?? [] })),
        };
      }
    } finally {
      closeSync(descriptor);
    }
  }
}
