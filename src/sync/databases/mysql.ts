import type { Readable } from 'node:stream';
import type { Connection, FieldPacket } from 'mysql2';
import type { SourceColumn } from '../../model/sync/column.ts';
import type { SourceRow } from '../../model/sync/source.ts';
import { timestampText } from './canonical.ts';
import { allowedBy, checksOf } from './check-options.ts';
import { typeOfKind } from './kinds.ts';
import { mysqlConstraints } from './mysql-constraints.ts';
import { mysqlDialect, mysqlKind } from './mysql-dialect.ts';
import { declaredOf, type MysqlField, mysqlText } from './mysql-values.ts';
import { nearest } from './nearest.ts';
import {
  batchRows,
  codeOf,
  type Engine,
  hostOf,
  messageOf,
  NotFound,
  type Select,
  type Session,
  type Shape,
  selectOf,
  type Wanted,
  wantsTls,
} from './reading.ts';
import { nameParts, quotedHint, typedName } from './statement.ts';

interface Answer {
  readonly fields: readonly FieldPacket[];
  readonly rows: readonly (readonly unknown[])[];
}

/** By the binary protocol, which takes one statement, binds its values, and sends floats as they are. */
const ask = (connection: Connection, sql: string, values: readonly string[] = []): Promise<Answer> =>
  new Promise((resolve, reject) => {
    connection.execute({ sql, rowsAsArray: true }, [...values], (error, rows, fields) => {
      if (error) reject(error);
      else resolve({ fields: fields ?? [], rows: Array.isArray(rows) ? (rows as unknown[][]) : [] });
    });
  });

/** What cannot be prepared: settings, and the beginning of the snapshot. */
const set = (connection: Connection, sql: string): Promise<void> =>
  new Promise((resolve, reject) => {
    connection.query(sql, (error) => (error ? reject(error) : resolve()));
  });

const settings = [
  "SET SESSION time_zone = '+00:00', SESSION sql_mode = '', SESSION sql_select_limit = 18446744073709551615",
  // Whoever compares may have to wait for the other side in between.
  'SET SESSION net_write_timeout = 3600',
  'SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ',
  'SET SESSION TRANSACTION READ ONLY',
  'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY',
];

