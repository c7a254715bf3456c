import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { SourceFailure } from '../../model/sync/source.ts';
import type { RowPair } from '../../model/sync/view.ts';
import { failureOf } from './failure.ts';
import { pairListIn } from './pair-list.ts';
import { newReader, type PartitionReader } from './partition.ts';
import { newPairing } from './picked.ts';
import { readRecords } from './read.ts';
import { HandLost, newHand, plainSide } from './threads.ts';
import type { Compared, CompareSpec } from './types.ts';

export type ChangedBatch =
  | {
      readonly kind: 'pairs';
      readonly pairs: readonly RowPair[];
      /** Of each pair, the addresses of both records in turn. */
      readonly places: Float64Array;
    }
  | { readonly kind: 'failed'; readonly failure: SourceFailure };

type Sides = Pick<CompareSpec, 'left' | 'right' | 'directory' | 'seed' | 'threads' | 'worker' | 'windowBytes'>;
type Changed = Pick<Compared, 'changedFiles' | 'counts' | 'bytes' | 'failures'>;

const mebibyte = 1024 * 1024;
/** So many pairs at a time: they are gone before the young part of the heap is full, and none of them is moved to the old one. */
const batchPairs = 256;
/** Values and bytes of a batch, where records have very many columns or are very long. */
const batchValues = 100_000;
const batchBytes = 8 * mebibyte;
/** Two reads a pair cost as much as the scan of so many records. */
const recordsOfPair = 8;
/** Bits for more records than that are not kept in memory. */
const mostBits = 2 ** 28;
/** What one partition of one side holds of picked records. */
const pickedBytes = mebibyte / 2;

/** Where few pairs differ: each record is read where it stands. */
async function* readEach(
  { changedFiles, counts, bytes }: Changed,
  { left, right }: Sides,
  signal: AbortSignal,
): AsyncGenerator<ChangedBatch> {
  const recordBytes = Math.max(bytes.left / Math.max(1, counts.left), bytes.right / Math.max(1, counts.right));
  const atOnce = Math.floor(Math.min(batchPairs, batchValues / left.columns.length, batchBytes / recordBytes));
  for (const path of changedFiles) {
    for (const { count, addresses } of pairListIn(path, Math.max(1, atOnce))) {
      const places = addresses.slice(0, 2 * count);
      const recordsOf = ({ files, columns }: Sides['left'], side: 0 | 1) =>
        readRecords(
          files,
          Float64Array.from({ length: count }, (_, at) => places[2 * at + side] ?? 0),
          signal,
          columns,
        );
      const ours = await recordsOf(left, 0);
      if (ours.kind === 'failed') yield ours;
      if (ours.kind !== 'records') return;
      const theirs = await recordsOf(right, 1);
      if (theirs.kind === 'failed') yield theirs;
      if (theirs.kind !== 'records') return;
      yield {
        kind: 'pairs',
        pairs: ours.records.map((record, at) => ({ left: record, right: theirs.records[at] ?? [] })),
        places,
      };
    }
  }
}

/** Where many differ: both sides are scanned once more, and the values of these records are brought together by partition. */
async function* scanAgain(
  { changedFiles, counts, bytes }: Changed,
  spec: Sides,
  signal: AbortSignal,
  needed: readonly number[] | undefined,
): AsyncGenerator<ChangedBatch> {
  const columns = spec.left.columns.length;
  const bits = {
    left: new Uint8Array(Math.ceil(counts.left / 8)),
    right: new Uint8Array(Math.ceil(counts.right / 8)),
  };
  for (const path of changedFiles) {
    for (const { count, ranks } of pairListIn(path, batchPairs)) {
      for (let at = 0; at < count; at += 1) {
        const [ours, theirs] = [ranks[2 * at] ?? 0, ranks[2 * at + 1] ?? 0];
        bits.left[ours >>> 3] = (bits.left[ours >>> 3] ?? 0) | (1 << (ours & 7));
        bits.right[theirs >>> 3] = (bits.right[theirs >>> 3] ?? 0) | (1 << (theirs & 7));
      }
    }
  }
  const share = counts.changed / Math.max(1, Math.min(counts.left, counts.right));
  let partitions = 1;
  while (partitions < 1024 && (share * Math.max(bytes.left, bytes.right)) / partitions > pickedBytes) partitions *= 2;
  const name = randomUUID();
  const paths = {
    left: join(spec.directory, `picked-left-${name}`),
    right: join(spec.directory, `picked-right-${name}`),
  };
  const hands = [newHand(spec, signal), newHand(spec, signal)] as const;
  const readers: PartitionReader[] = [];
  try {
    const scan = (side: 'left' | 'right', hand: (typeof hands)[number]) =>
      hand.scan(
        {
          side: plainSide(spec[side]),
          partitions,
          bufferBytes: Math.max(4096, Math.min(32 * 1024, (2 * mebibyte) / partitions)),
          windowBytes: Math.max(64, spec.windowBytes ?? mebibyte / 2),
          mostRecordBytes: 16 * mebibyte,
          seed: spec.seed,
          picked: bits[side],
          to: paths[side],
        },
        () => {},
      );
    const scanned = await Promise.all([scan('left', hands[0]), scan('right', hands[1])]);
    await Promise.all(hands.map((hand) => hand.close()));
    if (signal.aborted) return;
    const failure = scanned.map((one) => one.fatal ?? one.failure).find((one) => one !== undefined);
    if (failure) {
      yield { kind: 'failed', failure };
      return;
    }
    const left = newReader({ path: paths.left, blocks: scanned[0].blocks });
    readers.push(left);
    const right = newReader({ path: paths.right, blocks: scanned[1].blocks });
    readers.push(right);
    const every = Array.from({ length: columns }, (_, at) => at);
    const pairsOf = newPairing({ left, right }, columns, needed ?? every);
    for (let partition = 0; partition < partitions; partition += 1) {
      yield { kind: 'pairs', ...pairsOf(partition) };
      await setImmediate();
      if (signal.aborted) return;
    }
  } finally {
    for (const reader of readers) reader.close();
    await Promise.all(hands.map((hand) => hand.close()));
    for (const path of Object.values(paths)) await rm(path, { force: true });
  }
}

/**
 * All pairs that differ, with the values of the compared columns on each side, in batches. With `needed` other columns may be '' on
 * both sides where they are equal. It ends early where the signal says so.
 */
export async function* eachChanged(
  changed: Changed,
  spec: Sides,
  signal: AbortSignal,
  needed?: readonly number[],
): AsyncGenerator<ChangedBatch> {
  const { counts } = changed;
  const rows = Math.max(counts.left, counts.right);
  // A side that was not read to its end is not read so again.
  const whole = changed.failures.left === undefined && changed.failures.right === undefined;
  const dense = whole && counts.changed * recordsOfPair > rows && rows <= mostBits;
  try {
    yield* dense ? scanAgain(changed, spec, signal, needed) : readEach(changed, spec, signal);
  } catch (error) {
    if (signal.aborted) return;
    yield {
      kind: 'failed',
      failure: error instanceof HandLost ? error.failure : failureOf(error, changed.changedFiles[0] ?? ''),
    };
  }
}
