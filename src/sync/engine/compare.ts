import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceFailure } from '../../model/sync/source.ts';
import { bytesOf } from './blocks.ts';
import type { Joined } from './join.ts';
import { newPlaceMerger } from './places.ts';
import { newSampler, type Ranked } from './sample.ts';
import type { Scanned, ScanTask } from './scan.ts';
import { HandLost, newHand, plainSide } from './threads.ts';
import type { CompareReply, CompareSide, CompareSpec, Place } from './types.ts';

const mebibyte = 1024 * 1024;
/**
 * What one partition of one side should hold: both with their table are in the processor's outer cache while they are joined. Twice as
 * many partitions of half the size make the scan slower by a quarter: their buffers leave the inner one.
 */
const partitionBytes = 4 * mebibyte;
const mostPartitions = 4096;
const allBuffers = 4 * mebibyte;
/** Smaller writes cost more than they save. */
const leastBuffer = 4096;
/** Two sides of a partition of more bytes are split again: its rows have few keys, or the rows were taken for fewer. */
const crowdedFrom = 24 * mebibyte;

/** Bytes of a side, and about how many rows that is, by the line breaks near its start. */
const sizeOf = ({ files }: CompareSide): { readonly bytes: number; readonly rows: number } => {
  let [bytes, rows] = [0, 0];
  for (const { path, from } of files) {
    // A file that cannot be read is told of by the scan.
    try {
      const size = Math.max(0, statSync(path).size - from);
      const descriptor = openSync(path, 'r');
      try {
        const head = Buffer.alloc(Math.min(size, 256 * 1024));
        const read = readSync(descriptor, head, 0, head.length, from);
        let lines = 1;
        for (let at = head.indexOf(10); at >= 0 && at < read; at = head.indexOf(10, at + 1)) lines += 1;
        bytes += size;
        rows += read === 0 ? 0 : (size / read) * lines;
      } finally {
        closeSync(descriptor);
      }
    } catch {}
  }
  return { bytes, rows };
};

const partitionsFor = (rows: number, width: number) => {
  let partitions = 16;
  // A buffer holds a row at least, which may have ten thousand columns.
  while (
    partitions < mostPartitions &&
    (rows * width) / partitions > partitionBytes &&
    2 * partitions * width <= allBuffers
  )
    partitions *= 2;
  const bufferBytes = Math.max(width, leastBuffer, Math.min(32 * 1024, Math.floor(allBuffers / partitions)));
  const crowdedBytes = Math.max(crowdedFrom, 4 * ((rows * width) / partitions));
  return { partitions, bufferBytes, crowdedBytes: Math.min(crowdedBytes, 4 * crowdedFrom) };
};

const leastSample = 20;

/** Records of a sample are read into memory: of pairs that are longer than usual there are fewer. */
const sampleOf = (
  { sample = 50_000, sampleBytes = 128 * mebibyte }: Pick<CompareSpec, 'sample' | 'sampleBytes'>,
  scanned: readonly Pick<Scanned, 'bytes' | 'rows'>[],
): number => {
  const pairBytes = scanned.reduce((total, { bytes, rows }) => total + bytes / Math.max(1, rows), 0);
  return Math.min(sample, Math.max(leastSample, Math.floor(sampleBytes / Math.max(1, pairBytes))));
};

const mergedGroups = (
  parts: readonly Joined[],
  pick: (part: Joined) => readonly Ranked<Float64Array>[],
  most: number,
): readonly (readonly Place[])[] => {
  const sampler = newSampler<Float64Array>(most);
  for (const part of parts) for (const { rank, item } of pick(part)) sampler.add(rank, item);
  return sampler
    .taken()
    .map(({ item }) =>
      Array.from({ length: item.length / 2 }, (_, at) => ({ address: item[2 * at] ?? 0, rank: item[2 * at + 1] ?? 0 })),
    );
};

