import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { seeded } from '../../../fixtures/sync/contacts.ts';
import type { OpenedSource } from '../../../src/model/sync/source.ts';
import type { SyncConfig } from '../../../src/model/sync/subject.ts';
import { mapSources } from '../../../src/sync/compare.ts';
import type { Joined } from '../../../src/sync/joined.ts';
import { findByChecksums } from '../../../src/sync/push-down/checksums.ts';
import { checksumBytes } from '../../../src/sync/push-down/levels.ts';
import { beginningOf, type PushedTable, tablesOf } from '../../../src/sync/push-down/pushed.ts';

const never = new AbortController().signal;

interface Person {
  readonly id: number;
  readonly name: string;
  readonly amount: string;
  readonly at: string;
}

const random = seeded(7);
export const people = Array.from(
  { length: 12_000 },
  (_, at): Person => ({
    id: 1000 + at,
    name: `${['佐藤', '鈴木', "O'Neil", '𠮷田'][at % 4]} ${Math.floor(random() * 1e6)}`,
    amount: (Math.floor(random() * 1e7) / 100).toFixed(2),
    at: new Date(1.7e12 + at * 60_000).toISOString().slice(0, 19).replace('T', ' '),
  }),
);

/** The other side: 40 changed, 13 missing, 9 extra. */
export const others = [
  ...people
    .filter((_, at) => at % 923 !== 7)
    .map((person) => (person.id % 300 === 11 ? { ...person, amount: '1.5', name: `${person.name}x` } : person)),
  ...Array.from(
    { length: 9 },
    (_, at): Person => ({ id: 90_000 + at, name: 'new', amount: '0', at: '2024-01-01 00:00:00' }),
  ),
];
const missing = people.filter((_, at) => at % 923 === 7).length;
const changed = people.filter((person, at) => at % 923 !== 7 && person.id % 300 === 11).length;

export const rows = (list: readonly Person[]): string =>
  list.map(({ id, name, amount, at }) => `(${id}, '${name.replaceAll("'", "''")}', ${amount}, '${at}')`).join(',\n');

export const config = (engine: SyncConfig['engine']): SyncConfig => ({
  left: { kind: 'database', url: '', table: 'people' },
  right: { kind: 'database', url: '', table: 'people' },
  key: { left: ['id'], right: ['id'], rules: [] },
  ignore: [],
  engine,
});

export type Pair = readonly [OpenedSource, OpenedSource];
type Tables = Readonly<Record<'left' | 'right', PushedTable>>;

/** What the checksums of both tables come to. */
export const found = async (
  directory: string,
  [left, right]: Pair,
  given?: Tables,
  asked: SyncConfig = config({ kind: 'auto' }),
) => {
  const tables = given ?? tablesOf(config({ kind: 'checksums' }), [left, right]);
  if (!tables) throw new Error('no tables');
  const [ours, theirs] = [beginningOf(left, tables.left), beginningOf(right, tables.right)];
  const mapped = await mapSources({ config: asked, left: ours, right: theirs }, never);
  if (mapped.kind !== 'mapped') throw new Error('not mapped');
  const own = mkdtempSync(join(directory, 'run-'));
  return findByChecksums(tables, mapped.mapping, { directory: own, seed: 1 }, never);
};

/** The places of the missing ones are those that the list has, where the database can count them at all. */
const expectPlaces = async ({ missing, read, places }: Joined, server: string): Promise<void> => {
  const found = await places('left', missing, [0, 1]);
  expect(Array.from(found.file)).toEqual(missing.map(() => -1));
  if (/^ClickHouse 1/.test(server)) return expect(found.orders).toEqual([]);
  const ids = (await read('left', missing)).map(([id]) => Number(id));
  const bytes = (at: number): Buffer => Buffer.from(people[at]?.name ?? '');
  const before = (at: number): number => people.filter((_, other) => bytes(other).compare(bytes(at)) < 0).length;
  const like = (at: number): number => people.filter(({ name }) => name === people[at]?.name).length;
  const expected = ids.map((id) => id - 1000);
  expect(found.orders.map(({ rank, tie }) => [Array.from(rank), Array.from(tie)])).toEqual([
    [expected, expected.map(() => 1)],
    [expected.map(before), expected.map(like)],
  ]);
};

/** All that differs between `people` and `others` is found, and little more comes over; of `columns` that are compared. */
export const expectDifferences = async (
  directory: string,
  sources: Pair,
  given?: Tables,
  asked?: SyncConfig,
): Promise<void> => {
  const reply = await found(directory, sources, given, asked);
  if (reply.kind !== 'pushed') throw new Error(JSON.stringify(reply));
  const { joined } = reply;
  expect(joined.counts).toMatchObject({
    left: people.length,
    right: others.length,
    matched: people.length - missing,
    equal: people.length - missing - changed,
    changed,
    missing,
    extra: 9,
  });
  expect(joined.differing.slice(0, 3)).toEqual([0, changed, changed]);
  const pairs: (readonly [string, string])[] = [];
  for await (const batch of joined.eachChanged())
    for (const pair of batch) pairs.push([pair.left[1] ?? '', pair.right[1] ?? '']);
  expect(pairs.every(([ours, theirs]) => theirs === `${ours}x`)).toBe(true);
  // The rows that stand for all others hold few that differ.
  expect(joined.present.length).toBeGreaterThan(500);
  expect(joined.present.length).toBeLessThan(2500);
  const transferred = joined.work?.transferredBytes ?? 0;
  await expectPlaces(joined, sources[0].facts.server ?? '');
  expect(transferred).toBeLessThan(400_000);
  // As it is said before.
  const row = Buffer.byteLength(rows(people)) / people.length;
  const expected = 2 * checksumBytes(people.length, row, changed + missing + 9);
  expect(transferred / expected).toBeGreaterThan(0.5);
  expect(transferred / expected).toBeLessThan(2);
  for (const source of sources) await source.close();
};
