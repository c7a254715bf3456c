import type { ComparedColumn } from '../../model/sync/column.ts';
import type { Side } from '../../model/sync/side.ts';
import { escapeControls } from '../../reason/escape.ts';
import { nameParts } from '../databases/statement.ts';
import { nameOn, type PatchSides, type RowCorrection, sourceOn } from './change.ts';
import { nameIn, type SqlDialect, textLiteral } from './sql-text.ts';
import type { PatchWriter } from './writer.ts';

export interface SqlFormat {
  readonly kind: 'sql';
  readonly side: Side;
  readonly dialect: SqlDialect;
  /** `table` or `schema.table` */
  readonly table: string;
}

const holdsText = /char|text|clob|string|enum|uuid|name|^set\b/i;
const textTypes: readonly string[] = [
  'text',
  'name',
  'company',
  'email',
  'phone',
  'address',
  'postcode',
  'picklist',
  'multi-picklist',
];

const isText = (column: ComparedColumn, side: Side): boolean => {
  const { declared } = sourceOn(column, side);
  return declared === undefined || declared === '' ? textTypes.includes(column.type) : holdsText.test(declared);
};

const isWhole = (text: string): boolean => /^(?:0|-?[1-9]\d{0,17})$/.test(text);

/** What is to be written; an empty value is none, unless the column takes no such. */
const valueIn = (column: ComparedColumn, side: Side, value: string, dialect: SqlDialect): string => {
  if (value === '') return isText(column, side) && sourceOn(column, side).required ? "''" : 'NULL';
  if (isText(column, side)) return textLiteral(value, dialect);
  if (column.type === 'boolean' && dialect !== 'postgresql' && (value === 'true' || value === 'false'))
    return value === 'true' ? '1' : '0';
  // MySQL takes no Z; the session's time zone is UTC.
  if (dialect === 'mysql' && /^\d{4}-\d\d-\d\dT[\d:.]+Z?$/.test(value))
    return textLiteral(value.replace('T', ' ').replace('Z', ''), dialect);
  return textLiteral(value, dialect);
};

const castTypes: Readonly<Record<SqlDialect, string>> = { postgresql: 'text', mysql: 'CHAR', sqlite: 'TEXT' };

/** The value that the comparison has seen, exactly: not by letter case, nor without blanks at its end, nor as a number of `12abc`. */
const isStill = (column: ComparedColumn, side: Side, old: string, dialect: SqlDialect): string => {
  const name = nameIn(nameOn(column, side), dialect);
  if (old === '') return `COALESCE(CAST(${name} AS ${castTypes[dialect]}), '') = ''`;
  const text = textLiteral(old, dialect);
  if (!isText(column, side) && column.type !== 'id' && column.type !== 'reference')
    return `${name} = ${valueIn(column, side, old, dialect)}`;
  switch (dialect) {
    case 'postgresql':
      return `CAST(${name} AS text) = ${text}`;
    case 'mysql':
      return `CAST(CONVERT(${name} USING utf8mb4) AS BINARY) = CAST(${text} AS BINARY)`;
    case 'sqlite':
      return `CAST(${name} AS TEXT) = ${text} COLLATE BINARY`;
  }
};

/**
 * The row itself: by what an index can find, and exactly; `loosely`, one that the index of the key holds for the same as well, such as
 * that of `Abc` beside `abc`.
 */
const isRow = ({ key, side }: RowCorrection, dialect: SqlDialect, loosely = false): string =>
  key
    .map(({ column, value }) => {
      const still = isStill(column, side, value, dialect);
      if (value === '' || still.startsWith(`${nameIn(nameOn(column, side), dialect)} =`)) return still;
      const name = nameIn(nameOn(column, side), dialect);
      const text = textLiteral(value, dialect);
      // SQLite keeps 12 and '12' apart in a column without a type, and 12 may be 12.0.
      if (dialect === 'sqlite' && isWhole(value)) return `${name} IN (${value}, ${text})`;
      // PostgreSQL compares a text by its bytes and everything else by its value already.
      return loosely || dialect === 'postgresql' ? `${name} = ${text}` : `${name} = ${text} AND ${still}`;
    })
    .join(' AND ');

