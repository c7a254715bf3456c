import { expect } from '@jest/globals';
import type { ComparedColumn } from '../../../src/model/sync/column.ts';
import { checkRules } from '../../../src/sync/validate/record-rules.ts';
import { opened, rowsOf } from '../databases/reading.ts';

type Engine = 'postgresql' | 'mysql' | 'sqlite';

/** One condition on the columns v and w, and the values that it is held against, as they are written in SQL. */
interface Asked {
  readonly types: Partial<Readonly<Record<Engine, string>>>;
  readonly condition: string | Partial<Readonly<Record<Engine, string>>>;
  readonly values: readonly (readonly [string, string?])[];
}

const texts = { postgresql: 'varchar(40)', mysql: 'varchar(40) CHARACTER SET utf8mb4', sqlite: 'TEXT' };
const numbers = { postgresql: 'numeric(12,2)', mysql: 'decimal(12,2)', sqlite: 'NUMERIC' };
const days = { postgresql: 'date', mysql: 'date', sqlite: 'DATE' };

/** What a database and this program have to be of one mind about. */
const asked: readonly Asked[] = [
  {
    types: numbers,
    condition: 'v >= 0 AND v < w',
    values: [
      ['1', '2'],
      ['2', '2'],
      ['-1', '5'],
      ['0', '0.5'],
      ['NULL', '1'],
      ['10', '9'],
      ['-1', 'NULL'],
    ],
  },
  {
    types: numbers,
    condition: 'v BETWEEN 1 AND 3 OR v - w = 10',
    values: [
      ['1', '0'],
      ['4', '0'],
      ['10', '0'],
      ['3.5', '1'],
    ],
  },
  { types: numbers, condition: 'NOT (v = 5) AND v IN (1, 2, 5)', values: [['1'], ['5'], ['3'], ['2.00']] },
  {
    types: days,
    condition: 'v <= w',
    values: [
      ["'2024-02-29'", "'2024-03-01'"],
      ["'2024-03-01'", "'2024-02-29'"],
    ],
  },
  { types: days, condition: "v > '2020-01-01'", values: [["'2020-01-01'"], ["'2020-01-02'"], ["'1999-12-31'"]] },
  {
    types: { postgresql: texts.postgresql, sqlite: texts.sqlite },
    condition: "v = 'a' OR v <> w",
    values: [
      ["'a'", "'a'"],
      ["'b'", "'b'"],
      ["'b'", "'B'"],
    ],
  },
  {
    types: texts,
    condition: 'v IS NOT NULL OR w IS NOT NULL',
    values: [
      ['NULL', 'NULL'],
      ["'a'", 'NULL'],
      ['NULL', "'b'"],
    ],
  },
  {
    types: texts,
    condition: "v LIKE 'A-%' AND v NOT LIKE '%_x'",
    values: [["'A-1'"], ["'B-1'"], ["'A-1x'"], ["'A-x'"]],
  },
  { types: texts, condition: "v LIKE '%@%.%'", values: [["'a@b.jp'"], ["'a.b@c'"], ["'@.'"]] },
  {
    types: texts,
    condition: { postgresql: 'char_length(v) = 3', mysql: 'char_length(v) = 3', sqlite: 'length(v) = 3' },
    values: [["'abc'"], ["'株式会'"], ["'𠮷野家'"], ["'ab'"], ["'abcd'"]],
  },
  {
    types: texts,
    condition: 'length(v) <= 6',
    values: [["'abcdef'"], ["'abcdefg'"], ["'株式'"], ["'株式会'"], ["'株式会社株式会'"]],
  },
  { types: texts, condition: "upper(trim(v)) = 'AB'", values: [["' ab '"], ["'aB'"], ["'abc'"]] },
  {
    types: { postgresql: texts.postgresql, mysql: texts.mysql },
    condition: { postgresql: `v ~ '^[A-Z]{2}-[[:digit:]]+$'`, mysql: "v REGEXP '^[A-Z]{2}-[[:digit:]]+$'" },
    values: [["'AB-12'"], ["'A-12'"], ["'AB-'"], ["'AB-12x'"], ["'ABC-12'"]],
  },
  {
    types: { postgresql: texts.postgresql, mysql: texts.mysql },
    condition: {
      postgresql: String.raw`v ~* '^(jp|us)\.[^.]*$' AND v !~ '-'`,
      mysql: String.raw`v REGEXP '^(jp|us)\\.[^.]*$' AND v NOT REGEXP '-'`,
    },
    values: [["'JP.x'"], ["'us.'"], ["'de.x'"], ["'jp.a.b'"], ["'jpx'"], ["'jp.-'"]],
  },
  {
    types: { postgresql: 'boolean', mysql: 'boolean' },
    condition: 'v OR w',
    values: [
      ['true', 'false'],
      ['false', 'false'],
    ],
  },
  {
    types: { mysql: 'json' },
    condition: 'char_length(v) < 20',
    values: [[`'{"a": 1}'`], [`'{"a": 1, "b": [1, 2, 3, 4]}'`]],
  },
];

