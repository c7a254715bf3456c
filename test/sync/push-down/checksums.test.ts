import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import type { OpenedSource } from '../../../src/model/sync/source.ts';
import { beginningOf, type PushedTable, tableOf, tablesOf, withTable } from '../../../src/sync/push-down/pushed.ts';
import { againstReal } from '../../lab/against-real.ts';
import { type ClickhouseServer, missingClickhouse, startClickhouse } from '../databases/clickhouse-server.ts';
import { type MariadbServer, missingMariadb, startMariadb } from '../databases/mariadb-server.ts';
import { missingPostgres, type PostgresServer, startPostgres } from '../databases/postgres-server.ts';
import { opened, rowsOf } from '../databases/reading.ts';
import { type TlsFiles, tlsFiles } from '../databases/tls.ts';
import { config, expectDifferences, found, others, people, rows } from './people.ts';
import { expectAsTheTexts, type Place } from './random-pair.ts';

const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-checksums-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const sqlite = (name: string, list: typeof people): string => {
  const file = join(directory, name);
  const database = new Database(file);
  database.exec('CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, amount DECIMAL(12,2), at TIMESTAMP)');
  database.exec(`INSERT INTO people VALUES ${rows(list)}`);
  database.close();
  return file;
};

const inSqlite = (name: string): Place => {
  const file = join(directory, name);
  const run = (statements: readonly string[]): void => {
    const database = new Database(file);
    for (const statement of statements) database.exec(statement);
    database.close();
  };
  return { engine: 'sqlite', url: file, run };
};

/** What is said before against the texts that come over. */
const expectNear = async (source: OpenedSource): Promise<void> => {
  const { rows = 0, bytes = 0, atMost } = source.facts.expected ?? {};
  const read = await rowsOf(source);
  const came = read.reduce((sum, row) => sum + row.reduce((size, value) => size + Buffer.byteLength(value) + 1, 0), 0);
  await source.close();
  expect(rows / read.length).toBeGreaterThan(0.8);
  expect(rows / read.length).toBeLessThan(1.25);
  expect(bytes / came).toBeGreaterThan(0.5);
  expect(bytes / came).toBeLessThan(atMost ? 5 : 1.5);
};

const differences = (left: OpenedSource, right: OpenedSource) => expectDifferences(directory, [left, right]);

