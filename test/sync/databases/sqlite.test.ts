import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { literal, nastyRows, nastyTexts } from './nasty.ts';
import { failureOfOpening, opened, rowsOf } from './reading.ts';

describe('SQLite', () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'crm-doctor-sqlite-'));
  const file = path.join(directory, 'odd #name?.db');

  beforeAll(() => {
    const database = new Database(file);
    database.exec(`
      CREATE TABLE nasty (id INTEGER PRIMARY KEY, name varchar(40) NOT NULL DEFAULT '', amount DECIMAL(20,4), a REAL, b REAL, c REAL, big BIGINT,
        day DATE, at TIMESTAMP, flag BOOLEAN, raw BLOB, loud TEXT AS (upper(name)));
      INSERT INTO nasty VALUES
        (1, '', 1.10, 1e20, -0.0, 0.1 + 0.2, 9007199254740993, '1868-10-23', '1899-12-31 23:59:59.500', 1, x'00ff41'),
        (2, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
        (3, 'plain', -1000, 1e-7, -2.5, 123456.789, -9007199254740993, '2024-02-29', '2024-02-29 00:00:00', 0, x'');
      CREATE TABLE texts (id int, t text UNIQUE);
      CREATE TABLE many (id int);
      INSERT INTO many WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) SELECT i FROM n;
    `);
    nastyTexts.forEach((text, at) => {
      database.exec(`INSERT INTO texts VALUES (${at}, ${literal(text)})`);
    });
    database.close();
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test('nasty values have the same canonical text as in any database', async () => {
    const source = await opened(file, {
      query: 'SELECT id, name, amount, a, b, c, big, day, at, flag, raw FROM nasty',
    });
    expect(await rowsOf(source)).toEqual(nastyRows);
    await source.close();
    const texts = await opened(`sqlite:${file}`, { table: 'texts' });
    expect((await rowsOf(texts)).map(([, text]) => text)).toEqual(nastyTexts);
    await texts.close();
  });

  test('columns come from the catalogue', async () => {
    const source = await opened(file, { table: 'Nasty' });
    expect(source.facts.columns[0]).toEqual({ name: 'id', declared: 'INTEGER', required: true, unique: true });
    expect(source.facts.columns[1]).toEqual({ name: 'name', declared: 'varchar(40)', required: true, maxLength: 40 });
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
    expect(await failureOfOpening(file, { table: 'nast' })).toMatchObject({ kind: 'not-found', hint: ['nasty'] });
    expect(await failureOfOpening(file, { query: 'SELECT nope FROM many' })).toMatchObject({ kind: 'refused' });
    expect(await failureOfOpening(file, { query: 'DELETE FROM many' })).toMatchObject({ kind: 'refused' });
  });
});
