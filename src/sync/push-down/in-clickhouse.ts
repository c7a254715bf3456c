import type { SourceColumn } from '../../model/sync/column.ts';
import type { Side } from '../../model/sync/side.ts';
import type { OpenedSource, SourceFailure, SourceKit } from '../../model/sync/source.ts';
import type { DatabaseSide, SideConfig, SyncConfig } from '../../model/sync/subject.ts';
import type { Text } from '../../model/text.ts';
import { clickhouseDialect } from '../databases/clickhouse-dialect.ts';
import { type Connection, connected, urlOf } from '../databases/connect.ts';
import type { SqlDialect } from '../databases/dialect.ts';
import { filterOf, pushedDown } from '../databases/filter.ts';
import type { Session } from '../databases/reading.ts';
import { nameParts } from '../databases/statement.ts';
import { type Foreign, textsInPlace } from './in-place.ts';
import { passedQuery } from './passed-query.ts';
import { type PushedTable, tableOf } from './pushed.ts';
import { Refused } from './refused.ts';
import { ask, decoded, literal, type Read, tableFunction } from './table-function.ts';

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

/** Before it, NULL is read as 0, texts lose what three bytes cannot hold, and passwords stand in its log. */
const oldest = 2300;
/** From it on, `query('…')` in the place of a table is passed on as it is (ClickHouse, pull request 107740). */
const passing = 2607;

const clickhouseProtocols = /^(?:(?:https?\+)?clickhouse|clickhouses):$/;

/** Addresses of ClickHouse's own web interface are written without its name. */
const clusterUrl = (url: string): string => url.replace(/^(https?):\/\//i, '$1+clickhouse://');

const hostAndPort = ({ hostname, port, protocol }: URL): string =>
  `${hostname}:${port || (/s:$|^https/.test(protocol) ? '8443' : '8123')}`;

/** 2607 for `ClickHouse 26.7.2.1`. */
const numbered = (server: string): number => {
  const [, major = '0', minor = '0'] = / (\d{1,4})\.(\d{1,2})/.exec(server) ?? [];
  return Number(major) * 100 + Number(minor);
};

const versionText = (version: number): string => `${Math.floor(version / 100)}.${version % 100}`;

/** Reading in place asks for a version and a setting with which no value is lost. */
const refuseLossy = async (session: Session, signal: AbortSignal): Promise<void> => {
  if (numbered(session.server) < oldest)
    throw new Refused(
      `${session.server} reads other databases with losses; it takes version ${versionText(oldest)} or later, or both tables in ClickHouse`,
      `${session.server} では他のデータベースの値の一部が失われます。バージョン ${versionText(oldest)} 以降を使うか、両方のテーブルを ClickHouse に置いてください`,
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

/** Behind FROM, and the canonical texts of the columns by name, as far as there are any. */
interface Texts {
  readonly from: string;
  readonly texts: ReadonlyMap<string, string>;
}

interface Asking {
  readonly session: Session;
  readonly signal: AbortSignal;
}

/** The other database writes the texts itself. */
const passedTo = async (
  engine: Foreign,
  read: Read,
  wanted: readonly SourceColumn[],
  { session, signal }: Asking,
): Promise<Texts> => {
  const { sql, texts } = passedQuery(engine, read.native, wanted);
  const from = await tableFunction(engine, read, sql, signal);
  // Whether it reaches the other database and is let in.
  await session.query(`SELECT * FROM ${from}`);
  return { from, texts };
};

/** ClickHouse makes the texts of what its own types hold. */
const readInPlace = async (
  engine: Foreign,
  read: Read,
  wanted: readonly SourceColumn[],
  { session, signal }: Asking,
): Promise<Texts> => {
  await refuseLossy(session, signal);
  const from = await tableFunction(engine, read, undefined, signal);
  const { columns: there } = await session.query(`SELECT * FROM ${from}`);
  return { from, texts: textsInPlace(engine, wanted, there) };
};

const lostColumns = (at: Side, lost: readonly SourceColumn[], passes: boolean): Refused => {
  const names = lost.slice(0, 5).map(({ name, declared = '' }) => `${name} (${declared})`);
  const more = lost.length > names.length ? ', …' : '';
  const why = passes
    ? {
        en: 'its database cannot write the one text of every value',
        ja: '値の統一した文字列表現を、元のデータベースでは作れません',
      }
    : {
        en: `ClickHouse before ${versionText(passing)} does not read them as they are stored`,
        ja: `ClickHouse ${versionText(passing)} より前のバージョンでは正確に読み取れません`,
      };
  return new Refused(
    `these columns of the ${at} side cannot be compared there: ${names.join(', ')}${more}; ${why.en}; ignore them, name a view that writes them as text, or leave engine: out`,
    `${at === 'left' ? '左' : '右'}側の次の列は比較できません: ${names.join('、')}${more}。${why.ja}。ignore: に加えるか、文字列に変換するビューを指定するか、engine: を外してください`,
  );
};

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
  const wanted = neededOf(config, at, native.columns);
  const passes = numbered(session.server) >= passing;
  const { from, texts } = passes
    ? await passedTo(engine, read, wanted, { session, signal })
    : await readInPlace(engine, read, wanted, { session, signal });
  const lost = wanted.filter(({ name }) => !texts.has(name));
  if (lost.length > 0) throw lostColumns(at, lost, passes);
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
  const { password, ca } = config.engine;
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
      ...(ca === undefined ? {} : { ca }),
    };
    const both = [reads.left, reads.right];
    const inPlace = both.some(({ url: place }) => !clickhouseProtocols.test(place.protocol));
    const reply = await connected(side, discreet(kit, both), signal, { inPlace });
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
