import { describe, expect, test } from '@jest/globals';
import { cursorBoundaryLost } from '../../../../checks/sync/cursor-boundary-lost.cause.ts';
import { cursorTieLost } from '../../../../checks/sync/cursor-tie-lost.cause.ts';
import { exportTruncated } from '../../../../checks/sync/export-truncated.cause.ts';
import { filterExcludes } from '../../../../checks/sync/filter-excludes.cause.ts';
import { intervalLag } from '../../../../checks/sync/interval-lag.cause.ts';
import { outageWindow } from '../../../../checks/sync/outage-window.cause.ts';
import { pageBoundaryLost } from '../../../../checks/sync/page-boundary-lost.cause.ts';
import { pageLost } from '../../../../checks/sync/page-lost.cause.ts';
import { pageRepeated } from '../../../../checks/sync/page-repeated.cause.ts';
import { rateLimitPartial } from '../../../../checks/sync/rate-limit-partial.cause.ts';
import { resultWindowCap } from '../../../../checks/sync/result-window-cap.cause.ts';
import { schedulerStopped } from '../../../../checks/sync/scheduler-stopped.cause.ts';
import { testData } from '../../../../checks/sync/test-data.cause.ts';
import type { ComparisonView } from '../../../../src/model/sync/view.ts';
import { rankIn, variantsOf } from '../../../../src/reason/rows/as-read.ts';
import { diagnose } from '../../../../src/sync/diagnose/diagnose.ts';
import { type Contact, contacts, explainedBy, seeded, type ViewOptions, viewOf } from '../../../sync/support/view.ts';

const causes = [
  pageBoundaryLost,
  pageLost,
  pageRepeated,
  resultWindowCap,
  exportTruncated,
  cursorTieLost,
  cursorBoundaryLost,
  schedulerStopped,
  intervalLag,
  rateLimitPartial,
  outageWindow,
];

const hour = 3_600_000;
const now = Date.UTC(2026, 10, 25);
const rows = contacts(6000);
const byTime = rows.toSorted((a, b) => ((a.created_at ?? '') < (b.created_at ?? '') ? -1 : 1));

const withLoss = (list: readonly Contact[], share = 0.005): readonly Contact[] => {
  const random = seeded(5);
  return list.filter(() => random() >= share);
};

const named = async (left: readonly Contact[], right: readonly Contact[], options: ViewOptions = {}) =>
  (await explainedBy(causes, left, right, options)).map(({ cause }) => cause);

const timeOf = (row: Contact, column = 'created_at') => Date.parse(row[column] ?? '');
const hourly = (throttled = false) =>
  Array.from({ length: 400 }, (_, at) => ({
    start: now - (400 - at) * hour,
    end: now - (400 - at) * hour + 60_000,
    failed: false,
    throttled: throttled && at % 3 === 0,
  }));
/** Records changed within the time of the runs. */
const lately = rows.map((row, at): Contact => {
  const random = seeded(at);
  return { ...row, updated_at: new Date(now - 399 * hour + random() * 398 * hour).toISOString() };
});

