import { describe, expect, test } from '@jest/globals';
import { seeded } from '../../fixtures/sync/contacts.ts';
import { type Ranked, ranker } from '../../src/sync/ranks.ts';

const placesOf = (all: readonly Ranked[], targets: readonly Ranked[]) => {
  const { visit, places } = ranker(targets);
  for (const { value, address } of all) visit(value, address);
  return places();
};

describe('the place of a record among all of its side', () => {
  test.each(['numbers', 'times'])('is that of a full sort: %s', (kind) => {
    const random = seeded(3);
    const all = Array.from({ length: 3000 }, (_, at) => {
      const number = Math.floor(random() * 900);
      return { value: kind === 'numbers' ? String(number) : new Date(number * 1e9).toISOString(), address: at * 10 };
    });
    const targets = all.filter(() => random() < 0.1).toReversed();
    const order = (one: Ranked) => (kind === 'numbers' ? Number(one.value) : Date.parse(one.value));
    const sorted = all.toSorted((a, b) => order(a) - order(b) || a.address - b.address);
    expect(placesOf(all, targets)).toEqual(
      targets.map((target) => ({
        rank: sorted.indexOf(target),
        tie: all.filter(({ value }) => value === target.value).length,
      })),
    );
  });

  test('numbers are ordered by size, and by text where one of the targets is none', () => {
    const all = ['9', '10', '100'].map((value, address) => ({ value, address }));
    expect(placesOf(all, all).map(({ rank }) => rank)).toEqual([0, 1, 2]);
    const mixed = [...all, { value: 'x', address: 3 }];
    expect(placesOf(mixed, mixed).map(({ rank }) => rank)).toEqual([2, 0, 1, 3]);
  });

  test('nothing is asked, nothing is told', () => {
    expect(placesOf([{ value: '1', address: 0 }], [])).toEqual([]);
  });
});