const textAt = (row: readonly unknown[], at: number): string => {
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

const tableOf = async (connection: Connection, wanted: string): Promise<Shape> => {
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
    // A schema that is not there is one to which this user has no right.
    const isAbsent = ['ER_NO_SUCH_TABLE', 'ER_BAD_DB_ERROR'].includes(codeOf(error));
    const meant = parts.length > 1 ? quotedHint(wanted, await tablesHere(connection)) : [];
    if (!isAbsent && meant.length === 0) throw error;
    throw new NotFound(
      wanted,
      meant.length > 0
        ? meant
        : nearest(
            name,
            found.map((one) => typedName(one)),
          ),
    );
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

const queryOf = async (connection: Connection, sql: string): Promise<Shape> => {
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

/** Ends what a connection is at; its snapshot stays. */
const stopQuery = async (connect: () => Promise<Connection>, thread: number | null): Promise<void> => {
  if (thread === null) return;
  const second = await connect();
  await set(second, `KILL QUERY ${thread}`).finally(() => second.destroy());
};

async function* read(
  connection: Connection,
  connect: () => Promise<Connection>,
  { sql, values = [] }: Select,
  signal: AbortSignal,
): AsyncIterable<readonly SourceRow[]> {
  signal.throwIfAborted();
  const command = connection.execute({ sql, rowsAsArray: true }, [...values]);
  const stream: Readable = command.stream({ highWaterMark: batchRows });
  let ended = false;
  let finish: () => void = () => undefined;
  const end = new Promise<void>((resolve) => {
    finish = () => {
      ended = true;
      resolve();
    };
  });
  // Listened to also when nobody reads any more.
  command.on('error', finish).on('end', finish);
  // What ends the connection is said to the connection only.
  const lost = (error: unknown): void => {
    stream.destroy(error instanceof Error ? error : new Error(messageOf(error)));
    finish();
  };
  connection.on('error', lost);
  let kinds: readonly ReturnType<typeof mysqlKind>[] = [];
  command.on('fields', (fields: readonly MysqlField[]) => {
    kinds = fields.map((field) => mysqlKind(declaredOf(field)));
  });
  const stop = (): void => {
    stream.destroy(new Error('stopped'));
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    let batch: SourceRow[] = [];
    // Rows as arrays is what was asked for.
    for await (const row of stream as AsyncIterable<readonly unknown[]>) {
      batch.push(row.map((value, at) => mysqlText(value, kinds[at] ?? 'other')));
      if (batch.length < batchRows) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  } finally {
    signal.removeEventListener('abort', stop);
    stream.destroy();
    if (!ended) {
      // The rows that are on their way have to be let in before the connection can be asked again.
      await stopQuery(connect, connection.threadId).catch(() => undefined);
      await end;
    }
    connection.off('error', lost);
  }
}

const connectTo = async ({ url, password, ca }: Wanted): Promise<Connection> => {
  const { default: mysql } = await import('mysql2');
  const socketPath = url.searchParams.get('socket');
  const tls = ca !== undefined || wantsTls(url);
  const connection = mysql.createConnection({
    ...(socketPath === null ? { host: hostOf(url), port: Number(url.port || 3306) } : { socketPath }),
    user: decodeURIComponent(url.username),
    password: password ?? '',
    ...(url.pathname.length > 1 ? { database: decodeURIComponent(url.pathname.slice(1)) } : {}),
    charset: 'UTF8MB4_GENERAL_CI',
    ...(tls ? { ssl: { rejectUnauthorized: true, verifyIdentity: true, ...(ca === undefined ? {} : { ca }) } } : {}),
    connectTimeout: 15_000,
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    jsonStrings: true,
    flags: ['-LOCAL_FILES', '-MULTI_STATEMENTS'],
  });
  return new Promise((resolve, reject) => {
    connection.once('connect', () => resolve(connection));
    // A connection that ends between two queries; the next one fails with it.
    connection.on('error', reject);
  });
};

const open = async (wanted: Wanted): Promise<Session> => {
  const connection = await connectTo(wanted);
  const close = async (): Promise<void> => connection.destroy();
  try {
    for (const sql of settings) await set(connection, sql);
    const [about = []] = (await ask(connection, 'SELECT VERSION(), CAST(UTC_TIMESTAMP(6) AS CHAR)')).rows;
    const version = textAt(about, 0);
    return {
      server: `${version.includes('MariaDB') ? 'MariaDB' : 'MySQL'} ${version.split('-')[0]}`,
      at: timestampText(textAt(about, 1), true),
      table: (name) => tableOf(connection, name),
      query: (sql) => queryOf(connection, sql),
      read: (select, signal) => read(connection, () => connectTo(wanted), select, signal),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

const loginRefused = new Set([1045, 1129, 1130, 1251, 1698, 1862, 3118, 3159, 4151]);
const noPermission = new Set([1044, 1142, 1143, 1227, 1370]);
const tooMany = new Set([1040, 1203, 1226]);
const interrupted = new Set([1053, 1158, 1159, 1160, 1161, 1205, 1317, 1927, 1969, 3024, 4031]);

export const mysqlEngine: Engine = {
  id: 'mysql',
  driver: 'mysql2@3.24.6',
  dialect: mysqlDialect,
  open,
  kindOf: (error) => {
    const errno = typeof error === 'object' && error !== null && 'errno' in error ? Number(error.errno) : 0;
    if (loginRefused.has(errno)) return 'login-refused';
    if (noPermission.has(errno)) return 'no-permission';
    if (errno === 1049 || errno === 1146) return 'not-found';
    if (tooMany.has(errno)) return 'unreachable';
    if (interrupted.has(errno) || codeOf(error) === 'PROTOCOL_CONNECTION_LOST') return 'interrupted';
    return errno >= 1000 ? 'refused' : undefined;
  },
};