describe('where missing rows stand', () => {
  test('one row at every page end', async () => {
    const right = withLoss(rows.filter((_, at) => at % 100 !== 99));
    expect(await named(rows, right)).toEqual(['sync.page-boundary-lost']);
    const [first] = await explainedBy(causes, rows, right);
    expect(first?.detail).toMatchObject({ page: 100, remainder: 99 });
  });

  test('pages of what a filter lets through are counted without the others', async () => {
    const passed = rows.filter(({ stage }) => stage !== '失注');
    const both = [filterExcludes, ...causes];
    for (const [lost, cause] of [
      [(at: number) => at % 100 === 99, 'sync.page-boundary-lost'],
      [(at: number) => [3, 11].includes(Math.floor(at / 200)), 'sync.page-lost'],
    ] as const) {
      const found = await explainedBy(
        both,
        rows,
        withLoss(
          passed.filter((_, at) => !lost(at)),
          0.003,
        ),
      );
      expect(found.map(({ cause: name, detail }) => [name, detail.passed])).toEqual([
        ['sync.filter-excludes', undefined],
        [cause, true],
      ]);
    }
    expect((await explainedBy(both, rows, withLoss(passed, 0.02))).map(({ cause }) => cause)).toEqual([
      'sync.filter-excludes',
    ]);
  });

  test('the seams are known though some records before them are deleted since, and only by a few places', async () => {
    const kept = (list: readonly Contact[]) => list.filter((row) => row !== rows[900] && row !== rows[2500]);
    const [first, ...more] = await explainedBy(causes, kept(rows), kept(rows.filter((_, at) => at % 200 !== 0)));
    expect(first).toMatchObject({ cause: 'sync.page-boundary-lost', detail: { page: 200, remainder: 198, width: 3 } });
    expect([first?.share.n, more]).toEqual([first?.share.of, []]);
    const anywhere = rows.filter((_, at) => at % 200 !== 7 * (Math.floor(at / 200) % 20));
    expect(await named(rows, anywhere)).toEqual([]);
  });

  test('of a sample of what is there the seams of keys are still known, and those of updates where all changes are', () => {
    const view = viewOf(
      rows.filter((_, at) => at % 300 !== 150),
      rows.filter((_, at) => at % 500 !== 0),
    );
    const sampled = { ...view, present: view.present.filter((_, at) => at % 2 === 0) };
    const [plain, asRead] = variantsOf(sampled, 'key').map(({ asRead: one }) =>
      sampled.missing.map((row) => (rankIn(sampled, row, { order: 'key', asRead: one }) ?? 0) % 500),
    );
    expect(new Set(plain).size).toBeGreaterThan(5);
    expect(new Set(asRead)).toEqual(new Set([0]));
    expect(variantsOf(sampled, 'updated')).toHaveLength(2);
    const unknown = { ...sampled, counts: { ...sampled.counts, changed: 1 } };
    expect(variantsOf(unknown, 'updated')).toEqual([{ asRead: false }]);
  });

  test('the same in the order of updates', async () => {
    const sorted = rows.toSorted((a, b) => ((a.updated_at ?? '') < (b.updated_at ?? '') ? -1 : 1));
    const lost = new Set(sorted.filter((_, at) => at % 200 === 0));
    const found = await explainedBy(
      causes,
      rows,
      withLoss(rows).filter((row) => !lost.has(row)),
    );
    expect(found.map(({ cause }) => cause)).toEqual(['sync.page-boundary-lost']);
    expect(found[0]?.detail).toMatchObject({ order: 'updated', page: 200 });
  });

  test('and among three times as many that lack at random, at the place that most of them share', async () => {
    const sorted = rows.toSorted((a, b) => ((a.updated_at ?? '') < (b.updated_at ?? '') ? -1 : 1));
    const lost = new Set(sorted.filter((_, at) => at % 200 === 0));
    const right = withLoss(rows, 0.016).filter((row) => !lost.has(row));
    const [first, ...more] = await explainedBy(causes, rows, right);
    expect(first).toMatchObject({
      cause: 'sync.page-boundary-lost',
      share: { n: 30 },
      detail: { page: 200, width: 1 },
    });
    expect(more).toEqual([]);
  });

  test('pages that are gone as a whole', async () => {
    const right = rows.filter((_, at) => Math.floor(at / 200) !== 7 && Math.floor(at / 200) !== 19);
    const found = await explainedBy(causes, rows, right);
    expect(found.map(({ cause }) => cause)).toEqual(['sync.page-lost']);
    expect(found[0]?.detail).toMatchObject({ page: 200, pages: 2, exact: true });
    // Two of a page were deleted since.
    const kept = (list: readonly Contact[]) => list.filter((row) => row !== rows[1410] && row !== rows[1433]);
    const [fewer] = await explainedBy(causes, kept(rows), kept(right));
    expect(fewer).toMatchObject({ cause: 'sync.page-lost', detail: { page: 200, pages: 2, exact: false } });
  });

  test('test records that stand together like a page are test records', async () => {
    const tried = rows.map((row, at) => (Math.floor(at / 200) === 3 ? { ...row, name: `テスト ${at}` } : row));
    const right = withLoss(tried.filter((_, at) => Math.floor(at / 200) !== 3));
    const both = [...causes, testData];
    expect((await explainedBy(both, tried, right)).map(({ cause }) => cause)).toEqual(['sync.test-data']);
  });

  test('of very many missing records the places of all tell of pages, though the values of some are read only', async () => {
    const whole = viewOf(
      rows,
      withLoss(rows.filter((_, at) => Math.floor(at / 200) !== 7 && Math.floor(at / 200) !== 19)),
    );
    const pagesIn = (view: ComparisonView) => diagnose(view, causes, (text) => text);
    const sampled: ComparisonView = {
      ...whole,
      missing: whole.missing.filter((_, at) => at % 4 === 0),
      unread: whole.missing.filter((_, at) => at % 4 !== 0).map(({ ranks }) => ({ ranks })),
    };
    const [all, some] = [(await pagesIn(whole)).explained, (await pagesIn(sampled)).explained];
    expect(all.map(({ cause }) => cause)).toEqual(['sync.page-lost']);
    expect(some.map(({ cause }) => cause)).toEqual(['sync.page-lost']);
    expect(some[0]?.detail).toEqual(all[0]?.detail);
    expect((await pagesIn({ ...sampled, unread: [] })).explained.map(({ cause }) => cause)).toEqual([]);
  });

  test('records of one moment that a cursor stepped over are no page, though they stand like one', async () => {
    const bulk = rows.map((row, at) => (at < 400 ? { ...row, updated_at: '2022-01-01T00:00:00Z' } : row));
    const right = bulk.filter((_, at) => at < 200 || at >= 400);
    const shuffled = bulk.toSorted((a, b) => ((a.email ?? '') < (b.email ?? '') ? -1 : 1));
    const numbered = new Map(shuffled.map((row, at) => [row.id, `K${100_000 + at}`]));
    const withKeys = (list: readonly Contact[]) => list.map((row) => ({ ...row, id: numbered.get(row.id) ?? '' }));
    expect(await named(withKeys(bulk), withKeys(right))).toEqual(['sync.cursor-tie-lost']);
  });

  test('a stretch of another length is no page', async () => {
    expect(
      await named(
        rows,
        rows.filter((_, at) => at < 1037 || at >= 1270),
      ),
    ).toEqual([]);
  });

  test('nothing after the cap', async () => {
    const found = await explainedBy(causes, rows, rows.slice(0, 5000));
    expect(found.map(({ cause }) => cause)).toEqual(['sync.result-window-cap']);
    expect(found[0]?.detail).toMatchObject({ cap: 5000, end: 'first' });
    const newest = await explainedBy(causes, byTime, byTime.slice(-2000));
    expect(newest.map(({ cause }) => cause)).toEqual(['sync.result-window-cap']);
    expect(newest[0]?.detail).toMatchObject({ cap: 2000, end: 'last', order: 'created' });
  });

  test('nothing after the cap, of what a condition left in or before it did so', async () => {
    const fifth = (list: readonly Contact[]) => list.filter((_, at) => (at * 7) % 5 !== 0);
    const before = await explainedBy(causes, rows, fifth(rows).slice(0, 2000));
    expect(before).toMatchObject([{ cause: 'sync.result-window-cap', detail: { cap: 2000, reach: 2500 } }]);
    expect(before[0]?.share.n).toBe(3500);
    const after = await explainedBy(causes, rows, fifth(rows.slice(0, 5000)));
    expect(after).toMatchObject([{ cause: 'sync.result-window-cap', detail: { cap: 5000, reach: 5000 } }]);
    expect(await named(rows, fifth(rows).slice(0, 2111))).toEqual([]);
    // As many by chance, of all.
    expect(
      await named(
        rows,
        rows.filter((_, at) => at % 3 === 0),
      ),
    ).toEqual([]);
  });

  test('a file that ends in the middle of a record; without a sign of that the end says nothing', async () => {
    const right = rows.slice(0, 4321);
    const note = { id: 'truncated-last-record', says: { en: 'x', ja: 'x' } } as const;
    expect(await named(rows, right, { rightFacts: { notes: [note] } })).toEqual(['sync.export-truncated']);
    expect(await named(rows, right)).toEqual([]);
  });

  const gap = {
    id: 'file-missing',
    says: { en: 'x', ja: 'x' },
    files: { missing: ['part-02.csv'], there: 5 },
  } as const;
  const scattered = seeded(9);
  const fifths = rows.filter(() => scattered() >= 1 / 6);
  const away = (list: readonly Contact[], from: number, to: number) => [...list.slice(0, from), ...list.slice(to)];

  test.each([
    ['in the order of the key, as many as a page has', rows, away(rows, 1000, 2000)],
    ['as many as no page has', rows, away(rows, 1111, 2104)],
    ['in the order of their creation', byTime, away(byTime, 1111, 2104)],
    ['in no order', rows, fifths],
  ])('a numbered file that is not there among its neighbours: %s', async (_, left, right) => {
    expect(await named(left, withLoss(right), { rightFacts: { notes: [gap] } })).toEqual(['sync.export-truncated']);
  });

  test('such a file on the left leaves records that are on the right only', async () => {
    const [found] = await explainedBy(causes, fifths, rows, { leftFacts: { notes: [gap] } });
    expect(found).toMatchObject({ cause: 'sync.export-truncated', population: 'extra', detail: { side: 'left' } });
  });

  test('a gap in the numbers that no lost records bear out is a gap in the numbers', async () => {
    expect(await named(rows, withLoss(rows, 0.01), { rightFacts: { notes: [gap] } })).toEqual([]);
    expect(await named(rows, away(rows, 1111, 2104))).not.toContain('sync.export-truncated');
  });
});

