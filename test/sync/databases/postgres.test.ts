import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { againstReal } from '../../lab/against-real.ts';
import { conditionTables, expectConditionsAgree } from '../conditions/agreement.ts';
import { expectPlaces, placeTables } from '../validate/places.ts';
import {
  expectNastyFiltered,
  expectNastyPassed,
  expectNastyPushed,
  expectNastyRead,
  nastyTables,
} from './agreement.ts';
import { missingPostgres, type PostgresServer, postgresPassword, startPostgres } from './postgres-server.ts';
import { failureOfOpening, opened, rowsOf } from './reading.ts';
import { type TlsFiles, tlsFiles } from './tls.ts';

againstReal('PostgreSQL', missingPostgres, () => {
  let server: PostgresServer;
  let tls: TlsFiles;
  let url = '';

  beforeAll(async () => {
    tls = await tlsFiles();
    server = startPostgres(tls);
    url = server.url('owner');
    server.sql(`
      CREATE TYPE stage AS ENUM ('new', 'won');
      CREATE TABLE kinds (id int UNIQUE, code varchar(12) NOT NULL CHECK (code IN ('x', 'y')), stage stage, twice int GENERATED ALWAYS AS (id * 2) STORED,
        at timestamptz, tags text[], doc jsonb, pad char(5), "odd.name" real);
      INSERT INTO kinds (id, code, stage, at, tags, doc, pad, "odd.name") VALUES
        (1, 'x', 'won', '2024-05-01 09:00:00.25+09', ARRAY['a','b,c',NULL,'d"e'], '{"b":9007199254740993,"a":[1,"x"]}', 'ab', 0.1);
      CREATE TABLE many AS SELECT g AS id, 'name ' || g AS name FROM generate_series(1, 25000) g;
      CREATE TABLE "odd.name" (id int);
      CREATE ROLE guest LOGIN;
      CREATE ROLE guarded LOGIN PASSWORD '${postgresPassword}';
      CREATE ROLE safe LOGIN PASSWORD '${postgresPassword}';
      GRANT SELECT ON kinds TO guarded, safe;
      CREATE TABLE owned (id int, secret text, name text);
      INSERT INTO owned SELECT g, 's', 'n' FROM generate_series(1, 5) g;
      GRANT SELECT (id, name) ON owned TO guest;
      ALTER TABLE owned ENABLE ROW LEVEL SECURITY;
      CREATE POLICY few ON owned FOR SELECT TO guest USING (id < 3);
    `);
    server.sql(placeTables({ text: 'varchar(40)', end: '' }));
    server.sql(conditionTables('postgresql'));
    server.sql(
      `SET TIME ZONE 'Asia/Tokyo'; ${nastyTables('postgresql')
        .map(({ create }) => create)
        .join('\n')}`,
    );
  });
  afterAll(() => {
    server?.stop();
    tls?.remove();
  });

  test('what another record has, and what refers to nothing, is refused before it is written', () => expectPlaces(url));

  test('a condition of a table refuses here what it refuses there', () => expectConditionsAgree(url, 'postgresql'));

  test('nasty values have their canonical text', () => expectNastyRead(url, 'postgresql'));

  test('the server itself comes to the same texts, buckets and sums as Node', async () => {
    expect(await expectNastyPushed(url, 'postgresql')).toEqual([]);
  });

  test('so it does in a session that somebody else has opened', async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(
      "SET TimeZone = 'Asia/Tokyo'; SET DateStyle = 'German'; SET extra_float_digits = 0; SET IntervalStyle = 'sql_standard'; SET bytea_output = 'escape'",
    );
    const answer = async (text: string) =>
      (await client.query<string[]>({ text, rowMode: 'array' })).rows.map((row) => row.map(String));
    expect(await expectNastyPassed(url, 'postgresql', answer)).toEqual([]);
    expect(await answer('SHOW DateStyle')).toEqual([['German, DMY']]);
    await client.end();
  });

  test('a filter is held against the same text in the server', () => expectNastyFiltered(url, 'postgresql'));

  test('columns come from the catalogue, and its own types have a text', async () => {
    const source = await opened(url, { table: 'public.kinds' });
    expect(source.facts.columns.slice(0, 4)).toEqual([
      { name: 'id', declared: 'integer', type: 'number', required: false, unique: true },
      { name: 'code', declared: 'character varying(12)', required: true, maxLength: 12, options: ['x', 'y'] },
      { name: 'stage', declared: 'stage', type: 'picklist', required: false, options: ['new', 'won'] },
      { name: 'twice', declared: 'integer', type: 'number', required: false, calculated: true },
    ]);
    expect(await rowsOf(source)).toEqual([
      [
        '1',
        'x',
        'won',
        '2',
        '2024-05-01T00:00:00.25Z',
        'a;b,c;;d"e',
        '{"a": [1, "x"], "b": 9007199254740993}',
        'ab',
        '0.1',
      ],
    ]);
    await source.close();
  });

  test('one snapshot, read again from its start, although others write', async () => {
    const source = await opened(url, { table: 'many', filter: { id: { not: ['7'] } } });
    const first = await rowsOf(source);
    server.sql("INSERT INTO many VALUES (99999, 'late')");
    expect(first).toHaveLength(24_999);
    expect(await rowsOf(source)).toEqual(first);
    await source.close();
  });

  test('a connection that the server ends is an interruption, with what had come', async () => {
    const source = await opened(url, { table: 'many' });
    const kinds: unknown[] = [];
    for await (const batch of source.rows(new AbortController().signal)) {
      if (batch.kind === 'rows' && kinds.length === 0)
        server.sql(
          "SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity WHERE application_name = 'crm-doctor'",
        );
      kinds.push(batch.kind === 'failed' ? batch.failure : batch.kind);
    }
    expect(kinds).toEqual(['rows', expect.objectContaining({ kind: 'interrupted', after: 1_000 })]);
    await source.close();
  });

  test('failures are told apart', async () => {
    expect(await failureOfOpening(url, { table: 'odd.name' })).toMatchObject({
      kind: 'not-found',
      hint: ['"odd.name"'],
    });
    expect(await failureOfOpening(url, { table: '"odd.name"' })).toBeUndefined();
    expect(await failureOfOpening(url, { table: 'kindz' })).toMatchObject({ kind: 'not-found', hint: ['kinds'] });
    expect(await failureOfOpening(server.url('owner', 'nowhere'), { table: 'kinds' })).toMatchObject({
      kind: 'not-found',
    });
    expect(await failureOfOpening(server.url('nobody'), { table: 'kinds' })).toMatchObject({ kind: 'login-refused' });
    for (const what of [{ table: 'kinds' }, { query: 'SELECT * FROM kinds' }])
      expect(await failureOfOpening(server.url('guest'), what)).toMatchObject({ kind: 'no-permission' });
    const right = { table: 'kinds', password: { secret: postgresPassword } };
    expect(await failureOfOpening(server.url('guarded'), right)).toBeUndefined();
    expect(await failureOfOpening(server.url('guarded'), { table: 'kinds' })).toMatchObject({ kind: 'login-refused' });
    const wrong = await failureOfOpening(server.url('guarded'), { table: 'kinds', password: { secret: 'guarded' } });
    expect(wrong).toMatchObject({ kind: 'login-refused' });
    expect(JSON.stringify(wrong)).not.toContain('guarded');
    expect(await failureOfOpening('postgres://x@127.0.0.1:1/db', { table: 'kinds' })).toMatchObject({
      kind: 'unreachable',
    });
    expect(await failureOfOpening(url, { table: 'kinds', filter: { stagee: ['won'] } })).toMatchObject({
      kind: 'not-found',
      hint: ['stage'],
    });
  });

  test('what a user may not read is left out and said', async () => {
    const source = await opened(server.url('guest'), { table: 'owned' });
    expect(source.facts.columns.map(({ name }) => name)).toEqual(['id', 'name']);
    expect(source.facts.notes.map(({ id, says: { en } }) => [id, en])).toEqual([
      ['columns-left-out', expect.stringMatching(/#owned: this user may not read secret\.$/)],
      ['rows-left-out', expect.stringContaining('#owned: row level security')],
    ]);
    expect(await rowsOf(source)).toEqual([
      ['1', 'n'],
      ['2', 'n'],
    ]);
    await source.close();
    const all = await opened(url, { table: 'owned' });
    expect(all.facts).toMatchObject({ columns: { length: 3 }, notes: [] });
    await all.close();
  });

  test('a function that writes is refused by the transaction', async () => {
    server.sql("CREATE FUNCTION sly() RETURNS int LANGUAGE sql AS 'INSERT INTO many VALUES (1) RETURNING 1'");
    const source = await opened(url, { query: 'SELECT sly()' }).catch((error: unknown) => String(error));
    const outcome = typeof source === 'string' ? source : await rowsOf(source).catch((error: unknown) => String(error));
    expect(outcome).toContain('read-only transaction');
    if (typeof source !== 'string') await source.close();
  });

  test('it stops when it is asked to, also where the server takes its time', async () => {
    const source = await opened(url, { query: 'SELECT id, CASE WHEN id > 1500 THEN pg_sleep(1000) END FROM many' });
    const stop = new AbortController();
    const kinds: unknown[] = [];
    for await (const batch of source.rows(stop.signal)) {
      kinds.push(batch.kind === 'failed' ? batch.failure : batch.kind);
      setTimeout(() => stop.abort(), 100);
    }
    expect(kinds).toEqual(['rows', expect.objectContaining({ kind: 'interrupted', says: 'stopped', after: 1_000 })]);
    await source.close();
  });

  test('by TLS with the authority that is named, and with no other', async () => {
    const safe = { table: 'kinds', password: { secret: postgresPassword } };
    const at = `postgres://safe@localhost:${tls.port}/postgres`;
    const unknown = { says: expect.stringContaining('certificate') };
    expect(await failureOfOpening(at, { ...safe, ca: tls.ca })).toBeUndefined();
    expect(await failureOfOpening(at, { ...safe, ca: tls.otherCa })).toMatchObject(unknown);
    expect(await failureOfOpening(`${at}?sslmode=require`, safe)).toMatchObject(unknown);
    expect(await failureOfOpening(at, safe)).toMatchObject({ kind: 'login-refused' });
    expect(await failureOfOpening(at, { ...safe, ca: `${tls.ca}.none` })).toMatchObject({ kind: 'not-found' });
  });
});
