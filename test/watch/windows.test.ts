import { describe, expect, test } from '@jest/globals';
import type { QuietHours, WatchConfig } from '../../src/model/watch.ts';
import { weekdays } from '../../src/model/watch.ts';
import { dueAt, jobsOf, nextAt } from '../../src/watch/schedule/jobs.ts';
import { openSchedule } from '../../src/watch/schedule/schedule.ts';

const minute = 60_000;
const at = (text: string): number => Date.parse(text);
const clock = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

const hours = (from: string, to: string, more: Partial<QuietHours> = {}): QuietHours => ({
  from: clock(from),
  to: clock(to),
  days: weekdays,
  ...more,
});

const scheduleOf = (more: Partial<WatchConfig>, timeZone = 'Asia/Tokyo') =>
  openSchedule({ every: [], quietHours: [], maintenance: [], ...more }, { timeZone });

const iso = (moment: number | undefined): string | undefined =>
  moment === undefined ? undefined : new Date(moment).toISOString().replace(':00.000Z', 'Z');

describe('quiet hours', () => {
  test.each<[string, readonly QuietHours[], string, string, string | undefined]>([
    ['before', [hours('22:00', '07:00')], 'Asia/Tokyo', '2026-11-26T21:59:59+09:00', undefined],
    ['from the minute on', [hours('22:00', '07:00')], 'Asia/Tokyo', '2026-11-26T22:00:00+09:00', '2026-11-26T22:00Z'],
    ['after midnight', [hours('22:00', '07:00')], 'Asia/Tokyo', '2026-11-27T03:00:00+09:00', '2026-11-26T22:00Z'],
    ['to the minute', [hours('22:00', '07:00')], 'Asia/Tokyo', '2026-11-27T07:00:00+09:00', undefined],
    ['within a day', [hours('12:00', '13:00')], 'Asia/Tokyo', '2026-11-27T12:30:00+09:00', '2026-11-27T04:00Z'],
    // 27 November 2026 is a Friday.
    [
      'the night of a Friday is the morning of Saturday',
      [hours('22:00', '07:00', { days: ['fri'] })],
      'Asia/Tokyo',
      '2026-11-28T03:00:00+09:00',
      '2026-11-27T22:00Z',
    ],
    [
      'and not the morning of Friday',
      [hours('22:00', '07:00', { days: ['fri'] })],
      'Asia/Tokyo',
      '2026-11-27T03:00:00+09:00',
      undefined,
    ],
    [
      'a weekend after a night goes on to Monday morning',
      [hours('22:00', '07:00'), hours('00:00', '24:00', { days: ['sat', 'sun'] })],
      'Asia/Tokyo',
      '2026-11-27T23:00:00+09:00',
      '2026-11-29T22:00Z',
    ],
    // The clocks go from 02:00 to 03:00: a night of an hour less.
    ['a night in spring', [hours('22:00', '07:00')], 'America/New_York', '2026-03-08T06:00:00Z', '2026-03-08T11:00Z'],
    [
      'an end that is skipped is the change',
      [hours('22:00', '02:30')],
      'America/New_York',
      '2026-03-08T06:00:00Z',
      '2026-03-08T07:00Z',
    ],
    [
      'a beginning that is skipped is the change',
      [hours('02:30', '05:00')],
      'America/New_York',
      '2026-03-08T06:59:59Z',
      undefined,
    ],
    [
      'and quiet from there',
      [hours('02:30', '05:00')],
      'America/New_York',
      '2026-03-08T07:00:00Z',
      '2026-03-08T09:00Z',
    ],
    [
      'an end that comes twice is the second',
      [hours('22:00', '01:30')],
      'America/New_York',
      '2026-11-01T05:40:00Z',
      '2026-11-01T06:30Z',
    ],
    [
      'a beginning that comes twice is the first',
      [hours('01:30', '05:00')],
      'America/New_York',
      '2026-11-01T06:10:00Z',
      '2026-11-01T10:00Z',
    ],
    [
      'half an hour in autumn',
      [hours('22:00', '01:45')],
      'Australia/Lord_Howe',
      '2026-04-04T14:50:00Z',
      '2026-04-04T15:15Z',
    ],
  ])('%s', async (_, quietHours, zone, now, until) => {
    const schedule = await scheduleOf({ quietHours, timeZone: zone });
    expect(iso(schedule.quietUntil(at(now)))).toBe(until);
  });

  test.each(['America/New_York', 'Europe/Berlin', 'Asia/Tokyo', 'Australia/Lord_Howe'])(
    'every night of a year has one beginning and one end in %s',
    async (timeZone) => {
      // Each ends where a change of the clocks would hit it.
      const schedule = await scheduleOf({ quietHours: [hours('22:00', '02:15')], timeZone });
      const [from, to] = [at('2026-01-01T02:00:00Z'), at('2027-01-01T02:00:00Z')];
      let [nights, quiet] = [0, false];
      for (let now = from; now < to; now += 15 * minute) {
        const until = schedule.quietUntil(now);
        if (until !== undefined && !quiet) nights += 1;
        // What is said of the end holds: it is quiet until there, and not from there on.
        if (until !== undefined) {
          if (until <= now || schedule.quietUntil(until) !== undefined) throw new Error(`no end at ${iso(now)}`);
        }
        quiet = until !== undefined;
      }
      expect(nights).toBe(365);
    },
  );

  test('critical news passes where it may', async () => {
    const schedule = await scheduleOf({
      quietHours: [hours('22:00', '07:00', { except: 'critical' }), hours('03:00', '04:00')],
    });
    const [night, later] = [at('2026-11-27T01:00:00+09:00'), at('2026-11-27T03:30:00+09:00')];
    expect(schedule.quietUntil(night)).toBe(at('2026-11-27T07:00:00+09:00'));
    expect(schedule.quietUntil(night, true)).toBeUndefined();
    expect(schedule.quietUntil(later, true)).toBe(at('2026-11-27T04:00:00+09:00'));
  });
});

