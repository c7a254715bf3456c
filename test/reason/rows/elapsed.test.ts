import { describe, expect, test } from '@jest/globals';
import { momentOf } from '../../../src/reason/moments.ts';
import { decimalCountOf, placesIn } from '../../../src/reason/rows/counts.ts';
import { type Counting, isCountedAt } from '../../../src/reason/rows/elapsed.ts';

const isRight = (date: string, n: number, places: number, counting: Counting, on: string): boolean => {
  const moment = momentOf(date);
  if (!moment) throw new Error(date);
  return isCountedAt({ date: moment, n, step: 10 ** -places }, counting, Date.parse(on));
};

describe('a number with decimals that is counted from a date', () => {
  test.each<[string, number, number, Counting['unit'], string]>([
    ['1990-01-01', 36.8, 1, '365.25-days', '2026-11-01T00:00:00Z'],
    ['1990-01-01', 36.85, 2, '365-days', '2026-11-01T00:00:00Z'],
    ['1990-01-01', 36.833333, 6, '360-days', '2026-11-01T00:00:00Z'],
    ['2026-01-31', 1.0, 1, '30.44-days', '2026-03-03T00:00:00Z'],
    ['2026-10-31', 36.5, 1, 'hour', '2026-11-01T12:30:00Z'],
    ['2026-10-31', 1.52, 2, 'day', '2026-11-01T12:30:00Z'],
  ])('of %s it is %d (%d decimals, %s) on %s', (date, n, places, unit, on) => {
    expect(isRight(date, n, places, { unit, towards: 'since' }, on)).toBe(true);
    expect(isRight(date, n - 10 ** -places, places, { unit, towards: 'since' }, on)).toBe(false);
    expect(isRight(date, n + 10 ** -places, places, { unit, towards: 'since' }, on)).toBe(false);
  });

  test('what is left until a date', () => {
    const left = { unit: 'day', towards: 'until' } as const;
    expect(isRight('2026-11-10', 8.5, 1, left, '2026-11-01T12:00:00Z')).toBe(true);
    expect(isRight('2026-11-10', 8.5, 1, left, '2026-11-01T15:00:00Z')).toBe(false);
  });

  test('how many decimals a column has, zeros at the end left out', () => {
    expect(placesIn(['34.5', '34.52', '34.51', '7'])).toBe(2);
    expect(placesIn(['34', '35', '36.0000000001'])).toBe(6);
    expect(placesIn(Array.from({ length: 100 }, (_, at) => (at === 3 ? '34.5' : String(at))))).toBe(0);
    expect(placesIn(['x', ''])).toBe(0);
  });

  test.each([
    ['34.52歳', 34.52, 2],
    ['-1.5 days', -1.5, 1],
    ['35', 35, 0],
  ])('%s', (text, n, places) => {
    expect(decimalCountOf(text)).toEqual({ n, places });
  });

  test.each(['1,234.5', '34.5.1', '1234567.5', ''])('%s is none', (text) => {
    expect(decimalCountOf(text)).toBeUndefined();
  });
});
