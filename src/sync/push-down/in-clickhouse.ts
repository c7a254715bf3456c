import type { SourceColumn } from '../../model/sync/column.ts';
import type { OpenedSource, SourceFailure, SourceKit } from '../../model/sync/source.ts';
import type { DatabaseSide, SideConfig, SyncConfig } from '../../model/sync/subject.ts';
import type { Text } from '../../model/text.ts';
import { clickhouseDialect } from '../databases/clickhouse-dialect.ts';
import { type Connection, connected, urlOf } from '../databases/connect.ts';
import type { SqlDialect } from '../databases/dialect.ts';
import { filterOf, pushedDown } from '../databases/filter.ts';
import { hostOf, type Session, wantsTls } from '../databases/reading.ts';
import { nameParts } from '../databases/statement.ts';
import { type Foreign, textsInPlace } from './in-place.ts';
import { type PushedTable, tableOf } from './pushed.ts';

type Side = 'left' | 'right';

/** A side as the cluster sees it, with the columns that it can compare. */
interface InClickhouse {
  readonly source: OpenedSource;
  readonly table: PushedTable;
  /** It stands in another database, and each question reads all of it there. */
  readonly inPlace: boolean;
}

export type ClusterReply =
  | {
      readonly kind: 'opened';
      readonly left: InClickhouse;
      readonly right: InClickhouse;
      readonly close: () => Promise<void>;
    }
  /** The configuration asks for what the cluster cannot do; with what to do instead. */
  | { readonly kind: 'refused'; readonly why: Text }
  | { readonly kind: 'failed'; readonly failure: SourceFailure };

class Refused extends Error {
  readonly why: Text;
  constructor(en: string, ja: string) {
    super(en);
    this.why = { en, ja };
  }
}

/** Before it, NULL is read as 0, texts lose what three bytes cannot hold, and passwords stand in its log. */
const oldest = 23;

const literal = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const clickhouseProtocols = /^(?:(?:https?\+)?clickhouse|clickhouses):$/;

