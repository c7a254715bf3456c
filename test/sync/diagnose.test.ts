import { describe, expect, test } from '@jest/globals';
import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis, valueHypothesis } from '../../src/model/sync/hypothesis.ts';
import { fisherAtLeast, wilson } from '../../src/reason/rows/statistics.ts';
import { newestCreated } from '../../src/sync/diagnose/newest-created.ts';
import { contacts, explainedBy, viewOf, withFault, withHonestEdits } from './support/view.ts';

const text = { en: 'x', ja: 'x' };
const cause = (id: string, hypotheses: Parameters<typeof defineSyncCause>[0]['hypotheses'], unless: string[] = []) =>
  defineSyncCause({
    id,
    title: text,
    about: text,
    owner: 'crm-admin',
    unless,
    hypotheses,
    because: () => text,
    steps: () => [text],
  });

const upper = cause('upper', [
  valueHypothesis({ effect: 'wrong', explains: ({ left, right }) => left.toUpperCase() === right }),
]);
const anything = cause('anything', [valueHypothesis({ effect: 'wrong', explains: () => true })]);
const folded = cause(
  'folded',
  [valueHypothesis({ effect: 'notation', explains: ({ left, right }) => left.toLowerCase() === right.toLowerCase() })],
  ['upper'],
);
const inStage = cause('in-stage', [
  rowsHypothesis<{ stage: string }>({
    effect: 'wrong',
    population: 'missing',
    propose: () => ['新規', '商談中', '受注'].map((stage) => ({ params: { stage } })),
    holds: ({ values }, { stage }) => values.includes(stage),
  }),
]);

const rows = contacts(4000);

describe('the newest records that lack', () => {
  const minute = 60_000;
  const now = Date.UTC(2026, 10, 25);
  const at = (ms: number) => new Date(ms).toISOString();
  const older = rows.slice(0, 1000).map((row, n) => {
    const born = now - 20 * minute - n * 60 * minute;
    // Every hundredth was changed in the last minutes.
    return { ...row, created_at: at(born), updated_at: at(n % 100 === 99 ? now - n * 300 : born) };
  });
  const fresh = contacts(20, 88).map((row, n) => ({
    ...row,
    id: `C${900_000 + n}`,
    created_at: at(now - 8 * minute + 20_000 * n),
    updated_at: at(now - 8 * minute + 20_000 * n),
  }));
  const found = (right: typeof older) => {
    const view = viewOf([...older, ...fresh], right);
    return newestCreated(view, view.missing);
  };

  test('do not wait for the next run where changes of the same minutes came over', () => {
    expect(found(older)).toMatchObject({ n: 20, from: now - 8 * minute, changed: 10, utc: true });
    const waiting = older.map((row, n) => (n % 100 === 99 ? { ...row, updated_at: row.created_at } : row));
    expect(found(waiting)).toBeUndefined();
    // They are there; they came in an hour.
    expect(found([...older, ...fresh])).toBeUndefined();
    expect(found(older.filter((_, n) => n > 60))).toBeUndefined();
  });
});