describe('maintenance', () => {
  const move = { kind: 'once', from: '2026-12-01T22:00', to: '2026-12-02 02:00:00', look: false } as const;
  const sundays = { kind: 'recurring', cron: '0 2 * * 0', forMs: 120 * minute, look: false } as const;

  test.each([
    ['before', '2026-12-01T21:59:59+09:00', undefined],
    ['at its beginning', '2026-12-01T22:00:00+09:00', '2026-12-01T17:00Z'],
    ['at its last moment', '2026-12-02T01:59:59+09:00', '2026-12-01T17:00Z'],
    ['at its end', '2026-12-02T02:00:00+09:00', undefined],
    ['on a Sunday', '2026-12-06T03:00:00+09:00', '2026-12-05T19:00Z'],
    ['at the end of a Sunday', '2026-12-06T04:00:00+09:00', undefined],
    ['on a Monday', '2026-12-07T03:00:00+09:00', undefined],
  ])('%s', async (_, now, until) => {
    const schedule = await scheduleOf({ maintenance: [move, sundays] });
    expect(iso(schedule.restsUntil(at(now)))).toBe(until);
    expect(iso(schedule.maintainedUntil(at(now)))).toBe(until);
  });

  test('nothing is due in it, and what was missed is looked at once when it ends', async () => {
    const schedule = await scheduleOf({ maintenance: [move] });
    const looks = { 'mail.port': { since: '2026-12-01T00:00:00Z', lastAt: '2026-12-01T12:45:00Z' } };
    const inside = at('2026-12-01T14:00:00Z');
    const jobs = jobsOf(schedule, ['mail.port'], looks, inside);
    expect(dueAt(schedule, jobs, inside)).toEqual([]);
    expect(iso(nextAt(schedule, jobs, inside))).toBe('2026-12-01T17:00Z');
    expect(dueAt(schedule, jobs, at('2026-12-01T17:00:00Z'))).toEqual(['mail.port']);
    // And before it has begun, the turn that falls into it is known to come after it.
    const before = at('2026-12-01T12:50:00Z');
    expect(iso(nextAt(schedule, jobsOf(schedule, ['mail.port'], looks, before), before))).toBe('2026-12-01T17:00Z');
  });

  test('with look it is looked at, and known as maintenance all the same', async () => {
    const schedule = await scheduleOf({ maintenance: [{ ...move, look: true }] });
    const now = at('2026-12-01T14:00:00Z');
    expect(schedule.restsUntil(now)).toBeUndefined();
    expect(iso(schedule.maintainedUntil(now))).toBe('2026-12-01T17:00Z');
    expect(dueAt(schedule, jobsOf(schedule, ['mail.port'], {}, now), now)).toEqual(['mail.port']);
  });

  test('what begins before another one ends goes on with it, and without an end it still comes to one', async () => {
    const schedule = await scheduleOf({
      maintenance: [move, { ...move, from: '2026-12-02T01:00', to: '2026-12-02T05:00' }],
    });
    expect(iso(schedule.restsUntil(at('2026-12-01T22:30:00+09:00')))).toBe('2026-12-01T20:00Z');
    const always = await scheduleOf({ maintenance: [{ ...sundays, cron: '0 * * * *' }] });
    expect(always.restsUntil(at('2026-12-01T22:30:00+09:00'))).toBeGreaterThan(at('2026-12-02T22:30:00+09:00'));
  });

  test('a night of maintenance in spring and autumn', async () => {
    const nightly = await scheduleOf(
      { maintenance: [{ ...sundays, cron: '30 2 * * *', forMs: 60 * minute }] },
      'America/New_York',
    );
    expect(iso(nightly.restsUntil(at('2026-03-08T07:10:00Z')))).toBe('2026-03-08T08:00Z');
    const early = await scheduleOf(
      { maintenance: [{ ...sundays, cron: '30 1 * * *', forMs: 60 * minute }] },
      'America/New_York',
    );
    expect(iso(early.restsUntil(at('2026-11-01T05:31:00Z')))).toBe('2026-11-01T06:30Z');
    expect(early.restsUntil(at('2026-11-01T06:31:00Z'))).toBeUndefined();
  });
});
