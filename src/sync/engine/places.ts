import type { Place, PlacedPair } from './types.ts';

/** Numbers of one entry: its rank in the sample, then address and rank in the file of one record, or of two. */
const width = 5;

/** `newSampler` for places, in one flat array: objects for every row that is looked at cost more than the join itself. */
export interface PlaceSampler {
  readonly takes: (rank: number) => boolean;
  readonly add: (rank: number, address: number, row: number, otherAddress: number, otherRow: number) => void;
  readonly merge: (entries: Float64Array) => void;
  /** Entries one after the other. */
  readonly taken: () => Float64Array;
}

export const newPlaceSampler = (most: number): PlaceSampler => {
  let held = new Float64Array(width * 256);
  let count = 0;
  let highest = Number.POSITIVE_INFINITY;
  const ranks = () => Float64Array.from({ length: count }, (_, at) => held[at * width] ?? 0);
  const shrink = () => {
    if (count <= most) return;
    highest = most > 0 ? (ranks().sort()[most - 1] ?? highest) : -1;
    let kept = 0;
    for (let at = 0; at < count && kept < most; at += 1) {
      if ((held[at * width] ?? 0) > highest) continue;
      if (kept !== at) held.copyWithin(kept * width, at * width, (at + 1) * width);
      kept += 1;
    }
    count = kept;
  };
  const add: PlaceSampler['add'] = (rank, address, row, otherAddress, otherRow) => {
    if (count * width === held.length) {
      if (count >= 2 * most) shrink();
      if (count * width === held.length) {
        const wider = new Float64Array(held.length * 2);
        wider.set(held);
        held = wider;
      }
    }
    const at = count * width;
    held[at] = rank;
    held[at + 1] = address;
    held[at + 2] = row;
    held[at + 3] = otherAddress;
    held[at + 4] = otherRow;
    count += 1;
  };
  return {
    takes: (rank) => rank < highest,
    add,
    merge: (entries) => {
      for (let at = 0; at < entries.length; at += width)
        add(entries[at] ?? 0, entries[at + 1] ?? 0, entries[at + 2] ?? 0, entries[at + 3] ?? 0, entries[at + 4] ?? 0);
    },
    taken: () => {
      shrink();
      return held.slice(0, count * width);
    },
  };
};

export const pairsIn = (entries: Float64Array): readonly PlacedPair[] =>
  Array.from({ length: entries.length / width }, (_, at) => ({
    left: { address: entries[at * width + 1] ?? 0, rank: entries[at * width + 2] ?? 0 },
    right: { address: entries[at * width + 3] ?? 0, rank: entries[at * width + 4] ?? 0 },
  }));

export const placesIn = (entries: Float64Array): readonly Place[] => pairsIn(entries).map(({ left }) => left);
