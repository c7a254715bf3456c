/** Where the partitions of a side stand in their temporary file. Plain data; a few bytes a block. */
export interface Blocks {
  /** Bytes of a full block; these come first in the file, one after the other. */
  readonly full: number;
  /** By full block: its partition. */
  readonly owners: Uint16Array;
  /** By partition: the bytes of its last block, which stand after the full ones in this order. */
  readonly tails: Float64Array;
}

export const newBlockList = (partitions: number, full: number) => {
  let owners = new Uint16Array(1024);
  let count = 0;
  const tails = new Float64Array(partitions);
  return {
    addFull: (partition: number): void => {
      if (count === owners.length) {
        const wider = new Uint16Array(2 * count);
        wider.set(owners);
        owners = wider;
      }
      owners[count] = partition;
      count += 1;
    },
    addTail: (partition: number, bytes: number): void => {
      tails[partition] = bytes;
    },
    taken: (): Blocks => ({ full, owners: owners.slice(0, count), tails }),
  };
};

/** By partition, the places of its blocks in the order in which they were written. */
export const placesOf = ({ full, owners, tails }: Blocks) => {
  const partitions = tails.length;
  // Blocks sorted by partition: those of one begin at its place in `starts`.
  const starts = new Uint32Array(partitions + 1);
  for (const owner of owners) starts[owner + 1] = (starts[owner + 1] ?? 0) + 1;
  for (let at = 0; at < partitions; at += 1) starts[at + 1] = (starts[at + 1] ?? 0) + (starts[at] ?? 0);
  const next = starts.slice();
  const sorted = new Uint32Array(owners.length);
  for (const [block, owner] of owners.entries()) {
    const at = next[owner] ?? 0;
    sorted[at] = block;
    next[owner] = at + 1;
  }
  const tailAt = new Float64Array(partitions + 1);
  tailAt[0] = full * owners.length;
  for (let at = 0; at < partitions; at += 1) tailAt[at + 1] = (tailAt[at] ?? 0) + (tails[at] ?? 0);
  return {
    bytes: (partition: number): number =>
      ((starts[partition + 1] ?? 0) - (starts[partition] ?? 0)) * full + (tails[partition] ?? 0),
    each: (partition: number, visit: (offset: number, length: number) => void): void => {
      for (let at = starts[partition] ?? 0; at < (starts[partition + 1] ?? 0); at += 1)
        visit((sorted[at] ?? 0) * full, full);
      const tail = tails[partition] ?? 0;
      if (tail > 0) visit(tailAt[partition] ?? 0, tail);
    },
  };
};

export const bytesOf = ({ full, owners, tails }: Blocks): number =>
  tails.reduce((bytes, tail) => bytes + tail, full * owners.length);
