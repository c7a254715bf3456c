import type { CrmClient, CrmRecord, CrmRecordPage, CrmRecordQuery } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { idIn, isObject, type Json, numberIn, objectIn, objectsIn, textIn } from '../reading.ts';
import { Refusal, refuse } from '../refusal.ts';
import type { App } from './apps.ts';
import type { Door } from './door.ts';

/** Most that one request gives out. */
const largestPage = 500;

const appNeeded = (type: string, apps: readonly App[]): Text => ({
  en: `records of kintone are asked for by the number or name of an app; ${type} is none of: ${apps.map(({ id, name }) => `${id} (${name})`).join(', ')}`,
  ja: `kintone のレコードは、アプリの番号または名前で指定します。「${type}」は次のどれでもありません: ${apps.map(({ id, name }) => `${id}（${name}）`).join('、')}`,
});

const appOf = (type: string, apps: readonly App[]): App | undefined =>
  apps.find(({ id, name, code }) => type === id || type === name || type === code);

const deepest = 3;

/** `{ type, value }` as the value alone; of a file all but the key with which it is fetched. */
const plain = (cell: unknown, depth = 0): unknown => {
  const { type, value } = objectIn(cell);
  if (type === 'FILE') {
    return objectsIn(value).map(({ name, contentType, size }) => ({ name, contentType, size }));
  }
  if (type === 'SUBTABLE' && depth < deepest) {
    return objectsIn(value).map((row) => ({ id: row.id, ...cells(objectIn(row.value), depth + 1) }));
  }
  return value ?? null;
};

const cells = (record: Json, depth = 0): Json =>
  Object.fromEntries(Object.entries(record).map(([code, cell]) => [code, plain(cell, depth)]));

/** The field that holds the time of the last change is called after the language in which the app was made. */
const changedField = async (app: App, door: Door, signal: AbortSignal): Promise<string> => {
  const { json } = await door.get('/k/v1/app/form/fields.json', { app: app.id }, signal);
  const code = Object.entries(objectIn(json.properties)).find(
    ([, one]) => isObject(one) && one.type === 'UPDATED_TIME',
  );
  return (
    code?.[0] ??
    refuse({ kind: 'not-found', what: '/k/v1/app/form/fields.json', says: 'no field of type UPDATED_TIME' })
  );
};

const fieldsIn = (fields: readonly string[] | undefined): Readonly<Record<string, string>> =>
  fields === undefined
    ? {}
    : Object.fromEntries([...new Set(['$id', ...fields])].map((code, at) => [`fields[${at}]`, code]));

/** Pages by `$id`, as kintone advises: an offset ends at 10000, and moves when records are added. */
export async function* readRecords(
  query: CrmRecordQuery,
  known: (signal: AbortSignal) => Promise<readonly App[]>,
  door: Door,
  client: CrmClient,
  signal: AbortSignal,
): AsyncGenerator<CrmRecordPage> {
  try {
    const apps = await known(signal);
    const app = appOf(query.type, apps);
    if (!app) {
      const says = client.printable(query.type, 100);
      refuse({ kind: 'config', what: says, says, needs: appNeeded(says, apps.slice(0, 20)) });
      return;
    }
    const size = Math.max(1, Math.min(query.pageSize ?? largestPage, largestPage));
    const since =
      query.since === undefined
        ? ''
        : `${await changedField(app, door, signal)} >= "${new Date(query.since).toISOString().slice(0, 19)}Z" and `;
    let last = 0;
    for (;;) {
      const { json, response } = await door.get(
        '/k/v1/records.json',
        {
          app: app.id,
          query: `${since}$id > ${last} order by $id asc limit ${size}`,
          ...(last === 0 ? { totalCount: true } : {}),
          ...fieldsIn(query.fields),
        },
        signal,
        64 * 1024 * 1024,
      );
      const records = Array.isArray(json.records) ? objectsIn(json.records) : undefined;
      const next = numberIn(objectIn(records?.at(-1)?.$id).value);
      // A page that does not go on from the one before would be read for ever.
      if (!records || (records.length > 0 && (next === undefined || next <= last))) {
        const says = client.printable(response.body);
        yield { kind: 'failed', failure: { kind: 'malformed', what: '/k/v1/records.json', status: 200, says } };
        return;
      }
      const total = last === 0 ? numberIn(json.totalCount) : undefined;
      yield {
        kind: 'page',
        records: records.map((record): CrmRecord => cells(record)),
        ...(total === undefined ? {} : { total }),
      };
      if (records.length < size || next === undefined) return;
      last = next;
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield { kind: 'failed', failure: error.failure };
  }
}

/** People by their login names; of a user only what tells who it is. */
export const readUsers = async (door: Door, client: CrmClient, signal: AbortSignal) => {
  const pageSize = 100;
  const most = 5_000;
  const users: {
    readonly id: string;
    readonly login: string;
    readonly active: boolean;
    readonly roles: readonly string[];
  }[] = [];
  let offset = 0;
  for (;;) {
    const { json, response } = await door.get('/v1/users.json', { offset, size: pageSize }, signal);
    if (!Array.isArray(json.users)) {
      return refuse({ kind: 'malformed', what: '/v1/users.json', status: 200, says: client.printable(response.body) });
    }
    const page = json.users.flatMap((one: unknown) => {
      const { id, code, valid } = objectIn(one);
      const login = textIn(code);
      if (login === undefined) return [];
      return [
        {
          id: client.printable(idIn(id) ?? login, 100),
          login: client.printable(login, 128),
          active: valid !== false,
          roles: [],
        },
      ];
    });
    users.push(...page);
    offset += pageSize;
    const whole = json.users.length < pageSize;
    if (whole || offset >= most) return { users, whole };
  }
};
