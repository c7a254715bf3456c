import type { Place, PlacedPair } from './types.ts';

/** Numbers of one entry: its rank in the sample, then address and rank in the file of one record, or of two. */
export const numbersOfPlace = 5;
const width = numbersOfPlace;

/** `newSampler` for places, in one flat array: objects for every row that is looked at cost more than the join itself. */
export interface PlaceSampler {
  /** Entries of this rank and above are of no use any more. */
  readonly below: () => number;
  readonly merge: (entries: Float64Array) => void;
  /** Entries one after the other. */
  readonly taken: () => Float64Array;
}

/** Ranks are spread evenly, so that the middle one of a hundred thousand is found by counting them into so many drawers. */
const drawers = 4096;
const widest = 2 ** 52;

/** The rank that `most` of these are not above. */
const rankAmong = (entries: Float64Array, count: number, most: number, below: number): number => {
  const scale = drawers / Math.min(below, widest);
  const filled = new Uint32Array(drawers + 1);
  for (let at = 0; at < count; at += 1) {
    const drawer = Math.min(drawers, Math.floor((entries[at * width] ?? 0) * scale));
    filled[drawer] = (filled[drawer] ?? 0) + 1;
  }
  let [drawer, before] = [0, 0];
  while (before + (filled[drawer] ?? 0) < most) {
    before += filled[drawer] ?? 0;
    drawer += 1;
  }
  const within: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const rank = entries[at * width] ?? 0;
    if (Math.min(drawers, Math.floor(rank * scale)) === drawer) within.push(rank);
  }
  return within.sort((a, b) => a - b)[most - before - 1] ?? below;
};

export const newPlaceSampler = (most: number): PlaceSampler => {
  // Somewhat more than are kept, so that they are not looked through at every one that comes.
  const room = most + Math.ceil(most / 4) + 64;
  let held = new Float64Array(width * Math.min(256, room));
  let count = 0;
  let highest = most > 0 ? Number.POSITIVE_INFINITY : -1;
  const shrink = () => {
    if (count <= most) return;
    highest = most > 0 ? rankAmong(held, count, most, highest) : -1;
    let kept = 0;
    for (let at = 0; at < count && kept < most; at += 1) {
      if ((held[at * width] ?? 0) > highest) continue;
      if (kept !== at)
        for (let word = 0; word < width; word += 1) held[kept * width + word] = held[at * width + word] ?? 0;
      kept += 1;
    }
    count = kept;
  };
  return {
    below: () => highest,
    merge: (entries) => {
      for (let from = 0; from < entries.length; from += width) {
        if ((entries[from] ?? 0) >= highest) continue;
        if (count === room) shrink();
        if (count * width === held.length) {
          const wider = new Float64Array(width * Math.min(room, count * 2));
          wider.set(held);
          held = wider;
        }
        const at = count * width;
        for (let word = 0; word < width; word += 1) held[at + word] = entries[from + word] ?? 0;
        count += 1;
      }
    },
    taken: () => {
      shrink();
      // Without a copy: what is behind it is not much.
      return held.subarray(0, count * width);
    },
  };
};

/** The entries in the order of their (left) records. */
export const inOrder = (entries: Float64Array): Float64Array => {
  const addresses = Float64Array.from({ length: entries.length / width }, (_, at) => entries[at * width + 1] ?? 0);
  const order = Uint32Array.from(addresses, (_, at) => at).sort((a, b) => (addresses[a] ?? 0) - (addresses[b] ?? 0));
  const sorted = new Float64Array(entries.length);
  for (const [to, from] of order.entries()) sorted.set(entries.subarray(from * width, (from + 1) * width), to * width);
  return sorted;
};

export const pairsIn = (entries: Float64Array): readonly PlacedPair[] =>
  Array.from({ length: entries.length / width }, (_, at) => ({
    left: { address: entries[at * width + 1] ?? 0, rank: entries[at * width + 2] ?? 0 },
    right: { address: entries[at * width + 3] ?? 0, rank: entries[at * width + 4] ?? 0 },
  }));

export const placesIn = (entries: Float64Array): readonly Place[] => pairsIn(entries).map(({ left }) => left);