/** Addresses of ClickHouse's own web interface are written without its name. */
const clusterUrl = (url: string): string => url.replace(/^(https?):\/\//i, '$1+clickhouse://');

const hostAndPort = ({ hostname, port, protocol }: URL): string =>
  `${hostname}:${port || (/s:$|^https/.test(protocol) ? '8443' : '8123')}`;

const numbered = (server: string): number => Number(/ (\d{1,4})\./.exec(server)?.[1] ?? 0);

const ask = async (read: PushedTable['read'], select: Parameters<PushedTable['read']>[0], signal: AbortSignal) => {
  const rows: string[] = [];
  for await (const batch of read(select, signal)) for (const [value = ''] of batch) rows.push(value);
  return rows;
};

/** Reading in place asks for a version and a setting with which no value is lost. */
const refuseLossy = async (session: Session, signal: AbortSignal): Promise<void> => {
  if (numbered(session.server) < oldest)
    throw new Refused(
      `${session.server} reads other databases with losses; it takes version ${oldest} or later, or both tables in ClickHouse`,
      `${session.server} では他のデータベースの値の一部が失われます。バージョン ${oldest} 以降を使うか、両方のテーブルを ClickHouse に置いてください`,
    );
  const [nulls] = await ask(
    session.read,
    { sql: "SELECT toString(value) FROM system.settings WHERE name = 'external_table_functions_use_nulls'" },
    signal,
  );
  if (nulls !== '1')
    throw new Refused(
      'its setting external_table_functions_use_nulls is off, so NULL would be read as 0; set it to 1',
      '設定 external_table_functions_use_nulls が無効なため、NULL が 0 として読み取られます。1 に設定してください',
    );
};

/** The schema that an unqualified name means, as the database itself finds it. */
const schemaOf = async (native: PushedTable, signal: AbortSignal): Promise<string> => {
  const sql =
    'SELECT s.nspname::text FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace WHERE c.oid = to_regclass($1)::oid';
  const [schema = 'public'] = await ask(native.read, { sql, values: [native.from] }, signal);
  return schema;
};

/**
 * `postgresql(…)` or `mysql(…)`. The password is part of the statement: ClickHouse hides it in its own query log, and what the server
 * says is cleared of it before anyone reads it here.
 */
const tableFunction = async (
  engine: Foreign,
  { side, url, native, password }: Read,
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
  const table = parts.at(-1) ?? '';
  const host = hostOf(url);
  const place = `${host.includes(':') ? `[${host}]` : host}:${url.port || (engine === 'postgres' ? '5432' : '3306')}`;
  const user = decoded(url.username);
  const database = decoded(url.pathname.slice(1));
  const words =
    engine === 'postgres'
      ? [place, database || user, table, user, password, parts.at(-2) ?? (await schemaOf(native, signal))]
      : [place, parts.at(-2) ?? database, table, user, password];
  return `${engine === 'postgres' ? 'postgresql' : 'mysql'}(${words.map(literal).join(', ')})`;
};

interface Read {
  readonly side: DatabaseSide;
  readonly url: URL;
  readonly source: OpenedSource;
  readonly native: PushedTable;
  readonly password: string;
}

/** The columns that the comparison needs of a side: those that are not left out. */
const neededOf = ({ ignore, fields, key }: SyncConfig, at: Side, columns: readonly SourceColumn[]) => {
  const left =
    fields &&
    new Set([...key[at], ...Object.entries(fields).map(([name, { right = name }]) => (at === 'left' ? name : right))]);
  return columns.filter(({ name }) => !ignore.includes(name) && (left?.has(name) ?? true));
};

const inPlaceDialect = (texts: ReadonlyMap<string, string>): SqlDialect => ({
  ...clickhouseDialect,
  canonicalExpression: ({ name }) => texts.get(name),
  readExpression: ({ name }) => texts.get(name) ?? "''",
});

/** How the cluster reads a side: its own table as it is, that of another database in place. */
const seenBy = async (
  { session, explained }: Connection,
  cluster: URL,
  config: SyncConfig,
  [at, read]: readonly [Side, Read],
  signal: AbortSignal,
): Promise<InClickhouse> => {
  const { side, url, source, native } = read;
  const any = { read: session.read, explained, ...(native.count === undefined ? {} : { count: native.count }) };
  if (clickhouseProtocols.test(url.protocol)) {
    if (hostAndPort(url) !== hostAndPort(cluster))
      throw new Refused(
        `the ${at} side is in another ClickHouse; make it known in the cluster as a Distributed table, and name that`,
        `${at === 'left' ? '左' : '右'}側は別の ClickHouse にあります。クラスターに Distributed テーブルを作り、それを指定してください`,
      );
    const own = decoded(url.pathname.slice(1)) || 'default';
    const parts = nameParts(side.table ?? '');
    const from = [parts.at(-2) ?? own, parts.at(-1) ?? ''].map(clickhouseDialect.quoted).join('.');
    return { source, table: { ...native, ...any, from }, inPlace: false };
  }
  const engine = /^postgres/.test(url.protocol)
    ? 'postgres'
    : /^(?:mysql|mariadb):$/.test(url.protocol)
      ? 'mysql'
      : undefined;
  if (engine === undefined)
    throw new Refused(
      `ClickHouse cannot read the ${at} side in place; load it into a table there, or leave engine: out`,
      `ClickHouse は${at === 'left' ? '左' : '右'}側を直接読み取れません。テーブルとして取り込むか、engine: を外してください`,
    );
  await refuseLossy(session, signal);
  const from = await tableFunction(engine, read, signal);
  const { columns: there } = await session.query(`SELECT * FROM ${from}`);
  const wanted = neededOf(config, at, native.columns);
  const texts = textsInPlace(engine, wanted, there);
  const lost = wanted.filter(({ name }) => !texts.has(name));
  if (lost.length > 0) {
    const names = lost.slice(0, 5).map(({ name, declared = '' }) => `${name} (${declared})`);
    const more = lost.length > names.length ? ', …' : '';
    throw new Refused(
      `ClickHouse does not read these columns of the ${at} side as they are stored: ${names.join(', ')}${more}; ignore them, name a view that writes them as text, or leave engine: out`,
      `${at === 'left' ? '左' : '右'}側の次の列は ClickHouse から正確に読み取れません: ${names.join('、')}${more}。ignore: に加えるか、文字列に変換するビューを指定するか、engine: を外してください`,
    );
  }
  const dialect = inPlaceDialect(texts);
  const filter = filterOf(
    side.filter,
    wanted.map(({ name }) => name),
  );
  const pushed = filter.kind === 'rules' ? pushedDown(filter.rules, wanted, dialect) : undefined;
  if (!pushed || pushed.rest.length > 0)
    throw new Refused(
      `the filter of the ${at} side is on a column that ClickHouse does not read as it is stored`,
      `${at === 'left' ? '左' : '右'}側の絞り込みに、ClickHouse から正確に読み取れない列が含まれています`,
    );
  return {
    source: { ...source, facts: { ...source.facts, columns: wanted } },
    table: { ...any, dialect, columns: wanted, from, where: pushed.where },
    inPlace: true,
  };
};

const readOf = (at: Side, side: SideConfig, source: OpenedSource, kit: SourceKit): Read => {
  const native = tableOf(source);
  const url = side.kind === 'database' ? urlOf(side.url) : undefined;
  if (side.kind !== 'database' || !url || !native)
    throw new Refused(
      `the ${at} side is no table of a database, which is all that ClickHouse reads in place; load it into a table there, or leave engine: out`,
      `${at === 'left' ? '左' : '右'}側はデータベースのテーブルではないため、ClickHouse から直接読み取れません。テーブルとして取り込むか、engine: を外してください`,
    );
  return { side, url, source, native, password: kit.secret(side.password) ?? decoded(url.password) };
};

/** Nothing of ours says the password of a side, however the server writes it. */
const discreet = (kit: SourceKit, reads: readonly Read[]): SourceKit => {
  const secrets = reads
    .flatMap(({ password }) => [password, literal(password).slice(1, -1), encodeURIComponent(password)])
    .filter((secret) => secret !== '')
    .toSorted((a, b) => b.length - a.length);
  const hidden = (text: string): string => secrets.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
  return { ...kit, printable: (text, most) => kit.printable(hidden(text), most) };
};

/**
 * Both sides as a ClickHouse sees them, which then does the work for both; tables that are spread over its shards are compared by all of
 * them. Each question is a snapshot of its own: a side that is written to meanwhile can differ by what was written.
 */
export const tablesInClickhouse = async (
  config: SyncConfig,
  [left, right]: readonly [OpenedSource, OpenedSource],
  kit: SourceKit,
  signal: AbortSignal,
): Promise<ClusterReply> => {
  if (config.engine.kind !== 'clickhouse') throw new Error('no ClickHouse is configured');
  const { password } = config.engine;
  const url = clusterUrl(config.engine.url);
  const cluster = urlOf(url);
  let connection: Connection | undefined;
  try {
    if (!cluster || !clickhouseProtocols.test(cluster.protocol))
      throw new Refused(
        'its URL begins with clickhouse:// or https://',
        'URL は clickhouse:// または https:// で始めてください',
      );
    const reads = { left: readOf('left', config.left, left, kit), right: readOf('right', config.right, right, kit) };
    const side: DatabaseSide = {
      kind: 'database',
      url,
      query: 'SELECT 1 AS one',
      ...(password === undefined ? {} : { password }),
    };
    const reply = await connected(side, discreet(kit, [reads.left, reads.right]), signal);
    if (reply.kind === 'failed') return reply;
    connection = reply.connection;
    const seen = {
      left: await seenBy(connection, cluster, config, ['left', reads.left], signal),
      right: await seenBy(connection, cluster, config, ['right', reads.right], signal),
    };
    return { kind: 'opened', ...seen, close: connection.session.close };
  } catch (error) {
    await connection?.session.close();
    if (error instanceof Refused) return { kind: 'refused', why: error.why };
    if (connection) return { kind: 'failed', failure: connection.explained(error, 0) };
    throw error;
  }
};
