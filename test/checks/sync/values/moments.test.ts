import { describe, expect, test } from '@jest/globals';
import { dateOffByOne } from '../../../../checks/sync/date-off-by-one.cause.ts';
import { dayMonthSwapped } from '../../../../checks/sync/day-month-swapped.cause.ts';
import { dstOffset } from '../../../../checks/sync/dst-offset.cause.ts';
import { excel1904Epoch } from '../../../../checks/sync/excel-1904-epoch.cause.ts';
import { timePartDropped } from '../../../../checks/sync/time-part-dropped.cause.ts';
import { timePrecision } from '../../../../checks/sync/time-precision.cause.ts';
import { timezoneMixedWriters } from '../../../../checks/sync/timezone-mixed-writers.cause.ts';
import { timezoneOffset } from '../../../../checks/sync/timezone-offset.cause.ts';
import { twoDigitYear } from '../../../../checks/sync/two-digit-year.cause.ts';
import { type Contact, contacts, explainedBy, withFault, withHonestEdits } from '../../../sync/support/view.ts';

const causes = [
  dateOffByOne,
  dayMonthSwapped,
  dstOffset,
  excel1904Epoch,
  timePartDropped,
  timePrecision,
  timezoneMixedWriters,
  timezoneOffset,
  twoDigitYear,
];
const rows = contacts(2000);
const hour = 3_600_000;

const instant = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');
const later =
  (column: string, ms: number) =>
  (row: Contact): Contact => ({ ...row, [column]: instant(Date.parse(row[column] ?? '') + ms) });
const dayLater =
  (days: number) =>
  (row: Contact): Contact => ({
    ...row,
    birthday: instant(Date.parse(row.birthday ?? '') + days * 24 * hour).slice(0, 10),
  });
/** Summer time of the United States since 2007, near enough for its months. */
const american = (row: Contact): Contact => {
  const at = Date.parse(row.created_at ?? '');
  const zone = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', timeZoneName: 'shortOffset' });
  return zone.format(at).includes('GMT-4') ? later('created_at', hour)(row) : row;
};
/** Half an hour of summer time, from October to April. */
const lordHowe = (row: Contact): Contact => {
  const zone = new Intl.DateTimeFormat('en-US', { timeZone: 'Australia/Lord_Howe', timeZoneName: 'shortOffset' });
  return zone.format(Date.parse(row.created_at ?? '')).includes('GMT+11') ? later('created_at', hour / 2)(row) : row;
};
const newYorkWall = (row: Contact): Contact => {
  const at = Date.parse(row.created_at ?? '');
  const zone = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', timeZoneName: 'shortOffset' });
  return later('created_at', (zone.format(at).includes('GMT-4') ? -4 : -5) * hour)(row);
};
const swap = (row: Contact): Contact => {
  const [y, m, d] = (row.birthday ?? '').split('-');
  return Number(d) > 12 ? row : { ...row, birthday: `${y}-${d}-${m}` };
};

const faults: readonly (readonly [string, (row: Contact) => Contact])[] = [
  ['sync.timezone-offset', later('created_at', 9 * hour)],
  ['sync.timezone-offset', later('created_at', -hour)],
  ['sync.timezone-offset', newYorkWall],
  ['sync.dst-offset', american],
  ['sync.dst-offset', lordHowe],
  ['sync.date-off-by-one', dayLater(1)],
  ['sync.date-off-by-one', dayLater(-1)],
  [
    'sync.date-off-by-one',
    (row) => ({ ...row, created_at: later('created_at', 9 * hour)(row).created_at?.slice(0, 10) ?? '' }),
  ],
  ['sync.time-part-dropped', (row) => ({ ...row, created_at: row.created_at?.slice(0, 10) ?? '' })],
  ['sync.time-part-dropped', (row) => ({ ...row, created_at: `${row.created_at?.slice(0, 10)} 00:00:00` })],
  ['sync.day-month-swapped', swap],
  ['sync.two-digit-year', (row) => ({ ...row, birthday: row.birthday?.slice(2).replaceAll('-', '/') ?? '' })],
  ['sync.two-digit-year', (row) => ({ ...row, birthday: row.birthday?.replace(/^19/, '20') ?? '' })],
  ['sync.time-precision', (row) => ({ ...row, updated_at: row.updated_at?.replace(/:\d\dZ$/, ':00Z') ?? '' })],
  ['sync.excel-1904-epoch', dayLater(1462)],
];

