import { readFile } from 'node:fs/promises';
import type { OpenedSource, RowBatch, SourceDriver, SourceKit, SourceReply } from '../model/sync/source.ts';
import type { DatabaseSide } from '../model/sync/subject.ts';
import { failureOf } from './databases/failures.ts';
import { keptBy } from './databases/filter.ts';
import { nearest } from './databases/nearest.ts';
import type { Engine } from './databases/reading.ts';
import { checkedQuery } from './databases/statement.ts';

const engineOf = async (scheme: string): Promise<Engine | undefined> => {
  switch (scheme) {
    case 'postgres:':
    case 'postgresql:':
      return (await import('./databases/postgres.ts')).postgresEngine;
    case 'sqlite:':
      return (await import('./databases/sqlite.ts')).sqliteEngine;
    default:
      return undefined;
  }
};

/** `sqlite:` may be left out before a path with a known ending. */
const urlOf = (text: string): URL | undefined => {
  const isFile = /\.(?:sqlite3?|db3?)$/i.test(text) && !text.includes('://') && !text.startsWith('sqlite:');
  // A path may hold `?` and `#`, which would end it in a URL.
  const path = isFile ? text : /^sqlite:(?:\/\/)?(.*)$/s.exec(text)?.[1];
  try {
    // libpq's form without a host, for a socket named in `?host=`, is no URL of the standard.
    const hosted = text.replace(/^(postgres(?:ql)?:\/\/[^/?#]*@)\//, '$1localhost/');
    return new URL(path === undefined ? hosted : `sqlite:${encodeURI(path).replace(/[?#]/g, encodeURIComponent)}`);
  } catch {
    return undefined;
  }
};

/** What the side is called; never with a password. */
const nameOf = (url: URL, side: DatabaseSide): string => {
  const place =
    url.protocol === 'sqlite:'
      ? decodeURIComponent(url.pathname)
      : `${url.username}${url.username ? '@' : ''}${url.host}${url.pathname}`;
  return side.table === undefined ? `query on ${place}` : `table ${side.table} of ${place}`;
};

const opened = async (side: DatabaseSide, kit: SourceKit, signal: AbortSignal): Promise<SourceReply> => {
  const url = urlOf(side.url);
  const engine = url && (await engineOf(url.protocol));
  if (!(url && engine))
    return {
      kind: 'failed',
      failure: { kind: 'refused', what: 'url', says: 'postgres://, sqlite:PATH are known' },
    };
  const password = kit.secret(side.password);
  const secrets = [password, url.password, decodeURIComponent(url.password)].filter(
    (one) => one !== undefined && one !== '',
  );
  const shown = (text: string): string => {
    let clean = text;
    for (const one of secrets)
      clean = clean.replaceAll(one ?? '', '***').replaceAll(encodeURIComponent(one ?? ''), '***');
    return kit.printable(clean);
  };
  const what = shown(nameOf(url, side));
  const refused = (says: string): SourceReply => ({ kind: 'failed', failure: { kind: 'refused', what, says } });
  if ((side.table === undefined) === (side.query === undefined)) return refused('either table or query');
  const checked = side.query === undefined ? undefined : checkedQuery(side.query, engine);
  if (checked?.kind === 'refused') return refused(checked.says);
  const ca = side.ca === undefined ? undefined : await readFile(side.ca, 'utf8').catch(() => undefined);
  if (side.ca !== undefined && ca === undefined)
    return { kind: 'failed', failure: { kind: 'not-found', what: shown(side.ca) } };
  const from = checked ? { query: checked.query } : { table: side.table ?? '' };
  try {
    const reading = await engine.open({ url, password, ca, from, signal });
    const names = reading.columns.map(({ name }) => name);
    const kept = keptBy(side.filter, names);
    if (kept.kind === 'unknown') {
      await reading.close();
      return {
        kind: 'failed',
        failure: { kind: 'not-found', what: shown(kept.column), hint: nearest(kept.column, names) },
      };
    }
    const rows = async function* (stop: AbortSignal): AsyncIterable<RowBatch> {
      let after = 0;
      try {
        for await (const batch of reading.batches(stop)) {
          after += batch.length;
          yield { kind: 'rows', rows: side.filter ? batch.filter(kept.keep) : batch };
        }
      } catch (error) {
        yield { kind: 'failed', failure: failureOf(error, engine, what, shown, after) };
      }
    };
    const source: OpenedSource = {
      facts: {
        format: engine.id,
        name: what,
        columns: reading.columns,
        ...(reading.rows && !side.filter ? { rows: reading.rows } : {}),
        ...(reading.at === undefined ? {} : { at: reading.at }),
        ...(reading.server === undefined ? {} : { server: reading.server }),
        notes: [],
      },
      rows,
      close: reading.close,
    };
    return { kind: 'opened', source };
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error, engine, what, shown) };
  }
};

/** A table or a query of a database, read only, in one snapshot. */
export const databaseSource: SourceDriver<DatabaseSide> = { id: 'database', open: opened };
