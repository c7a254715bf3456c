import { closeSync, openSync, writeSync } from 'node:fs';
import { newBlockList } from './blocks.ts';
import type { PartitionFile, PartitionReader } from './partition.ts';

/** Rows of a partition that are looked at for the keys that stand on very many of them. */
const looked = 65_536;
/** Found so often among those, a key is held to stand on very many. */
const oftenFrom = 16;
const bufferBytes = 16 * 1024;

interface OftenKey {
  readonly a: number;
  readonly b: number;
  found: number;
  readonly kept: { left: number; right: number };
}

type Often = ReadonlyMap<number, OftenKey>;

const idOf = (words: Int32Array, at: number): number =>
  ((words[at + 2] ?? 0) >>> 0) + ((words[at + 3] ?? 0) & 0xfffff) * 2 ** 32;

/** Keys that stand on more than about one row of four thousand, by a spread sample of the rows. */
const oftenIn = (
  readers: { readonly left: PartitionReader; readonly right: PartitionReader },
  partition: number,
  width: number,
): Often => {
  const rows = (readers.left.bytes(partition) + readers.right.bytes(partition)) / (4 * width);
  const step = Math.max(1, rows / looked);
  const seen = new Map<number, OftenKey>();
  let [row, next, state] = [0, 0, 1];
  const look = (words: Int32Array, length: number) => {
    for (let at = 0; at < length; at += width, row += 1) {
      if (row < next) continue;
      // Uneven steps: rows may follow a rhythm of their own.
      state = Math.imul(state, 1_664_525) + 1_013_904_223;
      next = row + 1 + ((state >>> 8) / 2 ** 24) * 2 * (step - 1);
      const id = idOf(words, at);
      const known = seen.get(id);
      if (known) known.found += 1;
      else seen.set(id, { a: words[at] ?? 0, b: words[at + 1] ?? 0, found: 1, kept: { left: 0, right: 0 } });
    }
  };
  readers.left.each(partition, look);
  readers.right.each(partition, look);
  return new Map([...seen].filter(([, { found }]) => found >= oftenFrom));
};

/**
 * Splits a partition that is too large to be joined in memory. Of a key that stands on very many rows only the first `most` of each
 * side are passed on, which is enough to see that it is repeated; `dropped` is how many are not.
 */
export const splitCrowded = (
  readers: { readonly left: PartitionReader; readonly right: PartitionReader },
  partition: number,
  options: {
    readonly width: number;
    /** A power of two up to 256. */
    readonly parts: number;
    /** Which eight bits of the key tell the parts: 0, 1, 2. */
    readonly depth: number;
    readonly most: number;
    readonly path: string;
  },
): {
  readonly left: PartitionFile;
  readonly right: PartitionFile;
  readonly dropped: { readonly left: number; readonly right: number };
} => {
  const { width, parts, depth, most } = options;
  const often = oftenIn(readers, partition, width);
  const rowBytes = 4 * width;
  const full = Math.max(1, Math.floor(bufferBytes / rowBytes)) * rowBytes;
  const dropped = { left: 0, right: 0 };
  const splitSide = (side: 'left' | 'right'): PartitionFile => {
    const path = `${options.path}-${side}`;
    const blocks = newBlockList(parts, full);
    const buffers = Array.from({ length: parts }, () => new Int32Array(full / 4));
    const filled = new Int32Array(parts);
    const descriptor = openSync(path, 'wx', 0o600);
    let written = 0;
    const write = (part: number, length: number) => {
      const bytes = new Uint8Array(buffers[part]?.buffer ?? new ArrayBuffer(0), 0, length);
      for (let done = 0; done < length; ) done += writeSync(descriptor, bytes, done, length - done, written + done);
      written += length;
    };
    try {
      readers[side].each(partition, (words, length) => {
        for (let at = 0; at < length; at += width) {
          const key = often.size > 0 ? often.get(idOf(words, at)) : undefined;
          if (key && key.a === words[at] && key.b === words[at + 1]) {
            key.kept[side] += 1;
            if (key.kept[side] > most) {
              dropped[side] += 1;
              continue;
            }
          }
          const part = ((words[at + 3] ?? 0) >>> (8 * depth)) & (parts - 1);
          const to = filled[part] ?? 0;
          buffers[part]?.set(words.subarray(at, at + width), to);
          filled[part] = to + width;
          if (4 * (to + width) < full) continue;
          write(part, full);
          blocks.addFull(part);
          filled[part] = 0;
        }
      });
      for (const [part, length] of filled.entries()) {
        if (length === 0) continue;
        write(part, 4 * length);
        blocks.addTail(part, 4 * length);
      }
    } finally {
      closeSync(descriptor);
    }
    return { path, blocks: blocks.taken() };
  };
  return { left: splitSide('left'), right: splitSide('right'), dropped };
};