/** Conditions that are about something that is not known here, in the words of each engine. */
const unknown: Partial<Readonly<Record<Engine, readonly string[]>>> = {
  postgresql: [
    "v ~ '(a+)+$'",
    String.raw`v ~ '\mx'`,
    'v < w',
    "left(v, 1) = 'a'",
    'length(v::varchar(3)) > octet_length(coalesce(w, v))',
  ],
  mysql: ["v REGEXP '(a|b)*c'", 'v < w', "soundex(v) <> ''", 'v <=> w'],
  sqlite: ["v GLOB 'a*'", 'v < w', "substr(v, 1) = 'a'"],
};

const of = <Value>(one: string | Partial<Readonly<Record<Engine, Value | string>>>, engine: Engine) =>
  typeof one === 'string' ? one : one[engine];

const tables = (engine: Engine) => [
  ...asked.flatMap(({ types, condition, values }, at) => {
    const [type, check] = [types[engine], of(condition, engine)];
    return type === undefined || check === undefined ? [] : [{ name: `ask${at}`, type, check, values }];
  }),
  ...(unknown[engine] ?? []).map((check, at) => ({ name: `open${at}`, type: texts[engine], check, values: undefined })),
];

/** What makes the tables: of each one with the condition and no records, and one with the records and no condition. */
export const conditionTables = (engine: Engine): string =>
  tables(engine)
    .map(({ name, type, check, values = [] }) => {
      const rows = values.map(([v, w = 'NULL'], at) => `(${at}, ${v}, ${w})`).join(', ');
      const columns = `id int PRIMARY KEY, v ${type}, w ${type}`;
      return `CREATE TABLE ${name} (${columns}, CONSTRAINT ${name}_ck CHECK (${check})); CREATE TABLE ${name}_rows (${columns});${rows === '' ? '' : ` INSERT INTO ${name}_rows VALUES ${rows};`}`;
    })
    .join('\n');

/** Which records a condition refuses, as this program and the database itself say it; and what is not understood. */
export const expectConditionsAgree = async (url: string, engine: Engine): Promise<void> => {
  for (const { name, check, values } of tables(engine)) {
    const table = await opened(url, { table: name });
    const columns = table.facts.columns.map(
      (column, at): ComparedColumn => ({
        at,
        left: column.name,
        right: column.name,
        type: 'text',
        typeFrom: 'none',
        key: at === 0,
        leftSource: { name: column.name },
        rightSource: column,
      }),
    );
    const { rules, notChecked } = checkRules(table.facts.constraints ?? [], columns, 'left');
    await table.close();
    const open = notChecked.filter(({ constraint }) => constraint === `${name}_ck`);
    if (!values) {
      expect({ check, open }).toMatchObject({ check, open: [{ why: 'not-understood' }] });
      continue;
    }
    const records = await opened(url, {
      query: `SELECT id, v, w, CASE WHEN (${check}) IS FALSE THEN 1 ELSE 0 END FROM ${name}_rows ORDER BY id`,
    });
    const rows = await rowsOf(records);
    await records.close();
    const said = rows.map((row) => (rules.some(({ refuses }) => refuses((at) => row[at] ?? '')) ? '1' : '0'));
    expect({ check, open, said }).toEqual({ check, open: [], said: rows.map(([, , , broken]) => broken) });
  }
};
