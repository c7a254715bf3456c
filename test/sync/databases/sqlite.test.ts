import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { conditionTables, expectConditionsAgree } from '../conditions/agreement.ts';
import { expectPlaces, placeTables } from '../validate/places.ts';
import { expectNastyFiltered, expectNastyPushed, expectNastyRead, nastyTables } from './agreement.ts';
import { failureOfOpening, opened, rowsOf } from './reading.ts';

describe('SQLite', () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'crm-doctor-sqlite-'));
  const file = path.join(directory, 'odd #name?.db');

  beforeAll(() => {
    const database = new Database(file);
    database.exec(`
      CREATE TABLE nasty (id INTEGER PRIMARY KEY, name varchar(40) NOT NULL DEFAULT '', loud TEXT AS (upper(name)));
      CREATE TABLE texts (id int, t text UNIQUE);
      CREATE TABLE many (id int);
      CREATE TABLE "odd.name" (id int);
      INSERT INTO many WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) SELECT i FROM n;
    `);
    for (const { create } of nastyTables('sqlite')) database.exec(create);
    database.exec(placeTables({ text: 'TEXT', end: '' }));
    database.exec(conditionTables('sqlite'));
    database.close();
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test('what another record has, and what refers to nothing, is refused before it is written', () =>
    expectPlaces(file));

  test('a condition of a table refuses here what it refuses there', () => expectConditionsAgree(file, 'sqlite'));

  test('nasty values have the same canonical text as in any database', () => expectNastyRead(file, 'sqlite'));

  test('functions of Node, called in place, come to the same texts, buckets and sums', async () => {
    expect(await expectNastyPushed(file, 'sqlite')).toEqual([]);
  });

  test('a filter is held against the same text in place', () => expectNastyFiltered(file, 'sqlite'));

  test('columns come from the catalogue', async () => {
    const source = await opened(file, { table: 'Nasty' });
    expect(source.facts.columns[0]).toEqual({ name: 'id', declared: 'INTEGER', required: true, unique: true });
    expect(source.facts.columns[1]).toEqual({ name: 'name', declared: 'varchar(40)', required: true });
    expect(source.facts.columns.at(-1)).toMatchObject({ name: 'loud', calculated: true });
    await source.close();
    const texts = await opened(file, { table: 'texts' });
    expect(texts.facts.columns[1]).toMatchObject({ name: 't', unique: true });
    await texts.close();
  });

  test('all batches, twice', async () => {
    const source = await opened(file, { table: 'many' });
    expect(await rowsOf(source)).toHaveLength(2_500);
    expect(await rowsOf(source)).toHaveLength(2_500);
    await source.close();
  });

  test('failures are told apart, and nothing is made', async () => {
    const text = path.join(directory, 'text.db');
    writeFileSync(text, 'id,name\n'.repeat(200));
    chmodSync(text, 0o600);
    expect(await failureOfOpening(text, { table: 'x' })).toMatchObject({ kind: 'not-data' });
    expect(await failureOfOpening(path.join(directory, 'none.db'), { table: 'x' })).toMatchObject({
      kind: 'not-found',
    });
    for (const name of ['odd.name', '"odd.name"'])
      expect(await failureOfOpening(file, { table: name })).toBeUndefined();
    expect(await failureOfOpening(file, { table: 'man' })).toMatchObject({ kind: 'not-found', hint: ['many'] });
    const far = await failureOfOpening(file, { table: 'Rechnungen' });
    expect(far).toHaveProperty('hint.length', 10);
    expect(await failureOfOpening(file, { query: 'SELECT nope FROM many' })).toMatchObject({ kind: 'refused' });
    expect(await failureOfOpening(file, { query: 'DELETE FROM many' })).toMatchObject({ kind: 'refused' });
  });

  test('nothing is left beside a database with a write-ahead log, unless somebody else is at it', async () => {
    const place = mkdtempSync(path.join(directory, 'wal-'));
    const logged = path.join(place, 'logged.db');
    const owner = new Database(logged);
    owner.pragma('journal_mode = wal');
    owner.exec("CREATE TABLE t (a); INSERT INTO t VALUES ('x')");
    const read = async (): Promise<readonly string[]> => {
      const source = await opened(logged, { table: 't' });
      expect(await rowsOf(source)).toEqual([['x']]);
      await source.close();
      await source.close();
      return readdirSync(place).toSorted();
    };
    expect(await read()).toEqual(['logged.db', 'logged.db-shm', 'logged.db-wal']);
    owner.close();
    const before = { bytes: readFileSync(logged), changed: statSync(logged).mtimeMs };
    expect(await read()).toEqual(['logged.db']);
    expect({ bytes: readFileSync(logged), changed: statSync(logged).mtimeMs }).toEqual(before);
  });
});
