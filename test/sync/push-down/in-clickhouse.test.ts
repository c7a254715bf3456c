import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import type { OpenedSource } from '../../../src/model/sync/source.ts';
import type { DatabaseSide, SyncConfig } from '../../../src/model/sync/subject.ts';
import { tablesInClickhouse } from '../../../src/sync/push-down/in-clickhouse.ts';
import { tableOf } from '../../../src/sync/push-down/pushed.ts';
import { tableFunction } from '../../../src/sync/push-down/table-function.ts';
import { commandLine, workplace } from '../../cli/command-line.ts';
import { againstReal } from '../../lab/against-real.ts';
import { freePort } from '../../lab/processes.ts';
import { nastyTables } from '../databases/agreement.ts';
import { type ClickhouseServer, missingClickhouse, startClickhouse } from '../databases/clickhouse-server.ts';
import { type MariadbServer, missingMariadb, startMariadb } from '../databases/mariadb-server.ts';
import { missingPostgres, type PostgresServer, postgresPassword, startPostgres } from '../databases/postgres-server.ts';
import { kit, opened } from '../databases/reading.ts';
import { type TlsFiles, tlsFiles } from '../databases/tls.ts';
import { type Chdb, missingChdb, startChdb } from './chdb.ts';
import { expectFormsAgree } from './form-pairs.ts';
import { config, expectDifferences, others, people, rows } from './people.ts';
import { expectAsTheTexts } from './random-pair.ts';

const never = new AbortController().signal;
const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-cluster-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const at = (url: string, table: string, more: Partial<DatabaseSide> = {}): DatabaseSide => ({
  kind: 'database',
  url,
  table,
  ...more,
});

const asked = (url: string, left: SyncConfig['left'], right: SyncConfig['right']) => ({
  ...config({ kind: 'clickhouse', url }),
  left,
  right,
});

/** Both sides open, and what the cluster makes of them. */
const seen = async (asking: SyncConfig) => {
  const open = async (side: SyncConfig['left']): Promise<OpenedSource> => {
    if (side.kind !== 'database') throw new Error('a database');
    const { url, kind, ...what } = side;
    return opened(url, what);
  };
  const sources = [await open(asking.left), await open(asking.right)] as const;
  const close = async () => {
    for (const source of sources) await source.close();
  };
  return { reply: await tablesInClickhouse(asking, sources, kit, never), close };
};

const refusalOf = async (asking: SyncConfig): Promise<string> => {
  const { reply, close } = await seen(asking);
  await close();
  if (reply.kind === 'opened') {
    await reply.close();
    return 'none';
  }
  expect(JSON.stringify(reply)).not.toContain(postgresPassword);
  return reply.kind === 'refused' ? reply.why.en : JSON.stringify(reply.failure);
};

const expectFound = async (asking: SyncConfig): Promise<void> => {
  const { reply, close } = await seen(asking);
  if (reply.kind !== 'opened') throw new Error(JSON.stringify(reply));
  const { left, right } = reply;
  const tables = { left: left.table, right: right.table };
  await expectDifferences(directory, [left.source, right.source], tables, asking);
  await reply.close();
  await close();
};

/** The command itself with these sides. */
const ran = async (engine: string, left: string, right: string) => {
  const { directory: cwd, remove } = workplace();
  for (const name of ['a.csv', 'b.csv']) writeFileSync(join(cwd, name), 'id,name\n1,x\n');
  writeFileSync(
    join(cwd, 'crm-doctor.yaml'),
    `version: 1\nsync:\n  left: ${left}\n  right: ${right}\n  key: id\n  engine: { clickhouse: '${engine}' }\n`,
  );
  const { code, out, err } = await commandLine(['sync', '--json'], { cwd });
  remove();
  return { code, out, err };
};

test('files are not compared here where a cluster was asked for', async () => {
  const { code, out, err } = await ran('clickhouse://127.0.0.1:1', '{ file: a.csv }', '{ file: b.csv }');
  expect(err).toBe('');
  expect(out).toContain('engine: { clickhouse } cannot compare them: the left side is no table of a database');
  expect(out).not.toContain('records agree');
  expect(code).toBe(1);
});

test.each([
  ['people', 'na"me; DROP TABLE x; --'],
  ['people', 'na`me'],
  ['crm.peo\\ple', 'name'],
  ['"it\'s"', 'name'],
])('where ClickHouse writes names by itself, %s with %s is refused', async (table, column) => {
  const file = join(directory, 'named.db');
  const database = new Database(file);
  database.exec('CREATE TABLE IF NOT EXISTS people (id INTEGER PRIMARY KEY)');
  database.close();
  const source = await opened(file, { table: 'people' });
  const own = tableOf(source);
  if (!own) throw new Error('no table');
  const native = { ...own, columns: [{ name: 'id' }, { name: column }] };
  const url = new URL('mysql://reader@db.example.jp/crm');
  const read = { side: at(url.href, table), url, source, native, password: 'x' };
  await expect(tableFunction('mysql', read, undefined, never)).rejects.toThrow('does not quote these names');
  const passed = await tableFunction('mysql', read, 'SELECT 1', never);
  expect(passed).toBe("mysql('db.example.jp:3306', 'crm', query('SELECT 1'), 'reader', 'x')");
  await source.close();
});

