import type { CrmIdentity, CrmSchema, CrmUser } from '../model/crm/answers.ts';
import {
  type CrmAccess,
  type CrmClient,
  type CrmRecordPage,
  type CrmRecordQuery,
  type CrmResponse,
  type CrmSession,
  defineConnector,
} from '../model/crm/connector.ts';
import type { CrmFailure, CrmFailureKind, CrmReply } from '../model/crm/failure.ts';
import type { Text } from '../model/text.ts';
import type { FieldType } from '../model/workflow/schema.ts';
import { answered } from './cloud/answering.ts';
import { type Api, apiOf, malformed, type Said } from './cloud/ask.ts';
import { isName, type SchemaField, type SchemaObject, schemaText, valuesOf } from './cloud/fields.ts';
import { baseOf } from './cloud/vendor.ts';
import { clockOf } from './http-failure.ts';
import { questions } from './questions.ts';
import { booleanIn, idIn, isObject, type Json, numberIn, objectIn, objectsIn, textIn } from './reading.ts';

const notOffered = {
  mail: {
    en: 'Pipedrive tells no API about mail settings: look at Personal preferences > Email sync',
    ja: 'メール設定は API では分かりません。個人設定 > メール同期 を確認してください',
  },
  jobs: {
    en: 'Pipedrive starts everything itself and shows no jobs',
    ja: 'Pipedrive は処理をすべて自動で起動し、ジョブの一覧はありません',
  },
  queue: {
    en: 'Pipedrive shows no queue of messages: look at the Outbox of the Sales Inbox',
    ja: '送信キューは公開されていません。セールス受信箱の送信トレイを確認してください',
  },
  log: {
    en: 'the API hands out no log without the passwords of webhooks in it: look at Tools and apps > Webhooks, and at Settings > Security center',
    ja: 'ログ（Webhook の一覧）には Webhook のパスワードが含まれるため取得しません。ツールとアプリ > Webhooks と、設定 > セキュリティセンター を確認してください',
  },
  workflows: {
    en: 'Pipedrive has no API for automations, and no export: look at Automations',
    ja: 'オートメーションを取得する API もエクスポート機能もありません。「オートメーション」画面を確認してください',
  },
  runs: {
    en: 'Pipedrive shows what automations did under Automations > the automation > History only',
    ja: 'オートメーションの実行結果は、オートメーション > 対象のオートメーション > 履歴 でしか確認できません',
  },
} as const satisfies Readonly<Record<string, Text>>;

const scopePlace: Text = {
  en: 'a permission for this: Settings > Company > Manage users > the user > Permission set',
  ja: 'この操作の権限: 設定 > 会社 > ユーザー管理 > 対象のユーザー > 権限セット',
};

const kinds: Readonly<Record<number, CrmFailureKind>> = {
  401: 'auth',
  // The trial or the subscription has ended.
  402: 'api-off',
  403: 'permission',
  404: 'not-found',
  410: 'api-off',
  429: 'rate-limited',
};

const closed: Text = {
  en: 'a plan that is paid: the trial or the subscription has ended (Settings > Billing)',
  ja: '有効なプラン（試用期間または契約が終了しています。設定 > お支払い）',
};

/** `{"success":false,"error":"unauthorized access","errorCode":401,"error_info":…}` */
const errorIn = ({ json, status }: CrmResponse): Said | undefined => {
  if (!isObject(json) || json.success !== false) return undefined;
  const code = idIn(json.errorCode) ?? idIn(json.code);
  const kind = kinds[status];
  return {
    ...(code === undefined ? {} : { code }),
    says: textIn(json.error) ?? textIn(json.message) ?? '',
    ...(kind ? { kind } : {}),
    ...(status === 402 ? { needs: closed } : {}),
  };
};

const recordTypes = { contacts: 'persons', companies: 'organizations', opportunities: 'deals' } as const;

