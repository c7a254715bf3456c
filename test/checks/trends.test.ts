import { describe, expect, test } from '@jest/globals';
import { trendsOf } from '../../checks/trends/trends.ts';
import type { Measure, MeasureUnit, Point, Series } from '../../src/model/measure.ts';
import type { Report } from '../../src/model/report.ts';

const dayMs = 86_400_000;
const now = Date.parse('2026-11-20T00:00:00.000Z');
const mb = 1024 * 1024;

const about = (
  language: 'en' | 'ja' = 'en',
  prevention: Report['prevention'] = [],
): Pick<Report, 'run' | 'prevention'> => ({
  run: { id: 'r', command: 'check', target: '', startedAt: new Date(now).toISOString(), durationMs: 1, language },
  prevention,
});

/** Figures of the days before, and of now. */
const over = (
  values: readonly number[],
  more: { readonly id?: string; readonly unit?: MeasureUnit; readonly limit?: number; readonly mailbox?: string } = {},
): { readonly known: Series; readonly measure: Measure } => {
  const { id = 'quota.storage', unit = 'bytes', limit, mailbox = 'sales@example.co.jp' } = more;
  const of = { id, unit, mailbox, target: 'INBOX' };
  const points = values.map(
    (value, day): Point => ({
      at: now - (values.length - 1 - day) * dayMs,
      value,
      ...(limit === undefined ? {} : { limit }),
    }),
  );
  const last = points.at(-1) ?? { at: now, value: 0 };
  return {
    known: { ...of, points: points.slice(0, -1) },
    measure: {
      ...of,
      at: new Date(last.at).toISOString(),
      value: last.value,
      ...(limit === undefined ? {} : { limit }),
    },
  };
};

const growing = (days: number, from: number, perDay: number) =>
  Array.from({ length: days }, (_, day) => from + day * perDay);

const told = (series: readonly ReturnType<typeof over>[], report = about()): Pick<Report, 'trends' | 'prevention'> =>
  trendsOf(
    report,
    series.map(({ measure }) => measure),
    series.map(({ known }) => known),
  );

