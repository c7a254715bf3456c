import { readFile } from 'node:fs/promises';
import type { SourceFailure, SourceKit } from '../../model/sync/source.ts';
import type { DatabaseSide } from '../../model/sync/subject.ts';
import { failureOf } from './failures.ts';
import type { Engine, Session, Shape, Wanted } from './reading.ts';
import { checkedQuery } from './statement.ts';

const clickhouse = async (): Promise<Engine> => (await import('./clickhouse.ts')).clickhouseEngine;

/** By scheme, loaded when it is named. */
const engines: Readonly<Record<string, () => Promise<Engine>>> = {
  'postgres:': async () => (await import('./postgres.ts')).postgresEngine,
  'postgresql:': async () => (await import('./postgres.ts')).postgresEngine,
  'mysql:': async () => (await import('./mysql.ts')).mysqlEngine,
  'mariadb:': async () => (await import('./mysql.ts')).mysqlEngine,
  'clickhouse:': clickhouse,
  'http+clickhouse:': clickhouse,
  // With TLS.
  'clickhouses:': clickhouse,
  'https+clickhouse:': clickhouse,
  'sqlite:': async () => (await import('./sqlite.ts')).sqliteEngine,
};

/** `sqlite:` may be left out before a path with a known ending. */
export const urlOf = (text: string): URL | undefined => {
  const isFile = /\.(?:sqlite3?|db3?)$/i.test(text) && !text.includes('://') && !text.startsWith('sqlite:');
  // A path may hold `?` and `#`, which would end it in a URL.
  const path = isFile ? text : /^sqlite:(?:\/\/)?(.*)$/s.exec(text)?.[1];
  try {
    // The form without a host, for a socket that is named in the parameters, is no URL of the standard.
    const hosted = text.replace(/^((?:postgres(?:ql)?|mysql|mariadb):\/\/[^/?#]*@)\//, '$1localhost/');
    return new URL(path === undefined ? hosted : `sqlite:${encodeURI(path).replace(/[?#]/g, encodeURIComponent)}`);
  } catch {
    return undefined;
  }
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** What the side or the cluster is called: as in a command, and never with a password. */
const nameOf = (url: URL, side: DatabaseSide, isCluster: boolean): string => {
  const place =
    url.protocol === 'sqlite:'
      ? decoded(url.pathname)
      : `${url.username}${url.username ? '@' : ''}${url.host}${url.pathname}`;
  if (isCluster) return place;
  return side.table === undefined ? `${place} (query)` : `${place}#${side.table}`;
};

/** A side that is logged in to, with the table or query that it names. */
export interface Connection {
  readonly engine: Engine;
  readonly session: Session;
  readonly shape: Shape;
  /** What the side is called. */
  readonly what: string;
  /** What an error of the session means, without secrets; `after` rows had come. */
  readonly explained: (error: unknown, after: number) => SourceFailure;
}

export type Connected =
  | { readonly kind: 'connected'; readonly connection: Connection }
  | { readonly kind: 'failed'; readonly failure: SourceFailure };

export const connected = async (
  side: DatabaseSide,
  kit: SourceKit,
  signal: AbortSignal,
  /** Of a cluster that compares both sides. */
  more: Pick<Wanted, 'inPlace'> = {},
): Promise<Connected> => {
  const url = urlOf(side.url);
  const engine = url && (await engines[url.protocol]?.());
  if (!(url && engine)) {
    const says = 'postgres://, mysql://, mariadb://, clickhouse://, sqlite:PATH are known';
    return { kind: 'failed', failure: { kind: 'refused', what: 'url', says } };
  }
  const password = kit.secret(side.password);
  const secrets = [password, url.password, decoded(url.password)].filter(
    (one): one is string => one !== undefined && one !== '',
  );
  const shown = (text: string): string => {
    let clean = text;
    for (const one of secrets) clean = clean.replaceAll(one, '***').replaceAll(encodeURIComponent(one), '***');
    return kit.printable(clean);
  };
  const isCluster = more.inPlace !== undefined;
  const what = shown(nameOf(url, side, isCluster));
  const named = (failure: SourceFailure): SourceFailure =>
    isCluster && failure.what === what ? { ...failure, cluster: true } : failure;
  const refused = (says: string): Connected => ({ kind: 'failed', failure: named({ kind: 'refused', what, says }) });
  if ((side.table === undefined) === (side.query === undefined))
    return refused('a table: or a query: is needed, and not both');
  const checked = side.query === undefined ? undefined : checkedQuery(side.query, engine.dialect.lexis);
  if (checked?.kind === 'refused') return refused(checked.says);
  const ca = side.ca === undefined ? undefined : await readFile(side.ca, 'utf8').catch(() => undefined);
  if (side.ca !== undefined && ca === undefined)
    return { kind: 'failed', failure: { kind: 'not-found', what: shown(side.ca) } };
  let session: Session | undefined;
  try {
    session = await engine.open({ ...more, url, password, ca, signal });
    const shape = checked ? await session.query(checked.query) : await session.table(side.table ?? '');
    const explained = (error: unknown, after: number): SourceFailure =>
      named(failureOf(error, engine, what, shown, after));
    return { kind: 'connected', connection: { engine, session, shape, what, explained } };
  } catch (error) {
    await session?.close();
    return { kind: 'failed', failure: named(failureOf(error, engine, what, shown)) };
  }
};