/** As records are called here, and where their fields stand. */
const objects: Readonly<Record<string, string>> = {
  persons: 'personFields',
  organizations: 'organizationFields',
  deals: 'dealFields',
  products: 'productFields',
};

/** field_type */
const types: Readonly<Record<string, FieldType>> = {
  text: 'longtext',
  varchar: 'text',
  varchar_auto: 'text',
  double: 'number',
  monetary: 'currency',
  int: 'integer',
  date: 'date',
  enum: 'picklist',
  set: 'multipicklist',
  phone: 'phone',
  user: 'reference',
  org: 'reference',
  people: 'reference',
};
const targets: Readonly<Record<string, string>> = { user: 'User', org: 'organizations', people: 'persons' };

const fieldOf = (field: Json, printable: (text: string) => string): SchemaField => {
  const kind = textIn(field.field_type) ?? '';
  const type = (Object.hasOwn(types, kind) ? types[kind] : undefined) ?? 'text';
  const to = Object.hasOwn(targets, kind) ? targets[kind] : undefined;
  const values =
    type === 'picklist' || type === 'multipicklist'
      ? valuesOf(
          objectsIn(field.options).flatMap(({ id }) => {
            const value = idIn(id);
            return value === undefined ? [] : [{ value: printable(value), active: true }];
          }),
        )
      : [];
  return { type, ...(to === undefined ? {} : { to: [to] }), ...(values.length > 0 ? { values } : {}) };
};

/** Pages of version 2, by its cursor. */
async function* pages(
  api: Api,
  path: string,
  query: Readonly<Record<string, string | number>>,
  signal: AbortSignal,
): AsyncGenerator<
  Extract<CrmRecordPage, { kind: 'failed' }> | { readonly kind: 'rows'; readonly rows: readonly Json[] }
> {
  let cursor: string | undefined;
  for (;;) {
    const told = await api({ path, query: { ...query, cursor }, right: scopePlace, list: 'data' }, signal);
    if (told.kind === 'failed') return yield told;
    const { rows } = told;
    yield { kind: 'rows', rows };
    const next = textIn(objectIn(told.object.additional_data).next_cursor);
    if (next === undefined) return;
    // What does not move on would never end.
    if (next === cursor || rows.length === 0) return yield malformed(path, told.response);
    cursor = next;
  }
}

const readSchema = async (
  api: Api,
  printable: CrmClient['printable'],
  signal: AbortSignal,
): Promise<CrmReply<CrmSchema>> => {
  const found = new Map<string, SchemaObject>();
  for (const [object, fields] of Object.entries(objects)) {
    const read: Record<string, SchemaField> = {};
    for await (const page of pages(api, `/api/v2/${fields}`, { limit: 500 }, signal)) {
      if (page.kind === 'failed') return page;
      for (const field of page.rows) {
        const name = textIn(field.field_code);
        // The customer's own fields are called by 40 hexadecimal digits.
        if (name !== undefined && (isName(name) || /^[\da-f]{40}$/.test(name))) read[name] = fieldOf(field, printable);
      }
    }
    found.set(object, { fields: read });
  }
  return answered({ text: schemaText(found) });
};

const userOf = (row: Json, printable: CrmClient['printable']): CrmUser | undefined => {
  const [id, login] = [idIn(row.id), textIn(row.email)];
  const admin = booleanIn(row.is_admin);
  return id === undefined || login === undefined
    ? undefined
    : {
        id: printable(id, 40),
        login: printable(login),
        active: booleanIn(row.active_flag) !== false,
        ...(admin === undefined ? {} : { admin }),
        roles: [],
      };
};