describe('trends of a run', () => {
  test('a mailbox that fills is full on a day, with an interval, in both languages', () => {
    const full = over(growing(30, 500 * mb, 10 * mb), { limit: 1000 * mb });
    const { trends, prevention } = told([full]);
    expect(prevention).toEqual([
      {
        id: 'quota.nearly-full',
        due: '2026-12-11',
        says: 'used storage (INBOX): 790 MB of 1000 MB; +10 MB a day; full on about 11 December at the present rate (9 to 12 December)',
      },
    ]);
    expect(trends).toHaveLength(1);
    expect(trends?.[0]).toMatchObject({
      id: 'quota.storage',
      title: 'used storage',
      limit: 1000 * mb,
      rate: { perDay: expect.closeTo(10 * mb) },
      forecast: { due: '2026-12-11', from: '2026-12-09', to: '2026-12-12' },
    });
    expect(trends?.[0]?.points).toHaveLength(30);
    expect(told([full], about('ja')).prevention[0]?.says).toBe(
      '使用容量（INBOX）: 790 MB（上限 1000 MB）、1 日あたり +10 MB、このままのペースでは 12 月 11 日ごろに満杯になります（12 月 9 日から 12 月 12 日の間）',
    );
  });

  test('where growth is uneven the interval says so, and another year is named', () => {
    const values = growing(40, 300 * mb, 8 * mb).map((value, day) => value + (day % 3) * 9 * mb);
    const [note] = told([over(values, { limit: 1100 * mb })]).prevention;
    expect(note?.due).toMatch(/^2027-01-/);
    expect(note?.says).toMatch(/full on about \d+ January 2027 at the present rate \(\d+ to \d+ January 2027\)/);
  });

  test('a day takes the place of "nearly full", which stays where no day is known', () => {
    const nearly = { id: 'quota.nearly-full', says: 'the mailbox is 79 % full' };
    const other = { id: 'tls.certificate-expires-soon', due: '2027-01-01', says: 'ends' };
    const full = over(growing(30, 500 * mb, 10 * mb), { limit: 1000 * mb });
    expect(told([full], about('en', [nearly, other])).prevention.map(({ due }) => due)).toEqual([
      '2027-01-01',
      '2026-12-11',
    ]);
    const flat = over(growing(30, 790 * mb, 0), { limit: 1000 * mb });
    expect(told([flat], about('en', [nearly])).prevention).toEqual([nearly]);
  });

  test('of several mailboxes each note says whose it is', () => {
    const series = ['a@example.jp', 'b@example.jp'].map((mailbox) =>
      over(growing(30, 500 * mb, 10 * mb), { limit: 1000 * mb, mailbox }),
    );
    expect(told(series).prevention.map(({ says }) => says.split(':')[0])).toEqual([
      'used storage (a@example.jp, INBOX)',
      'used storage (b@example.jp, INBOX)',
    ]);
  });

  test('duplicates that grow are a note without a day; what hardly grows is none', () => {
    const grows = over(growing(20, 10, 3), { id: 'sync.duplicates', unit: 'count' });
    expect(told([grows]).prevention).toEqual([
      {
        id: 'sync.duplicate-person',
        says: 'groups of duplicates (INBOX): 67; +3 a day, growing since 1 November',
      },
    ]);
    const hardly = over(growing(20, 1000, 0.1), { id: 'sync.duplicates', unit: 'count' });
    expect(told([hardly]).prevention).toEqual([]);
    expect(told([hardly]).trends?.[0]?.says).toBe('1,002; +3 a month');
  });

  test('a limit that is far away is no note, however steadily it comes nearer', () => {
    const slow = over(growing(30, 100 * mb, mb), { limit: 100_000 * mb });
    expect(told([slow]).prevention).toEqual([]);
    expect(told([slow]).trends?.[0]).toMatchObject({ says: '129 MB of 97.7 GB; +1 MB a day' });
  });

  test('after a jump the trend says since when', () => {
    const cleaned = over(
      [...growing(20, 500, 20), ...growing(15, 100, 20)].map((value) => value * mb),
      { limit: 1000 * mb },
    );
    expect(told([cleaned]).trends?.[0]).toMatchObject({ since: '2026-11-06', forecast: { due: '2026-12-21' } });
  });

  test('nothing is drawn of less than three figures, of less than a day, of dates and of what is not known', () => {
    expect(told([over([1, 2])]).trends).toBeUndefined();
    const soon = over([1, 2, 3]);
    const near = { ...soon.known, points: soon.known.points.map((point) => ({ ...point, at: now - 60_000 })) };
    expect(trendsOf(about(), [soon.measure], [near]).trends).toBeUndefined();
    expect(told([over(growing(9, now, 0), { id: 'certificate.end', unit: 'date' })]).trends).toBeUndefined();
    expect(told([over(growing(9, 1, 1), { id: 'constructor', unit: 'count' })]).trends).toBeUndefined();
  });

  test('what a wrong clock has dated behind now is left out', () => {
    const flat = over(growing(20, 100, 0), { limit: 1000 });
    const wrong = { ...flat.known, points: [...flat.known.points, { at: now + 900 * dayMs, value: 999, limit: 1000 }] };
    expect(trendsOf(about(), [flat.measure], [wrong]).trends?.[0]?.points.at(-1)?.value).toBe(100);
  });

  test('a thousand mailboxes: at most forty trends, those that lead somewhere first', () => {
    const flat = Array.from({ length: 999 }, (_, n) => over(growing(9, 100, 0), { mailbox: `m${n}`, limit: 1000 }));
    const full = over(growing(30, 500, 10), { limit: 1000 });
    const { trends } = told([...flat, full]);
    expect(trends).toHaveLength(40);
    expect(trends?.[0]?.forecast).toBeDefined();
  });
});