describe('what differs between two tables is found by checksums', () => {
  test('of two SQLite files', async () => {
    const [left, right] = [sqlite('left.db', people), sqlite('right.db', others)];
    await differences(await opened(left, { table: 'people' }), await opened(right, { table: 'people' }));
  });

  test('of a server without window functions it is told that nobody has counted the places', async () => {
    const [left, right] = [
      await opened(sqlite('plain.db', people), { table: 'people' }),
      await opened(sqlite('less.db', others), { table: 'people' }),
    ];
    const older = (side: OpenedSource): OpenedSource => {
      const table = tableOf(side);
      if (!table) throw new Error('no table');
      // As ClickHouse before 21.9 answers.
      const read: typeof table.read = (select, signal) => {
        if (/ OVER \(/.test(select.sql)) throw new Error('Syntax error: failed at OVER');
        return table.read(select, signal);
      };
      return withTable(side, { ...table, read });
    };
    const reply = await found(directory, [older(left), older(right)]);
    if (reply.kind !== 'pushed') throw new Error(reply.kind);
    const { joined } = reply;
    expect(joined.work?.noPlaces).toBe(false);
    expect(await joined.places('left', joined.missing, [0])).toMatchObject({ unknown: true, orders: [] });
    expect(joined.work?.noPlaces).toBe(true);
    await left.close();
    await right.close();
  });

  test('nasty values, keys and names of two random tables', () =>
    expectAsTheTexts(directory, { left: inSqlite('random.db'), right: inSqlite('random.db') }, 1));

  test('equal tables transfer checksums and a sample only', async () => {
    const file = join(directory, 'left.db');
    const [left, right] = [await opened(file, { table: 'people' }), await opened(file, { table: 'people' })];
    const reply = await found(directory, [left, right]);
    expect(reply).toMatchObject({ kind: 'pushed', joined: { counts: { changed: 0, missing: 0, extra: 0 } } });
    await left.close();
    await right.close();
  });

  test('rows that come over are written as they come, and not held until the last one is there', async () => {
    const file = join(directory, 'left.db');
    const [left, right] = [await opened(file, { table: 'people' }), await opened(file, { table: 'people' })];
    const tables = tablesOf(config({ kind: 'checksums' }), [left, right]);
    if (!tables) throw new Error('no tables');
    const own = mkdtempSync(join(directory, 'written-'));
    const sizes: number[] = [];
    const written = () =>
      readdirSync(own, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.includes('checksums-left'))
        .reduce((bytes, name) => bytes + statSync(join(own, name)).size, 0);
    const slow: PushedTable = {
      ...tables.left,
      read: async function* (select, signal) {
        for await (const batch of tables.left.read(select, signal))
          for (let at = 0; at < batch.length; at += 100) {
            yield batch.slice(at, at + 100);
            // The first rows of all, by which the columns are told, are written nowhere.
            if (select.columns === tables.left.columns && written() > 0) sizes.push(written());
          }
      },
    };
    expect((await found(own, [left, right], { left: slow, right: tables.right })).kind).toBe('pushed');
    expect(sizes.length).toBeGreaterThan(5);
    expect(new Set(sizes).size).toBe(sizes.length);
    await left.close();
    await right.close();
  });

  test('of very large tables most of whose rows differ only some buckets are asked', async () => {
    const file = join(directory, 'left.db');
    const [left, right] = [await opened(file, { table: 'people' }), await opened(file, { table: 'people' })];
    const tables = tablesOf(config({ kind: 'checksums' }), [left, right]);
    if (!tables) throw new Error('no tables');
    let lists = 0;
    const large = (own: string): PushedTable => ({
      ...tables.left,
      read: async function* (select, signal) {
        const { sql } = select;
        if (sql.includes('LIMIT')) yield* tables.left.read(select, signal);
        else if (sql.includes('AS twice')) yield [['0']];
        else if (!sql.includes('GROUP BY b')) yield [['20000000', '0']];
        else {
          const [, only] = / IN \((.*)\) GROUP/.exec(sql) ?? [];
          lists += only === undefined ? 0 : 1;
          const finer = (bucket: string): readonly number[] =>
            Array.from({ length: 30 }, (_, at) => Number(bucket) + at * 32_768);
          const buckets = only?.split(', ').flatMap(finer) ?? Array.from({ length: 32_768 }, (_, at) => at);
          yield buckets.map((bucket) => [String(bucket), '600', own]);
        }
      },
    });
    const reply = await found(directory, [left, right], { left: large('1'), right: large('2') });
    expect(reply).toMatchObject({ kind: 'not-suited', why: { en: 'most of the rows differ' } });
    // One question, of each side.
    expect(lists).toBe(2);
    await left.close();
    await right.close();
  });

  test('where one side fails the other one is stopped in its database, and the failure is that of the first', async () => {
    const file = join(directory, 'left.db');
    const [left, right] = [await opened(file, { table: 'people' }), await opened(file, { table: 'people' })];
    const tables = tablesOf(config({ kind: 'checksums' }), [left, right]);
    if (!tables) throw new Error('no tables');
    let stopped = false;
    const waiting: PushedTable = {
      ...tables.left,
      read: async function* (select, signal) {
        if (select.sql.includes('LIMIT')) return yield* tables.left.read(select, signal);
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        stopped = true;
        throw new Error('stopped');
      },
    };
    const broken: PushedTable = {
      ...tables.right,
      read: async function* (select, signal) {
        if (select.sql.includes('LIMIT')) return yield* tables.right.read(select, signal);
        throw new Error('gone');
      },
    };
    const reply = await found(directory, [left, right], { left: waiting, right: broken });
    expect({ reply, stopped }).toMatchObject({ reply: { kind: 'failed', side: 'right' }, stopped: true });
    await left.close();
    await right.close();
  });

  test('first rows that do not come are a failure of their side', async () => {
    const source = await opened(join(directory, 'left.db'), { table: 'people' });
    const tables = tablesOf(config({ kind: 'checksums' }), [source, source]);
    if (!tables) throw new Error('no tables');
    const broken = { ...tables.left, from: 'nowhere' };
    const rows = beginningOf(source, broken).rows(new AbortController().signal)[Symbol.asyncIterator]();
    await expect(rows.next()).rejects.toMatchObject({
      failure: { kind: 'refused', says: expect.stringContaining('nowhere') },
    });
    await source.close();
  });

  test('a key that is empty or occurs twice, and most rows differing, are left to who reads all', async () => {
    const good = join(directory, 'left.db');
    const twice = join(directory, 'twice.db');
    const database = new Database(twice);
    database.exec('CREATE TABLE people (id INTEGER, name TEXT, amount DECIMAL(12,2), at TIMESTAMP)');
    database.exec(`INSERT INTO people VALUES ${rows(people)}`);
    const against = async () => {
      const [left, right] = [await opened(good, { table: 'people' }), await opened(twice, { table: 'people' })];
      const reply = await found(directory, [left, right]);
      await left.close();
      await right.close();
      return reply.kind === 'not-suited' ? reply.why.en : reply.kind;
    };
    expect(await against()).toBe('pushed');
    database.exec("UPDATE people SET name = name || '!'");
    expect(await against()).toBe('most of the rows differ');
    database.exec('UPDATE people SET id = 1001 WHERE id = 1000');
    expect(await against()).toBe('1 key occurs more than once');
    database.exec('UPDATE people SET id = NULL WHERE id = 1001');
    expect(await against()).toBe('2 records have an empty key');
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

againstReal('with PostgreSQL', missingPostgres, () => {
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

  test('what its catalogue lets expect is near to what comes over', async () => {
    server.sql('ANALYZE people');
    await expectNear(await opened(server.url('owner'), { table: 'people' }));
  });

  test('within one server', async () => {
    const url = server.url('owner');
    await differences(await opened(url, { table: 'people' }), await opened(url, { table: 'others' }));
  });

  test('against SQLite: the text of a value is the same in both', async () => {
    const left = await opened(server.url('owner'), { table: 'people' });
    await differences(left, await opened(join(directory, 'right.db'), { table: 'people' }));
  });

  test('nasty values, keys and names of random tables', async () => {
    const run = (statements: readonly string[]): void =>
      server.sql(["SET TIME ZONE 'Asia/Tokyo'", ...statements].join(';\n'));
    const own: Place = { engine: 'postgresql', url: server.url('owner'), run };
    await expectAsTheTexts(directory, { left: own, right: own }, 2);
    await expectAsTheTexts(directory, { left: own, right: inSqlite('random.db') }, 3);
  });
});

againstReal('with MariaDB', missingMariadb, () => {
  let server: MariadbServer;
  let tls: TlsFiles;
  beforeAll(async () => {
    tls = await tlsFiles();
    server = await startMariadb(tls);
    const columns = '(id int PRIMARY KEY, name varchar(80), amount decimal(12,2), at datetime)';
    await server.sql(`CREATE TABLE people ${columns}; INSERT INTO people VALUES ${rows(people)}`);
    await server.sql(`CREATE TABLE others ${columns}; INSERT INTO others VALUES ${rows(others)}`);
  });
  afterAll(async () => {
    await server?.stop();
    tls?.remove();
  });

  test('what its catalogue lets expect is near to what comes over', async () => {
    await server.sql('ANALYZE TABLE people');
    await expectNear(await opened(server.url('root'), { table: 'people' }));
  });

  test('within one server', async () => {
    const url = server.url('root');
    await differences(await opened(url, { table: 'people' }), await opened(url, { table: 'others' }));
  });

  test('against SQLite: the text of a value is the same in both', async () => {
    const left = await opened(server.url('root'), { table: 'people' });
    await differences(left, await opened(sqlite('for-mariadb.db', others), { table: 'people' }));
  });

  test('a column that its server cannot write is named', async () => {
    await server.sql('CREATE TABLE odd (id int PRIMARY KEY, share float, doc json)');
    const sides = [
      await opened(server.url('root'), { table: 'odd' }),
      await opened(server.url('root'), { table: 'odd' }),
    ] as const;
    expect(await found(directory, sides)).toMatchObject({
      kind: 'not-suited',
      why: { en: expect.stringContaining('the text of share (float), doc (json); with such columns in ignore:') },
    });
    for (const side of sides) await side.close();
  });

  test('nasty values, keys and names of random tables', async () => {
    const run = (statements: readonly string[]): Promise<void> =>
      server.sql(["SET time_zone = '+09:00', sql_mode = ''", ...statements].join(';\n'));
    const own: Place = { engine: 'mysql', url: server.url('root'), run };
    await expectAsTheTexts(directory, { left: own, right: own }, 4);
    await expectAsTheTexts(directory, { left: inSqlite('random.db'), right: own }, 5);
  });
});

againstReal('with ClickHouse', missingClickhouse, () => {
  let server: ClickhouseServer;
  let tls: TlsFiles;
  beforeAll(async () => {
    tls = await tlsFiles();
    server = await startClickhouse(tls);
    for (const [name, list] of [
      ['people', people],
      ['others', others],
    ] as const) {
      await server.sql(
        `CREATE TABLE ${name} (id Int32, name String, amount Decimal(12,2), at String) ENGINE = MergeTree ORDER BY id`,
      );
      await server.sql(`INSERT INTO ${name} VALUES ${rows(list)}`);
    }
    await server.sql(
      'CREATE TABLE named ENGINE = Memory AS SELECT id AS crm_id, id AS k, id AS n, id AS h FROM people',
    );
  });
  afterAll(async () => {
    await server?.stop();
    tls?.remove();
  });

  test('what its catalogue lets expect is near to what comes over', async () => {
    await expectNear(await opened(server.url(), { table: 'people' }));
  });

  test('within one server', async () => {
    const url = server.url();
    await differences(await opened(url, { table: 'people' }), await opened(url, { table: 'others' }));
  });

  test('nasty values, keys and names of random tables', async () => {
    const run = async (statements: readonly string[]): Promise<void> => {
      for (const statement of statements) await server.sql(statement);
    };
    const own: Place = { engine: 'clickhouse', url: server.url(), run };
    await expectAsTheTexts(directory, { left: own, right: inSqlite('random.db') }, 6);
  });

  test('columns that are called like what is asked', async () => {
    const sides = [
      await opened(server.url(), { table: 'named' }),
      await opened(server.url(), { table: 'named' }),
    ] as const;
    const key = { left: ['n'], right: ['n'], rules: [] };
    const reply = await found(directory, sides, undefined, { ...config({ kind: 'auto' }), key });
    expect(reply).toMatchObject({ kind: 'pushed', joined: { counts: { left: people.length, equal: people.length } } });
    for (const side of sides) await side.close();
  });

  test('against SQLite: the text of a value is the same in both', async () => {
    const left = await opened(server.url(), { table: 'people' });
    const file = join(directory, 'as-text.db');
    const database = new Database(file);
    database.exec('CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, amount DECIMAL(12,2), at TEXT)');
    database.exec(`INSERT INTO people VALUES ${rows(others)}`);
    database.close();
    await differences(left, await opened(file, { table: 'people' }));
  });
});