describe('what stands of the hypotheses', () => {
  test('a fault in a part of the rows is named, with its share and what a second pass counts', async () => {
    const right = withHonestEdits(withFault(rows, 0.05, (row) => ({ ...row, email: (row.email ?? '').toUpperCase() })));
    const [first, ...more] = await explainedBy([upper, anything], rows, right);
    expect(first?.cause).toBe('upper');
    expect(more).toEqual([]);
    const faulty = right.filter((row, at) => row.email === rows[at]?.email?.toUpperCase()).length;
    expect(first?.share.n).toBe(faulty);
    expect(first?.proof).toMatchObject({ kind: 'transform', after: (first?.share.of ?? 0) - faulty });
    expect(first?.share.low).toBeLessThan(faulty / (first?.share.of ?? 1));
  });

  test('what tells only that both sides were changed takes nothing from what tells how', async () => {
    const edited = cause('edited', [
      { ...valueHypothesis({ effect: 'wrong', explains: () => true }), ownChance: true, aged: true },
    ]);
    // It explains every difference, the other one a part of them.
    const right = withFault(rows, 0.5, (row, at) => ({
      ...row,
      ...(at % 3 === 0 ? { email: (row.email ?? '').toUpperCase() } : { name: `other ${at}` }),
    }));
    const found = await explainedBy([edited, upper], rows, right);
    expect(found.map(({ cause: id, columns }) => [id, columns.length])).toEqual([
      ['edited', 1],
      ['upper', 1],
    ]);
  });

  test('a fault that begins late in the file is proposed as well', async () => {
    const seen = cause('seen', [
      valueHypothesis<{ suffix: string }>({
        effect: 'wrong',
        propose: (pairs) => (pairs.some(({ right }) => right.endsWith('!')) ? [{ suffix: '!' }] : []),
        explains: ({ left, right }, { suffix }) => right === `${left}${suffix}`,
      }),
    ]);
    const right = rows.map((row, at) => ({ ...row, name: at < 3000 ? `other ${at}` : `${row.name}!` }));
    expect((await explainedBy([seen], rows, right)).map((one) => [one.cause, one.share.n])).toEqual([['seen', 1000]]);
  });

  test('what unrelated rows show as well is no evidence', async () => {
    const right = withHonestEdits(rows, 0.1);
    expect(await explainedBy([anything], rows, right)).toEqual([]);
  });

  test('under twenty differences nothing is named', async () => {
    const few = rows.map((row, at) => (at < 19 ? { ...row, email: (row.email ?? '').toUpperCase() } : row));
    expect(await explainedBy([upper], rows, few)).toEqual([]);
    const enough = rows.map((row, at) => (at < 20 ? { ...row, email: (row.email ?? '').toUpperCase() } : row));
    expect((await explainedBy([upper], rows, enough)).map((one) => one.cause)).toEqual(['upper']);
  });

  test('a symptom is left to the cause that it names', async () => {
    const right = withFault(rows, 0.1, (row) => ({ ...row, email: (row.email ?? '').toUpperCase() }));
    expect((await explainedBy([folded, upper], rows, right)).map((one) => one.cause)).toEqual(['upper']);
    expect((await explainedBy([folded], rows, right)).map((one) => one.cause)).toEqual(['folded']);
  });

  test.each([
    [60, ['in-stage']],
    [10, ['in-stage', 'batch']],
  ])('what is left of rows of which %d are those of a deeper cause is named as %j', async (deeper, expected) => {
    const isLost = ({ stage }: (typeof rows)[number]): boolean => stage === '商談中';
    const others = rows.filter((row) => !isLost(row)).filter((_, at) => at % 50 === 0);
    const ids = [...rows.filter(isLost).slice(0, deeper), ...others.slice(0, 40)].map(({ id }) => id ?? '');
    const isOf = new Set(ids);
    const batch = cause(
      'batch',
      [
        rowsHypothesis({
          effect: 'wrong',
          population: 'missing',
          propose: () => [{ params: {} }],
          holds: ({ values }) => values.some((value) => isOf.has(value)),
        }),
      ],
      ['in-stage'],
    );
    const right = rows.filter((row) => !isLost(row) && !isOf.has(row.id ?? ''));
    expect((await explainedBy([batch, inStage], rows, right)).map((one) => one.cause)).toEqual(expected);
  });

  test('missing rows are held against those that are present', async () => {
    const without = rows.filter(({ stage }) => stage !== '商談中');
    const [first, ...more] = await explainedBy([inStage], rows, without);
    expect(first).toMatchObject({ cause: 'in-stage', detail: { stage: '商談中' }, population: 'missing', chance: 0 });
    expect(more).toEqual([]);
    const random = rows.filter((_, at) => at % 50 !== 0);
    expect(await explainedBy([inStage], rows, random)).toEqual([]);
  });
});

describe('the statistics', () => {
  test.each([
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
    [50, 100, 0.4038, 0.5962],
  ])('Wilson %d of %d', (n, of, low, high) => {
    const found = wilson(n, of);
    expect(found.low).toBeCloseTo(low, 3);
    expect(found.high).toBeCloseTo(high, 3);
  });

  test.each([
    // The lady tasting tea: 17/70.
    [3, 1, 1, 3, 17 / 70],
    [4, 0, 0, 4, 1 / 70],
    [0, 4, 4, 0, 1],
  ])('Fisher %d %d %d %d', (a, b, c, d, p) => {
    expect(fisherAtLeast(a, b, c, d)).toBeCloseTo(p, 9);
  });
});
