import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { KeyRule, SyncConfig } from '../../../src/model/sync/subject.ts';
import type { RowPair } from '../../../src/model/sync/view.ts';
import { idSuffix } from '../../../src/reason/salesforce-id.ts';
import type { Joined } from '../../../src/sync/joined.ts';
import { type ColumnMapping, mapColumns } from '../../../src/sync/mapping/map-columns.ts';
import { type JoinedSide, joinByRules } from '../../../src/sync/rules/join.ts';
import { spool } from '../../../src/sync/spool.ts';
import { viewOfJoined } from '../../../src/sync/view-of.ts';
import { sourceOf } from '../support/in-memory.ts';
import { type Contact, seeded } from '../support/view.ts';

const made: string[] = [];
afterEach(async () => {
  for (const directory of made.splice(0)) await rm(directory, { recursive: true, force: true });
});

const { signal } = new AbortController();

type Ruled = Pick<SyncConfig, 'fields'> & {
  readonly rules?: readonly KeyRule[];
  readonly keys?: readonly string[];
  readonly leftZone?: string;
  readonly rightZone?: string;
  readonly sample?: number;
};

const configOf = ({ rules = [], keys = ['id'], leftZone, rightZone, fields }: Ruled): SyncConfig => ({
  left: { kind: 'file', file: '/l', encoding: 'auto', ...(leftZone === undefined ? {} : { timeZone: leftZone }) },
  right: { kind: 'file', file: '/r', encoding: 'auto', ...(rightZone === undefined ? {} : { timeZone: rightZone }) },
  key: { left: keys, right: keys, rules },
  ...(fields === undefined ? {} : { fields }),
  ignore: [],
  engine: { kind: 'local' },
});

interface Found {
  readonly joined: Joined;
  readonly mapping: ColumnMapping;
  readonly config: SyncConfig;
  readonly sources: { readonly left: JoinedSide['source']; readonly right: JoinedSide['source'] };
}

const joinedBy = async (left: readonly Contact[], right: readonly Contact[], ruled: Ruled): Promise<Found> => {
  const config = configOf(ruled);
  const sides = { left: sourceOf('left', left), right: sourceOf('right', right) };
  const mapped = (rows: readonly Contact[], source: JoinedSide['source']) => ({
    columns: source.facts.columns,
    sample: rows.map((row) => Object.values(row)),
  });
  const mapping = mapColumns(mapped(left, sides.left), mapped(right, sides.right), config);
  const place = await mkdtemp(join(tmpdir(), 'crm-doctor-rules-'));
  made.push(place);
  const sideOf = async (source: JoinedSide['source']): Promise<JoinedSide> => ({
    source,
    scanned: { files: [(await spool(source, place, signal)).file], fields: source.facts.columns.length },
  });
  const directory = await mkdtemp(join(place, 'join-'));
  const reply = await joinByRules(
    { left: await sideOf(sides.left), right: await sideOf(sides.right) },
    mapping,
    config,
    { directory, seed: 7, threads: 'inline', ...(ruled.sample === undefined ? {} : { sample: ruled.sample }) },
    signal,
  );
  if (reply.kind !== 'joined') throw new Error(JSON.stringify(reply));
  return { joined: reply.joined, mapping, config, sources: sides };
};

const changedOf = async ({ eachChanged }: Joined): Promise<readonly RowPair[]> => {
  const all: RowPair[] = [];
  for await (const batch of eachChanged()) all.push(...batch);
  return all;
};

const viewOfFound = async ({ joined, mapping, config, sources }: Found) => {
  const { ranked } = await viewOfJoined(joined, mapping, {
    config,
    sources: { left: sources.left.facts, right: sources.right.facts },
    times: { now: 0, runs: [] },
    logged: [],
  });
  return ranked;
};

/** What the join says has to be what is read and shown. */
const expectConsistent = async (found: Found): Promise<void> => {
  const { counts, differing } = found.joined;
  const changed = await changedOf(found.joined);
  expect(changed).toHaveLength(counts.changed);
  const counted = differing.map((_, at) => changed.filter((pair) => pair.left[at] !== pair.right[at]).length);
  expect(counted).toEqual(differing);
  const view = await viewOfFound(found);
  for (const pair of view.pairs) expect(pair.left.some((value, at) => value !== pair.right[at])).toBe(true);
  const unlike = view.present.filter(({ pair }) => pair.left.some((value, at) => value !== pair.right[at]));
  expect(unlike).toHaveLength(counts.changed);
};

