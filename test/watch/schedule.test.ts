import { describe, expect, test } from '@jest/globals';
import type { Pace, WatchConfig } from '../../src/model/watch.ts';
import { dueAt, type Job, jobsOf, lookedAt, looksOf, nextAt, waitMs } from '../../src/watch/schedule/jobs.ts';
import { openSchedule, type Schedule } from '../../src/watch/schedule/schedule.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const at = (text: string): number => Date.parse(text);

const watchOf = (pace: Pace, more: Partial<WatchConfig> = {}): WatchConfig => ({
  every: [{ checks: 'mail.port', pace }],
  quietHours: [],
  maintenance: [],
  ...more,
});
const cron = (expression: string): Pace => ({ kind: 'cron', expression });
const every = (ms: number): Pace => ({ kind: 'interval', ms });

/** A loop as `watch` has one: it sleeps until the next turn, looks, and remembers. The state goes through its stored form. */
const roundsOf = (
  schedule: Schedule,
  from: number,
  to: number,
  kinds: readonly string[] = ['mail.port'],
): readonly { readonly at: number; readonly kinds: readonly string[] }[] => {
  const rounds: { at: number; kinds: readonly string[] }[] = [];
  let jobs: readonly Job[] = [];
  for (let now = from; now < to; ) {
    jobs = jobsOf(schedule, kinds, looksOf(jobs), now);
    const due = dueAt(schedule, jobs, now);
    if (due.length > 0) {
      rounds.push({ at: now, kinds: due });
      jobs = lookedAt(jobs, due, now);
    }
    const next = nextAt(schedule, jobs, now);
    if (next === undefined) break;
    // Else the loop would never end.
    if (next <= now) throw new Error(`${new Date(now).toISOString()}: still due after its round`);
    now = next;
  }
  return rounds;
};

const wall = (moment: number, timeZone: string): string =>
  new Date(moment).toLocaleString('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' });

const daysOf = (year: number): readonly string[] => {
  const days: string[] = [];
  for (let one = Date.UTC(year, 0, 1); one < Date.UTC(year + 1, 0, 1); one += day)
    days.push(new Date(one).toISOString().slice(0, 10));
  return days;
};

describe('a whole year of a daily time, one round a day', () => {
  test.each([
    // New York: 8 March 02:00 → 03:00, 1 November 02:00 → 01:00.
    ['America/New_York', '30 2 * * *', '02:30', { '2026-03-08': '03:00' }],
    ['America/New_York', '30 1 * * *', '01:30', {}],
    // Berlin: 29 March 02:00 → 03:00, 25 October 03:00 → 02:00.
    ['Europe/Berlin', '30 2 * * *', '02:30', { '2026-03-29': '03:00' }],
    ['Asia/Tokyo', '30 2 * * *', '02:30', {}],
    // Lord Howe: 5 April 02:00 → 01:30, 4 October 02:00 → 02:30.
    ['Australia/Lord_Howe', '45 1 * * *', '01:45', {}],
    ['Australia/Lord_Howe', '15 2 * * *', '02:15', { '2026-10-04': '02:30' }],
  ] as const)('%s %s', async (timeZone, expression, time, otherwise: Readonly<Record<string, string>>) => {
    const schedule = await openSchedule(watchOf(cron(expression), { timeZone }), { timeZone: 'UTC' });
    const rounds = roundsOf(schedule, at('2025-12-30T00:00:00Z'), at('2027-01-02T00:00:00Z'));
    const seen = rounds.map((round) => wall(round.at, timeZone)).filter((text) => text.startsWith('2026'));
    expect(seen).toEqual(daysOf(2026).map((date) => `${date} ${otherwise[date] ?? time}`));
  });
});

test.each(['America/New_York', 'Europe/Berlin', 'Asia/Tokyo', 'Australia/Lord_Howe'])(
  'a quarter of an hour stays one through the whole year in %s',
  async (timeZone) => {
    const schedule = await openSchedule(watchOf(every(15 * minute), { timeZone }), { timeZone, machine: 'mars' });
    const rounds = roundsOf(schedule, at('2026-01-01T00:00:00Z'), at('2027-01-01T00:00:00Z')).map((round) => round.at);
    const steps = new Set(rounds.slice(2).map((one, index) => one - (rounds[index + 1] ?? 0)));
    expect([...steps]).toEqual([15 * minute]);
    // The first one at once, the others a share of a minute after the quarter.
    expect(rounds.length).toBe(365 * 96);
  },
);

test('without any configuration every kind has its usual pace, and what falls together is one round', async () => {
  const schedule = await openSchedule(undefined, { timeZone: 'Asia/Tokyo', machine: 'mars' });
  const kinds = ['mail.port', 'mail.imap-auth', 'mail.tls', 'mail.round-trip', 'crm.backups', 'sync.compare'];
  const rounds = roundsOf(schedule, at('2026-11-26T00:07:00Z'), at('2026-11-27T00:07:00Z'), kinds);
  const count = (kind: string) => rounds.filter((round) => round.kinds.includes(kind)).length;
  expect(rounds[0]).toEqual({ at: at('2026-11-26T00:07:00Z'), kinds });
  expect(kinds.map(count)).toEqual([97, 25, 2, 5, 2, 2]);
  expect(rounds.length).toBe(97);
});

