import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { SourceFailure } from '../../model/sync/source.ts';
import { failureOf } from './failure.ts';
import { newPlaceSampler } from './places.ts';
import { newSampler, type Ranked, rankOf } from './sample.ts';
import type { Place } from './types.ts';

interface PartitionFile {
  readonly path: string;
  readonly blocks: readonly (readonly number[])[];
}

/** Plain data: it travels to a worker thread. */
export interface JoinTask {
  readonly left: PartitionFile;
  readonly right: PartitionFile;
  readonly columns: number;
  /** These partitions are joined. */
  readonly partitions: readonly number[];
  readonly seed: number;
  readonly sample: number;
  readonly groups: number;
  /** Takes the addresses of all changed pairs. */
  readonly changedTo: string;
}

export interface Joined {
  readonly counts: {
    readonly matched: number;
    readonly equal: number;
    readonly changed: number;
    readonly missing: number;
    readonly extra: number;
    readonly left: RepeatedCount;
    readonly right: RepeatedCount;
  };
  readonly differing: readonly number[];
  /** Of `newPlaceSampler`, as are those that follow. */
  readonly changed: Float64Array;
  readonly present: Float64Array;
  readonly missing: Float64Array;
  readonly extra: Float64Array;
  readonly repeatedLeft: readonly Ranked<readonly Place[]>[];
  readonly repeatedRight: readonly Ranked<readonly Place[]>[];
  readonly changedBytes: number;
  readonly fatal?: SourceFailure;
}

interface RepeatedCount {
  readonly keys: number;
  readonly rows: number;
  /** Rows of this side that occur once while their key is repeated on the other. */
  readonly beside: number;
}

/** Words of a row before its column hashes: four of the key, two of the address, one of the rank. */
const headWords = 7;
/** A group of more rows is shown by its first ones. */
const mostOfGroup = 50;

/** Reads partitions of one file into one array that is used again. */
const newReader = ({ path, blocks }: PartitionFile) => {
  const descriptor = blocks.some((list) => list.length > 0) ? openSync(path, 'r') : undefined;
  let words = new Int32Array(0);
  return {
    read: (partition: number): { readonly words: Int32Array; readonly length: number } => {
      const list = blocks[partition] ?? [];
      let total = 0;
      for (let at = 1; at < list.length; at += 2) total += list[at] ?? 0;
      if (words.byteLength < total) words = new Int32Array(Math.ceil((total * 1.1) / 4));
      const bytes = new Uint8Array(words.buffer);
      let filled = 0;
      for (let at = 0; at < list.length && descriptor !== undefined; at += 2) {
        const [offset = 0, length = 0] = [list[at], list[at + 1]];
        for (let done = 0; done < length; ) {
          const read = readSync(descriptor, bytes, filled + done, length - done, offset + done);
          if (read === 0) throw new Error('a temporary file ends too early');
          done += read;
        }
        filled += length;
      }
      return { words, length: filled / 4 };
    },
    close: () => {
      if (descriptor !== undefined) closeSync(descriptor);
    },
  };
};

