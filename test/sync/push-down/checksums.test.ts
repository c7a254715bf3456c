import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { seeded } from '../../../fixtures/sync/contacts.ts';
import type { OpenedSource } from '../../../src/model/sync/source.ts';
import type { SyncConfig } from '../../../src/model/sync/subject.ts';
import { mapSources } from '../../../src/sync/compare.ts';
import { findByChecksums } from '../../../src/sync/push-down/checksums.ts';
import { beginningOf, tablesOf } from '../../../src/sync/push-down/pushed.ts';
import { hasPostgres, type PostgresServer, startPostgres } from '../databases/postgres-server.ts';
import { opened } from '../databases/reading.ts';

const never = new AbortController().signal;
const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-checksums-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Person {
  readonly id: number;
  readonly name: string;
  readonly amount: string;
  readonly at: string;
}

const random = seeded(7);
const people = Array.from(
  { length: 12_000 },
  (_, at): Person => ({
    id: 1000 + at,
    name: `${['佐藤', '鈴木', "O'Neil", '𠮷田'][at % 4]} ${Math.floor(random() * 1e6)}`,
    amount: (Math.floor(random() * 1e7) / 100).toFixed(2),
    at: new Date(1.7e12 + at * 60_000).toISOString().slice(0, 19).replace('T', ' '),
  }),
);

/** The other side: 40 changed, 13 missing, 9 extra. */
const others = [
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

const rows = (list: readonly Person[]): string =>
  list.map(({ id, name, amount, at }) => `(${id}, '${name.replaceAll("'", "''")}', ${amount}, '${at}')`).join(',\n');

const sqlite = (name: string, list: readonly Person[]): string => {
  const file = join(directory, name);
  const database = new Database(file);
  database.exec('CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, amount DECIMAL(12,2), at TIMESTAMP)');
  database.exec(`INSERT INTO people VALUES ${rows(list)}`);
  database.close();
  return file;
};

const config = (engine: SyncConfig['engine']): SyncConfig => ({
  left: { kind: 'database', url: '', table: 'people' },
  right: { kind: 'database', url: '', table: 'people' },
  key: { left: ['id'], right: ['id'], rules: [] },
  ignore: [],
  engine,
});

const found = async (left: OpenedSource, right: OpenedSource) => {
  const tables = tablesOf(config({ kind: 'checksums' }), [left, right]);
  if (!tables) throw new Error('no tables');
  const [ours, theirs] = [beginningOf(left, tables.left), beginningOf(right, tables.right)];
  const mapped = await mapSources({ config: config({ kind: 'auto' }), left: ours, right: theirs }, never);
  if (mapped.kind !== 'mapped') throw new Error('not mapped');
  const own = mkdtempSync(join(directory, 'run-'));
  return findByChecksums(tables, mapped.mapping, { directory: own, seed: 1 }, never);
};

const expectDifferences = async (left: OpenedSource, right: OpenedSource) => {
  const reply = await found(left, right);
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
  expect(joined.differing).toEqual([0, changed, changed, 0]);
  const pairs: (readonly [string, string])[] = [];
  for await (const batch of joined.eachChanged())
    for (const pair of batch) pairs.push([pair.left[1] ?? '', pair.right[1] ?? '']);
  expect(pairs.every(([ours, theirs]) => theirs === `${ours}x`)).toBe(true);
  // The rows that stand for all others hold few that differ.
  expect(joined.present.length).toBeGreaterThan(500);
  expect(joined.present.length).toBeLessThan(2500);
  expect(joined.work?.transferredBytes).toBeLessThan(400_000);
  await left.close();
  await right.close();
};

describe('what differs between two tables is found by checksums', () => {
  test('of two SQLite files', async () => {
    const [left, right] = [sqlite('left.db', people), sqlite('right.db', others)];
    await expectDifferences(await opened(left, { table: 'people' }), await opened(right, { table: 'people' }));
  });

  test('equal tables transfer checksums and a sample only', async () => {
    const file = join(directory, 'left.db');
    const [left, right] = [await opened(file, { table: 'people' }), await opened(file, { table: 'people' })];
    const reply = await found(left, right);
    expect(reply).toMatchObject({ kind: 'pushed', joined: { counts: { changed: 0, missing: 0, extra: 0 } } });
    await left.close();
    await right.close();
  });

  test('a key that is empty or occurs twice, and most rows differing, are left to who reads all', async () => {
    const good = join(directory, 'left.db');
    const twice = join(directory, 'twice.db');
    const database = new Database(twice);
    database.exec('CREATE TABLE people (id INTEGER, name TEXT, amount DECIMAL(12,2), at TIMESTAMP)');
    database.exec(`INSERT INTO people VALUES ${rows(people)}`);
    const against = async () => {
      const [left, right] = [await opened(good, { table: 'people' }), await opened(twice, { table: 'people' })];
      const reply = await found(left, right);
      await left.close();
      await right.close();
      return reply.kind === 'not-suited' ? reply.why.en : reply.kind;
    };
    expect(await against()).toBe('pushed');
    database.exec("UPDATE people SET name = name || '!'");
    expect(await against()).toBe('most of the rows differ');
    database.exec('UPDATE people SET id = 1001 WHERE id = 1000');
    expect(await against()).toBe('a key occurs more than once');
    database.exec('UPDATE people SET id = NULL WHERE id = 1001');
    expect(await against()).toBe('some keys are empty');
    database.close();
  });

  test('only large tables are asked by themselves, and none where it is not wanted', async () => {
    const file = join(directory, 'left.db');
    const [left, right] = [
      await opened(file, { table: 'people' }),
      await opened(file, { query: 'SELECT * FROM people' }),
    ];
    expect(tablesOf(config({ kind: 'auto' }), [left, left])).toBeUndefined();
    expect(tablesOf(config({ kind: 'local' }), [left, left])).toBeUndefined();
    expect(tablesOf(config({ kind: 'checksums' }), [left, right])).toBeUndefined();
    expect(tablesOf(config({ kind: 'checksums' }), [left, left])).toBeDefined();
    await left.close();
    await right.close();
  });
});

const known = hasPostgres ? describe : describe.skip;

known(hasPostgres ? 'with PostgreSQL' : 'with PostgreSQL (skipped: postgresql is not installed)', () => {
  let server: PostgresServer;
  beforeAll(() => {
    server = startPostgres();
    server.sql(`
      CREATE TABLE people (id int PRIMARY KEY, name text, amount numeric(12,2), at timestamp);
      INSERT INTO people VALUES ${rows(people)};
      CREATE TABLE others (LIKE people);
      INSERT INTO others VALUES ${rows(others)};
    `);
  });
  afterAll(() => server?.stop());

  test('within one server', async () => {
    const url = server.url('owner');
    await expectDifferences(await opened(url, { table: 'people' }), await opened(url, { table: 'others' }));
  });

  test('against SQLite: the text of a value is the same in both', async () => {
    const left = await opened(server.url('owner'), { table: 'people' });
    await expectDifferences(left, await opened(join(directory, 'right.db'), { table: 'people' }));
  });
});
