import { expect, test } from '@jest/globals';
import { decimalText, floatText, jsonText, timestampText } from '../../../src/sync/databases/canonical.ts';
import { clickhouseDialect } from '../../../src/sync/databases/clickhouse-dialect.ts';
import { clickhouseText } from '../../../src/sync/databases/clickhouse-values.ts';
import { mysqlDialect } from '../../../src/sync/databases/mysql-dialect.ts';
import { postgresDialect } from '../../../src/sync/databases/postgres-dialect.ts';
import { sqliteDialect } from '../../../src/sync/databases/sqlite-dialect.ts';
import { checkedQuery } from '../../../src/sync/databases/statement.ts';

const plain = postgresDialect.lexis;

test.each([
  'SELECT 1',
  ' with x as (select 1) select * from x ; ',
  "SELECT 'drop; delete' -- ; update\n FROM t",
  "SELECT \"update\", replace(a, 'x', 'y') FROM t /* ; */",
  'SELECT updated_at, $$;delete$$ FROM t',
])('reads: %s', (query) => {
  expect(checkedQuery(query, plain).kind).toBe('reads');
});

test.each([
  'SELECT 1; DROP TABLE t',
  'WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x',
  'SELECT * INTO y FROM t',
  'SELECT * FROM t FOR UPDATE',
  'UPDATE t SET a = 1',
  "SELECT 'open",
  'SELECT 1 /*! ; DROP TABLE t */',
  "SELECT E'\\'; DROP TABLE t; --'';",
  '',
])('is refused: %s', (query) => {
  expect(checkedQuery(query, plain).kind).toBe('refused');
});

test.each([
  ['1.10', '1.1'],
  ['1e20', '100000000000000000000'],
  ['-0.00', '0'],
  ['1.5e-3', '0.0015'],
  ['007.50', '7.5'],
  ['.5', '0.5'],
  ['12345678901234567890.1230', '12345678901234567890.123'],
  ['NaN', 'NaN'],
])('the decimal %s is %s', (text, expected) => {
  expect(decimalText(text)).toBe(expected);
});

test('floats, times and JSON', () => {
  expect([0.1 + 0.2, -0, 1e21, 5e-7].map(floatText)).toEqual([
    '0.30000000000000004',
    '0',
    '1000000000000000000000',
    '0.0000005',
  ]);
  expect(timestampText('2024-01-01 00:00:00.120+00', true)).toBe('2024-01-01T00:00:00.12Z');
  expect(timestampText('0044-03-15 00:00:00 BC', false)).toBe('0044-03-15 00:00:00 BC');
  expect(jsonText('{"b": 9007199254740993, "a": "1e5 \\" 2"}')).toBe('{"a": "1e5 \\" 2", "b": 9007199254740993}');
});

test.each([
  [mysqlDialect, "SELECT 1 # ; it's a comment\n, 2", 'reads'],
  [mysqlDialect, 'SELECT 5--1', 'reads'],
  [mysqlDialect, 'SELECT "a\\"; DROP" -- ; x', 'reads'],
  [mysqlDialect, 'SELECT a FROM t WHERE `update` = 1', 'reads'],
  [mysqlDialect, "SELECT 5--1 INTO OUTFILE '/tmp/x'", 'refused'],
  [mysqlDialect, "SELECT 1 # '\n INTO OUTFILE '/tmp/x' -- '", 'refused'],
  [mysqlDialect, "SELECT 'a\\\\' INTO OUTFILE '/tmp/x'", 'refused'],
  [mysqlDialect, 'SELECT * FROM t LOCK IN SHARE MODE', 'refused'],
  [mysqlDialect, 'SELECT 1 /*M! INTO @a */', 'refused'],
  [clickhouseDialect, "SELECT 'it\\'s; DROP' FROM `a\\`b;`", 'reads'],
  [clickhouseDialect, "SELECT 'a\\\\' INTO OUTFILE 'x'", 'refused'],
  [postgresDialect, 'SELECT 1 /* a /* b */ ; */', 'refused'],
  [postgresDialect, 'SELECT * FROM t FOR NO KEY UPDATE', 'refused'],
  [postgresDialect, 'SELECT * FROM t FOR SHARE', 'refused'],
  [postgresDialect, 'SELECT "for", share FROM t', 'reads'],
  [sqliteDialect, "SELECT 'back\\' || x'00' FROM t", 'reads'],
] as const)('by its own lexis, %#', ({ lexis }, query, kind) => {
  expect(checkedQuery(query, lexis).kind).toBe(kind);
});

test('JSON of ClickHouse is written as that of others', () => {
  expect(clickhouseText('{"a":[1,"x\\\\ny"],"bb":{"c":1.50},"b":9007199254740993}', 'JSON(max_dynamic_paths=8)')).toBe(
    '{"a": [1, "x\\ny"], "b": 9007199254740993, "bb": {"c": 1.5}}',
  );
});