againstReal('a ClickHouse of two shards', missingClickhouse, () => {
  let servers: readonly ClickhouseServer[] = [];
  let tls: TlsFiles;
  let url = '';
  let other = '';
  beforeAll(async () => {
    tls = await tlsFiles();
    const all = [await freePort(), await freePort()];
    const started: ClickhouseServer[] = [];
    for (const own of all) started.push(await startClickhouse({ ...tls, port: await freePort() }, { own, all }));
    servers = started;
    const [first, second] = started;
    if (!first || !second) throw new Error('two servers');
    [url, other] = [first.url(), second.url()];
    for (const [name, list] of [
      ['people', people],
      ['others', others],
    ] as const) {
      const columns = '(id Int32, name String, amount Decimal(12,2), at String)';
      for (const server of started) {
        await server.sql(`CREATE TABLE part_of_${name} ${columns} ENGINE = MergeTree ORDER BY id`);
        await server.sql(`CREATE TABLE ${name} ${columns} ENGINE = Distributed(cluster, default, part_of_${name}, id)`);
      }
      for (const [part, server] of started.entries())
        await server.sql(`INSERT INTO part_of_${name} VALUES ${rows(list.filter(({ id }) => id % 2 === part))}`);
    }
  });
  afterAll(async () => {
    for (const server of servers) await server.stop();
    tls?.remove();
  });

  test('compares what is spread over both', () =>
    expectFound(asked(url, at(url, 'people'), at(url, 'default.others'))));

  test('by the command as well', async () => {
    const side = (table: string): string => `{ database: '${url}', table: ${table} }`;
    const { out, err } = await ran(url, side('people'), side('others'));
    expect(err).toBe('');
    expect(out).toMatch(/40 changed(?: \(\d+ in notation only\))?, 13 missing, 9 extra, 11,987 records on both sides/);
  });

  test('a side that it cannot read is refused, with what to do', async () => {
    const table = at(url, 'people');
    expect(await refusalOf(asked(url, table, at(other, 'people')))).toContain('Distributed table');
    const query: DatabaseSide = { kind: 'database', url, query: 'SELECT * FROM people' };
    expect(await refusalOf(asked(url, table, query))).toContain('the right side is no table of a database');
    expect(await refusalOf(asked('postgres://127.0.0.1:1', table, table))).toContain('clickhouse://');
    expect(await refusalOf(asked('clickhouse://127.0.0.1:1', table, table))).toContain('unreachable');
  });
});

const missingInPlace = missingChdb ?? missingPostgres ?? missingMariadb;

