import { statSync } from 'node:fs';
import { setImmediate as breath } from 'node:timers/promises';
import type { SourceColumn } from '../../model/sync/column.ts';
import type { SourceRow } from '../../model/sync/source.ts';
import { decimalText, floatText, jsonText, timestampText, valueText } from './canonical.ts';
import { nearest } from './nearest.ts';
import { batchRows, codeOf, type Engine, NotFound, type Reading, type Wanted } from './reading.ts';
import { quotedName } from './statement.ts';

/** SQLite keeps any value in any column: the declared type tells only how it is meant. */
const sqliteText = (value: unknown, declared: string): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'bigint' && declared.startsWith('bool') && (value === 0n || value === 1n))
    return value === 1n ? 'true' : 'false';
  if (typeof value === 'number') return floatText(value);
  if (typeof value !== 'string') return valueText(value);
  if (declared.startsWith('timestamp') || declared.startsWith('datetime'))
    return timestampText(value, /(?:Z|[+]00(?::?00)?)$/.test(value));
  if (declared.startsWith('json')) return jsonText(value);
  return declared.startsWith('dec') || declared.startsWith('num') ? decimalText(value) : value;
};

interface ColumnInfo {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly pk: number;
  readonly hidden: number;
}

const columnOf = (info: ColumnInfo, keys: number, unique: ReadonlySet<string>): SourceColumn => {
  const length = /^\w*char\w*\s*\((\d{1,9})\)/i.exec(info.type)?.[1];
  return {
    name: info.name,
    declared: info.type,
    required: info.notnull === 1 || info.pk > 0,
    ...(length === undefined ? {} : { maxLength: Number(length) }),
    ...(info.hidden >= 2 ? { calculated: true } : {}),
    ...((info.pk > 0 && keys === 1) || unique.has(info.name) ? { unique: true } : {}),
  };
};

const pathOf = (url: URL): string => decodeURIComponent(url.pathname);

const open = async ({ url, from }: Wanted): Promise<Reading> => {
  const { default: Database } = await import('better-sqlite3');
  const file = pathOf(url);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new NotFound(file, []);
  const database = new Database(file, { readonly: true, fileMustExist: true, timeout: 5_000 });
  const close = async (): Promise<void> => {
    database.close();
  };
  try {
    database.pragma('query_only = on');
    // The snapshot holds until the file is closed.
    database.exec('BEGIN');
    const version = database.prepare('SELECT sqlite_version()').pluck().get();
    const at = new Date().toISOString();
    const tables = (): readonly string[] =>
      database.prepare("SELECT name FROM sqlite_master WHERE type IN ('table','view')").pluck().all().map(String);
    const names = tables();
    let columns: readonly SourceColumn[] | undefined;
    let sql = 'query' in from ? from.query : '';
    if ('table' in from) {
      const table = names.find((name) => name.toLowerCase() === from.table.toLowerCase());
      if (table === undefined) throw new NotFound(from.table, nearest(from.table, names));
      // The shape of these pragmas is SQLite's own.
      const infos = database.prepare('SELECT * FROM pragma_table_xinfo(?)').all(table) as ColumnInfo[];
      const shown = infos.filter(({ hidden }) => hidden !== 1);
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
      columns = shown.map((info) => columnOf(info, infos.filter(({ pk }) => pk > 0).length, unique));
      sql = `SELECT ${columns.map(({ name }) => quotedName(name)).join(', ')} FROM ${quotedName(table)}`;
    }
    const shape = database.prepare(sql);
    if (!shape.reader || !shape.readonly)
      throw Object.assign(new Error('the query writes'), { code: 'SQLITE_READONLY' });
    const seen =
      columns ?? shape.columns().map(({ name, type }) => ({ name, ...(type === null ? {} : { declared: type }) }));
    const declared = seen.map((column) => (column.declared ?? '').toLowerCase());
    return {
      columns: seen,
      server: `SQLite ${String(version)}`,
      at,
      batches: async function* (signal) {
        const statement = database.prepare<[], unknown[]>(sql).raw(true).safeIntegers(true);
        let batch: SourceRow[] = [];
        for (const row of statement.iterate()) {
          batch.push(row.map((value, column) => sqliteText(value, declared[column] ?? '')));
          if (batch.length < batchRows) continue;
          yield batch;
          batch = [];
          await breath();
          signal.throwIfAborted();
        }
        if (batch.length > 0) yield batch;
      },
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
  backslash: false,
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
