import type { Readable } from 'node:stream';
import type { Connection } from 'mysql2';
import type { SourceRow } from '../../model/sync/source.ts';
import { timestampText } from './canonical.ts';
import { bitsOf, mysqlDialect, mysqlKind } from './mysql-dialect.ts';
import { ask, queryOf, tableOf, textAt } from './mysql-shapes.ts';
import { declaredOf, type MysqlField, mysqlText } from './mysql-values.ts';
import {
  batchRows,
  codeOf,
  type Engine,
  hostOf,
  messageOf,
  type Select,
  type Session,
  type Wanted,
  wantsTls,
} from './reading.ts';

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
  let types: readonly { readonly kind: ReturnType<typeof mysqlKind>; readonly width: number | undefined }[] = [];
  command.on('fields', (fields: readonly MysqlField[]) => {
    types = fields.map(declaredOf).map((declared) => ({ kind: mysqlKind(declared), width: bitsOf(declared) }));
  });
  const stop = (): void => {
    stream.destroy(new Error('stopped'));
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    let batch: SourceRow[] = [];
    // Rows as arrays is what was asked for.
    for await (const row of stream as AsyncIterable<readonly unknown[]>) {
      batch.push(row.map((value, at) => mysqlText(value, types[at]?.kind ?? 'other', types[at]?.width)));
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
