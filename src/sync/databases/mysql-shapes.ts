import type { Connection, FieldPacket } from 'mysql2';
import type { SourceColumn } from '../../model/sync/column.ts';
import { allowedBy, checksOf } from './check-options.ts';
import { typeOfKind } from './kinds.ts';
import { mysqlConstraints } from './mysql-constraints.ts';
import { mysqlDialect, mysqlKind } from './mysql-dialect.ts';
import { declaredOf, type MysqlField, mysqlText } from './mysql-values.ts';
import { nearest } from './nearest.ts';
import { codeOf, NotFound, type Shape, selectOf } from './reading.ts';
import { nameParts, quotedHint, typedName } from './statement.ts';

/** What the server answers, with its rows as lists. */
interface Answer {
  readonly fields: readonly FieldPacket[];
  readonly rows: readonly (readonly unknown[])[];
}

/** By the binary protocol, which takes one statement, binds its values, and sends floats as they are. */
export const ask = (connection: Connection, sql: string, values: readonly string[] = []): Promise<Answer> =>
  new Promise((resolve, reject) => {
    connection.execute({ sql, rowsAsArray: true }, [...values], (error, rows, fields) => {
      if (error) reject(error);
      else resolve({ fields: fields ?? [], rows: Array.isArray(rows) ? (rows as unknown[][]) : [] });
    });
  });

/** A value of a catalogue as text. */
export const textAt = (row: readonly unknown[], at: number): string => {
  const value = row[at];
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : mysqlText(value, 'text');
};

/** The values of `enum('a','it''s')`. */
const optionsOf = (declared: string): readonly string[] | undefined =>
  /^(?:enum|set)\(/i.test(declared)
    ? [...declared.matchAll(/'((?:[^']|'')*)'/g)].map(([, value = '']) => value.replaceAll("''", "'"))
    : undefined;

const columnOf = (
  row: readonly unknown[],
  field: MysqlField | undefined,
  { unique, checks }: { readonly unique: ReadonlySet<string>; readonly checks: readonly string[] },
): SourceColumn => {
  const name = textAt(row, 0);
  const length = textAt(row, 3);
  // MariaDB calls it longtext, and says what it is only with the answer.
  const declared = field?.extendedFormat === 'json' ? 'json' : textAt(row, 1);
  const options = optionsOf(declared) ?? allowedBy(checks, name);
  return {
    name,
    declared,
    ...typeOfKind(mysqlKind(declared)),
    required: textAt(row, 2) === 'NO',
    ...(/^(?:var)?char/i.test(declared) && length !== '' ? { maxLength: Number(length) } : {}),
    ...(options ? { options } : {}),
    ...(/\b(?:VIRTUAL|STORED|PERSISTENT)\b/i.test(textAt(row, 4)) ? { calculated: true } : {}),
    ...(unique.has(name) ? { unique: true } : {}),
  };
};

const tablesHere = async (connection: Connection): Promise<readonly string[]> => {
  const sql = 'SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() LIMIT 5000';
  return (await ask(connection, sql)).rows.map((row) => textAt(row, 0));
};

/** That there is no table of the name, with those that may be meant; undefined where an error says something else. */
const absence = async (
  connection: Connection,
  error: unknown,
  { wanted, tables }: { readonly wanted: string; readonly tables: readonly string[] },
): Promise<NotFound | undefined> => {
  // A schema that is not there is one to which this user has no right.
  const isAbsent = ['ER_NO_SUCH_TABLE', 'ER_BAD_DB_ERROR'].includes(codeOf(error));
  const parts = nameParts(wanted);
  const meant = parts.length > 1 ? quotedHint(wanted, await tablesHere(connection)) : [];
  if (!isAbsent && meant.length === 0) return undefined;
  const names = tables.map((one) => typedName(one));
  return new NotFound(wanted, meant.length > 0 ? meant : nearest(parts.at(-1) ?? '', names));
};