const sum = (parts: readonly Joined[], pick: (part: Joined) => number): number =>
  parts.reduce((total, part) => total + pick(part), 0);

const fieldsFailure = ({ left, right }: CompareSpec): SourceFailure | undefined => {
  for (const side of [left, right]) {
    const within = [...side.key, ...side.columns].every((at) => Number.isInteger(at) && at >= 0 && at < side.fields);
    if (!within || side.key.length === 0)
      return { kind: 'refused', what: 'comparison', says: 'a key or column is not among the fields' };
  }
  return left.key.length === right.key.length && left.columns.length === right.columns.length
    ? undefined
    : { kind: 'refused', what: 'comparison', says: 'both sides need as many key parts and columns' };
};

/** Columns that may differ where the keys are equal; a part of the key that is compared with itself is not one. */
const columnsBesideKey = ({ left, right }: CompareSpec): readonly number[] =>
  [...left.columns.keys()].filter(
    (at) => !left.key.some((field, part) => field === left.columns[at] && right.key[part] === right.columns[at]),
  );

/**
 * Compares two sides of delimited files: one scan a side, then a join of partition by partition. Counts are exact, rows are addresses
 * of samples (`readRecords`). Nothing is thrown for what is in the data or on the disk.
 */
export const compareFiles = async (spec: CompareSpec, signal: AbortSignal): Promise<CompareReply> => {
  if (signal.aborted) return { kind: 'stopped' };
  const wrong = fieldsFailure(spec);
  if (wrong) return { kind: 'failed', failure: wrong };
  const startedAt = performance.now();
  const { left, right, directory, seed, groups = 5000 } = spec;
  const columns = columnsBesideKey(spec);
  const sizes = { left: sizeOf(left), right: sizeOf(right) };
  const { partitions, bufferBytes, crowdedBytes } = partitionsFor(
    Math.max(sizes.left.rows, sizes.right.rows),
    28 + 4 * columns.length,
  );
  const total = sizes.left.bytes + sizes.right.bytes;
  let done = 0;
  const progress = (bytes: number) => {
    done += bytes;
    spec.progress?.({ bytes: done, of: total });
  };
  const paths = { left: join(directory, 'left.partitions'), right: join(directory, 'right.partitions') };
  const scanOf = (name: 'left' | 'right'): ScanTask => ({
    side: plainSide({ ...spec[name], columns: columns.map((at) => spec[name].columns[at] ?? 0) }),
    partitions,
    bufferBytes,
    windowBytes: Math.max(64, spec.windowBytes ?? mebibyte / 2),
    mostRecordBytes: spec.mostRecordBytes ?? 16 * mebibyte,
    seed,
    to: paths[name],
  });
  const hands = [newHand(spec, signal), newHand(spec, signal)] as const;
  // Meanwhile the samples are brought together.
  const removePartitions = () => Promise.all(Object.values(paths).map((path) => rm(path, { force: true })));
  let removed: Promise<unknown> = Promise.resolve();
  try {
    const scanned: readonly [Scanned, Scanned] = await Promise.all([
      hands[0].scan(scanOf('left'), progress),
      hands[1].scan(scanOf('right'), progress),
    ]);
    if (signal.aborted) return { kind: 'stopped' };
    const unwritten = scanned[0].fatal ?? scanned[1].fatal;
    if (unwritten) return { kind: 'failed', failure: unwritten };
    const scannedAt = performance.now();
    const sample = sampleOf(spec, scanned);
    const all = Array.from({ length: partitions }, (_, at) => at);
    const changedFiles = hands.map((_, at) => join(directory, `changed-${at}`));
    const aloneFiles = hands.map((_, at) => ({
      left: join(directory, `missing-${at}`),
      right: join(directory, `extra-${at}`),
    }));
    const parts = await Promise.all(
      hands.map((hand, at) =>
        hand.join({
          left: { path: paths.left, blocks: scanned[0].blocks },
          right: { path: paths.right, blocks: scanned[1].blocks },
          columns: columns.length,
          partitions: all.filter((partition) => partition % hands.length === at),
          crowdedBytes: spec.crowdedBytes ?? crowdedBytes,
          seed,
          sample,
          groups,
          changedTo: changedFiles[at] ?? '',
          ...(spec.keepAlone && aloneFiles[at] ? { aloneTo: aloneFiles[at] } : {}),
        }),
      ),
    );
    if (signal.aborted) return { kind: 'stopped' };
    removed = removePartitions();
    // The threads' memory is given back before the samples of both become one.
    await Promise.all(hands.map((hand) => hand.close()));
    const unjoined = parts.find(({ fatal }) => fatal)?.fatal;
    if (unjoined) return { kind: 'failed', failure: unjoined };
    const repeatedOf = (side: 'left' | 'right') => ({
      keys: sum(parts, ({ counts }) => counts[side].keys),
      rows: sum(parts, ({ counts }) => counts[side].rows),
    });
    const differing = left.columns.map(() => 0);
    for (const [at, column] of columns.entries()) differing[column] = sum(parts, (part) => part.differing[at] ?? 0);
    const changedBytes = sum(parts, (part) => part.changedBytes);
    const aloneBytes = sum(parts, (part) => part.aloneBytes.left + part.aloneBytes.right);
    const aloneOf = (side: 'left' | 'right'): readonly string[] =>
      aloneFiles.flatMap((paths, at) => ((parts[at]?.aloneBytes[side] ?? 0) > 0 ? [paths[side]] : []));
    const merged = newPlaceMerger(sample);
    const blockBytes = bytesOf(scanned[0].blocks) + bytesOf(scanned[1].blocks);
    return {
      kind: 'compared',
      counts: {
        left: scanned[0].rows,
        right: scanned[1].rows,
        matched: sum(parts, ({ counts }) => counts.matched),
        equal: sum(parts, ({ counts }) => counts.equal),
        changed: sum(parts, ({ counts }) => counts.changed),
        missing: sum(parts, ({ counts }) => counts.missing),
        extra: sum(parts, ({ counts }) => counts.extra),
        repeated: { left: repeatedOf('left'), right: repeatedOf('right') },
        rejected: { left: scanned[0].rejected.count, right: scanned[1].rejected.count },
      },
      besideRepeated: {
        left: sum(parts, ({ counts }) => counts.left.beside),
        right: sum(parts, ({ counts }) => counts.right.beside),
      },
      differing,
      changed: merged(parts.map((part) => part.changed)),
      present: merged(parts.map((part) => part.present)),
      missing: merged(parts.map((part) => part.missing)),
      extra: merged(parts.map((part) => part.extra)),
      repeated: {
        left: mergedGroups(parts, (part) => part.repeatedLeft, groups),
        right: mergedGroups(parts, (part) => part.repeatedRight, groups),
      },
      rejected: { left: scanned[0].rejected.shown, right: scanned[1].rejected.shown },
      failures: {
        ...(scanned[0].failure ? { left: scanned[0].failure } : {}),
        ...(scanned[1].failure ? { right: scanned[1].failure } : {}),
      },
      changedFiles: changedFiles.filter((_, at) => (parts[at]?.changedBytes ?? 0) > 0),
      aloneFiles: { left: aloneOf('left'), right: aloneOf('right') },
      bytes: { left: scanned[0].bytes, right: scanned[1].bytes },
      temporaryBytes: blockBytes + changedBytes + aloneBytes,
      ms: { scan: scannedAt - startedAt, join: performance.now() - scannedAt },
    };
  } catch (error) {
    if (signal.aborted) return { kind: 'stopped' };
    if (error instanceof HandLost) return { kind: 'failed', failure: error.failure };
    throw error;
  } finally {
    await Promise.all([removed, ...hands.map((hand) => hand.close())]);
  }
};
