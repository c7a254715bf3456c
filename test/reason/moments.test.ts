import { describe, expect, test } from '@jest/globals';
import { instantOf, momentOf } from '../../src/reason/moments.ts';
import { inSummerTime, zoneOffset } from '../../src/reason/zone-offsets.ts';

const read = (text: string, zone?: string): string | undefined => {
  const moment = momentOf(text);
  return moment && new Date(instantOf(moment, zone)).toISOString();
};

describe('dates and times as they are written', () => {
  test.each([
    ['2026-04-01', '2026-04-01T00:00:00.000Z'],
    ['2026/4/1 9:05', '2026-04-01T09:05:00.000Z'],
    ['20260401', '2026-04-01T00:00:00.000Z'],
    ['2026年4月1日 9時05分', '2026-04-01T09:05:00.000Z'],
    ['2026-04-01T09:00:00.123456+09:00', '2026-04-01T00:00:00.123Z'],
    ['2026-04-01 09:00:00 -0330', '2026-04-01T12:30:00.000Z'],
  ])('%s', (text, instant) => expect(read(text)).toBe(instant));

  test.each([
    '',
    '2026-02-30',
    '2026-13-01',
    '2026-04-01T25:00',
    '04/05/2026',
    '1234567',
    '2026-04/01',
    '令和8年4月1日',
    '9'.repeat(5000),
  ])('nothing is guessed of %s', (text) => expect(momentOf(text)).toBeUndefined());

  test('a time without an offset is of the zone that is given', () => {
    expect(read('2026-07-01 09:00', 'America/New_York')).toBe('2026-07-01T13:00:00.000Z');
    expect(read('2026-01-01 09:00', 'America/New_York')).toBe('2026-01-01T14:00:00.000Z');
    expect(read('2026-01-01', 'America/New_York')).toBe('2026-01-01T00:00:00.000Z');
  });

  test('offsets are those of the tz database, to the minute of the switch', () => {
    const spring = Date.UTC(2026, 2, 8, 7);
    expect([zoneOffset('America/New_York', spring - 1), zoneOffset('America/New_York', spring)]).toEqual([-300, -240]);
    expect(zoneOffset('Asia/Kolkata', spring)).toBe(330);
    expect(zoneOffset('Nowhere/At-All', spring)).toBe(0);
    expect(inSummerTime('Australia/Sydney', Date.UTC(2026, 0, 5))).toBe(true);
    expect(inSummerTime('Asia/Tokyo', Date.UTC(2026, 6, 5))).toBe(false);
  });
});
