import { describe, expect, test } from '@jest/globals';
import { type DateOrder, isTakenForDate, isWithoutYear, yearAdded } from '../../../src/reason/values/taken-for-date.ts';

describe('what a spreadsheet makes of a code that it takes for a date', () => {
  test.each<[string, string, DateOrder]>([
    ['1-2', '1月2日', 'year-first'],
    ['1-2', '2-Jan', 'month-first'],
    ['1-2', '02-Jan', 'month-first'],
    ['2-1', '02. Jan', 'day-first'],
    ['1/2', '2026/1/2', 'year-first'],
    ['1-2', '1/2/2026', 'month-first'],
    ['2-1', '02/01/2026', 'day-first'],
    ['1-2', '2026-01-02 00:00:00', 'year-first'],
    ['1-2', '46024', 'year-first'],
    ['10-50', 'Oct-50', 'year-first'],
    ['2-5-1', '2002/5/1', 'year-first'],
    ['MAR1', '1-Mar', 'month-first'],
    ['SEPT2', '2-Sep', 'month-first'],
  ])('%s is %s (%s)', (from, to, order) => {
    expect(isTakenForDate(from, to, order)).toBe(true);
  });

  test.each<[string, string, DateOrder]>([
    ['1-2', '2月1日', 'year-first'],
    ['1-2', '1-Feb', 'month-first'],
    ['2-30', '2月30日', 'year-first'],
    ['13-2', '13月2日', 'year-first'],
    // Dates in another notation.
    ['01/02', '1月2日', 'year-first'],
    ['25/05/01', '2025-05-01', 'year-first'],
    ['2025/5/1', '2025-05-01', 'year-first'],
    ['1-2', '1-2', 'year-first'],
    ['MARK1', '1-Mar', 'month-first'],
  ])('%s is not %s (%s)', (from, to, order) => {
    expect(isTakenForDate(from, to, order)).toBe(false);
  });

  test('the year is that of the file where the code has none', () => {
    expect(yearAdded('1-2', '2026/1/2', 'year-first')).toBe(2026);
    expect(yearAdded('1-2', '1月2日', 'year-first')).toBeUndefined();
    expect(yearAdded('2-5-1', '2002/5/1', 'year-first')).toBeUndefined();
    expect(isWithoutYear('2-5-1', 'year-first')).toBe(false);
  });
});
