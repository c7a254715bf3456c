import { describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { textLiteral } from '../../../src/sync/patch/sql-text.ts';
import { cause, changed, columnsOf, garbled, hostile, sidesOf, written } from './sides.ts';

const columns = columnsOf({
  id: { key: true, type: 'id' },
  name: { type: 'name', right: 'full "name"', rightColumn: { declared: 'TEXT' } },
  note: { rightColumn: { declared: 'TEXT' } },
  amount: { type: 'amount', rightColumn: { declared: 'INTEGER' } },
});
const sqlite = { kind: 'sql', side: 'right', dialect: 'sqlite', table: 'my "contacts"' } as const;
const lost = cause('sync.page-lost', { page: 200 });

const databaseWith = (rows: readonly (readonly (string | number | null)[])[]): Database.Database => {
  const database = new Database(':memory:');
  database.exec('CREATE TABLE "my ""contacts""" (id, "full ""name""" TEXT, note TEXT, amount INTEGER)');
  const insert = database.prepare('INSERT INTO "my ""contacts""" VALUES (?, ?, ?, ?)');
  // Numbers are bound as REAL.
  for (const row of rows) insert.run(...row);
  return database;
};
const allOf = (database: Database.Database) =>
  database.prepare('SELECT * FROM "my ""contacts""" ORDER BY id').raw(true).all();

describe('SQL for SQLite, run by it', () => {
  test('every value arrives as it is, whatever is in it', async () => {
    const database = databaseWith(hostile.map((text, at) => [`k${at}${text}`, `old ${text}`, text, 1]));
    const changes = hostile.map((text, at) =>
      changed([`k${at}${text}`, text, text, '1'], [`k${at}${text}`, `old ${text}`, text, '1'], garbled),
    );
    const { text, summary } = await written(changes, sqlite, sidesOf(columns));
    database.exec(text);
    expect(summary).toMatchObject({ rows: hostile.length, values: hostile.length, inserts: 0, leftOut: {} });
    expect(new Set(allOf(database).map((row) => (Array.isArray(row) ? row[1] : undefined)))).toEqual(new Set(hostile));
    // Whatever a client takes for a command of its own stands at the start of a line.
    expect(text.split('\n').filter((line) => /^\s*[\\.]|^DELIMITER/.test(line))).toEqual([]);
  });

  test('a value that was changed since is left alone, by letter case and blanks too', async () => {
    const database = databaseWith([
      [1, 'Old', 'n', 1],
      [2, 'old ', 'n', 1],
      ['3', 'old', 'n', 1],
      [4, null, 'n', 1],
      [5, '', 'n', 1],
      [6, 'old', 'n', 1],
    ]);
    const changes = ['1', '2', '3', '4', '5', '6'].map((id) =>
      changed([id, 'new', 'n', '1'], [id, id === '4' || id === '5' ? '' : 'old', 'n', '1'], garbled),
    );
    const { text } = await written(changes, sqlite, sidesOf(columns));
    database.exec(text);
    const names = database
      .prepare('SELECT "full ""name""" FROM "my ""contacts""" ORDER BY CAST(id AS INTEGER)')
      .pluck()
      .all();
    expect(names).toEqual(['Old', 'old ', 'new', 'new', 'new', 'new']);
  });

  test('a row is added once, and an emptied value is none', async () => {
    const database = databaseWith([[2, 'x', 'NULL', 5]]);
    const changes = [
      { kind: 'missing', values: ['7', "O'Neil", '', '12'], by: lost } as const,
      changed(['2', 'x', '', '5'], ['2', 'x', 'NULL', '5'], cause('sync.null-token', { side: 'right' })),
    ];
    const { text, summary } = await written(changes, sqlite, sidesOf(columns));
    database.exec(text);
    database.exec(text);
    expect(allOf(database)).toEqual([
      [2, 'x', null, 5],
      ['7', "O'Neil", null, 12],
    ]);
    expect(summary.causes).toEqual([
      { cause: 'sync.page-lost', n: 1 },
      { cause: 'sync.null-token', n: 1 },
    ]);
  });

  test('all or nothing: an error in the middle leaves the database as it was', async () => {
    const database = databaseWith([[1, 'old', 'n', 1]]);
    database.exec('CREATE TRIGGER no BEFORE INSERT ON "my ""contacts""" BEGIN SELECT RAISE(ROLLBACK, \'no\'); END');
    const changes = [
      changed(['1', 'new', 'n', '1'], ['1', 'old', 'n', '1'], garbled),
      { kind: 'missing', values: ['7', 'a', '', '12'], by: lost } as const,
    ];
    const { text } = await written(changes, sqlite, sidesOf(columns));
    expect(() => database.exec(text)).toThrow('no');
    expect(allOf(database)).toEqual([[1, 'old', 'n', 1]]);
  });
});

describe('SQL of the other dialects', () => {
  const one = async (dialect: 'postgresql' | 'mysql', left: readonly string[], right: readonly string[]) => {
    const format = { kind: 'sql', side: 'right', dialect, table: 'crm.contacts' } as const;
    const { text } = await written([changed(left, right, garbled)], format, sidesOf(columns));
    return text.split('\n').filter((line) => line !== '' && !line.startsWith('-- '));
  };
  test('PostgreSQL', async () => {
    expect(await one('postgresql', ['1', "O'N\\n\n", '', '5'], ['1', '', '', '6'])).toEqual([
      'BEGIN;',
      "SET LOCAL client_encoding = 'UTF8';",
      "SET LOCAL TIME ZONE 'UTC';",
      'UPDATE "crm"."contacts"',
      `  SET "full ""name""" = E'O''N\\\\n\\u000a', "amount" = '5'`,
      `  WHERE "id" = '1'`,
      `    AND COALESCE(CAST("full ""name""" AS text), '') = ''`,
      `    AND "amount" = '6';`,
      'COMMIT;',
    ]);
  });
  test('MySQL', async () => {
    expect(await one('mysql', ['1a', "O'N\\", '', '5'], ['1a', 'b', '', '5'])).toEqual([
      'SET NAMES utf8mb4;',
      "SET time_zone = '+00:00';",
      "SET SESSION sql_mode = CONCAT_WS(',', NULLIF(@@sql_mode, ''), 'STRICT_ALL_TABLES');",
      'START TRANSACTION;',
      'UPDATE `crm`.`contacts`',
      '  SET `full "name"` = CONVERT(X\'4F274E5C\' USING utf8mb4)',
      "  WHERE `id` = '1a' AND CAST(CONVERT(`id` USING utf8mb4) AS BINARY) = CAST('1a' AS BINARY)",
      '    AND CAST(CONVERT(`full "name"` USING utf8mb4) AS BINARY) = CAST(\'b\' AS BINARY);',
      'COMMIT;',
    ]);
  });
  test('a record that a condition of the table refuses is not in it, and one that broke it before in another column is', async () => {
    const plain = sidesOf(columns);
    const condition = '"full ""name""" <> note OR amount > 5';
    const check = { kind: 'check', name: 'ck', dialect: 'sqlite', condition } as const;
    const sides = { ...plain, right: { ...plain.right, facts: { ...plain.right.facts, constraints: [check] } } };
    const changes = [
      changed(['1', 'a', 'a', '1'], ['1', 'b', 'a', '1'], garbled),
      changed(['2', 'c', 'a', '1'], ['2', 'b', 'a', '1'], garbled),
      { kind: 'missing', values: ['3', 'a', 'a', '1'], by: lost } as const,
      { kind: 'missing', values: ['4', 'a', 'a', '6'], by: lost } as const,
    ];
    const { summary } = await written(changes, sqlite, sides);
    expect(summary).toMatchObject({ rows: 2, inserts: 1, leftOut: { 'does-not-fit': 2 } });
    expect(JSON.stringify(summary.notes)).not.toContain('not held against');
    const odd = { ...check, name: 'odd', condition: "note GLOB 'a*'" };
    const open = { ...sides, right: { ...sides.right, facts: { ...sides.right.facts, constraints: [check, odd] } } };
    const { summary: told } = await written(changes, sqlite, open);
    expect(told.notes.at(-1)?.en).toContain('were not held against the rows: odd. A row that breaks one ends');
    const more = columnsOf({
      id: { key: true },
      name: {},
      note: {},
      amount: {},
      more: { rightColumn: { declared: 'TEXT' } },
    });
    const facts = { ...sides.right.facts, constraints: [{ ...check, condition: 'name <> note' }] };
    const { summary: kept } = await written(
      [changed(['1', 'a', 'a', '1', 'x'], ['1', 'a', 'a', '1', 'y'], garbled)],
      sqlite,
      { ...sides, columns: more, right: { ...sides.right, facts } },
    );
    expect(kept).toMatchObject({ rows: 1, leftOut: {} });
  });
  test('no literal ends before its end', () => {
    for (const text of hostile) {
      for (const dialect of ['postgresql', 'mysql', 'sqlite'] as const) {
        const literal = textLiteral(text, dialect);
        expect(literal).not.toMatch(/[\r\n]/);
        const inside = literal.replaceAll("''", '').replaceAll(/'[^']*'/g, '');
        expect(inside).toMatch(/^(?:E|CONVERT\(X USING utf8mb4\)|\(?(?:(?:char\(\d+\))?(?: \|\| )?)*\)?)$/);
      }
    }
  });
  test('what a name holds cannot end its comment', async () => {
    const sides = sidesOf(columns);
    const named = {
      ...sides,
      right: { ...sides.right, facts: { name: 'contacts\nDROP TABLE contacts; --', format: 'sqlite' } },
    };
    const { text } = await written([], sqlite, named);
    expect(text).not.toMatch(/^DROP/m);
  });
});
