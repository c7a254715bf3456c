import { describe, expect, test } from '@jest/globals';
import { seeded } from '../../../fixtures/sync/contacts.ts';
import { seamIn } from '../../../src/reason/rows/seams.ts';

const rows = 30_000;
const pages = [50, 100, 200, 250, 500, 1000, 2000];

const some = (share: number, seed = 1): readonly number[] => {
  const random = seeded(seed);
  return Array.from({ length: rows }, (_, rank) => rank).filter(() => random() < share);
};
/** One of every page, moved from page to page by what is said. */
const seams = (page: number, moved: (at: number) => number = () => 0): readonly number[] =>
  Array.from({ length: rows / page }, (_, at) => at * page + moved(at));
const together = (...lists: readonly (readonly number[])[]): readonly number[] => [...new Set(lists.flat())];
const seamOf = (...lists: readonly (readonly number[])[]) => seamIn(together(...lists), rows, pages);

describe('the place of every page at which records stand', () => {
  test.each([
    ['by themselves', [seams(200)], { page: 200, remainder: 0, width: 1, n: 150 }],
    ['among twice as many that lack at random', [seams(200), some(0.01)], { page: 200, remainder: 0, width: 1 }],
    ['among ten times as many', [seams(100), some(0.1)], { page: 100, remainder: 0, width: 1 }],
    ['among others of which every sixth lacks', [seams(200), some(0.17)], { page: 200, remainder: 0, width: 1 }],
    [
      'at places that have moved by and by',
      [seams(200, (at) => -Math.floor(at / 40)), some(0.005)],
      { page: 200, remainder: 197, width: 4 },
    ],
    [
      'over the end of a page',
      [seams(500, (at) => (at % 2) - 1), some(0.001)],
      { page: 500, remainder: 499, width: 2 },
    ],
  ])('%s', (_, lists, expected) => {
    expect(seamOf(...lists)).toMatchObject(expected);
  });

  test.each([
    ['at random', [some(0.02)]],
    ['at random, many', [some(0.5)]],
    ['every fifth, as of one of five owners', [seams(5, () => 2)]],
    [
      'in stretches of a page',
      [Array.from({ length: 20 }, (_, at) => seams(1).slice(at * 1500, at * 1500 + 100)).flat()],
    ],
    ['in one stretch', [Array.from({ length: 2000 }, (_, at) => 28_000 + at), some(0.002)]],
    ['at places that go once around', [seams(200, (at) => Math.floor(at * 1.3))]],
    ['in too few pages', [seams(10_000)]],
  ])('there is none: %s', (_, lists) => {
    expect(seamOf(...lists)).toBeUndefined();
  });

  test('is no chance: of lists of ranks at random none has one', () => {
    const found = Array.from({ length: 24 }, (_, seed) => seamOf(some([0.002, 0.01, 0.05, 0.2][seed % 4] ?? 0, seed)));
    expect(found.filter((one) => one !== undefined)).toEqual([]);
  });
});
