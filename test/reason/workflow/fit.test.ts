import { describe, expect, test } from '@jest/globals';
import type { Field } from '../../../src/model/workflow/schema.ts';
import type { Format } from '../../../src/model/workflow/workflow.ts';
import { fits, misfitOf } from '../../../src/reason/workflow/fit.ts';
import { field, here } from './models.ts';

const said = (
  value: string | number | boolean | null,
  type: Field['type'],
  more: Partial<Field> = {},
  format: Format = 'NY',
) => {
  const misfit = misfitOf({ kind: 'literal', value, place: here }, field('f', type, more), format);
  if (!misfit) return 'fits';
  const { kind, ...rest } = misfit;
  return [kind, ...Object.values(rest)].join(' ');
};
const stages = {
  choices: [
    { value: 'Open', active: true },
    { value: 'Won', label: '受注', active: true },
    { value: 'Old', active: false },
  ],
};

describe('whether a literal can be stored in a field', () => {
  test.each([
    ['12.5', 'number', 'fits'],
    [true, 'number', 'type'],
    ['about 12', 'number', 'type'],
    ['1,000円', 'currency', 'type 1000'],
    ['１２', 'integer', 'type 12'],
    ['12.5', 'integer', 'range scale 0'],
    ['true', 'boolean', 'fits'],
    ['yes', 'boolean', 'type true'],
    ['maybe', 'boolean', 'type'],
    [1, 'boolean', 'fits'],
    [7, 'boolean', 'type'],
    ['2026-02-28', 'date', 'fits'],
    ['2026-02-29', 'date', 'no-such-day'],
    ['2026/2/8', 'date', 'type 2026-02-08'],
    ['2026年2月8日', 'date', 'type 2026-02-08'],
    ['2026-02-28T09:00:00+09:00', 'datetime', 'fits'],
    ['2026-02-28T25:00', 'datetime', 'no-such-day'],
    ['soon', 'date', 'type'],
    ['a@example.co.jp', 'email', 'fits'],
    ['a example', 'email', 'type'],
    [12, 'text', 'fits'],
    ['anything', 'reference', 'fits'],
    [false, 'reference', 'type'],
    [null, 'number', 'fits'],
    ['', 'date', 'fits'],
  ] as const)('%s in %s: %s', (value, type, expected) => {
    expect(said(value, type)).toBe(expected);
  });

  test.each([
    ['Won', 'fits'],
    ['won', 'choice won false Won'],
    ['受注', 'choice 受注 false Won'],
    ['﻿Won', 'choice ﻿Won false Won'],
    ['Old', 'choice Old true'],
    ['Nothing like it', 'choice Nothing like it false'],
  ])('the choice %s: %s', (value, expected) => {
    expect(said(value, 'picklist', stages).split(' ').toSorted()).toEqual(expected.split(' ').toSorted());
  });

  test('several choices in one text', () => {
    expect(said('Open; Won', 'multipicklist', stages)).toBe('fits');
    expect(said('Open;Lost', 'multipicklist', stages)).toContain('choice');
  });

  test('a list that takes other values, or whose values are not known, takes anything', () => {
    expect(said('Lost', 'picklist', { ...stages, restricted: false })).toBe('fits');
    expect(said('Lost', 'picklist')).toBe('fits');
  });

  test.each([
    ['a text that is as long as the field', 'abc', 'text', { length: 3 }, 'fits'],
    ['one letter more', 'abcd', 'text', { length: 3 }, 'length 4 3'],
    ['three digits before the point', 999, 'number', { precision: 5, scale: 2 }, 'fits'],
    ['four', 1000, 'number', { precision: 5, scale: 2 }, 'range precision 3'],
    ['three after it', 1.125, 'number', { precision: 5, scale: 2 }, 'range scale 2'],
    ['under the least', -1, 'number', { min: 0 }, 'range min 0'],
    ['over the most', '101', 'percent', { max: 100 }, 'range max 100'],
  ] as const)('%s', (_, value, type, more, expected) => {
    expect(said(value, type, more)).toBe(expected);
  });

  test('systems with day words of their own are believed, save for days that do not exist', () => {
    expect(said('+1 day', 'date', {}, 'SU')).toBe('fits');
    expect(said(1_764_000_000_000, 'datetime', {}, 'HS')).toBe('fits');
    expect(said('2026-06-31', 'date', {}, 'HS')).toBe('no-such-day');
  });
});

describe('whether a field of one type goes into another', () => {
  test.each([
    ['currency', 'number', 'yes'],
    ['text', 'number', 'maybe'],
    ['date', 'number', 'never'],
    ['datetime', 'date', 'yes'],
    ['reference', 'text', 'yes'],
    ['date', 'reference', 'never'],
    ['number', 'boolean', 'maybe'],
    ['date', 'boolean', 'never'],
    ['picklist', 'text', 'yes'],
    ['reference', 'picklist', 'never'],
  ] as const)('%s in %s: %s', (from, to, expected) => {
    expect(fits(from, to)).toBe(expected);
  });
});
