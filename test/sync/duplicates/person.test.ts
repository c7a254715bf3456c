import { describe, expect, test } from '@jest/globals';
import { birthOf } from '../../../src/sync/duplicates/person/birth.ts';
import { type Compared, compared, type Level, level } from '../../../src/sync/duplicates/person/compare.ts';
import {
  chancesAtRandom,
  haveFamilies,
  isNumbered,
  isPossible,
  learn,
  type Pattern,
  weightsOf,
} from '../../../src/sync/duplicates/person/model.ts';
import { jaroWinkler, oneSlip } from '../../../src/sync/duplicates/similar.ts';

const { absent, equal, slip, different } = level;

/** All fields are equal but these. */
const pattern = (pairs: number, changes: Readonly<Partial<Record<Compared, Level>>> = {}): Pattern => ({
  levels: compared.map((field) => changes[field] ?? equal),
  pairs,
});

test.each([
  ['anna', 'ana', true],
  ['anna', 'annas', true],
  ['anna', 'enna', true],
  ['anna', 'nana', true],
  ['anna', 'anna', false],
  ['anna', 'nnaa', false],
  ['anna', 'anya b', false],
  ['19700314', '19700341', true],
  ['19700314', '19703014', true],
  ['19700314', '19701403', false],
])('%s and %s: one slip is %s', (a, b, one) => {
  expect(oneSlip(a, b)).toBe(one);
  expect(oneSlip(b, a)).toBe(one);
});

test('names that are alike are so by the published examples of Winkler', () => {
  expect(jaroWinkler('martha', 'marhta')).toBeCloseTo(0.961, 3);
  expect(jaroWinkler('dwayne', 'duane')).toBeCloseTo(0.84, 3);
});

test.each([
  ['1970-03-14', '19700314'],
  ['19700314', '19700314'],
  ['昭和45年3月14日', '19700314'],
  ['S45.3.14', '19700314'],
  ['14/03/1970', '19701403'],
  ['1972-95-18', '19729518'],
  ['March', ''],
  ['', ''],
])('the birthday %s is %s', (value, digits) => {
  expect(birthOf(value)).toBe(digits);
});

describe('families', () => {
  const again = [pattern(300), pattern(60, { street: slip }), pattern(60, { city: different })];
  const withoutNumber = { id: absent };
  test.each<readonly [string, boolean, readonly Pattern[]]>([
    ['few pairs tell nothing', true, [pattern(40)]],
    ['brothers', true, [...again, pattern(50, { given: different, birth: different, id: different })]],
    ['twins with numbers', true, [...again, pattern(50, { given: different, id: different })]],
    [
      'namesakes without numbers, at one address to the letter',
      true,
      [...again, pattern(50, { birth: different, ...withoutNumber })],
    ],
    ['nobody but the same again', false, again],
    [
      'names that were replaced, with slips as all have',
      false,
      [
        ...again,
        pattern(30, { given: different, ...withoutNumber }),
        pattern(15, { given: different, street: slip, city: different, ...withoutNumber }),
      ],
    ],
  ])('%s: %s', (_, families, found) => {
    expect(
      haveFamilies(
        found,
        found.reduce((sum, { pairs }) => sum + pairs, 0),
      ),
    ).toBe(families);
  });

  test('relatives are possible only where there are none, or by their number', () => {
    const twins = pattern(1, { given: different, id: different }).levels;
    expect(isPossible(twins, { families: true, numbered: true })).toBe(false);
    expect(isPossible(twins, { families: false, numbered: true })).toBe(true);
    expect(isPossible(pattern(1, { given: different }).levels, { families: true, numbered: true })).toBe(true);
  });
});

describe('what is learned', () => {
  const unlike = Object.fromEntries(compared.map((field) => [field, different]));
  const random = [pattern(100_000, unlike), pattern(20_000, { ...unlike, state: equal })];
  const u = chancesAtRandom(random);

  test('a field that slips often weighs less where it differs, one that many share less where it is equal', () => {
    const found = [pattern(600), pattern(400, { postcode: different }), pattern(5000, { ...unlike, state: equal })];
    const { m, matches } = learn(found, u, 5000, { families: true, numbered: true });
    expect(matches).toBeCloseTo(1000, -1);
    expect(m[compared.indexOf('postcode')]?.[different]).toBeCloseTo(0.4, 1);
    const weights = weightsOf(m, u);
    const bits = (field: Compared, at: Level): number => weights[compared.indexOf(field)]?.[at] ?? 0;
    expect(bits('postcode', different)).toBeGreaterThan(bits('city', different));
    expect(bits('state', equal)).toBeLessThan(bits('city', equal));
    expect(bits('city', absent)).toBe(0);
  });

  test('a number that every record has for itself tells nobody apart', () => {
    const own = learn([pattern(500, { id: different })], u, 5000, { families: true, numbered: true });
    expect(isNumbered(own.m)).toBe(false);
    expect(isNumbered(learn([pattern(500)], u, 5000, { families: true, numbered: true }).m)).toBe(true);
  });
});