async function* readRecords(
  api: Api,
  { type, fields, since, pageSize = 500 }: CrmRecordQuery,
  signal: AbortSignal,
): AsyncGenerator<CrmRecordPage> {
  const object = Object.hasOwn(recordTypes, type) ? recordTypes[type as keyof typeof recordTypes] : type; // own: one of its keys
  if (!Object.hasOwn(objects, object)) {
    return yield {
      kind: 'failed',
      failure: { kind: 'not-found', what: '/api/v2', says: Object.keys(objects).join(', ') },
    };
  }
  const at = since === undefined ? undefined : new Date(since);
  const query = {
    limit: Math.min(500, Math.max(1, pageSize)),
    sort_by: 'id',
    sort_direction: 'asc',
    // Whole seconds, as its examples write it.
    ...(at && !Number.isNaN(at.getTime()) ? { updated_since: at.toISOString().replace(/\.\d{3}Z$/, 'Z') } : {}),
  };
  for await (const page of pages(api, `/api/v2/${object}`, query, signal)) {
    if (page.kind === 'failed') return yield page;
    const records = page.rows.map((row) =>
      fields ? Object.fromEntries(Object.entries(row).filter(([name]) => name === 'id' || fields.includes(name))) : row,
    );
    yield { kind: 'page', records };
  }
}

const onlyTokens: CrmFailure = {
  kind: 'config',
  what: '',
  says: '',
  needs: {
    en: 'crm.secret: the personal API token, without crm.clientId (an OAuth app signs in with a browser)',
    ja: 'crm.secret: 個人用 API トークン（OAuth アプリのログインにはブラウザーが必要なため、crm.clientId は指定しません）',
  },
};

const open = (access: CrmAccess, client: CrmClient): CrmSession => {
  const { printable } = client;
  const base = baseOf(access.url, ['pipedrive.com'], (host) =>
    host === 'app.pipedrive.com' || host === 'www.pipedrive.com' ? 'https://api.pipedrive.com' : `https://${host}`,
  );
  const secret = () => (access.secret() ?? '').trim();
  const bare = apiOf(client, { errorIn, now: access.now }, () => ({ 'x-api-token': secret() }));
  const api: Api = (request, signal) => bare({ ...request, path: `${base}${request.path}` }, signal);

  const identity = async (signal: AbortSignal): Promise<CrmReply<CrmIdentity>> => {
    if (access.clientId !== undefined) return { kind: 'failed', failure: onlyTokens };
    const what = '/api/v1/users/me';
    const told = await api({ path: what }, signal);
    if (told.kind === 'failed') return told;
    const me = objectIn(told.object.data);
    const user = userOf(me, printable);
    if (told.object.success !== true || !user) {
      return { kind: 'failed', failure: { kind: 'not-this-crm', what, status: told.response.status, says: '' } };
    }
    const zone = textIn(me.timezone_name);
    const { headers } = told.response;
    const left = numberIn(headers['x-daily-requests-left']);
    return answered<CrmIdentity>({
      product: 'pipedrive',
      name: 'Pipedrive',
      api: { used: 'v2', newest: 'v2' },
      user: { login: user.login, ...(user.admin === undefined ? {} : { admin: user.admin }) },
      ...clockOf(told.response, access.now()),
      ...(zone === undefined ? {} : { timeZone: printable(zone, 60) }),
      ...(left !== undefined && left < 100 ? { complaints: [`daily API budget: ${left} left`] } : {}),
    });
  };

  return {
    identity,
    answer: questions({
      ...notOffered,
      users: async (signal) => {
        const told = await api({ path: '/api/v1/users', right: scopePlace, list: 'data' }, signal);
        if (told.kind === 'failed') return told;
        return answered(told.rows.flatMap((row) => userOf(row, printable) ?? []));
      },
      schema: (signal) => readSchema(api, printable, signal),
    }),
    records: (query, signal) => readRecords(api, query, signal),
  };
};

export const pipedrive = defineConnector({
  type: 'pipedrive',
  name: 'Pipedrive',
  seen: 'documented',
  runtime: 'php',
  needs: ['secret'],
  secretIs: {
    en: 'the personal API token (Personal preferences > API)',
    ja: '個人用 API トークン（個人設定 > API）',
  },
  answers: { users: true, schema: true, ...notOffered },
  recordTypes,
  open,
});
