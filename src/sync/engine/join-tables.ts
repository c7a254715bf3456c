import { newJoiner } from './joiner.ts';
import { headWords, type PartitionReader } from './partition.ts';
import { newSamples } from './places.ts';
import { newSampler } from './sample.ts';
import { aligned, ensure } from './wasm.ts';

export interface RepeatedCount {
  readonly keys: number;
  readonly rows: number;
  /** Rows of this side that occur once while their key is repeated on the other. */
  readonly beside: number;
}

/** A changed pair: f64 and f64 of its addresses, u32 and u32 of its ranks among the records of each side. */
export const bytesOfPair = 24;

/** A group of more rows is shown by its first ones. */
export const mostOfGroup = 10;

// Where the join reads its question and leaves its answer.
const [asked, found] = [64, 192];
const answers = 9;

/** Joins one partition after another, and counts and samples what it meets. */
export const newTableJoin = (
  {
    columns,
    seed,
    sample,
    groups,
  }: { readonly columns: number; readonly seed: number; readonly sample: number; readonly groups: number },
  /** Takes changed pairs, of `bytesOfPair` each; the array is used again. */
  onChanged: (pairs: Uint8Array) => void,
  /** Takes the addresses of all records that are on one side only, where they are wanted; the array is used again. */
  onAlone?: (side: 'left' | 'right', addresses: Float64Array) => void,
) => {
  const rowBytes = 4 * (headWords + columns);
  const joiner = newJoiner();
  joiner.setSeed(seed >>> 0);
  const { memory } = joiner;
  const counts = { matched: 0, equal: 0, changed: 0, missing: 0, extra: 0 };
  const repeated = { left: { keys: 0, rows: 0, beside: 0 }, right: { keys: 0, rows: 0, beside: 0 } };
  const differing = new Float64Array(columns);
  // In the order in which bin/dev/joiner.as numbers the populations: present, changed, missing, extra.
  const samples = newSamples(joiner, 4, sample);
  const repeats = { left: newSampler<Float64Array>(groups), right: newSampler<Float64Array>(groups) };

  /** Groups of rows with one key: first row and each later one, as the join met them. */
  const takeRepeats = (side: 'left' | 'right', rowsAt: number, listAt: number, length: number): void => {
    const list = new Uint32Array(memory.buffer, listAt, 2 * length);
    const groupsOf = new Map<number, number[]>();
    for (let at = 0; at < list.length; at += 2) {
      const [first = 0, row = 0] = [list[at], list[at + 1]];
      const group = groupsOf.get(first);
      if (!group) groupsOf.set(first, [first, row]);
      else if (group.length < mostOfGroup) group.push(row);
    }
    repeated[side].keys += groupsOf.size;
    repeated[side].rows += groupsOf.size + length;
    const words = new DataView(memory.buffer);
    for (const [first, rows] of groupsOf) {
      const rank = joiner.rankAt(rowsAt + first * rowBytes);
      if (!repeats[side].takes(rank)) continue;
      const group = new Float64Array(2 * rows.length);
      for (const [at, row] of rows.entries()) {
        const place = rowsAt + row * rowBytes;
        group[2 * at] = words.getUint32(place + 16, true) + words.getUint32(place + 20, true) * 2 ** 32;
        group[2 * at + 1] = words.getUint32(place + 24, true);
      }
      repeats[side].add(rank, group);
    }
  };

  const join = (readers: { readonly left: PartitionReader; readonly right: PartitionReader }, partition: number) => {
    const [leftBytes, rightBytes] = [readers.left.bytes(partition), readers.right.bytes(partition)];
    const [leftRows, rightRows] = [leftBytes / rowBytes, rightBytes / rowBytes];
    let slots = 256;
    while (slots * 3 < (leftRows + rightRows) * 4) slots *= 2;
    let end = samples.end;
    const take = (bytes: number): number => {
      const at = end;
      end = aligned(end + bytes);
      return at;
    };
    const both = Math.min(leftRows, rightRows);
    const left = take(leftBytes);
    const right = take(rightBytes);
    // All zero at the beginning, up to `pairs`.
    const differingAt = take(4 * columns);
    const table = take(8 * slots);
    const partner = take(4 * leftRows);
    const marks = { left: take(leftRows), right: take(rightRows) };
    const pairs = take(bytesOfPair * both);
    const alone = onAlone ? { left: take(8 * leftRows), right: take(8 * rightRows) } : undefined;
    const lists = { left: take(8 * leftRows), right: take(8 * rightRows) };
    ensure(memory, end);
    const bytes = new Uint8Array(memory.buffer);
    readers.left.read(partition, bytes.subarray(left, left + leftBytes));
    readers.right.read(partition, bytes.subarray(right, right + rightBytes));
    bytes.fill(0, differingAt, pairs);
    bytes.fill(0, found, found + 4 * answers);
    // The layout is the one of bin/dev/joiner.as.
    new Uint32Array(memory.buffer, asked).set([
      ...[rowBytes, left, leftRows, right, rightRows, table, slots - 1, partner, marks.left, marks.right],
      ...[pairs, alone?.left ?? 0, alone?.right ?? 0, lists.left, lists.right, differingAt],
    ]);
    joiner.join();
    const answer = new Uint32Array(memory.buffer, found, answers);
    const at = (index: number): number => answer[index] ?? 0;
    counts.matched += at(0);
    counts.equal += at(1);
    counts.changed += at(2);
    counts.missing += at(3);
    counts.extra += at(4);
    repeated.left.beside += at(5);
    repeated.right.beside += at(6);
    if (onAlone && alone) {
      if (at(3) > 0) onAlone('left', new Float64Array(memory.buffer, alone.left, at(3)));
      if (at(4) > 0) onAlone('right', new Float64Array(memory.buffer, alone.right, at(4)));
    }
    const counted = new Uint32Array(memory.buffer, differingAt, columns);
    for (const [column, n] of counted.entries()) differing[column] = (differing[column] ?? 0) + n;
    if (at(2) > 0) onChanged(new Uint8Array(memory.buffer, pairs, bytesOfPair * at(2)));
    if (at(7) > 0) takeRepeats('left', left, lists.left, at(7));
    if (at(8) > 0) takeRepeats('right', right, lists.right, at(8));
  };

  return {
    width: headWords + columns,
    join,
    /** Rows of keys that are repeated anyway. */
    alsoRepeated: (dropped: { readonly left: number; readonly right: number }): void => {
      repeated.left.rows += dropped.left;
      repeated.right.rows += dropped.right;
    },
    taken: () => ({
      counts: { ...counts, ...repeated },
      differing: [...differing],
      present: samples.taken(0),
      changed: samples.taken(1),
      missing: samples.taken(2),
      extra: samples.taken(3),
      repeatedLeft: repeats.left.taken(),
      repeatedRight: repeats.right.taken(),
    }),
  };
};
