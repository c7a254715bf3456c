import { expect, test } from '@jest/globals';
import { addressOf } from '../../../src/sync/engine/address.ts';
import { newPlaceMerger } from '../../../src/sync/engine/places.ts';
import { seeded } from './oracle.ts';

const entriesOf = (places: readonly (readonly [rank: number, address: number])[]): Float64Array =>
  Float64Array.from(places.flatMap(([rank, address]) => [rank, address, address % 1000, address + 1, address % 7]));

test.each([
  ['spread ranks', 2 ** 52, 300],
  ['ranks that are alike in all but their last digits', 50, 3000],
  ['ranks that are all the same', 1, 400],
  ['more wanted than there are', 2 ** 52, 20_000],
  ['none wanted', 2 ** 52, 0],
])('of several samples the smallest ranks stay, by address: %s', (_, ranks, most) => {
  const random = seeded(most);
  const merged = newPlaceMerger(most);
  // The memory of one population is used again for the next one.
  for (const parts of [3, 1]) {
    const all = Array.from({ length: parts }, (_part, part) =>
      Array.from({ length: 2500 }, (_entry, at): readonly [number, number] => [
        random(ranks),
        addressOf(random(4000), random(2 ** 20) * 10_000 + part * 2500 + at),
      ]),
    );
    const sorted = all.flat().toSorted(([a], [b]) => a - b);
    const result = merged(all.map(entriesOf));
    const taken = Array.from({ length: result.length / 5 }, (_entry, at) => result.slice(5 * at, 5 * at + 5));
    expect(taken.map(([rank]) => rank).toSorted((a = 0, b = 0) => a - b)).toEqual(
      sorted.slice(0, most).map(([rank]) => rank),
    );
    const known = new Map(sorted.map((place) => [place[1], entriesOf([place])]));
    expect(taken).toEqual(taken.map(([, address = -1]) => known.get(address)));
    const addresses = taken.map(([, address = -1]) => address);
    expect(addresses).toEqual([...new Set(addresses)].toSorted((a, b) => a - b));
  }
});