test('a clock that jumps forward, or a machine that slept, makes one round and no storm', async () => {
  const schedule = await openSchedule(undefined, { timeZone: 'UTC' });
  const before = at('2026-11-26T10:00:00Z');
  const after = before + 9 * hour + 7 * minute;
  let jobs = jobsOf(schedule, ['mail.port'], {}, before);
  jobs = lookedAt(jobs, dueAt(schedule, jobs, before), before);
  expect(dueAt(schedule, jobs, after)).toEqual(['mail.port']);
  jobs = lookedAt(jobs, ['mail.port'], after);
  expect(dueAt(schedule, jobs, after + 1)).toEqual([]);
  expect(nextAt(schedule, jobs, after)).toBe(at('2026-11-26T19:15:00Z'));
});

test.each<[string, Pace, number]>([
  ['an interval', every(15 * minute), 23 * minute],
  ['a cron expression', cron('*/15 * * * *'), 15 * minute],
])('after a clock was set back by hours, %s goes on within its own time', async (_, pace, longest) => {
  const schedule = await openSchedule(watchOf(pace), { timeZone: 'UTC' });
  const wrong = at('2026-11-26T10:00:00Z');
  const right = wrong - 7 * hour;
  const jobs = lookedAt(jobsOf(schedule, ['mail.port'], {}, wrong), ['mail.port'], wrong);
  const settled = jobsOf(schedule, ['mail.port'], looksOf(jobs), right);
  expect(dueAt(schedule, settled, right)).toEqual([]);
  const next = nextAt(schedule, settled, right) ?? Number.POSITIVE_INFINITY;
  expect(next - right).toBeLessThanOrEqual(longest);
  // The next start of the loop, a minute later, does not put it off again.
  const later = jobsOf(schedule, ['mail.port'], looksOf(settled), right + minute);
  expect(nextAt(schedule, later, right + minute)).toBe(next);
});

test.each<[string, Pace]>([
  ['an interval', every(15 * minute)],
  ['a cron expression', cron('*/15 * * * *')],
])('a clock that goes back by seconds makes no second round of %s', async (_, pace) => {
  const schedule = await openSchedule(watchOf(pace), { timeZone: 'UTC' });
  const turn = at('2026-11-26T10:15:00Z');
  const jobs = lookedAt(jobsOf(schedule, ['mail.port'], {}, turn), ['mail.port'], turn);
  const again = jobsOf(schedule, ['mail.port'], looksOf(jobs), turn - 3000);
  expect(dueAt(schedule, again, turn - 3000)).toEqual([]);
  expect(nextAt(schedule, again, turn)).toBe(turn + 15 * minute);
});

test.each([
  ['30 1,13 * * *', '2026-11-01', ['01:30', '13:30']],
  ['30 2,14 * * *', '2026-03-08', ['03:00', '14:30']],
  // Every hour goes on: 25 hours have 25 turns, 23 hours 23.
  ['30 * * * *', '2026-11-01', 25],
  ['30 * * * *', '2026-03-08', 23],
] as const)('%s on %s in New York', async (expression, date, expected: number | readonly string[]) => {
  const timeZone = 'America/New_York';
  const schedule = await openSchedule(watchOf(cron(expression), { timeZone }), { timeZone });
  const noon = at(`${date}T12:00:00Z`);
  const seen = roundsOf(schedule, noon - day, noon + day)
    .map((round) => wall(round.at, timeZone))
    .filter((text) => text.startsWith(date));
  if (typeof expected === 'number') expect(seen).toHaveLength(expected);
  else expect(seen).toEqual(expected.map((time) => `${date} ${time}`));
});

describe('jitter', () => {
  const offsetOf = async (machine: string, jitterMs?: number): Promise<number> => {
    const schedule = await openSchedule(watchOf(every(15 * minute), jitterMs === undefined ? {} : { jitterMs }), {
      timeZone: 'UTC',
      machine,
    });
    const now = at('2026-11-26T10:01:00Z');
    const jobs = lookedAt(jobsOf(schedule, ['mail.port'], {}, now), ['mail.port'], now);
    return (nextAt(schedule, jobs, now) ?? 0) - at('2026-11-26T10:15:00Z');
  };

  test('is the same for a machine each time, and spreads machines over its length', async () => {
    const machines = Array.from({ length: 200 }, (_, index) => `crm-${index}`);
    const offsets = await Promise.all(machines.map((machine) => offsetOf(machine)));
    expect(await Promise.all(machines.map((machine) => offsetOf(machine)))).toEqual(offsets);
    expect(offsets.every((offset) => offset >= 0 && offset < minute)).toBe(true);
    // Every sixth of the minute has some of them.
    expect(new Set(offsets.map((offset) => Math.floor(offset / 10_000))).size).toBe(6);
  });

  test('of nothing is none, and a long one stays within the pace', async () => {
    expect(await offsetOf('mars', 0)).toBe(0);
    expect(Math.abs(await offsetOf('mars', 10 * day))).toBeLessThan(15 * minute);
  });

  test('puts off a time of cron too, and loses none that was begun', async () => {
    const schedule = await openSchedule(watchOf(cron('30 3 * * *')), { timeZone: 'UTC', machine: 'mars' });
    const since = at('2026-11-26T03:30:01Z');
    const [first, second] = roundsOf(schedule, since, since + 2 * day).map((round) => round.at);
    const offset = (first ?? 0) - at('2026-11-26T03:30:00Z');
    expect(offset).toBeGreaterThan(1000);
    expect(offset).toBeLessThan(minute);
    expect(second).toBe((first ?? 0) + day);
  });
});

test('nothing waits longer than a minute before it looks at the clock again', () => {
  expect(waitMs(10 * hour, 0)).toBe(minute);
  expect(waitMs(undefined, 0)).toBe(minute);
  expect(waitMs(5000, 0)).toBe(5000);
  expect(waitMs(0, 5000)).toBe(0);
});