describe('keys under rules', () => {
  const left = [
    { id: '001', name: 'a' },
    { id: ' 2 ', name: 'b' },
    { id: 'AB-3', name: 'c' },
    { id: '0004', name: 'd' },
    { id: '4', name: 'd2' },
    { id: '   ', name: 'blank' },
    { id: '', name: 'blank too' },
    { id: '9', name: 'alone' },
  ];
  const right = [
    { id: '1', name: 'a' },
    { id: '２', name: 'B' },
    { id: 'ab3', name: 'c' },
    { id: '4', name: 'd' },
    { id: '77', name: 'alone' },
  ];
  const rules: readonly KeyRule[] = ['width', 'trim', 'lower', 'letters-digits', 'zeros'];

  test('join what is one record, count what becomes one key as repeated, and refuse blank ones', async () => {
    const found = await joinedBy(left, right, { rules });
    const { counts, rejected } = found.joined;
    expect(counts).toMatchObject({ left: 6, right: 5, matched: 3, equal: 2, changed: 1, missing: 1, extra: 1 });
    expect(counts.repeated).toEqual({ left: { keys: 1, rows: 2 }, right: { keys: 0, rows: 0 } });
    expect(counts.rejected).toEqual({ left: 2, right: 0 });
    expect(rejected.left.map(({ why, row }) => [why, row])).toEqual([
      ['empty-key', 6],
      ['empty-key', 7],
    ]);
    expect(found.joined.differing).toEqual([0, 1]);
    await expectConsistent(found);
  });

  test('leave the values as they are where they are read', async () => {
    const found = await joinedBy(left, right, { rules });
    const view = await viewOfFound(found);
    expect(view.pairs).toEqual([{ left: [' 2 ', 'b'], right: [' 2 ', 'B'] }]);
    expect(view.missing.map(({ values }) => values[0])).toEqual(['9']);
    expect(view.repeated.left.map((group) => group.map(({ values }) => values[0]))).toEqual([['0004', '4']]);
    expect(await found.joined.read('right', found.joined.extra)).toEqual([expect.arrayContaining(['77', 'alone'])]);
  });

  test('without rules keys are their bytes', async () => {
    const { joined } = await joinedBy(left, right, {});
    expect(joined.counts).toMatchObject({ left: 7, matched: 1, missing: 6, extra: 4, rejected: { left: 1, right: 0 } });
  });

  test('apply to each part of a composite key; only one that is blank in every part is refused', async () => {
    const one = [
      { shop: 'Ａ', no: '01', v: '1' },
      { shop: 'b', no: '', v: '2' },
      { shop: ' ', no: '0', v: '3' },
    ];
    const other = [
      { shop: 'A', no: '1', v: '1' },
      { shop: 'b', no: '', v: '2' },
    ];
    const found = await joinedBy(one, other, { rules: ['width', 'trim', 'zeros'], keys: ['shop', 'no'] });
    expect(found.joined.counts).toMatchObject({ matched: 2, equal: 2, missing: 1, rejected: { left: 0, right: 0 } });
  });

  test('ids of 15 and 18 characters are one, where the check characters agree', async () => {
    const one = [
      { id: '0015g00000ABCdE', v: '1' },
      { id: '0015g00000ABCdF', v: '1' },
    ];
    const other = [
      { id: `0015g00000ABCdE${idSuffix('0015g00000ABCdE')}`, v: '1' },
      { id: '0015g00000ABCdFAAA', v: '1' },
    ];
    const { joined } = await joinedBy(one, other, { rules: ['id15'] });
    expect(joined.counts).toMatchObject({ matched: 1, equal: 1, missing: 1, extra: 1 });
  });
});

