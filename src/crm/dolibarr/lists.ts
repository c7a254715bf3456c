import type { CrmUser } from '../../model/crm/answers.ts';
import type { CrmClient, CrmRecord, CrmRecordPage, CrmRecordQuery } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { booleanIn, idIn, type Json, numberIn, rowsIn, textIn } from '../reading.ts';
import { type Found, Refusal, refuse, unlessRefused } from '../refusal.ts';
import type { Ask } from './ask.ts';

/** Rows behind this number, in the order of their numbers; none is "not found" here. */
const rowsAfter = async (
  ask: Ask,
  {
    path,
    query,
    last,
    limit,
  }: {
    readonly path: string;
    readonly query: Readonly<Record<string, string>>;
    readonly last: number;
    readonly limit: number;
  },
  signal: AbortSignal,
): Promise<readonly Json[]> => {
  const { sqlfilters, ...more } = query;
  const behind = `(t.rowid:>:${last})`;
  const asked = {
    ...more,
    sortfield: 't.rowid',
    sortorder: 'ASC',
    limit,
    page: 0,
    sqlfilters: sqlfilters === undefined ? behind : `${sqlfilters} and ${behind}`,
  };
  const answer = await unlessRefused(
    () => ask(path, signal, asked),
    ['not-found'],
    () => {},
  );
  return answer ? (rowsIn(answer.json) ?? refuse({ kind: 'malformed', what: path, status: 200, says: '' })) : [];
};

const tooMany = (most: number): Text => ({
  en: `more than ${most} users: only the first ${most} were read`,
  ja: `ユーザーが ${most} 人を超えるため、最初の ${most} 人だけを読みました`,
});

const mostUsers = 1_000;

export const usersOf = async (ask: Ask, client: CrmClient, signal: AbortSignal): Promise<Found<readonly CrmUser[]>> => {
  const users: CrmUser[] = [];
  const limit = 100;
  // Older ones send every property all the same; what is not named here is dropped.
  const query = { properties: 'id,login,statut,status,admin' };
  for (let last = 0; users.length <= mostUsers; ) {
    const rows = await rowsAfter(ask, { path: '/users', query, last, limit }, signal);
    for (const row of rows) {
      users.push({
        id: idIn(row.id) ?? '',
        login: client.printable(textIn(row.login) ?? '', 200),
        active: booleanIn(row.statut ?? row.status) === true,
        admin: booleanIn(row.admin) === true,
        roles: [],
      });
    }
    const end = numberIn(rows.at(-1)?.id);
    if (rows.length < limit || end === undefined || end <= last) break;
    last = end;
  }
  return { value: users.slice(0, mostUsers), gaps: users.length > mostUsers ? [tooMany(mostUsers)] : [] };
};

interface Type {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

/** `mode` 2 are prospects; opportunities are projects that are used as such. */
const types: Readonly<Record<string, Type>> = {
  contacts: { path: '/contacts', query: {} },
  companies: { path: '/thirdparties', query: {} },
  leads: { path: '/thirdparties', query: { mode: '2' } },
  opportunities: { path: '/projects', query: { sqlfilters: '(t.usage_opportunity:=:1)' } },
  tickets: { path: '/tickets', query: {} },
};

export const recordTypes: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(types).map(([name, { path }]) => [name, path.slice(1)]),
);

const holdsSecret = (name: string): boolean => /pass|pwd|secret|token|api_?key/i.test(name);

const shown = (row: Json, fields: readonly string[] | undefined): CrmRecord =>
  Object.fromEntries(
    Object.entries(row).filter(([name]) => (fields ? name === 'id' || fields.includes(name) : !holdsSecret(name))),
  );

/** The clock of the database stands in no zone that the API tells; so much more is read, and then looked at again. */
const widestZoneMs = 14 * 60 * 60 * 1000;

const sinceOf = (since: string | undefined): { readonly sqlfilters?: string; readonly seconds: number } => {
  if (since === undefined) return { seconds: 0 };
  const moment = new Date(since).getTime();
  const earlier = new Date(moment - widestZoneMs).toISOString().slice(0, 19).replace('T', ' ');
  return { sqlfilters: `(t.tms:>=:'${earlier}')`, seconds: Math.floor(moment / 1000) };
};

const changedSince = (row: Json, seconds: number): boolean => {
  const changed = numberIn(row.date_modification) ?? numberIn(row.tms);
  return changed === undefined || changed >= seconds;
};

async function* pages(ask: Ask, query: CrmRecordQuery, signal: AbortSignal): AsyncGenerator<CrmRecordPage> {
  const own: Type | undefined = /^[a-z]{1,40}$/.test(query.type) ? { path: `/${query.type}`, query: {} } : undefined;
  const type =
    (Object.hasOwn(types, query.type) ? types[query.type] : own) ??
    refuse({ kind: 'not-found', what: query.type, says: '' });
  const secret = query.fields?.find(holdsSecret);
  if (secret !== undefined) refuse({ kind: 'permission', what: `${query.type}.${secret}`, says: '' });
  const limit = Math.max(1, Math.min(query.pageSize ?? 100, 500));
  const { sqlfilters, seconds } = sinceOf(query.since);
  const filters = [type.query.sqlfilters, sqlfilters].filter((one) => one !== undefined).join(' and ');
  const asked: Record<string, string> = {
    ...type.query,
    ...(filters === '' ? {} : { sqlfilters: filters }),
    ...(query.fields ? { properties: [...new Set(['id', 'date_modification', ...query.fields])].join(',') } : {}),
  };
  for (let last = 0; ; ) {
    const rows = await rowsAfter(ask, { path: type.path, query: asked, last, limit }, signal);
    const records = rows.filter((row) => changedSince(row, seconds)).map((row) => shown(row, query.fields));
    if (last === 0 || records.length > 0) yield { kind: 'page', records };
    if (rows.length < limit) return;
    const end = numberIn(rows.at(-1)?.id);
    if (end === undefined || end <= last) return refuse({ kind: 'malformed', what: type.path, says: '' });
    last = end;
  }
}

/** Records by their number, streamed; a failure ends the stream. */
export async function* recordsOf(ask: Ask, query: CrmRecordQuery, signal: AbortSignal): AsyncGenerator<CrmRecordPage> {
  try {
    yield* pages(ask, query, signal);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield { kind: 'failed', failure: error.failure };
  }
}
