import type { OpenedSource } from '../../model/sync/source.ts';
import type { DatabaseSide } from '../../model/sync/subject.ts';
import { hostOf, wantsTls } from '../databases/reading.ts';
import { nameParts } from '../databases/statement.ts';
import type { Foreign } from './in-place.ts';
import type { PushedTable } from './pushed.ts';
import { Refused } from './refused.ts';

/** A side as it is opened by itself, with what ClickHouse needs to open it too. */
export interface Read {
  readonly side: DatabaseSide;
  readonly url: URL;
  readonly source: OpenedSource;
  readonly native: PushedTable;
  readonly password: string;
}

/** A text of ClickHouse. */
export const literal = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

export const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The first column of an answer. */
export const ask = async (
  read: PushedTable['read'],
  select: Parameters<PushedTable['read']>[0],
  signal: AbortSignal,
): Promise<readonly string[]> => {
  const rows: string[] = [];
  for await (const batch of read(select, signal)) for (const [value = ''] of batch) rows.push(value);
  return rows;
};

/** The schema that an unqualified name means, as the database itself finds it. */
const schemaOf = async (native: PushedTable, signal: AbortSignal): Promise<string> => {
  const sql =
    'SELECT s.nspname::text FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace WHERE c.oid = to_regclass($1)::oid';
  const [schema = 'public'] = await ask(native.read, { sql, values: [native.from] }, signal);
  return schema;
};

/**
 * What ClickHouse asks the other database of a table it writes by itself, with names escaped by backslashes; there these do not escape, so
 * that a name with a quote ends early and the rest of it is run (ClickHouse, pull request 119216).
 */
const refuseQuotes = (names: readonly string[]): void => {
  const found = names.filter((name) => /["'`\\]/.test(name)).slice(0, 5);
  if (found.length === 0) return;
  throw new Refused(
    `this version of ClickHouse does not quote these names for the other database: ${found.join(', ')}; name a view without quotes and backslashes in its names, or leave engine: out`,
    `このバージョンの ClickHouse は、次の名前を相手のデータベース向けに正しくエスケープしません: ${found.join('、')}。引用符やバックスラッシュを名前に含まないビューを指定するか、engine: を外してください`,
  );
};

/**
 * `postgresql(…)` or `mysql(…)` of the table, or of a query that is passed on as it is. The password is part of the statement: ClickHouse
 * hides it in its own query log, and what the server says is cleared of it before anyone reads it here.
 */
export const tableFunction = async (
  engine: Foreign,
  { side, url, native, password }: Read,
  query: string | undefined,
  signal: AbortSignal,
): Promise<string> => {
  const socket = ['host', 'socket', 'socketPath'].some((name) => url.searchParams.has(name));
  if (socket)
    throw new Refused(
      'ClickHouse does not reach a Unix socket of this machine; name host and port',
      'ClickHouse からは本機の Unix ソケットに接続できません。ホスト名とポート番号を指定してください',
    );
  if (side.ca !== undefined || wantsTls(url))
    throw new Refused(
      'ClickHouse cannot be told to verify the certificate of the other database; leave engine: out, or load the table into ClickHouse',
      'ClickHouse には相手のデータベースの証明書を検証させられません。engine: を外すか、テーブルを ClickHouse に取り込んでください',
    );
  const parts = nameParts(side.table ?? '');
  const host = hostOf(url);
  const place = `${host.includes(':') ? `[${host}]` : host}:${url.port || (engine === 'postgres' ? '5432' : '3306')}`;
  const user = decoded(url.username);
  const database = decoded(url.pathname.slice(1));
  const own = engine === 'postgres' ? database || user : (parts.at(-2) ?? database);
  const words = [literal(place), literal(own)];
  if (query === undefined) {
    const schema = engine === 'postgres' ? [parts.at(-2) ?? (await schemaOf(native, signal))] : [];
    const table = parts.at(-1) ?? '';
    const asked = engine === 'postgres' ? schema : [own];
    refuseQuotes([...asked, table, ...native.columns.map(({ name }) => name)]);
    words.push(...[table, user, password, ...schema].map(literal));
    // A query finds its tables as it does for the same user here.
  } else words.push(`query(${literal(query)})`, literal(user), literal(password));
  return `${engine === 'postgres' ? 'postgresql' : 'mysql'}(${words.join(', ')})`;
};
