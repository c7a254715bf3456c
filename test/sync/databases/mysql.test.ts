import { afterAll, beforeAll, expect, test } from '@jest/globals';
import mysql, { type RowDataPacket } from 'mysql2/promise';
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
import { type MariadbServer, missingMariadb, startMariadb } from './mariadb-server.ts';
import { failureOfOpening, opened, rowsOf } from './reading.ts';
import { type TlsFiles, tlsFiles } from './tls.ts';

againstReal('MariaDB', missingMariadb, () => {
  let server: MariadbServer;
  let tls: TlsFiles;
  let url = '';

  beforeAll(async () => {
    tls = await tlsFiles();
    server = await startMariadb(tls);
    url = server.url('root');
    const nasty = nastyTables('mysql').map(({ create }) => create);
    await server.sql(`SET sql_mode = '', time_zone = '+09:00'; ${nasty.join('\n')}`);
    await server.sql(placeTables({ text: 'varchar(40)', end: ' COLLATE utf8mb4_general_ci' }));
    await server.sql(conditionTables('mysql'));
    await server.sql(`
      CREATE TABLE kinds (id int UNIQUE, code varchar(12) NOT NULL CHECK (code IN ('x', 'y')), stage enum('new','it''s'), twice int AS (id * 2) STORED,
        doc json, a int, b int, UNIQUE (a, b), \`odd \`\`name\` text, flag boolean, KEY (code));
      CREATE TABLE many (id int PRIMARY KEY, name varchar(40)) AS SELECT seq AS id, CONCAT('name ', seq) AS name FROM seq_1_to_25000;
      CREATE TABLE hidden (id int);
      CREATE TABLE \`odd.name\` (id int);
      CREATE FUNCTION sly() RETURNS int BEGIN INSERT INTO many VALUES (0, 'sly'); RETURN 1; END;
      CREATE USER guest@localhost IDENTIFIED BY 'right-s3cret';
      GRANT SELECT ON crm.kinds TO guest@localhost;
      CREATE TABLE owned AS SELECT 1 AS id, 's' AS secret, 'n' AS name;
      GRANT SELECT (id, name), INSERT (secret) ON crm.owned TO guest@localhost;
      CREATE USER nothing@localhost IDENTIFIED BY 'x';
      CREATE USER safe@'%' IDENTIFIED BY 's3' REQUIRE SSL;
      GRANT SELECT ON crm.* TO safe@'%';
    `);
  });
  afterAll(async () => {
    await server?.stop();
    tls?.remove();
  });

  test('what another record has, and what refers to nothing, is refused before it is written', () => expectPlaces(url));

  test('a condition of a table refuses here what it refuses there', () => expectConditionsAgree(url, 'mysql'));

  test('nasty values have their canonical text', () => expectNastyRead(url, 'mysql'));

  test('the server itself comes to the same texts, buckets and sums as Node', async () => {
    expect(await expectNastyPushed(url, 'mysql')).toEqual(['single', 'JSON']);
  });

  test('so it does in a session that somebody else has opened', async () => {
    const socketPath = new URL(url.replace('@/', '@localhost/')).searchParams.get('socket') ?? '';
    const other = await mysql.createConnection({ socketPath, user: 'root', database: 'crm', charset: 'utf8mb4' });
    await other.query("SET time_zone = '+09:00', sql_mode = 'ANSI,PAD_CHAR_TO_FULL_LENGTH', sql_select_limit = 2");
    const answer = async (sql: string) => {
      const [rows] = await other.query<RowDataPacket[][]>({ sql, rowsAsArray: true });
      return rows.map((row) => row.map(String));
    };
    expect(await expectNastyPassed(url, 'mysql', answer)).toEqual(['JSON']);
    await other.end();
  });

  test('a filter is held against the same text in the server', () => expectNastyFiltered(url, 'mysql'));

  test('columns come from the catalogue', async () => {
    const source = await opened(url, { table: 'kinds' });
    expect(source.facts).toMatchObject({ format: 'mysql', server: expect.stringMatching(/^MariaDB \d+\.\d+/) });
    expect(source.facts.columns).toEqual([
      { name: 'id', declared: 'int(11)', type: 'number', required: false, unique: true },
      { name: 'code', declared: 'varchar(12)', required: true, maxLength: 12, options: ['x', 'y'] },
      { name: 'stage', declared: "enum('new','it''s')", type: 'picklist', required: false, options: ['new', "it's"] },
      { name: 'twice', declared: 'int(11)', type: 'number', required: false, calculated: true },
      { name: 'doc', declared: 'json', required: false },
      { name: 'a', declared: 'int(11)', type: 'number', required: false },
      { name: 'b', declared: 'int(11)', type: 'number', required: false },
      { name: 'odd `name', declared: 'text', required: false },
      { name: 'flag', declared: 'tinyint(1)', type: 'boolean', required: false },
    ]);
    await source.close();
  });

  test('one snapshot, read again from its start, although others write and the reader stops early', async () => {
    const source = await opened(url, { query: 'SELECT id, REPEAT(name, 100) FROM many' });
    await server.sql("INSERT INTO many VALUES (99999, 'late')");
    const start = source.rows(new AbortController().signal)[Symbol.asyncIterator]();
    expect((await start.next()).value).toMatchObject({ kind: 'rows' });
    await start.return?.();
    const again = await rowsOf(source);
    expect(again).toHaveLength(25_000);
    expect(again.filter(([id]) => id === '99999')).toEqual([]);
    await source.close();
    const later = await opened(url, { table: 'many', filter: { id: ['99999'] } });
    expect(await rowsOf(later)).toEqual([['99999', 'late']]);
    await later.close();
  });

  test('it stops when it is asked to', async () => {
    const source = await opened(url, {
      query: 'SELECT id, REPEAT(name, 100), SLEEP(IF(id = 5000, 1000, 0)) FROM many',
    });
    const stop = new AbortController();
    const kinds: unknown[] = [];
    for await (const batch of source.rows(stop.signal)) {
      kinds.push(batch.kind === 'failed' ? batch.failure : batch.kind);
      stop.abort();
    }
    expect(kinds).toEqual(['rows', expect.objectContaining({ kind: 'interrupted', says: 'stopped', after: 1_000 })]);
    await source.close();
  });

  test('a connection that the server ends is an interruption, with what had come', async () => {
    const source = await opened(url, { query: 'SELECT id, REPEAT(name, 1000) FROM many' });
    const kinds: unknown[] = [];
    let rows = 0;
    for await (const batch of source.rows(new AbortController().signal)) {
      if (kinds.length === 0) await server.kill();
      if (batch.kind === 'rows') rows += batch.rows.length;
      kinds.push(batch.kind === 'failed' ? batch.failure : batch.kind);
    }
    expect(rows).toBeLessThan(25_000);
    expect(kinds.at(-1)).toMatchObject({ kind: 'interrupted', after: rows });
    await source.close();
  });

  test('failures are told apart', async () => {
    expect(await failureOfOpening(url, { table: 'odd.name' })).toMatchObject({
      kind: 'not-found',
      hint: ['"odd.name"'],
    });
    expect(await failureOfOpening(url, { table: '"odd.name"' })).toBeUndefined();
    const guest = { password: { secret: 'right-s3cret' } };
    expect(await failureOfOpening(url, { table: 'kindz' })).toEqual({
      kind: 'not-found',
      what: 'kindz',
      hint: ['kinds'],
    });
    expect(await failureOfOpening(server.url('root', 'nowhere'), { table: 'kinds' })).toMatchObject({
      kind: 'not-found',
    });
    expect(await failureOfOpening(url, { table: 'nowhere.kinds' })).toMatchObject({ kind: 'not-found' });
    expect(await failureOfOpening(server.url('guest'), { table: 'kinds' })).toMatchObject({ kind: 'login-refused' });
    const wrong = await failureOfOpening(server.url('guest'), { table: 'kinds', password: { secret: 'guest' } });
    expect(wrong).toMatchObject({ kind: 'login-refused' });
    expect(JSON.stringify(wrong)).not.toContain('guest');
    expect(await failureOfOpening(server.url('guest'), { table: 'kinds', ...guest })).toBeUndefined();
    for (const what of [{ table: 'hidden' }, { query: 'SELECT * FROM hidden' }])
      expect(await failureOfOpening(server.url('guest'), { ...what, ...guest })).toMatchObject({
        kind: 'no-permission',
      });
    expect(await failureOfOpening(server.url('nothing'), { table: 'kinds', password: { secret: 'x' } })).toMatchObject({
      kind: 'no-permission',
    });
    expect(await failureOfOpening('mysql://x@127.0.0.1:1/db', { table: 'kinds' })).toMatchObject({
      kind: 'unreachable',
    });
    expect(await failureOfOpening(url, { table: 'kinds', filter: { stagee: ['won'] } })).toMatchObject({
      kind: 'not-found',
      hint: ['stage'],
    });
    expect(await failureOfOpening(url, { query: 'SELECT nope FROM kinds' })).toMatchObject({ kind: 'refused' });
  });

  test('columns that a user may not read are left out and said', async () => {
    const source = await opened(server.url('guest'), { table: 'owned', password: { secret: 'right-s3cret' } });
    expect(source.facts.columns.map(({ name }) => name)).toEqual(['id', 'name']);
    expect(source.facts.notes.map(({ says: { en } }) => en)).toEqual([
      expect.stringMatching(/#owned: this user may not read secret\.$/),
    ]);
    expect(await rowsOf(source)).toEqual([['1', 'n']]);
    await source.close();
  });

  test('nothing is written, whatever is asked', async () => {
    // MariaDB looks into the function when the query is prepared.
    expect(await failureOfOpening(url, { query: 'SELECT sly()' })).toMatchObject({
      kind: 'refused',
      says: expect.stringContaining('READ ONLY transaction'),
    });
    for (const query of [
      'SELECT 5--1 INTO @a',
      "SELECT 1 # '\n INTO @a -- '",
      'SELECT "a\\\\" INTO @a -- "',
      'SELECT * FROM many LOCK IN SHARE MODE',
      'SELECT 1 /*!50000 INTO @a */',
      'SELECT 1; DELETE FROM many',
    ])
      expect(await failureOfOpening(url, { query })).toMatchObject({ kind: 'refused' });
  });

  test('by TLS with the authority that is named, and with no other', async () => {
    const safe = { table: 'kinds', password: { secret: 's3' } };
    const at = `mysql://safe@localhost:${tls.port}/crm`;
    const unknown = { says: expect.stringContaining('certificate') };
    expect(await failureOfOpening(at, { ...safe, ca: tls.ca })).toBeUndefined();
    expect(await failureOfOpening(at, { ...safe, ca: tls.otherCa })).toMatchObject(unknown);
    expect(await failureOfOpening(`${at}?ssl-mode=REQUIRED`, safe)).toMatchObject(unknown);
    expect(await failureOfOpening(at, safe)).toMatchObject({ kind: 'login-refused' });
    expect(await failureOfOpening(at, { ...safe, ca: `${tls.ca}.none` })).toMatchObject({ kind: 'not-found' });
  });
});