const begin: Readonly<Record<SqlDialect, readonly string[]>> = {
  postgresql: ['BEGIN;', "SET LOCAL client_encoding = 'UTF8';", "SET LOCAL TIME ZONE 'UTC';"],
  mysql: [
    'SET NAMES utf8mb4;',
    "SET time_zone = '+00:00';",
    // Without it a value that is too long is cut, and a text is compared with a number as 0.
    "SET SESSION sql_mode = CONCAT_WS(',', NULLIF(@@sql_mode, ''), 'STRICT_ALL_TABLES');",
    'START TRANSACTION;',
  ],
  sqlite: ['BEGIN IMMEDIATE;'],
};

const comment = (text: string): string => `-- ${escapeControls(text.slice(0, 500))}`;

/** Statements in one transaction; each changes a row only while it still holds what the comparison has seen. */
export const sqlWriter = (sides: PatchSides, { side, dialect, table }: SqlFormat): PatchWriter => {
  const target = (dialect === 'sqlite' ? [table] : nameParts(table)).map((part) => nameIn(part, dialect)).join('.');
  const nameOf = (column: ComparedColumn): string => nameIn(nameOn(column, side), dialect);

  const statementOf = (row: RowCorrection): string => {
    if (row.kind === 'insert') {
      const written = row.values.filter(({ column, value }) => value !== '' || sourceOn(column, side).required);
      const names = written.map(({ column }) => nameOf(column)).join(', ');
      const values = written.map(({ column, value }) => valueIn(column, side, value, dialect)).join(', ');
      const from = dialect === 'mysql' ? ' FROM DUAL' : '';
      // A record that holds such a value under another key would end the whole transaction.
      const taken = written
        .filter(({ column, value }) => sourceOn(column, side).unique && !column.key && value !== '')
        .map(({ column, value }) => `${nameOf(column)} = ${valueIn(column, side, value, dialect)}`);
      const free = [isRow(row, dialect, true), ...taken].map(
        (where) => `NOT EXISTS (SELECT 1 FROM ${target} WHERE ${where})`,
      );
      return `${comment(row.cause)}\nINSERT INTO ${target} (${names})\n  SELECT ${values}${from}\n  WHERE ${free.join('\n    AND ')};\n`;
    }
    const set = row.corrections.map(
      ({ column, value }) => `${nameOf(column)} = ${valueIn(column, side, value, dialect)}`,
    );
    const still = row.corrections.map(({ column, old }) => isStill(column, side, old, dialect));
    const causes = [...new Set(row.corrections.map(({ cause }) => cause))].join(', ');
    return `${comment(causes)}\nUPDATE ${target}\n  SET ${set.join(', ')}\n  WHERE ${isRow(row, dialect)}\n    AND ${still.join('\n    AND ')};\n`;
  };

  return {
    head: () =>
      `${[
        comment(
          `Corrections for ${sides[side].facts.name} (${dialect}), made by crm-doctor. Nothing of this was applied.`,
        ),
        comment('Repair the causes that are named first, or the next sync damages these values again.'),
        comment(
          'Each statement changes one row, and none where the value is no longer what the comparison saw (0 rows).',
        ),
        comment(
          'To try it, write ROLLBACK for COMMIT at the end. Afterwards run crm-doctor sync again: these differences are gone.',
        ),
        comment('各行の修正理由は文の前に記載しています。適用する前に内容を確認してください。'),
        ...begin[dialect],
      ].join('\n')}\n\n`,
    row: (row) => `${statementOf(row)}\n`,
    foot: ({ rows, values }) => `${comment(`${rows} rows, ${values} values`)}\nCOMMIT;\n`,
    notes: () => [
      {
        en: 'The statements are in one transaction and leave alone whatever was changed since the comparison.',
        ja: 'SQL は 1 つのトランザクションにまとめてあります。比較の後に変更された値は書き換えません。',
      },
    ],
  };
};