/** A table or view with its columns, conditions and keys; throws `NotFound` where there is none of the name. */
export const tableOf = async (connection: Connection, wanted: string): Promise<Shape> => {
  const parts = nameParts(wanted);
  const name = parts.at(-1) ?? '';
  const schema =
    parts.length > 1 ? parts.at(-2) : textAt((await ask(connection, 'SELECT DATABASE()')).rows[0] ?? [], 0);
  const inSchema = 'TABLE_SCHEMA = ?';
  const own = [schema ?? ''];
  const names = await ask(
    connection,
    `SELECT TABLE_NAME, TABLE_ROWS, DATA_LENGTH FROM information_schema.TABLES WHERE ${inSchema} LIMIT 5000`,
    own,
  );
  const found = names.rows.map((row) => textAt(row, 0));
  const table = found.find((one) => one === name) ?? found.find((one) => one.toLowerCase() === name.toLowerCase());
  const from = [schema, table ?? name]
    .filter((part) => part !== undefined && part !== '')
    .map((part) => mysqlDialect.quoted(part ?? ''))
    .join('.');
  const [facts, unique] = [
    await ask(
      connection,
      `SELECT COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, CHARACTER_MAXIMUM_LENGTH, EXTRA, PRIVILEGES, COLLATION_NAME
       FROM information_schema.COLUMNS WHERE ${inSchema} AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION`,
      [...own, table ?? name],
    ),
    await ask(
      connection,
      `SELECT MIN(COLUMN_NAME) FROM information_schema.STATISTICS WHERE ${inSchema} AND TABLE_NAME = ? AND NON_UNIQUE = 0
       GROUP BY INDEX_NAME HAVING COUNT(*) = 1 AND MIN(SUB_PART) IS NULL`,
      [...own, table ?? name],
    ),
  ];
  const mayRead = (row: readonly unknown[]): boolean => /\bselect\b/i.test(textAt(row, 5));
  const readable = facts.rows.filter(mayRead);
  const asked = readable.map((row) => mysqlDialect.quoted(textAt(row, 0))).join(', ') || '*';
  // What may not be read is not in the catalogue either: the server's own answer tells the two apart.
  const probe = await ask(connection, `SELECT ${asked} FROM ${from} LIMIT 0`).catch(async (error: unknown) => {
    throw (await absence(connection, error, { wanted, tables: found })) ?? error;
  });
  const checks = await checksOf((sql) => ask(connection, sql, [...own, table ?? name]));
  const alone = new Set(unique.rows.map((row) => textAt(row, 0)));
  const rows = readable.length === 0 ? facts.rows : readable;
  const hidden = facts.rows.filter((row) => !rows.includes(row)).map((row) => textAt(row, 0));
  const conditions = checks.map(({ condition }) => condition);
  const columns = rows.map((row) =>
    columnOf(
      row,
      probe.fields.find((field) => field.name === textAt(row, 0)),
      { unique: alone, checks: conditions },
    ),
  );
  const collations = new Map(facts.rows.map((row) => [textAt(row, 0), textAt(row, 6)]));
  const asking = async (sql: string) =>
    (await ask(connection, sql, [...own, table ?? name])).rows.map((row) => row.map((_, at) => textAt(row, at)));
  const constraints = await mysqlConstraints(asking, { columns, checks, collations });
  const known = names.rows.find((row) => textAt(row, 0) === table);
  const [count, bytes] = [known?.[1] ?? undefined, Number(known?.[2] ?? 0)];
  return {
    columns,
    constraints,
    from,
    all: selectOf(columns, from, mysqlDialect),
    ...(count === undefined ? {} : { count: Number(count) }),
    ...(bytes > 0 ? { bytes, bytesAtMost: true } : {}),
    ...(hidden.length > 0 ? { hidden } : {}),
  };
};

/** The columns of a query, which is prepared and not run. */
export const queryOf = async (connection: Connection, sql: string): Promise<Shape> => {
  const fields = await new Promise<readonly MysqlField[]>((resolve, reject) => {
    connection.prepare(sql, (error, statement) => {
      if (error) return reject(error);
      // The typings leave out what the driver keeps of the server's answer.
      const { columns } = statement as unknown as { readonly columns: readonly MysqlField[] };
      resolve(columns);
    });
  });
  const columns = fields.map((field) => {
    const declared = declaredOf(field);
    return { name: field.name, declared, ...typeOfKind(mysqlKind(declared)) };
  });
  return { columns, from: `(${sql}\n) AS crm_doctor`, all: sql };
};