const inPlace = (): void => {
  let files: readonly TlsFiles[] = [];
  let postgres: PostgresServer;
  let mariadb: MariadbServer;
  let chdb: Chdb;
  let [pg, maria] = ['', ''];
  const password = { password: { secret: postgresPassword } };
  beforeAll(async () => {
    files = [await tlsFiles(), await tlsFiles()];
    const [one, two] = files;
    if (!one || !two) throw new Error('two');
    postgres = startPostgres(one);
    mariadb = await startMariadb(two);
    chdb = await startChdb();
    pg = `postgres://reader@127.0.0.1:${one.port}/postgres`;
    maria = `mysql://reader@127.0.0.1:${two.port}/crm`;
    const columns = (time: string) => `(id int PRIMARY KEY, name varchar(80), amount decimal(12,2), at ${time})`;
    postgres.sql(`
      CREATE ROLE reader LOGIN PASSWORD '${postgresPassword}';
      CREATE SCHEMA crm;
      ALTER ROLE reader SET search_path = crm;
      ALTER ROLE reader SET TimeZone = 'Asia/Tokyo';
      ALTER ROLE reader SET DateStyle = 'German';
      CREATE TABLE crm.people ${columns('timestamp')};
      INSERT INTO crm.people VALUES ${rows(people)};
      SET search_path = crm;
      SET TIME ZONE 'Asia/Tokyo';
      ${nastyTables('postgresql')
        .map(({ create }) => create)
        .join('\n')}
      GRANT USAGE ON SCHEMA crm TO reader;
      GRANT SELECT ON ALL TABLES IN SCHEMA crm TO reader;
    `);
    await mariadb.sql(`GRANT SELECT ON crm.* TO 'reader'@'%' IDENTIFIED BY '${postgresPassword}'`);
    await mariadb.sql(`CREATE TABLE others ${columns('datetime')}; INSERT INTO others VALUES ${rows(others)}`);
    await mariadb.sql("SET time_zone = '+09:00', sql_mode = ''; SET GLOBAL time_zone = '+09:00'");
    for (const { create } of nastyTables('mysql')) await mariadb.sql(create);
  });
  afterAll(async () => {
    await chdb?.stop();
    postgres?.stop();
    await mariadb?.stop();
    for (const one of files) one.remove();
  });

  test('PostgreSQL against MariaDB', () =>
    expectFound(asked(chdb.url, at(pg, 'people', password), at(maria, 'others', password))));

  test('every nasty value has its canonical text, whatever the settings of the other server', async () => {
    const seenIn = async (side: DatabaseSide): Promise<readonly string[] | string> => {
      const { reply, close } = await seen({ ...asked(chdb.url, side, side), fields: { v: {} } });
      await close();
      if (reply.kind !== 'opened') return reply.kind === 'refused' ? reply.why.en : JSON.stringify(reply.failure);
      const { table } = reply.left;
      const texts = table.columns.map((column) => table.dialect.canonicalExpression(column)).join(', ');
      const all: (readonly string[])[] = [];
      for await (const batch of table.read({ sql: `SELECT ${texts} FROM ${table.from}` }, never)) all.push(...batch);
      await reply.close();
      return all.toSorted(([a], [b]) => Number(a) - Number(b)).map(([, text = '']) => text);
    };
    for (const [engine, url] of [
      ['postgresql', pg],
      ['mysql', maria],
    ] as const)
      for (const { name, kind, texts } of nastyTables(engine)) {
        const found = await seenIn(at(url, name, password));
        const wanted =
          kind === 'JSON' && engine === 'mysql'
            ? expect.stringContaining('cannot write the one text of every value')
            : texts;
        expect({ engine, kind, found }).toEqual({ engine, kind, found: wanted });
      }
  });

  test('nasty values, keys and names of random tables', async () => {
    const places = {
      left: {
        engine: 'postgresql',
        url: pg,
        run: (statements: readonly string[]) =>
          postgres.sql(
            ["SET search_path = crm; SET TIME ZONE 'Asia/Tokyo'", ...statements].join(';\n') +
              '; GRANT SELECT ON ALL TABLES IN SCHEMA crm TO reader',
          ),
      },
      right: {
        engine: 'mysql',
        url: maria,
        run: (statements: readonly string[]) =>
          mariadb.sql(["SET time_zone = '+09:00', sql_mode = ''", ...statements].join(';\n')),
      },
    } as const;
    await expectAsTheTexts(directory, places, 7, async ({ left, right }) => {
      const asking = asked(chdb.url, at(pg, left, password), at(maria, right, password));
      const { reply, close } = await seen(asking);
      if (reply.kind !== 'opened') throw new Error(JSON.stringify(reply));
      const [ours, theirs] = [reply.left, reply.right];
      return {
        sources: [
          { ...ours.source, close },
          { ...theirs.source, close: reply.close },
        ],
        tables: { left: ours.table, right: theirs.table },
      };
    });
  });

  test('a form undoes in SQL what it undoes here, and nothing else', () => {
    const sql = async (text: string) =>
      (await fetch(chdb.url.replace('default@', ''), { method: 'POST', body: text })).text();
    return expectFormsAgree(sql, true);
  });

  test('what it cannot reach is refused or told, and no password is', async () => {
    const right = at(maria, 'others', password);
    const left = at(pg, 'people', password);
    // This program has one connection to it, and ClickHouse is let in no more.
    postgres.sql('ALTER ROLE reader CONNECTION LIMIT 1');
    const told = await refusalOf(asked(chdb.url, left, right));
    postgres.sql('ALTER ROLE reader CONNECTION LIMIT -1');
    expect(told).toContain('"what":"default@');
    expect(told).toContain('"cluster":true');
    expect(told).toContain('too many connections for role');
    expect(await refusalOf(asked(chdb.url, at(postgres.url('owner'), 'crm.people'), right))).toContain('Unix socket');
  });

  test('a filter holds there too', async () => {
    const side = at(pg, 'people', { ...password, filter: { id: ['1001', '1002', 'x'] } });
    const { reply, close } = await seen(asked(chdb.url, side, side));
    if (reply.kind !== 'opened') throw new Error(JSON.stringify(reply));
    const { table } = reply.left;
    const counts: string[] = [];
    for await (const batch of table.read({ sql: `SELECT count(*) AS n FROM ${table.from}${table.where.sql}` }, never))
      for (const [count = ''] of batch) counts.push(count);
    expect(counts).toEqual(['2']);
    await reply.close();
    await close();
  });
};

againstReal(
  'tables of other databases are read in place',
  missingInPlace,
  inPlace,
  'the current ClickHouse comes as an npm package of 540 MB',
);

againstReal('a ClickHouse that reads other databases with losses', missingClickhouse ?? missingMariadb, () => {
  test('is not asked to', async () => {
    const [one, two] = [await tlsFiles(), await tlsFiles()];
    const [server, mariadb] = [await startClickhouse(one), await startMariadb(two)];
    try {
      await mariadb.sql(`GRANT SELECT ON crm.* TO 'reader'@'%' IDENTIFIED BY '${postgresPassword}'`);
      await mariadb.sql('CREATE TABLE people (id int PRIMARY KEY, name varchar(80))');
      const side = at(`mysql://reader@127.0.0.1:${two.port}/crm`, 'people', { password: { secret: postgresPassword } });
      expect(await refusalOf(asked(server.url(), side, side))).toContain('reads other databases with losses');
    } finally {
      await server.stop();
      await mariadb.stop();
      for (const files of [one, two]) files.remove();
    }
  });
});
