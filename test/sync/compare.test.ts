import { describe, expect, test } from '@jest/globals';
import { joinOffByOne } from '../../checks/sync/join-off-by-one.cause.ts';
import { defineSyncCause, type SyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis, valueHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { SyncConfig } from '../../src/model/sync/subject.ts';
import { compareSources, mapSources } from '../../src/sync/compare.ts';
import { joinInMemory, sourceOf } from './support/in-memory.ts';
import { type Contact, contacts, withFault, withHonestEdits } from './support/view.ts';

const text = { en: 'x', ja: 'x' };
const cause = (id: string, hypotheses: SyncCause['hypotheses']) =>
  defineSyncCause({
    id,
    title: text,
    about: text,
    owner: 'crm-admin',
    hypotheses,
    because: () => text,
    steps: () => [text],
  });
const upper = cause('upper', [
  valueHypothesis({ effect: 'wrong', explains: ({ left, right }) => left.toUpperCase() === right }),
]);
const beyond = cause('beyond', [
  rowsHypothesis<{ rank: number }>({
    effect: 'wrong',
    population: 'missing',
    propose: () => [{ params: { rank: 1500 } }],
    holds: ({ ranks }, { rank }) => (ranks.file ?? 0) >= rank,
  }),
]);

const config: SyncConfig = {
  left: { kind: 'file', file: '/l.csv', encoding: 'auto' },
  right: { kind: 'file', file: '/r.csv', encoding: 'auto' },
  key: { left: ['id'], right: ['id'], rules: [] },
  fields: {
    name: {},
    email: {},
    stage: {},
    updated_at: { role: 'updated-at', as: 'timestamp' },
  },
  ignore: ['phone'],
  engine: { kind: 'local' },
};

const comparing = async (
  left: readonly Contact[],
  right: readonly Contact[],
  causes: readonly SyncCause[],
  { sample, key }: { readonly sample?: number; readonly key?: string } = {},
) => {
  const { signal } = new AbortController();
  const sides = {
    config: key === undefined ? config : { ...config, key: { left: [key], right: [key], rules: [] } },
    left: sourceOf('left', left),
    right: sourceOf('right', right),
  };
  const mapped = await mapSources(sides, signal);
  if (mapped.kind !== 'mapped') throw new Error(JSON.stringify(mapped));
  const { mapping } = mapped;
  return compareSources({
    ...sides,
    causes,
    times: { now: 0, runs: [] },
    logged: [],
    mapping,
    joined: await joinInMemory(left, right, sample)(mapping),
    equalUnder: (a, b) => (a.trim() === b.trim() ? 'whitespace' : undefined),
    momentOf: (value) => (value === '' ? undefined : Date.parse(value)),
    printable: (value, most = 300) => value.slice(0, most),
    elapsed: () => 1000,
  });
};

const compared = async (...args: Parameters<typeof comparing>) => (await comparing(...args)).fact;

const rows = contacts(2000);

describe('two sides, from their records to what explains them', () => {
  test('classes, columns and causes, counted on all pairs though the sample holds a part', async () => {
    const shouted = withFault(rows, 0.3, (row) => ({ ...row, email: (row.email ?? '').toUpperCase() }));
    const right = shouted.map((row, at) => (at % 100 === 1 ? { ...row, name: `${row.name} ` } : row));
    const faulty = shouted.filter((row, at) => row.email !== rows[at]?.email).length;
    const fact = await compared(rows, right, [upper], { sample: 200 });
    expect(fact.counts).toMatchObject({ left: 2000, right: 2000, matched: 2000, missing: 0, extra: 0 });
    expect(fact.explained.map((one) => [one.cause, one.share.n, one.share.of])).toEqual([['upper', faulty, faulty]]);
    expect(fact.fields.map(({ left, differ, equalUnder }) => [left, differ, equalUnder])).toEqual([
      ['id', 0, []],
      ['name', 20, [{ rule: 'whitespace', n: 20 }]],
      ['email', faulty, []],
      ['stage', 0, []],
      ['updated_at', 0, []],
    ]);
    const { underRule, explained, unexplained } = fact.changed;
    expect(underRule + explained + unexplained).toBe(fact.counts.changed);
    expect(unexplained).toBe(0);
    expect(underRule).toBeGreaterThan(0);
    expect(fact.unmapped.left).toEqual(fact.unmapped.right);
    expect(fact.unmapped.left).toEqual(expect.arrayContaining(['kana', 'phone']));
  });

  test('rows that are missing from a place on are told by their exact rank', async () => {
    const fact = await compared(rows, rows.slice(0, 1500), [beyond, upper]);
    expect(fact.explained).toMatchObject([
      { cause: 'beyond', population: 'missing', share: { n: 500, of: 500 }, proof: { kind: 'condition', rows: 500 } },
    ]);
    expect(fact.unexplained.missing).toBe(0);
    expect(fact.timeline?.unit).toBe('month');
    const missing = fact.timeline?.buckets.reduce((total, bucket) => total + bucket.missing, 0);
    expect(missing).toBe(500);
    const byMonth = new Map<string, number>();
    for (const { [fact.timeline?.of === 'created-at' ? 'created_at' : 'updated_at']: time = '' } of rows.slice(1500)) {
      const month = new Date(time).toISOString().slice(0, 7);
      byMonth.set(month, (byMonth.get(month) ?? 0) + 1);
    }
    const told = fact.timeline?.buckets.filter((bucket) => bucket.missing > 0) ?? [];
    expect(told.map(({ at, missing: n }) => [at, n])).toEqual([...byMonth].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });

  test('of more missing rows than the sample holds it is said that not all were looked at', async () => {
    const fact = await compared(rows, rows.slice(0, 1500), [beyond], { sample: 100 });
    expect(fact.explained[0]).toMatchObject({ cause: 'beyond', share: { n: 100, of: 100 }, sampledFrom: 500 });
    expect(fact.unexplained.missing).toBe(0);
    const unknown = await compared(rows, rows.slice(0, 1500), [], { sample: 100 });
    expect(unknown.unexplained.missing).toBe(500);
  });

  test.each([
    [
      'in the middle',
      (_: unknown, at: number) => at < 700 || at >= 760,
      { n: 60, toTheEnd: false, ends: ['700', '759'] },
    ],
    ['at the end', (_: unknown, at: number) => at < 1950, { n: 50, toTheEnd: true, ends: ['1950', '1999'] }],
    [
      'among a few others',
      (_: unknown, at: number) => (at < 700 || at >= 760) && at % 400 !== 7,
      { n: 60, toTheEnd: false, ends: ['700', '759'] },
    ],
    ['of less than most', (_: unknown, at: number) => (at < 700 || at >= 760) && at % 40 !== 7, undefined],
    ['nowhere', (_: unknown, at: number) => at % 50 !== 7, undefined],
  ])(
    'missing records that stand one after another %s are told as such, where nothing explains them',
    async (_, kept, wanted) => {
      const fact = await compared(rows, rows.filter(kept), [beyond]);
      const ends = wanted?.ends.map((at) => ({ key: `C${100_000 + Number(at)}` }));
      expect(fact.stretch).toEqual(wanted && { ...wanted, order: 'key', ends });
    },
  );

  test('extra records that have a value which hardly any other has are told by it, where nothing explains them', async () => {
    const left = rows.filter(({ stage }) => stage !== rows[0]?.stage);
    const [extra] = (await compared(left, rows, [])).unexplained.rest ?? [];
    expect(extra?.stump).toMatchObject({
      column: 'stage',
      value: rows[0]?.stage,
      share: { n: 2000 - left.length, of: 2000 - left.length },
      present: { n: 0 },
    });
    const some = rows.filter((_, at) => at % 9 !== 4);
    const [few] = (await compared(some, rows, [])).unexplained.rest ?? [];
    expect(few).toMatchObject({ population: 'extra' });
    expect(few?.stump).toBeUndefined();
  });

  test('times that a cause has made wrong tell of no lag', async () => {
    const right = rows.map((row) => ({ ...row, updated_at: `1${row.updated_at}` }));
    const wrong = cause('wrong', [
      valueHypothesis({ effect: 'wrong', explains: ({ left, right: other }) => `1${left}` === other }),
    ]);
    expect((await comparing(rows, right, [wrong])).updated).toEqual([]);
    expect((await comparing(rows, right, [])).updated).toHaveLength(rows.length);
  });

  test('honest edits and random loss name nothing, and all of it is said to be unexplained', async () => {
    const right = withHonestEdits(rows).filter((_, at) => at % 50 !== 7);
    const fact = await compared(rows, right, [upper, beyond]);
    expect(fact.explained).toEqual([]);
    expect(fact.unexplained.missing).toBe(fact.counts.missing);
    expect(fact.changed.unexplained).toBe(fact.counts.changed);
    expect(fact.missing[0]?.key).toBe('C100007');
  });

  test('of many rows the sample still holds neighbours: a column that slipped by a row is told', async () => {
    const many = contacts(45_000);
    const right = many.map((row, at) => (at < 30_000 ? row : { ...row, email: many[at - 1]?.email ?? '' }));
    const fact = await compared(many, right, [joinOffByOne, upper]);
    expect(fact.explained.map((one) => [one.cause, one.share.n, one.share.of])).toEqual([
      ['sync.join-off-by-one', 15_000, 15_000],
    ]);
  });

  test('equal sides have nothing to say', async () => {
    const fact = await compared(rows, rows.toReversed(), [upper, beyond]);
    expect(fact.counts).toMatchObject({ equal: 2000, changed: 0, missing: 0, extra: 0 });
    expect(fact.explained).toEqual([]);
  });

  test('a key that no column has is said before anything is compared', async () => {
    await expect(compared(rows, rows, [], { key: 'customer' })).rejects.toThrow('"what":"left: customer"');
  });
});
