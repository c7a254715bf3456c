import type { RowPair } from '../../model/sync/view.ts';
import type { PartitionReader } from './partition.ts';

/** Words before the hashes and lengths of a picked record: four of the key, two of the address. */
const headWords = 6;

interface Stream {
  readonly bytes: Buffer;
  readonly words: Uint32Array;
  /** Of each record, its first word. */
  readonly starts: Uint32Array;
}

/** One partition of one side, and where its records begin. */
const newStreamReader = (reader: PartitionReader, columns: number) => {
  let buffer = new ArrayBuffer(0);
  return (partition: number): Stream => {
    const length = reader.bytes(partition);
    if (buffer.byteLength < length) buffer = new ArrayBuffer(8 * Math.ceil((length * 1.1) / 8));
    reader.read(partition, new Uint8Array(buffer, 0, length));
    const words = new Uint32Array(buffer, 0, length / 4);
    let starts = new Uint32Array(1024);
    let count = 0;
    for (let at = 0; at < words.length; count += 1) {
      if (count === starts.length) {
        const wider = new Uint32Array(2 * count);
        wider.set(starts);
        starts = wider;
      }
      starts[count] = at;
      let bytes = 0;
      for (let column = 0; column < columns; column += 1) bytes += words[at + headWords + 2 * column + 1] ?? 0;
      at += headWords + 2 * columns + Math.ceil(bytes / 4);
    }
    return {
      bytes: Buffer.from(buffer),
      words,
      starts: starts.subarray(0, count),
    };
  };
};

const conversion = new ArrayBuffer(8);
const [asWords, asDouble] = [new Uint32Array(conversion), new Float64Array(conversion)];
const doubleAt = (words: Uint32Array, at: number): number => {
  asWords[0] = words[at] ?? 0;
  asWords[1] = words[at + 1] ?? 0;
  return asDouble[0] ?? 0;
};

export interface PickedPairs {
  readonly pairs: readonly RowPair[];
  /** Address and address of each. */
  readonly places: Float64Array;
}

/**
 * The pairs of partition by partition, each record being the only one of its key on its side. A column that is equal on both sides
 * is '' in both unless it is among those that are needed.
 */
export const newPairing = (
  readers: { readonly left: PartitionReader; readonly right: PartitionReader },
  columns: number,
  needed: readonly number[],
) => {
  const read = { left: newStreamReader(readers.left, columns), right: newStreamReader(readers.right, columns) };
  const wanted = new Uint8Array(columns);
  for (const column of needed) wanted[column] = 1;
  let slots = new Uint32Array(0);
  return (partition: number): PickedPairs => {
    const left = read.left(partition);
    const right = read.right(partition);
    let size = 1024;
    while (size * 2 < left.starts.length * 3) size *= 2;
    if (slots.length < size) slots = new Uint32Array(size);
    else slots.fill(0, 0, size);
    const [table, mask] = [slots, size - 1];
    const [ours, theirs] = [left.words, right.words];
    for (const [record, at] of left.starts.entries()) {
      let slot = (ours[at + 2] ?? 0) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = record + 1;
    }
    const pairs: RowPair[] = [];
    const places = new Float64Array(2 * right.starts.length);
    const valuesAt = columns * 2 + headWords;
    for (const there of right.starts) {
      let slot = (theirs[there + 2] ?? 0) & mask;
      let here = -1;
      for (let found = table[slot] ?? 0; found !== 0; slot = (slot + 1) & mask, found = table[slot] ?? 0) {
        const at = left.starts[found - 1] ?? 0;
        if (ours[at] !== theirs[there] || ours[at + 1] !== theirs[there + 1]) continue;
        if (ours[at + 2] !== theirs[there + 2] || ours[at + 3] !== theirs[there + 3]) continue;
        here = at;
        break;
      }
      if (here < 0) continue;
      places[2 * pairs.length] = doubleAt(ours, here + 4);
      places[2 * pairs.length + 1] = doubleAt(theirs, there + 4);
      const [ofLeft, ofRight]: [string[], string[]] = [[], []];
      let [from, fromThere] = [4 * (here + valuesAt), 4 * (there + valuesAt)];
      for (let column = 0, word = headWords; column < columns; column += 1, word += 2) {
        const [length, lengthThere] = [ours[here + word + 1] ?? 0, theirs[there + word + 1] ?? 0];
        if (length === lengthThere && ours[here + word] === theirs[there + word]) {
          const value = wanted[column] === 1 && length > 0 ? left.bytes.toString('utf8', from, from + length) : '';
          ofLeft.push(value);
          ofRight.push(value);
        } else {
          ofLeft.push(left.bytes.toString('utf8', from, from + length));
          ofRight.push(right.bytes.toString('utf8', fromThere, fromThere + lengthThere));
        }
        from += length;
        fromThere += lengthThere;
      }
      pairs.push({ left: ofLeft, right: ofRight });
    }
    return { pairs, places: places.subarray(0, 2 * pairs.length) };
  };
};