describe('when missing rows were made', () => {
  const stop = Date.UTC(2026, 8, 1);

  /** As the other side was at a moment. */
  const asOf = (list: readonly Contact[], moment: number): readonly Contact[] =>
    list
      .filter((row) => timeOf(row) <= moment)
      .map((row) =>
        timeOf(row, 'updated_at') > moment ? { ...row, stage: '以前', updated_at: row.created_at ?? '' } : row,
      );

  test('nothing since a time, neither new records nor changes', async () => {
    const right = asOf(withLoss(rows), stop);
    const both = ['changed', 'missing'].map((one) => `sync.scheduler-stopped ${one}`);
    for (const times of [{}, { intervalMs: hour }]) {
      const found = await explainedBy(causes, rows, right, { times });
      const what = found.map(({ cause, population }) => `${cause} ${population === 'pairs' ? 'changed' : population}`);
      expect(what.toSorted()).toEqual(both);
      const changed = found.find(({ population }) => population === 'pairs');
      expect(changed?.share.n).toBe(changed?.share.of);
    }
  });

  test('records that were written on both sides since were not left behind', async () => {
    const old = rows.filter((row) => timeOf(row) < stop && timeOf(row, 'updated_at') < stop);
    const edited = (stage: string, later: (at: number) => number): readonly Contact[] =>
      old.map((row, at) => {
        if (at % 5 !== 0) return row;
        return { ...row, stage, updated_at: new Date(stop + (240 + (at % 119) + later(at)) * hour).toISOString() };
      });
    const left = edited('商談', () => 0);
    const right = edited('受注', (at) => 1 + (at % 47));
    expect(await named(left, right)).toEqual([]);
    expect(await named(left, old)).toEqual(['sync.scheduler-stopped']);
  });

  test('a job that brings changes and no new records does not stand still', async () => {
    expect(
      await named(
        rows,
        withLoss(rows).filter((row) => timeOf(row) < stop),
      ),
    ).toEqual([]);
  });

  test('what came after the nightly run waits, whatever zone its clock is of', async () => {
    const run = Date.UTC(2026, 10, 20);
    const morning = run + 8 * hour;
    const busy = rows.map((row, at): Contact => {
      const late = new Date(run + ((at % 97) + 1) * 290_000).toISOString();
      const chance = seeded(at)();
      if (chance < 0.02) return { ...row, created_at: late, updated_at: late };
      return chance < 0.05 ? { ...row, stage: '受注！', updated_at: late } : row;
    });
    for (const ahead of [0, 9 * hour]) {
      const clock = (row: Contact): Contact => {
        const shown = (name: string): string =>
          new Date(timeOf(row, name) + ahead).toISOString().slice(0, 19).replace('T', ' ');
        return { ...row, created_at: shown('created_at'), updated_at: shown('updated_at') };
      };
      // As psql writes it.
      const zoned = (row: Contact): Contact => ({ ...row, updated_at: `${row.updated_at}+0${ahead / hour}` });
      const [left, right] = [busy.map(clock), asOf(busy, run).map(clock).map(zoned)];
      expect(await named(left, right, { times: { now: morning } })).toEqual(['sync.interval-lag', 'sync.interval-lag']);
      // A job of every hour should have come by since then.
      if (ahead === 0)
        expect(await named(left, right, { times: { now: morning, intervalMs: hour } })).toEqual([
          'sync.scheduler-stopped',
          'sync.scheduler-stopped',
        ]);
    }
  });

  test('the newest within the interval only', async () => {
    const newest = timeOf(byTime.at(-1) ?? {});
    const right = asOf(rows, newest - 20 * 24 * hour);
    const times = { leftAt: newest + hour, intervalMs: 21 * 24 * hour };
    expect(await named(rows, right, { times })).toEqual(['sync.interval-lag', 'sync.interval-lag']);
  });

  test('a window with rows before and after it', async () => {
    const [from, to] = [Date.UTC(2025, 3, 2), Date.UTC(2025, 4, 9)];
    const right = withLoss(rows).filter((row) => timeOf(row) < from || timeOf(row) > to);
    const found = await explainedBy(causes, rows, right);
    expect(found.map(({ cause }) => cause)).toEqual(['sync.outage-window']);
    expect(Number(found[0]?.detail.from)).toBeGreaterThanOrEqual(from);
    expect(Number(found[0]?.detail.to)).toBeLessThanOrEqual(to);
  });

  test('six hours among three weeks, by whichever time, though others lack for another reason as well', async () => {
    const random = seeded(21);
    const weeks = rows.slice(0, 4000).map((row): Contact => {
      const created = now - 24 * hour - random() * 21 * 24 * hour;
      const updated = random() < 0.5 ? created : created + random() * (now - hour - created);
      return { ...row, created_at: new Date(created).toISOString(), updated_at: new Date(updated).toISOString() };
    });
    const [from, to] = [now - 240 * hour, now - 234 * hour];
    const within = (row: Contact, column: string) => timeOf(row, column) >= from && timeOf(row, column) < to;
    const lost = {
      updated: (row: Contact) => within(row, 'updated_at'),
      // What was made then and changed later came over with its change.
      kept: (row: Contact) => within(row, 'created_at') && within(row, 'updated_at'),
    };
    const withFilter = [...causes, filterExcludes];
    for (const [clock, isLost] of Object.entries(lost)) {
      const there = withLoss(weeks).filter((row) => !isLost(row));
      const [alone, ...none] = await explainedBy(withFilter, weeks, there);
      expect([alone?.cause, alone?.detail.clock, none]).toEqual(['sync.outage-window', clock, []]);
      const [filter, window, ...more] = await explainedBy(
        withFilter,
        weeks,
        there.filter(({ stage }) => stage !== '失注'),
      );
      expect([filter?.cause, window?.cause, more]).toEqual(['sync.filter-excludes', 'sync.outage-window', []]);
      expect(window?.share.n).toBeGreaterThan(0.7 * weeks.filter((row) => isLost(row) && row.stage !== '失注').length);
    }
    expect(await named(weeks, withLoss(weeks, 0.03))).toEqual([]);
  });

  test('a handful without a gap, where chance would not leave them out', async () => {
    const few = byTime.slice(0, 600);
    const gone = few.slice(300, 312);
    const lost = async (which: readonly Contact[], left = few) =>
      (
        await explainedBy(
          causes,
          left,
          withLoss(left).filter((row) => !which.includes(row)),
        )
      ).map(({ cause }) => cause);
    expect(await lost(gone)).toEqual(['sync.outage-window']);
    // One of them is there; they are too few; they came in one go; every other one.
    expect(await lost(gone.filter((_, at) => at !== 6))).toEqual([]);
    expect(await lost(gone.slice(0, 6))).toEqual([]);
    const loaded = few.map((row) => (gone.includes(row) ? { ...row, created_at: gone[0]?.created_at ?? '' } : row));
    expect(await lost(loaded.slice(300, 312), loaded)).toEqual([]);
    expect(await lost(few.filter((_, at) => at >= 300 && at < 324 && at % 2 === 0))).toEqual([]);
  });

  test('a part of a bulk update', async () => {
    const bulk = rows.map((row, at) => (at % 5 === 0 ? { ...row, updated_at: '2026-10-01T03:00:00Z' } : row));
    const tied = bulk.filter((_, at) => at % 5 === 0);
    const lost = new Set(tied.slice(200));
    expect(
      await named(
        bulk,
        withLoss(bulk).filter((row) => !lost.has(row)),
      ),
    ).toEqual(['sync.cursor-tie-lost']);
    expect(await named(bulk, withLoss(bulk, 0.02))).toEqual([]);
    const stale = bulk.map((row) => (lost.has(row) ? { ...row, owner: 'u-before' } : row));
    expect(await named(bulk, stale)).toEqual(['sync.cursor-tie-lost']);
  });

  test('the last seconds before a run', async () => {
    const phase = (row: Contact) => (now - timeOf(row, 'updated_at')) % hour;
    const right = withLoss(lately).filter((row) => phase(row) > 30_000);
    const times = { runs: hourly() };
    expect(await named(lately, right, { times })).toEqual(['sync.cursor-boundary-lost']);
    expect(await named(lately, withLoss(lately, 0.02), { times })).toEqual([]);
  });

  test('the end of each run without its log, and no window that is the same each night', async () => {
    const random = seeded(31);
    const month = rows.map((row): Contact => {
      const time = new Date(now - 2 * hour - random() * 28 * 24 * hour).toISOString();
      return { ...row, created_at: time, updated_at: time };
    });
    const cutOff = (every: number, share: (stretch: number) => number, list = month) => {
      const stretches = new Map<number, Contact[]>();
      for (const row of list.toSorted((a, b) => timeOf(a) - timeOf(b))) {
        const stretch = Math.floor((timeOf(row) - 17 * 60_000) / every);
        stretches.set(stretch, [...(stretches.get(stretch) ?? []), row]);
      }
      const kept = [...stretches].flatMap(([stretch, all]) => all.slice(0, Math.round(share(stretch) * all.length)));
      return withLoss(kept);
    };
    const told = async (right: readonly Contact[]) =>
      (await explainedBy([...causes, filterExcludes], month, right)).map(({ cause, detail }) => [
        cause,
        detail.everyMs,
      ]);
    const rate = 'sync.rate-limit-partial';
    expect(await told(cutOff(24 * hour, () => 0.8 + 0.05 * random()))).toEqual([[rate, 24 * hour]]);
    // Not each of them, and none of a kind that a filter leaves out.
    const won = month.filter(({ stage }) => stage !== '失注');
    expect(await told(cutOff(6 * hour, (at) => (at % 3 === 0 ? 1 : 0.5 + 0.2 * random()), won))).toEqual([
      [rate, 6 * hour],
      ['sync.filter-excludes', undefined],
    ]);
    // From 19:00 to 24:00 of each night; at any time of some days; one by one.
    const nightly = month.filter((row) => (timeOf(row) / hour) % 24 < 19);
    const outages = Array.from({ length: 12 }, (_, at) => now - (40 + 53 * at + 9 * random()) * hour);
    const some = month.filter((row) => !outages.some((from) => timeOf(row) > from && timeOf(row) < from + 5 * hour));
    for (const right of [nightly, some, withLoss(month, 0.2)])
      expect(JSON.stringify(await told(right))).not.toContain(rate);
  });

  test('the end of runs that were throttled', async () => {
    const runs = hourly(true);
    const lost = (row: Contact) => {
      const at = runs.findIndex(({ start }) => start >= timeOf(row, 'updated_at'));
      const run = runs[at];
      return run?.throttled === true && run.start - timeOf(row, 'updated_at') < 0.5 * hour;
    };
    const right = withLoss(lately).filter((row) => !lost(row));
    expect(await named(lately, right, { times: { runs } })).toEqual(['sync.rate-limit-partial']);
    expect(await named(lately, right, { times: { runs: hourly() } })).toEqual([]);
  });
});