/** Joins partitions alone, one after the other. */
export const joinPartitions = async (task: JoinTask, signal: AbortSignal): Promise<Joined> => {
  const { columns, seed } = task;
  const width = headWords + columns;
  const counts = { matched: 0, equal: 0, changed: 0, missing: 0, extra: 0 };
  const repeated = { left: { keys: 0, rows: 0, beside: 0 }, right: { keys: 0, rows: 0, beside: 0 } };
  const differing = new Float64Array(columns);
  const samples = {
    changed: newPlaceSampler(task.sample),
    present: newPlaceSampler(task.sample),
    missing: newPlaceSampler(task.sample),
    extra: newPlaceSampler(task.sample),
    left: newSampler<readonly Place[]>(task.groups),
    right: newSampler<readonly Place[]>(task.groups),
  };
  let slots = new Int32Array(0);
  let fatal: SourceFailure | undefined;
  const descriptors: number[] = [];
  const pending = new Float64Array(4096);
  let pendingLength = 0;
  let changedBytes = 0;

  const writePending = () => {
    if (pendingLength === 0) return;
    const descriptor = descriptors[0] ?? openSync(task.changedTo, 'wx', 0o600);
    if (descriptors.length === 0) descriptors.push(descriptor);
    const bytes = new Uint8Array(pending.buffer, 0, pendingLength * 8);
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
    changedBytes += bytes.length;
    pendingLength = 0;
  };

  const addressAt = (words: Int32Array, at: number): number =>
    ((words[at + 4] ?? 0) >>> 0) + ((words[at + 5] ?? 0) >>> 0) * 2 ** 32;
  const rowAt = (words: Int32Array, at: number): number => (words[at + 6] ?? 0) >>> 0;
  const placeAt = (words: Int32Array, at: number): Place => ({
    address: addressAt(words, at),
    rank: rowAt(words, at),
  });
  const rankAt = (words: Int32Array, at: number): number => rankOf(seed, words[at + 1] ?? 0, words[at + 2] ?? 0);

  const joinOne = (left: Int32Array, leftRows: number, right: Int32Array, rightRows: number) => {
    let size = 1024;
    while (size * 3 < (leftRows + rightRows) * 4) size *= 2;
    if (slots.length < size) slots = new Int32Array(size);
    else slots.fill(0, 0, size);
    const table = slots;
    const mask = size - 1;
    // Of the first row of each left key: 0, or the row of the right that has its key, from 1. Negative: the row itself repeats another.
    const partner = new Int32Array(leftRows);
    // Of each right row: 1 where it is the first of a key that the left does not have.
    const alone = new Uint8Array(rightRows);
    const leftGroups = new Map<number, number[]>();
    const rightGroups = new Map<number, number[]>();

    for (let row = 0; row < leftRows; row += 1) {
      const at = row * width;
      const a = left[at];
      const b = left[at + 1];
      const c = left[at + 2];
      const d = left[at + 3];
      let slot = (c ?? 0) & mask;
      for (;;) {
        const found = table[slot] ?? 0;
        if (found === 0) {
          table[slot] = row + 1;
          break;
        }
        const other = (found - 1) * width;
        if (left[other] === a && left[other + 1] === b && left[other + 2] === c && left[other + 3] === d) {
          const group = leftGroups.get(found - 1);
          if (group) group.push(row);
          else leftGroups.set(found - 1, [found - 1, row]);
          partner[row] = -1;
          break;
        }
        slot = (slot + 1) & mask;
      }
    }
    for (let row = 0; row < rightRows; row += 1) {
      const at = row * width;
      const a = right[at];
      const b = right[at + 1];
      const c = right[at + 2];
      const d = right[at + 3];
      let slot = (c ?? 0) & mask;
      for (;;) {
        const found = table[slot] ?? 0;
        if (found === 0) {
          table[slot] = -(row + 1);
          alone[row] = 1;
          break;
        }
        const words = found > 0 ? left : right;
        const other = (Math.abs(found) - 1) * width;
        if (words[other] === a && words[other + 1] === b && words[other + 2] === c && words[other + 3] === d) {
          const first = found > 0 ? (partner[found - 1] ?? 0) : -found;
          if (first === 0) partner[found - 1] = row + 1;
          else {
            const group = rightGroups.get(first - 1);
            if (group) group.push(row);
            else rightGroups.set(first - 1, [first - 1, row]);
          }
          break;
        }
        slot = (slot + 1) & mask;
      }
    }

    for (let row = 0; row < leftRows; row += 1) {
      const with_ = partner[row] ?? 0;
      if (with_ < 0) continue;
      const at = row * width;
      if (leftGroups.size > 0 && leftGroups.has(row)) {
        if (with_ > 0 && !rightGroups.has(with_ - 1)) repeated.right.beside += 1;
        continue;
      }
      if (with_ === 0) {
        counts.missing += 1;
        const rank = rankAt(left, at);
        if (samples.missing.takes(rank)) samples.missing.add(rank, addressAt(left, at), rowAt(left, at), 0, 0);
        continue;
      }
      if (rightGroups.size > 0 && rightGroups.has(with_ - 1)) {
        repeated.left.beside += 1;
        continue;
      }
      counts.matched += 1;
      const other = (with_ - 1) * width;
      let differs = false;
      for (let column = headWords; column < width; column += 1) {
        if (left[at + column] !== right[other + column]) {
          differs = true;
          differing[column - headWords] = (differing[column - headWords] ?? 0) + 1;
        }
      }
      const rank = rankAt(left, at);
      if (samples.present.takes(rank))
        samples.present.add(rank, addressAt(left, at), rowAt(left, at), addressAt(right, other), rowAt(right, other));
      if (!differs) {
        counts.equal += 1;
        continue;
      }
      counts.changed += 1;
      if (samples.changed.takes(rank))
        samples.changed.add(rank, addressAt(left, at), rowAt(left, at), addressAt(right, other), rowAt(right, other));
      pending[pendingLength] = addressAt(left, at);
      pending[pendingLength + 1] = addressAt(right, other);
      pendingLength += 2;
      if (pendingLength === pending.length) writePending();
    }
    for (let row = 0; row < rightRows; row += 1) {
      if (alone[row] !== 1 || (rightGroups.size > 0 && rightGroups.has(row))) continue;
      counts.extra += 1;
      const rank = rankAt(right, row * width);
      if (samples.extra.takes(rank))
        samples.extra.add(rank, addressAt(right, row * width), rowAt(right, row * width), 0, 0);
    }
    for (const [side, groups, words] of [
      ['left', leftGroups, left],
      ['right', rightGroups, right],
    ] as const) {
      for (const [first, rows] of groups) {
        repeated[side].keys += 1;
        repeated[side].rows += rows.length;
        const rank = rankAt(words, first * width);
        if (!samples[side].takes(rank)) continue;
        samples[side].add(
          rank,
          rows.slice(0, mostOfGroup).map((row) => placeAt(words, row * width)),
        );
      }
    }
  };

  try {
    const left = newReader(task.left);
    try {
      const right = newReader(task.right);
      try {
        for (const partition of task.partitions) {
          if (signal.aborted) break;
          const [ours, theirs] = [left.read(partition), right.read(partition)];
          joinOne(ours.words, ours.length / width, theirs.words, theirs.length / width);
          await setImmediate();
        }
        writePending();
      } finally {
        right.close();
      }
    } finally {
      left.close();
    }
  } catch (error) {
    fatal = failureOf(error, task.changedTo);
  } finally {
    for (const descriptor of descriptors) closeSync(descriptor);
  }
  return {
    counts: { ...counts, ...repeated },
    differing: [...differing],
    changed: samples.changed.taken(),
    present: samples.present.taken(),
    missing: samples.missing.taken(),
    extra: samples.extra.taken(),
    repeatedLeft: samples.left.taken(),
    repeatedRight: samples.right.taken(),
    changedBytes,
    ...(fatal ? { fatal } : {}),
  };
};
