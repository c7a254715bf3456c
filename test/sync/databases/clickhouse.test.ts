import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connected } from '../../../src/sync/databases/connect.ts';
import { againstReal } from '../../lab/against-real.ts';
import { expectNastyFiltered, expectNastyPushed, expectNastyRead, nastyTables } from './agreement.ts';
import { type ClickhouseServer, missingClickhouse, startClickhouse } from './clickhouse-server.ts';
import { failureOfOpening, kit, opened, rowsOf } from './reading.ts';
import { type TlsFiles, tlsFiles } from './tls.ts';

againstReal('ClickHouse', missingClickhouse, () => {
  let server: ClickhouseServer;
  let tls: TlsFiles;
  let url = '';
  const password = { password: { secret: 'right-s3cret' } };

  beforeAll(async () => {
    tls = await tlsFiles();
    server = await startClickhouse(tls);
    url = server.url();
    const statements = nastyTables('clickhouse', ' ENGINE = Memory').flatMap(({ statements: own }) => own);
    for (const one of statements) await server.sql(one);
    await server.sql(`CREATE TABLE kinds (id Int32, code Nullable(String), stage Enum8('new' = 1, 'it\\'s, "x"' = 2),
      twice Int64 MATERIALIZED id * 2, at DateTime, \`odd \\\`name\` String) ENGINE = MergeTree ORDER BY id`);
    await server.sql("INSERT INTO kinds (id, code, stage, at, `odd \\`name`) VALUES (1, NULL, 'new', 0, 'x')");
    await server.sql(
      'CREATE TABLE many ENGINE = Memory AS SELECT number AS id, toString(number) AS name FROM system.numbers LIMIT 25000',
    );
    await server.sql('CREATE DATABASE other');
    await server.sql('CREATE TABLE other.seen ENGINE = Memory AS SELECT 1 AS id');
  });
  afterAll(async () => {
    await server?.stop();
    tls?.remove();
  });

  test('nasty values have their canonical text', () => expectNastyRead(url, 'clickhouse'));

  test('the server itself comes to the same texts, buckets and sums as Node', async () => {
    expect(await expectNastyPushed(url, 'clickhouse')).toEqual([]);
  });

  test('a filter is held against the same text in the server', () => expectNastyFiltered(url, 'clickhouse'));

  test('columns come from the catalogue', async () => {
    const source = await opened(url, { table: 'default.kinds' });
    expect(source.facts).toMatchObject({
      format: 'clickhouse',
      server: expect.stringMatching(/^ClickHouse \d+\.\d+/),
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      rows: { count: 1, exact: false },
    });
    expect(source.facts.columns).toEqual([
      { name: 'id', declared: 'Int32', type: 'number' },
      { name: 'code', declared: 'Nullable(String)' },
      { name: 'stage', declared: expect.stringContaining('Enum8'), type: 'picklist', options: ['new', 'it\'s, "x"'] },
      { name: 'at', declared: 'DateTime', type: 'timestamp' },
      { name: 'odd `name', declared: expect.stringContaining('String') },
      { name: 'twice', declared: 'Int64', type: 'number', calculated: true },
    ]);
    await source.close();
  });

  test('all of it, again from its start, although the reader stops early', async () => {
    const source = await opened(url, { query: 'SELECT id, concat(name, name) AS twice FROM many ORDER BY id;' });
    const start = source.rows(new AbortController().signal)[Symbol.asyncIterator]();
    expect((await start.next()).value).toMatchObject({ kind: 'rows' });
    await start.return?.();
    const rows = await rowsOf(source);
    expect(rows).toHaveLength(25_000);
    expect(rows[24_999]).toEqual(['24999', '2499924999']);
    await source.close();
    const none = await opened(url, { query: 'SELECT id FROM many WHERE id > 99999' });
    expect(await rowsOf(none)).toEqual([]);
    await none.close();
  });

  test('a failure of the server in the middle is one, and its words are no row', async () => {
    const source = await opened(url, {
      query:
        "SELECT toString(number) AS n, throwIf(number = 300000) AS t, 'Code: 1, x' AS c FROM system.numbers LIMIT 400000",
    });
    let rows = 0;
    let failure: unknown;
    for await (const batch of source.rows(new AbortController().signal)) {
      if (batch.kind === 'rows') rows += batch.rows.length;
      else failure = batch;
    }
    expect(rows).toBeLessThan(400_000);
    expect(failure).toMatchObject({ failure: { says: expect.stringContaining('throwIf'), after: rows } });
    await source.close();
  });

  test('a question that nobody waits for any more ends in the server too', async () => {
    const long = 'SELECT count() AS n FROM system.numbers WHERE halfMD5(toString(number)) = 1';
    const reply = await connected({ kind: 'database', url, query: long }, kit, new AbortController().signal);
    if (reply.kind !== 'connected') throw new Error(JSON.stringify(reply));
    const { session } = reply.connection;
    const stop = new AbortController();
    const reading = session.read({ sql: long }, stop.signal)[Symbol.asyncIterator]().next();
    const rejected = expect(reading).rejects.toThrow();
    const asked = async (): Promise<number> =>
      Number(await server.sql("SELECT count() FROM system.processes WHERE query LIKE '%halfMD5(toString%'")) - 1;
    while ((await asked()) === 0);
    stop.abort();
    await rejected;
    while ((await asked()) > 0);
    await session.close();
  });

  test('failures are told apart', async () => {
    expect(await failureOfOpening(url, { table: 'kindz' })).toEqual({
      kind: 'not-found',
      what: 'kindz',
      hint: ['kinds'],
    });
    expect(await failureOfOpening(`${url}/nowhere`, { table: 'kinds' })).toMatchObject({ kind: 'not-found' });
    expect(await failureOfOpening(server.url('nobody'), { table: 'kinds' })).toMatchObject({ kind: 'login-refused' });
    const wrong = await failureOfOpening(server.url('guest'), { table: 'kinds', password: { secret: 'wr0ng' } });
    expect(wrong).toMatchObject({ kind: 'login-refused' });
    expect(JSON.stringify(wrong)).not.toContain('wr0ng');
    for (const what of [{ table: 'default.kinds' }, { query: 'SELECT * FROM default.kinds' }])
      expect(await failureOfOpening(`${server.url('guest')}/other`, { ...what, ...password })).toMatchObject({
        kind: 'no-permission',
      });
    expect(await failureOfOpening('clickhouse://127.0.0.1:1', { table: 'kinds' })).toMatchObject({
      kind: 'unreachable',
    });
    expect(await failureOfOpening(url, { query: 'SELECT nope FROM kinds' })).toMatchObject({ kind: 'refused' });
  });

  test('a user that may only read is enough, unless its results may end early', async () => {
    const source = await opened(server.url('reader'), { table: 'many', ...password });
    expect(await rowsOf(source)).toHaveLength(25_000);
    await source.close();
    expect(await failureOfOpening(server.url('cutting'), { table: 'many', ...password })).toMatchObject({
      says: expect.stringContaining('result_overflow_mode'),
    });
    // As many groups as are allowed, and the others left out.
    expect(await failureOfOpening(server.url('guessing'), { table: 'many', ...password })).toMatchObject({
      says: expect.stringContaining('group_by_overflow_mode = any'),
    });
  });

  test('nothing is written, whatever is asked', async () => {
    for (const query of [
      'SELECT 1 AS a; DROP TABLE many',
      "SELECT 'a\\' INTO OUTFILE \\'x' AS a INTO OUTFILE 'y'",
      'DROP TABLE many',
    ])
      expect(await failureOfOpening(url, { query })).toMatchObject({ kind: 'refused' });
  });

  test('by TLS with the authority that is named, and with no other', async () => {
    const at = `clickhouse://localhost:${tls.port}`;
    const unknown = { says: expect.stringContaining('certificate') };
    expect(await failureOfOpening(at, { table: 'kinds', ca: tls.ca })).toBeUndefined();
    expect(await failureOfOpening(at, { table: 'kinds', ca: tls.otherCa })).toMatchObject(unknown);
    for (const secure of [`${at}?sslmode=require`, `clickhouses://localhost:${tls.port}`])
      expect(await failureOfOpening(secure, { table: 'kinds' })).toMatchObject(unknown);
  });

  test('a server that is gone in the middle is an interruption, with what had come', async () => {
    const source = await opened(url, {
      query: "SELECT toString(number) AS n, 'x' AS x FROM system.numbers LIMIT 100000000",
    });
    let rows = 0;
    const failures: unknown[] = [];
    for await (const batch of source.rows(new AbortController().signal)) {
      if (rows === 0) await server.crash();
      if (batch.kind === 'rows') rows += batch.rows.length;
      if (batch.kind === 'failed') failures.push(batch.failure);
    }
    expect(failures).toEqual([expect.objectContaining({ kind: 'interrupted', after: rows })]);
    await source.close();
  });
});