describe('a time zone of a side', () => {
  const of = (...values: readonly string[]): readonly Contact[] =>
    values.map((at, index) => ({ id: `${index}`, at, note: 'x' }));
  const fields = { at: { as: 'timestamp' }, note: {} } as const;

  test('makes instants of times without an offset, whatever their notation', async () => {
    const left = of('2026-03-01 09:00:00', '2026-03-01T09:00:00.5', '2026/3/1 9:00', 'unknown', '', '2026-03-01');
    const right = of(
      '2026-03-01T00:00:00Z',
      '2026-03-01T00:00:00.500Z',
      '2026-03-01T01:00:00+01:00',
      'unknown',
      '',
      '2026-03-01',
    );
    const found = await joinedBy(left, right, { leftZone: 'Asia/Tokyo', fields });
    expect(found.joined.counts).toMatchObject({ matched: 6, equal: 6, changed: 0 });
    await expectConsistent(found);
    // What is equal reads the same on both sides, whichever zone it is then taken for.
    const { present } = await viewOfFound(found);
    expect(present[0]?.pair).toEqual({
      left: ['0', '2026-03-01 09:00:00+09:00', 'x'],
      right: ['0', '2026-03-01 09:00:00+09:00', 'x'],
    });
    expect(present[0]?.left.values[1]).toBe('2026-03-01 09:00:00');
    const plain = await joinedBy(left, right, { fields });
    expect(plain.joined.counts).toMatchObject({ equal: 3, changed: 3 });
  });

  test('two clocks that show the same in two zones differ, and are seen to', async () => {
    const found = await joinedBy(of('2026-07-01 09:00:00', '2026-07-01 09:00:00'), of('2026-07-01 09:00:00', ''), {
      leftZone: 'Asia/Tokyo',
      rightZone: 'Europe/Berlin',
      fields,
    });
    expect(found.joined.counts).toMatchObject({ equal: 0, changed: 2 });
    expect((await changedOf(found.joined)).map(({ left, right }) => [left[1], right[1]])).toEqual(
      expect.arrayContaining([
        ['2026-07-01 09:00:00+09:00', '2026-07-01 09:00:00+02:00'],
        ['2026-07-01 09:00:00', ''],
      ]),
    );
    await expectConsistent(found);
  });

  test('is nothing to columns that are no times, nor to what only looks like an instant', async () => {
    const left = [{ id: '1', at: '@1772323200000.0', note: '2026-03-01 09:00:00' }];
    const right = [{ id: '1', at: '2026-03-01T00:00:00Z', note: '2026-03-01T00:00:00Z' }];
    const found = await joinedBy(left, right, { leftZone: 'Asia/Tokyo', fields });
    expect(found.joined.differing).toEqual([0, 1, 1]);
    await expectConsistent(found);
  });
});

