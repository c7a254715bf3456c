import { type Joiner, newJoiner } from './joiner.ts';
import type { Place, PlacedPair } from './types.ts';
import { aligned, ensure } from './wasm.ts';

/** Numbers of one entry: its rank in the sample, then address and rank in the file of one record, or of two. */
export const numbersOfPlace = 5;
const width = numbersOfPlace;
const entryBytes = 8 * width;
/** What bringing them in order needs besides an entry. */
const spareBytes = 32;

/** Behind what bin/dev/sampler.as keeps for itself. */
const entriesFrom = 16 * 1024;

/**
 * The samples of so many populations in the memory of the join: the rows with the smallest ranks, so that the sample depends neither
 * on the order of the rows nor on how the work was split. Flat and compiled: objects for every row that is looked at, or loops that are
 * still cold when they end, cost more than the join itself.
 */
export const newSamples = (joiner: Joiner, populations: number, most: number) => {
  // Somewhat more than are kept, so that they are not looked through at every one that comes.
  const room = most + Math.ceil(most / 4) + 64;
  const end = aligned(joiner.setSamples(populations, most, room, entriesFrom));
  ensure(joiner.memory, end);
  return {
    /** What stands behind it is free. */
    end,
    /** Entries one after the other, in no order. */
    taken: (population: number): Float64Array => {
      const count = joiner.keep(population);
      return new Float64Array(joiner.memory.buffer, joiner.sampleAt(population), width * count).slice();
    },
  };
};

/** Makes of the samples of several parts of a population one, in the order of their (left) records; in memory that is used again. */
export const newPlaceMerger = (most: number) => {
  const joiner = newJoiner();
  return (parts: readonly Float64Array[]): Float64Array => {
    const { end } = newSamples(joiner, 1, most);
    const longest = parts.reduce((bytes, { byteLength }) => Math.max(bytes, byteLength), entryBytes * most);
    const spare = aligned(end + longest);
    ensure(joiner.memory, spare + spareBytes * most);
    for (const part of parts) {
      new Float64Array(joiner.memory.buffer, end, part.length).set(part);
      joiner.offer(0, end, part.length / width);
    }
    const count = joiner.keepInOrder(0, end, spare);
    return new Float64Array(joiner.memory.buffer, end, width * count).slice();
  };
};

export const pairsIn = (entries: Float64Array): readonly PlacedPair[] =>
  Array.from({ length: entries.length / width }, (_, at) => ({
    left: { address: entries[at * width + 1] ?? 0, rank: entries[at * width + 2] ?? 0 },
    right: { address: entries[at * width + 3] ?? 0, rank: entries[at * width + 4] ?? 0 },
  }));

export const placesIn = (entries: Float64Array): readonly Place[] => pairsIn(entries).map(({ left }) => left);