const byId = new Map(rows.map((row) => [row.id, row]));

describe('faults of dates and times', () => {
  test.each(faults)('%s is named, alone, where it is in a few rows and where it is in most (%#)', async (id, fault) => {
    for (const share of [0.05, 0.6]) {
      const right = withHonestEdits(withFault(rows, share, fault));
      expect((await explainedBy(causes, rows, right)).map(({ cause }) => cause)).toEqual([id]);
    }
  });

  test.each([
    [
      1,
      'later where the time of day is 20:30 or later, and the same where it is 09:15 or earlier',
      '20:30 以降の場合だけ',
    ],
    [
      -1,
      'earlier where the time of day is 09:15 or earlier, and the same where it is 20:30 or later',
      '09:15 以前の場合だけ',
    ],
  ])('of the hour from which a date is another one, no more is told than the data show (%i)', async (days, en, ja) => {
    // Written at two times of the day only: the border is somewhere between them.
    const times = ['09:15:00', '20:30:00'];
    const left = rows.map((row, at) => ({ ...row, created_at: `${row.created_at?.slice(0, 10)}T${times[at % 2]}Z` }));
    const moved = days === 1 ? later('created_at', 9 * hour) : later('created_at', -10 * hour);
    const right = left.map((row) => ({ ...row, created_at: moved(row).created_at?.slice(0, 10) ?? '' }));
    const [first] = await explainedBy(causes, left, right);
    if (!first) throw new Error('none');
    const said = dateOffByOne.because({ main: first, columns: 'created_at', share: { en: 's', ja: 's' } } as never);
    expect(said.en).toContain(en);
    expect(said.ja).toContain(ja);
  });

  test('where only a part of the records was written so, the hour says nothing of the others', async () => {
    const right = withFault(
      rows.map((row) => ({ ...row, created_at: row.created_at?.slice(0, 10) ?? '' })),
      0.2,
      (row) => ({
        ...row,
        created_at: later('created_at', 9 * hour)(byId.get(row.id) ?? row).created_at?.slice(0, 10) ?? '',
      }),
    );
    const [first] = await explainedBy([dateOffByOne], rows, right);
    if (!first) throw new Error('none');
    const said = dateOffByOne.because({ main: first, columns: 'created_at', share: { en: 's', ja: 's' } } as never);
    expect(said.en).toMatch(/all of them with a time of day of 15:\d\d or later/);
    expect(said.ja).toMatch(/いずれも時刻が 15:\d\d 以降/);
  });

  test('a fault in 2 % of the rows is enough', async () => {
    const right = withHonestEdits(withFault(rows, 0.02, later('created_at', 9 * hour)));
    const [first] = await explainedBy(causes, rows, right);
    expect(first).toMatchObject({ cause: 'sync.timezone-offset', detail: { minutes: 540 } });
    // Both sides write their offset.
    expect(first?.detail.bare).toBeUndefined();
  });

  test.each([
    ['New York', 'America/New_York', { minutes: -780, zone: 'America/New_York', sign: 1, base: 540 }],
    ['Berlin', 'Europe/Berlin', { minutes: -420, zone: 'Europe/Berlin', sign: 1, base: 540 }],
    ['Lord Howe', 'Australia/Lord_Howe', { minutes: 120, zone: 'Australia/Lord_Howe', sign: 1, base: 540 }],
  ])('the clocks of Tokyo and of %s are apart by summer and by winter time', async (_, timeZone, detail) => {
    const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    const tokyo = rows.map((row) => ({
      ...row,
      created_at: later('created_at', 9 * hour)(row).created_at?.slice(0, 19) ?? '',
    }));
    const there = rows.map((row) => ({ ...row, created_at: clock.format(Date.parse(row.created_at ?? '')) }));
    const found = await explainedBy(causes, tokyo, there);
    expect(found.map(({ cause, share: { n }, detail }) => [cause, n, detail])).toEqual([
      ['sync.timezone-offset', rows.length, { ...detail, bare: 'both' }],
    ]);
    const said = timezoneOffset.because({
      main: found[0],
      columns: 'created_at',
      share: { en: 's', ja: 's' },
    } as never);
    expect(said.en).toContain(`the offset of ${timeZone} from UTC+09:00 is in summer and winter`);
    expect(said.ja).toContain(`${timeZone} と UTC+09:00 の時差と一致`);
    const told = (matched: number) =>
      timezoneOffset.steps({
        main: found[0],
        columns: 'created_at',
        fact: { counts: { matched } },
        field: () => ({ differ: rows.length }),
      } as never);
    const steps = told(rows.length);
    // Where most agree, it is not the whole side.
    expect(told(2 * rows.length)).toHaveLength(steps.length + 1);
    expect(steps[0]?.en).toContain(
      'no value is wrong: give the side its zone in the configuration (timeZone: Asia/Tokyo)',
    );
    const [back] = await explainedBy(causes, there, tokyo);
    expect(back?.detail).toMatchObject({ minutes: -detail.minutes, sign: -1, base: 540 });
  });

  test('of milliseconds since 1970 beside a date the time of day is lost; ten digits are none', async () => {
    const counted = rows.map((row) => ({ ...row, created_at: String(Date.parse(row.created_at ?? '')) }));
    const dates = rows.map((row) => ({ ...row, created_at: row.created_at?.slice(0, 10) ?? '' }));
    const named = async (left: readonly Contact[]) =>
      (await explainedBy(causes, left, dates, { types: { created_at: 'timestamp' } })).map(({ cause }) => cause);
    expect(await named(counted)).toEqual(['sync.time-part-dropped']);
    expect(await named(counted.map((row) => ({ ...row, created_at: row.created_at.slice(0, 10) })))).toEqual([]);
  });

  test('a side that shows no seconds hides no shift', async () => {
    const right = rows.map((row) => ({
      ...row,
      created_at:
        later(
          'created_at',
          9 * hour,
        )(row)
          .created_at?.slice(0, 16)
          .replace('T', ' ') ?? '',
    }));
    const found = await explainedBy(causes, rows, right);
    expect(found.map(({ cause, share: { n } }) => [cause, n])).toEqual([['sync.timezone-offset', rows.length]]);
  });

  test('edits by hand name nothing', async () => {
    expect(await explainedBy(causes, rows, withHonestEdits(rows))).toEqual([]);
    expect(await explainedBy(causes, rows, withHonestEdits(rows, 0.2))).toEqual([]);
  });

  test('dates that people moved by one to sixty days are not off by one', async () => {
    expect(
      await explainedBy(
        causes,
        rows,
        rows.map((row, at) => dayLater(1 + (at % 60))(row)),
      ),
    ).toEqual([]);
  });

  test('times off in the records of one owner only are that owner’s zone', async () => {
    const right = withHonestEdits(
      rows.map((row) => (row.owner === 'u-mori' ? later('created_at', 9 * hour)(row) : row)),
    );
    const found = await explainedBy(causes, rows, right);
    expect(found.map(({ cause }) => cause)).toEqual(['sync.timezone-mixed-writers']);
    expect(found[0]?.detail).toMatchObject({ name: 'owner', minutes: { 'u-mori': 540 } });
    expect(
      timezoneMixedWriters.because({ main: found[0], columns: 'created_at', share: { en: 's', ja: 's' } } as never).en,
    ).toContain('u-mori: +9 h');
  });

  test('an hour in data of one summer alone is no summer time', async () => {
    const summer = rows.map((row) => ({
      ...row,
      created_at: (row.created_at ?? '').replace(/-\d\d-/, '-07-').replace(/-31T/, '-30T'),
    }));
    const right = withFault(summer, 0.3, later('created_at', hour));
    expect((await explainedBy(causes, summer, right)).map(({ cause }) => cause)).toEqual(['sync.timezone-offset']);
  });

  test('a zone that the configuration states is no fault', async () => {
    const local = rows.map((row) => ({
      ...row,
      created_at: (later('created_at', 9 * hour)(row).created_at ?? '').replace('T', ' ').replace('Z', ''),
    }));
    const side = { kind: 'file', file: '/right.csv', encoding: 'auto' } as const;
    const config = { right: { ...side, timeZone: 'Asia/Tokyo' } };
    expect(await explainedBy(causes, rows, local, { config })).toEqual([]);
    expect((await explainedBy(causes, rows, local)).map(({ cause }) => cause)).toEqual(['sync.timezone-offset']);
  });

  test('a century lost by the exact days around a leap day is not an Excel date', async () => {
    const right = withFault(rows, 0.3, dayLater(1461));
    expect(await explainedBy(causes, rows, right)).toEqual([]);
  });
});