describe('a tolerance', () => {
  const fields = {
    amount: { as: 'amount', tolerance: { kind: 'number', most: 0.1 } },
    at: { as: 'timestamp', tolerance: { kind: 'time', ms: 2000 } },
    note: {},
  } as const;
  const row = (id: number, amount: string, at: string, note = ''): Contact => ({ id: `${id}`, amount, at, note });

  test('makes equal what differs by no more, by the digits, and nothing that is no number', async () => {
    const left = [
      row(1, '0.3', '2026-01-01 00:00:00'),
      row(2, '1,000', '2026-01-01 00:00:02'),
      row(3, '0.31', '2026-01-01 00:00:00'),
      row(4, '', '2026-01-01 00:00:00'),
      row(5, '¥100', '2026-01-01 00:00:00'),
      row(6, '90071992547409930.1', '2026-01-01 00:00:00'),
      row(7, '1', '2026-01-01 00:00:02.001'),
      row(8, '1', '2026-01-01 00:00:01', 'a'),
    ];
    const right = [
      row(1, '0.2', '2026-01-01T00:00:02Z'),
      row(2, '1000.0', '2026-01-01 00:00:00'),
      row(3, '0.2', '2026-01-01 00:00:00'),
      row(4, '0', '2026-01-01 00:00:00'),
      row(5, '$100', '2026-01-01 00:00:00'),
      row(6, '90071992547409930', '2026-01-01 00:00:00'),
      row(7, '1', '2026-01-01 00:00:00'),
      row(8, '1', '2026-01-01 00:00:00', 'b'),
    ];
    const found = await joinedBy(left, right, { fields });
    expect(found.joined.counts).toMatchObject({ matched: 8, equal: 3, changed: 5 });
    expect(found.joined.differing).toEqual([0, 3, 1, 1]);
    await expectConsistent(found);
  });

  test('of many pairs leaves an exact count and a full sample of the others', async () => {
    const random = seeded(3);
    const left = Array.from({ length: 6000 }, (_, id) => row(id, '10', '2026-01-01 00:00:00'));
    const right = left.map((one) => {
      const far = random() < 0.05;
      return { ...one, amount: far ? '11' : '10.05' };
    });
    const far = right.filter(({ amount }) => amount === '11').length;
    const found = await joinedBy(left, right, { fields, sample: 200 });
    expect(found.joined.counts).toMatchObject({ matched: 6000, changed: far, equal: 6000 - far });
    expect(found.joined.differing).toEqual([0, far, 0, 0]);
    expect(found.joined.pairs).toHaveLength(200);
    const amounts = (
      await found.joined.read(
        'right',
        found.joined.pairs.map((pair) => pair.right),
      )
    ).map(([, a]) => a);
    expect(new Set(amounts)).toEqual(new Set(['11']));
  });

  test('goes together with a time zone and with key rules', async () => {
    const left = [row(1, '1', '2026-01-01 09:00:01'), { ...row(2, '1', ''), id: '02' }];
    const right = [row(1, '1.05', '2026-01-01 00:00:00'), row(2, '2', '')];
    const found = await joinedBy(left, right, { fields, leftZone: 'Asia/Tokyo', rules: ['zeros'] });
    expect(found.joined.counts).toMatchObject({ matched: 2, equal: 1, changed: 1 });
    expect(found.joined.differing).toEqual([0, 1, 0, 0]);
    await expectConsistent(found);
  });

  test('does not hide a record that is gone', async () => {
    const found = await joinedBy([row(1, '1', ''), row(2, '1', '')], [row(1, '1', '')], { fields });
    expect(found.joined.counts).toMatchObject({ matched: 1, missing: 1, changed: 0 });
  });
});

describe('all of it at once', () => {
  /** The plainest reading of the rules: every left row against every right one of its key. */
  test('agrees with maps of whole rows', async () => {
    const random = seeded(17);
    const pick = <Item>(items: readonly Item[], otherwise: Item): Item =>
      items[Math.floor(random() * items.length)] ?? otherwise;
    const hour = (at: number, offset: number): string =>
      new Date(Date.UTC(2026, 0, 1, at) + offset).toISOString().slice(0, 19);
    const base = Array.from({ length: 800 }, (_, id) => ({ id, amount: Math.floor(random() * 50), at: id % 300 }));
    const left = base.map(({ id, amount, at }) => ({
      id: pick([`${id}`, `00${id}`, ` ${id}`], `${id}`),
      amount: `${amount}`,
      at: hour(at, 9 * 3_600_000),
    }));
    const right = base
      .filter(({ id }) => id % 13 !== 0)
      .map(({ id, amount, at }) => ({
        id: pick([`${id}`, `0${id}`, `${id} `], `${id}`),
        amount: pick([`${amount}`, `${amount}.4`, `${amount + 1}`], ''),
        at: `${hour(at, pick([0, 0, 1000, 60_000], 0))}Z`,
      }));
    const fields = {
      amount: { as: 'amount', tolerance: { kind: 'number', most: 0.5 } },
      at: { as: 'timestamp', tolerance: { kind: 'time', ms: 1000 } },
    } as const;
    const found = await joinedBy(left, right, { rules: ['trim', 'zeros'], leftZone: 'Asia/Tokyo', fields });
    const byId = new Map(right.map((one) => [Number(one.id), one]));
    let [equal, changed, amounts, times] = [0, 0, 0, 0];
    for (const one of left) {
      const other = byId.get(Number(one.id));
      if (!other) continue;
      const far = Math.abs(Number(one.amount) - Number(other.amount)) > 0.5;
      const late = Math.abs(Date.parse(`${one.at}+09:00`) - Date.parse(other.at)) > 1000;
      if (far) amounts += 1;
      if (late) times += 1;
      if (far || late) changed += 1;
      else equal += 1;
    }
    expect(found.joined.counts).toMatchObject({ equal, changed, missing: left.length - equal - changed, extra: 0 });
    expect(found.joined.differing).toEqual([0, amounts, times]);
    await expectConsistent(found);
  });
});