describe('rows that come twice', () => {
  test('at the seams of pages', async () => {
    const right = rows.flatMap((row, at) => (at % 99 === 98 && at < 5900 ? [row, { ...row }] : [row]));
    const found = await explainedBy(causes, rows, right);
    expect(found.map(({ cause }) => cause)).toEqual(['sync.page-repeated']);
    expect(found[0]?.detail).toMatchObject({ page: 100 });
  });

  test('a whole page again', async () => {
    const right = [...rows.slice(0, 1200), ...rows.slice(1000, 1200).map((row) => ({ ...row })), ...rows.slice(1200)];
    const found = await explainedBy(causes, rows, right);
    expect(found.map(({ cause }) => cause)).toEqual(['sync.page-repeated']);
    expect(found[0]?.detail).toMatchObject({ page: 200, whole: true });
  });

  test('anywhere is no sign of pages', async () => {
    const random = seeded(9);
    expect(
      await named(
        rows,
        rows.flatMap((row) => (random() < 0.02 ? [row, { ...row }] : [row])),
      ),
    ).toEqual([]);
  });
});

test.each([0.005, 0.02, 0.3])('a random loss of %d names nothing', async (share) => {
  expect(await named(rows, withLoss(rows, share), { times: { runs: hourly(true), intervalMs: hour } })).toEqual([]);
});
