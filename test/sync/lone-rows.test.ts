import { describe, expect, test } from '@jest/globals';
import { seeded } from '../../fixtures/sync/contacts.ts';
import type { KeyRule } from '../../src/model/sync/subject.ts';
import { keyForm, loosestForm } from '../../src/reason/rows/key-forms.ts';
import { idSuffix } from '../../src/reason/salesforce-id.ts';
import { loneRows } from '../../src/sync/lone-rows.ts';
import { mapColumns } from '../../src/sync/mapping/map-columns.ts';
import { joinInMemory } from './support/in-memory.ts';

type Row = Readonly<Record<string, string>>;

const key = { left: ['id'], right: ['id'], rules: [] };
const most = 200;

const drawn = async (left: readonly Row[], right: readonly Row[], sample = 50_000) => {
  const columns = ['id', 'name'].map((name) => ({ name }));
  const mapping = mapColumns({ columns, sample: [] }, { columns, sample: [] }, { key, ignore: [] });
  const joined = await joinInMemory(left, right, sample)(mapping);
  const lone = await loneRows(joined, mapping, most);
  const idsOf = async (side: 'left' | 'right', addresses: readonly number[]) =>
    (await joined.read(side, addresses, mapping.positions[side].slice(0, 1))).map(([id = '']) => id);
  return {
    missing: await idsOf('left', lone.missing),
    extra: await idsOf('right', lone.extra),
    unread: await idsOf('left', lone.unread),
  };
};

const rows = (count: number, idOf: (at: number) => string): readonly Row[] =>
  Array.from({ length: count }, (_, at) => ({ id: idOf(at), name: `n${at}` }));
/** In an order that has nothing to do with the other side's. */
const shuffled = (given: readonly Row[]): readonly Row[] => {
  const random = seeded(4);
  return given
    .map((row) => ({ row, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ row }) => row);
};
const padded = (at: number): string => String(at).padStart(6, '0');

describe('records of one side only', () => {
  test.each<[string, (at: number) => string, (at: number) => string]>([
    ['case and dashes', (at) => `c-${padded(at)}`, (at) => `C${padded(at)}`],
    ['leading zeros', (at) => padded(at + 1), (at) => String(at + 1)],
    ['a prefix', (at) => `crm:${at}x`, (at) => `CUST-${at}`],
    ['full width', (at) => `ｋ－${padded(at)}`, (at) => `k-${padded(at)}`],
  ])('of keys that differ in %s both halves are drawn', async (_, ours, theirs) => {
    const { missing, extra } = await drawn(rows(4000, ours), shuffled(rows(4000, theirs)));
    expect(missing.length).toBeGreaterThan(most / 2);
    expect(missing.length).toBeLessThan(most * 2);
    expect(new Set(extra.map(loosestForm))).toEqual(new Set(missing.map(loosestForm)));
  });

  test('where the sample does not hold all of them, all are looked at', async () => {
    const { missing, extra } = await drawn(
      rows(4000, (at) => `c-${padded(at)}`),
      shuffled(rows(4000, (at) => `C${padded(at)}`)),
      1000,
    );
    expect(missing.length).toBeGreaterThan(most / 2);
    expect(new Set(extra.map(loosestForm))).toEqual(new Set(missing.map(loosestForm)));
  });

  test('of keys that have nothing in common each side is drawn evenly, and the others are known', async () => {
    const { missing, extra, unread } = await drawn(
      rows(1000, (at) => `a${padded(2 * at)}`),
      rows(1000, (at) => `b${padded(2 * at + 1)}`),
    );
    expect([missing.length, extra.length, unread.length]).toEqual([most, most, 800]);
    expect(new Set([...missing, ...unread]).size).toBe(1000);
  });

  test('few are all read', async () => {
    const { missing, extra, unread } = await drawn(
      rows(150, (at) => `c-${padded(at)}`),
      rows(150, (at) => `C${padded(at)}`),
    );
    expect([missing.length, extra.length, unread.length]).toEqual([150, 150, 0]);
  });
});

describe('the loosest form of a key', () => {
  const id = '0015000000Gv7qJ';
  test.each<[readonly KeyRule[], string, string]>([
    [['trim'], ' C-01 ', 'C-01'],
    [['lower'], 'ABC-d', 'abc-D'],
    [['width'], 'Ｃ－０１', 'C-01'],
    [['zeros'], '000', '0'],
    [['zeros'], '007', '7'],
    [['letters-digits', 'lower'], 'a_b.C 12', 'ABC12'],
    [['letters-digits'], '株-あ', '株あ'],
    [['digits'], 'C-0012', 'x0012'],
    [['digits', 'zeros'], 'C-0012', '12'],
    [['id15'], id, `${id}${idSuffix(id)}`],
  ])('is one for what %j makes alike', (rules, one, other) => {
    expect(keyForm(rules)(one)).toBe(keyForm(rules)(other));
    expect(loosestForm(one)).toBe(loosestForm(other));
  });
});
