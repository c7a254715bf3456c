import { existsSync, statSync } from 'node:fs';
import { setImmediate as breath } from 'node:timers/promises';
import type SqliteClass from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import type { SourceColumn } from '../../model/sync/column.ts';
import type { SourceRow } from '../../model/sync/source.ts';
import { nearest } from './nearest.ts';
import {
  batchRows,
  codeOf,
  type Engine,
  NotFound,
  type Select,
  type Session,
  type Shape,
  selectOf,
  type Wanted,
} from './reading.ts';

import { sqliteConstraints } from './sqlite-constraints.ts';
import { registerFunctions, sqliteDialect } from './sqlite-dialect.ts';
import { sqliteText } from './sqlite-values.ts';
import { nameParts } from './statement.ts';

interface ColumnInfo {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly pk: number;
  readonly hidden: number;
}

/** SQLite holds no value against the length or type of its column, so none is told as a demand. */
const columnOf = (info: ColumnInfo, keys: number, unique: ReadonlySet<string>): SourceColumn => ({
  name: info.name,
  declared: info.type,
  required: info.notnull === 1 || info.pk > 0,
  ...(info.hidden >= 2 ? { calculated: true } : {}),
  ...((info.pk > 0 && keys === 1) || unique.has(info.name) ? { unique: true } : {}),
});

const tableOf = (database: Database, wanted: string): Shape => {
  const names = database
    .prepare("SELECT name FROM sqlite_master WHERE type IN ('table','view') ORDER BY name")
    .pluck()
    .all()
    .map(String);
  // A dot parts nothing here, and quotes may stand around a name as in any other database.
  const [only = wanted, ...more] = nameParts(wanted);
  const table = [wanted, ...(more.length === 0 ? [only] : [])].flatMap((one) =>
    names.filter((name) => name.toLowerCase() === one.toLowerCase()),
  )[0];
  if (table === undefined) throw new NotFound(wanted, nearest(wanted, names));
  // The shape of these pragmas is SQLite's own.
  const infos = database.prepare('SELECT * FROM pragma_table_xinfo(?)').all(table) as ColumnInfo[];
  const unique = new Set(
    database
      .prepare(
        `SELECT min(i.name) FROM pragma_index_list(?) l, pragma_index_info(l.name) i
         WHERE l."unique" = 1 AND l.partial = 0 GROUP BY l.name HAVING count(*) = 1`,
      )
      .pluck()
      .all(table)
      .map(String),
  );
  const keys = infos.filter(({ pk }) => pk > 0).length;
  const columns = infos.filter(({ hidden }) => hidden !== 1).map((info) => columnOf(info, keys, unique));
  const from = sqliteDialect.quoted(table);
  const asking = (sql: string) => database.prepare<[string], unknown[]>(sql).raw().all(table);
  const constraints = sqliteConstraints(asking, columns, table);
  return { columns, constraints, from, all: selectOf(columns, from, sqliteDialect) };
};

const queryOf = (database: Database, sql: string): Shape => {
  const shape = database.prepare(sql);
  if (!shape.reader || !shape.readonly) throw Object.assign(new Error('the query writes'), { code: 'SQLITE_READONLY' });
  const columns = shape.columns().map(({ name, type }) => ({ name, ...(type === null ? {} : { declared: type }) }));
  return { columns, from: `(${sql}\n) AS crm_doctor`, all: sql };
};

async function* read(
  database: Database,
  { sql, values = [], columns = [] }: Select,
  signal: AbortSignal,
): AsyncIterable<readonly SourceRow[]> {
  const declared = columns.map((column) => (column.declared ?? '').toLowerCase());
  const statement = database.prepare<unknown[], unknown[]>(sql).raw(true).safeIntegers(true);
  let batch: SourceRow[] = [];
  for (const row of statement.iterate(...values)) {
    batch.push(row.map((value, column) => sqliteText(value, declared[column] ?? '')));
    if (batch.length < batchRows) continue;
    yield batch;
    batch = [];
    await breath();
    signal.throwIfAborted();
  }
  if (batch.length > 0) yield batch;
}

const besides = (file: string): boolean => ['-wal', '-shm'].some((end) => existsSync(`${file}${end}`));

/**
 * A database with a write-ahead log that nobody has open gets two empty files beside it when it is read, and only who may write takes
 * them away again. By SQLite's own locks: where somebody has come meanwhile, or has left something in the log, they stay.
 */
const leaveNothing = (Sqlite: typeof SqliteClass, file: string): void => {
  if (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size !== 0) return;
  try {
    const database = new Sqlite(file, { fileMustExist: true, timeout: 0 });
    try {
      database.prepare('SELECT count(*) FROM sqlite_master').get();
    } finally {
      database.close();
    }
  } catch {
    // Whoever may not write there could not have been given the two files either.
  }
};

const open = async ({ url }: Wanted): Promise<Session> => {
  const { default: Sqlite } = await import('better-sqlite3');
  const file = decodeURIComponent(url.pathname);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new NotFound(file, []);
  const alone = !besides(file);
  const database = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: 5_000 });
  const close = async (): Promise<void> => {
    if (!database.open) return;
    database.close();
    if (alone) leaveNothing(Sqlite, file);
  };
  try {
    database.pragma('query_only = on');
    registerFunctions(database);
    // The snapshot begins with the first reading, and holds until the file is closed.
    database.exec('BEGIN');
    const version = database.prepare('SELECT sqlite_version()').pluck().get();
    database.prepare('SELECT count(*) FROM sqlite_master').get();
    return {
      server: `SQLite ${String(version)}`,
      at: new Date().toISOString(),
      table: async (name) => tableOf(database, name),
      query: async (sql) => queryOf(database, sql),
      read: (select, signal) => read(database, select, signal),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

export const sqliteEngine: Engine = {
  id: 'sqlite',
  driver: 'better-sqlite3@12.6.2',
  dialect: sqliteDialect,
  open,
  kindOf: (error) => {
    const code = codeOf(error);
    if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) return 'not-data';
    if (code === 'EACCES' || code === 'SQLITE_PERM' || code.startsWith('SQLITE_CANTOPEN')) return 'no-permission';
    if (code.startsWith('SQLITE_IOERR')) return 'interrupted';
    if (code === 'SQLITE_FULL') return 'disk-full';
    if (code.startsWith('SQLITE_BUSY')) return 'unreachable';
    return code.startsWith('SQLITE') ? 'refused' : undefined;
  },
};
