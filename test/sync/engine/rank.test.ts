import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { seeded } from '../../../fixtures/sync/contacts.ts';
import { addressOf } from '../../../src/sync/engine/address.ts';
import { rankRecords } from '../../../src/sync/engine/rank.ts';

const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-rank-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Row {
  readonly value: string;
  readonly address: number;
}

const cell = (value: string): string => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** The values in the second of three fields, over two files. */
const written = (values: readonly string[]) => {
  const half = Math.ceil(values.length / 2);
  const rows: Row[] = [];
  const files = [values.slice(0, half), values.slice(half)].map((part, index) => {
    const path = join(directory, `${index}.csv`);
    let text = 'key,value,rest\n';
    const from = text.length;
    for (const [at, value] of part.entries()) {
      rows.push({ value, address: addressOf(index, Buffer.byteLength(text)) });
      text += `k${index}-${at},${cell(value)},x\n`;
    }
    writeFileSync(path, text);
    return { path, from, delimiter: 0x2c, quote: 0x22 };
  });
  return { files, rows };
};

const ranked = async (values: readonly string[], wanted: (row: Row, at: number) => boolean = () => true) => {
  const { files, rows } = written(values);
  const targets = rows.filter(wanted);
  const { file, orders } = await rankRecords(
    {
      side: { files, fields: 3, key: [0], columns: [] },
      addresses: Float64Array.from(targets, ({ address }) => address),
      positions: [1],
    },
    new AbortController().signal,
  );
  return { rows, targets, file: [...file], rank: [...(orders[0]?.rank ?? [])], tie: [...(orders[0]?.tie ?? [])] };
};

const expected = (rows: readonly Row[], targets: readonly Row[], order: (row: Row) => Buffer | number) => {
  const compare = (a: Row, b: Row): number => {
    const [one, other] = [order(a), order(b)];
    const by =
      typeof one === 'number' || typeof other === 'number' ? Number(one) - Number(other) : Buffer.compare(one, other);
    return by || a.address - b.address;
  };
  const sorted = rows.toSorted(compare);
  return {
    file: targets.map((target) => rows.indexOf(target)),
    rank: targets.map((target) => sorted.indexOf(target)),
    tie: targets.map(({ value }) => rows.filter((row) => row.value === value).length),
  };
};
const byBytes = ({ value }: Row): Buffer => Buffer.from(value);

describe('the place of a record among all of its side', () => {
  const random = seeded(3);
  const pick = () => Math.floor(random() * 700);
  test.each([
    ['times', () => new Date(1.7e12 + pick() * 1e6).toISOString()],
    ['keys with a prefix', () => `C1000${String(pick()).padStart(4, '0')}`],
    ['Japanese names', () => `${['佐藤', '鈴木', '高橋'][pick() % 3]} ${pick() % 50}`],
    ['quotes, commas, breaks', () => `a"${pick() % 9}",\n"${pick() % 9}`],
    ['some empty', () => (pick() % 3 === 0 ? '' : `${pick()}x`)],
  ])('is that of a full sort: %s', async (_name, make) => {
    const found = await ranked(Array.from({ length: 4000 }, make), (_, at) => at % 7 === 3);
    const { file, rank, tie } = found;
    expect({ file, rank, tie }).toEqual(expected(found.rows, found.targets, byBytes));
  });

  test('numbers are ordered by size; what is none comes last', async () => {
    const values = Array.from({ length: 3000 }, (_, at) => (at % 50 === 0 ? 'none' : String(pick() * 7919 * pick())));
    const found = await ranked(values, ({ value }) => value !== 'none');
    const { file, rank, tie } = found;
    const size = ({ value }: Row): number => (value === 'none' ? Number.MAX_VALUE : Number(value));
    expect({ file, rank, tie }).toEqual(expected(found.rows, found.targets, size));
  });

  test('by text where one of the targets is no number, and nothing where nothing is asked', async () => {
    expect((await ranked(['9', '10', '100', 'x'])).rank).toEqual([2, 0, 1, 3]);
    expect((await ranked(['9', '10', '100'])).rank).toEqual([0, 1, 2]);
    expect((await ranked(['9'], () => false)).rank).toEqual([]);
  });

  test('a value that does not begin as all targets do stands before or behind them', async () => {
    const { rank } = await ranked(['mb', 'ma', 'a', 'z', 'm', 'mc'], ({ value }) => /^m[abc]/.test(value));
    expect(rank).toEqual([3, 2, 4]);
  });
});
