import { describe, expect, test } from '@jest/globals';
import type { CronForm } from '../../../src/reason/workflow/cron.ts';
import { readCron, runsOn } from '../../../src/reason/workflow/cron.ts';
import { endOf, timeOfDay } from '../../../src/reason/workflow/schedule.ts';
import { clockChanges, isZone, momentsOf, zoneMeant } from '../../../src/reason/workflow/zones.ts';

describe('cron', () => {
  test.each<[string, CronForm?]>([
    ['0 9 * * 1-5'],
    ['*/15 * * * *'],
    ['0 0 1,15 * *'],
    ['5 4 * * sun'],
    ['0 22-2 * * *'],
    ['0 0 * jan-mar FRI'],
    ['0 0 31 2 1'],
    ['0 0 29 2 *'],
    ['0 0 L * *'],
    ['0 0 * * 5#2'],
    ['10 3 * * * 2027', 'year'],
    ['10 3 * * *', 'year'],
    ['0 30 9 ? * MON-FRI', 'quartz'],
    ['0 0 12 1 1 ? 2027', 'quartz'],
  ])('%s is read', (text, form = 'plain') => {
    expect(readCron(text, form).kind).toBe('cron');
  });

  test.each<[string, string, string, CronForm?]>([
    ['0 25 * * *', '25', '25 is no hour: it goes from 0 to 23'],
    ['60 * * * *', '60', '60 is no minute: it goes from 0 to 59'],
    ['* * 0 * *', '0', '0 is no day of the month: it goes from 1 to 31'],
    ['* * * 13 *', '13', '13 is no month: it goes from 1 to 12'],
    ['* * * * 8', '8', '8 is no day of the week: it goes from 0 to 7'],
    ['*/0 * * * *', '*/0', 'the step "/0" is no number above 0'],
    ['0 9 * * mo', 'mo', '"mo" is no day of the week'],
    ['0 9 * *', '0 9 * *', 'it has 4 fields, and there must be 5'],
    ['0 0 9 * * *', '0 0 9 * * *', 'it has 6 fields, and there must be 5'],
    ['0 0 31 2 *', '31', 'there is no day 31 in month 2'],
    ['0 0 31 4,6 *', '31', 'there is no day 31 in month 4, 6'],
    ['0 0 30 feb *', '30', 'there is no day 30 in month 2'],
    ['', '', 'it has 0 fields'],
    ['0 9 * * 1 99', '99', '99 is no year', 'year'],
    ['0 9 * * *', '0 9 * * *', 'it has 5 fields, and there must be 6', 'quartz'],
    ['1-2-3 * * * *', '1-2-3', '"1-2-3" is no range'],
    [', * * * *', ',', 'cannot be read as minute'],
  ])('%s: %s is wrong', (text, part, says, form = 'plain') => {
    const found = readCron(text, form);
    if (found.kind !== 'fault') throw new Error('it was read');
    expect(text.slice(found.at, found.at + found.length)).toBe(part);
    expect(found.says.en).toContain(says);
    expect(found.says.ja).not.toBe('');
  });

  test.each<[string, boolean | undefined, CronForm?]>([
    // 2027-03-14 is a Sunday.
    ['0 0 * * 0', true],
    ['0 0 * * 7', true],
    ['0 0 * * 1-6', false],
    ['0 0 14 * 1', true],
    ['0 0 15 * *', false],
    ['0 0 * 4 *', false],
    ['0 0 L * *', undefined],
    ['0 0 0 ? * 1', true, 'quartz'],
    ['0 0 0 ? * 7', false, 'quartz'],
  ])('%s on a Sunday: %s', (text, expected, form = 'plain') => {
    const found = readCron(text, form);
    expect(found.kind === 'cron' && runsOn(found.cron, { year: 2027, month: 3, day: 14 })).toBe(expected);
  });

  test('a long hostile text costs nothing', () => {
    expect(readCron('1,'.repeat(1_000_000)).kind).toBe('fault');
    expect(readCron('*/1 '.repeat(1_000_000)).kind).toBe('fault');
  });
});

describe('zones', () => {
  test.each(['Asia/Tokyo', 'America/New_York', 'UTC', 'Etc/GMT-9', 'Japan', 'asia/tokyo'])('%s is one', (name) => {
    expect(isZone(name)).toBe(true);
  });

  test.each(['JST', 'PST', 'IST', '+09:00', 'Tokyo Standard Time', 'Asia/Tokio', '', 'x'.repeat(1000), 'Z'])(
    '%s is none',
    (name) => {
      expect(isZone(name)).toBe(false);
    },
  );

  test('what was meant', () => {
    expect(['JST', '+09:00', 'UTC+9', 'Tokyo Standard Time', 'Asia Tokyo'].map(zoneMeant)).toEqual(
      Array.from({ length: 5 }, () => 'Asia/Tokyo'),
    );
    expect(zoneMeant('Z')).toBe('UTC');
    expect(zoneMeant('CST')).toBeUndefined();
  });

  test('an hour is skipped in spring and comes twice in autumn', () => {
    const at = (month: number, day: number, hour: number, minute = 30) => ({ year: 2027, month, day, hour, minute });
    expect(momentsOf(at(3, 14, 2), 'America/New_York')).toHaveLength(0);
    expect(momentsOf(at(3, 14, 3), 'America/New_York')).toEqual([Date.parse('2027-03-14T07:30:00Z')]);
    expect(momentsOf(at(11, 7, 1), 'America/New_York')).toHaveLength(2);
    expect(momentsOf(at(11, 7, 2), 'America/New_York')).toHaveLength(1);
    expect(momentsOf(at(3, 14, 2), 'Asia/Tokyo')).toEqual([Date.parse('2027-03-13T17:30:00Z')]);
  });

  test('the changes of the next year, to the minute', () => {
    const from = new Date('2026-11-20T00:00:00Z');
    expect(clockChanges('America/New_York', from)).toEqual([
      { kind: 'skipped', year: 2027, month: 3, day: 14, from: 120, to: 180 },
      { kind: 'twice', year: 2027, month: 11, day: 7, from: 60, to: 120 },
    ]);
    // Half an hour only, and the other half of the year.
    expect(clockChanges('Australia/Lord_Howe', from)).toEqual([
      { kind: 'twice', year: 2027, month: 4, day: 4, from: 90, to: 120 },
      { kind: 'skipped', year: 2027, month: 10, day: 3, from: 120, to: 150 },
    ]);
    expect(clockChanges('Asia/Tokyo', from)).toEqual([]);
    expect(clockChanges('No/Where', from)).toEqual([]);
  });
});

describe('times', () => {
  test.each([
    ['09:00', { hour: 9, minute: 0 }],
    ['9:05', { hour: 9, minute: 5 }],
    ['09:00:00.000Z', { hour: 9, minute: 0 }],
    ['24:00', undefined],
    ['9', undefined],
    ['09:60', undefined],
    ['noon', undefined],
  ])('%s', (text, expected) => {
    expect(timeOfDay(text)).toEqual(expected);
  });

  test.each([
    ['2026-11-20T09:00', 'Asia/Tokyo', '2026-11-20T00:00:00Z'],
    ['2026-11-20T09:00+00:00', 'Asia/Tokyo', '2026-11-20T09:00:00Z'],
    // A day is over with its last minute, and without a zone when it is over everywhere.
    ['2026-11-20', 'Asia/Tokyo', '2026-11-20T15:00:00Z'],
    ['2026-11-20', undefined, '2026-11-21T12:00:00Z'],
  ])('%s in %s is over at %s', (text, zone, expected) => {
    expect(endOf(text, zone)).toBe(Date.parse(expected));
  });
});
