import type { CrmAccess, CrmClient, CrmRequest, CrmResponse } from '../../model/crm/connector.ts';
import type { CrmFailure } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { httpFailure } from '../http-failure.ts';
import { isObject, type Json, numberIn, objectIn, objectsIn, rowsIn, textIn } from '../reading.ts';
import { Refusal, refuse } from '../refusal.ts';

/** One record: its id beside its attributes. */
export type Row = Json & { readonly id: string };

export interface ListQuery {
  /** Never without: the API would show passwords that are kept in columns (`mail_smtppass`). */
  readonly fields: readonly string[];
  readonly filter?: readonly (readonly [field: string, operator: 'eq' | 'gt' | 'gte', value: string])[];
  readonly sort?: string;
  readonly size?: number;
  readonly page?: number;
}

export interface Listed {
  readonly rows: readonly Row[];
  readonly pages: number;
}

export interface Door {
  /** `/legacy` in SuiteCRM 8, beneath which 7 lives on. */
  readonly root: (signal: AbortSignal) => Promise<string>;
  readonly get: (path: string, query: CrmRequest['query'], signal: AbortSignal) => Promise<CrmResponse>;
  readonly list: (module: string, query: ListQuery, signal: AbortSignal) => Promise<Listed>;
  readonly all: (
    module: string,
    query: ListQuery,
    signal: AbortSignal,
    most?: number,
  ) => Promise<{ readonly rows: readonly Row[]; readonly whole: boolean }>;
}

export const largestPage = 100;

const beforeLogin: Text = {
  en: 'the API fails before any login: look into suitecrm.log, and whether Api/V8/OAuth2/private.key and public.key exist, belong to the web server and have the mode 600 or 660',
  ja: 'ログイン前の段階で API が失敗しています。suitecrm.log と、Api/V8/OAuth2 の private.key と public.key（Web サーバーの所有で、パーミッションは 600 または 660）を確認してください',
};

const keys: Text = {
  en: 'the key files of the API: Api/V8/OAuth2/private.key and public.key must exist, belong to the web server and have the mode 600 or 660',
  ja: 'API の鍵ファイルに問題があります。Api/V8/OAuth2 の private.key と public.key が存在し、Web サーバーの所有で、パーミッションが 600 または 660 であることを確認してください',
};

const wrongClient: Text = {
  en: 'crm.clientId and crm.secret are id and secret of a client in Admin > OAuth2 Clients and Tokens, of the kind Client Credentials',
  ja: 'crm.clientId と crm.secret には、「管理 > OAuth2 Clients and Tokens」にある Client Credentials 型クライアントの ID とシークレットを指定してください',
};

const headerDropped: Text = {
  en: 'the token did not reach SuiteCRM: the web server does not pass the Authorization header on to PHP (Apache: CGIPassAuth On)',
  ja: 'トークンが SuiteCRM に届いていません。Web サーバーが Authorization ヘッダーを PHP に渡していません（Apache では CGIPassAuth On を設定します）',
};

const moduleRight = (module: string): Text => ({
  en: `the right to see the module ${module}, for the user of the OAuth2 client: Admin > Role Management (mail accounts and schedulers need an administrator)`,
  ja: `OAuth2 クライアントのユーザーがモジュール ${module} を見る権限（管理 > 権限管理。メールアカウントとスケジューラーには管理者が必要です）`,
});

/** Errors come as JSON:API, as OAuth 2.0, or as a text in a body of another kind. */
const saysIn = ({ json }: CrmResponse): string | undefined => {
  if (!isObject(json)) return undefined;
  const { errors, hint, message, error } = json;
  const [first] = Array.isArray(errors) ? objectsIn(errors) : [objectIn(errors)];
  return textIn(first?.detail) ?? textIn(first?.title) ?? textIn(hint) ?? textIn(message) ?? textIn(error);
};

const aboutKeys = /\b(?:private|public)\.key\b|Key (?:path|file)\b|read key from file|encryption key/i;

/** What an answer means that is none; a wrong login may be repeated in it, so that of such a text only its kind is kept. */
const meaning = (response: CrmResponse, says: string | undefined, module: string | undefined): Partial<CrmFailure> => {
  const { status } = response;
  if (status === 401 && /Missing "?Authorization"? header/i.test(says ?? ''))
    return { kind: 'api-off', needs: headerDropped };
  if (status === 401) {
    return says === undefined && response.headers['www-authenticate'] !== undefined
      ? { kind: 'login-page' }
      : { kind: 'auth' };
  }
  if (status >= 500 && aboutKeys.test(`${says ?? ''} ${response.body.slice(0, 5_000)}`))
    return { kind: 'api-off', needs: keys };
  if (status === 403 && module !== undefined) return { kind: 'permission', needs: moduleRight(module) };
  if (/access (?:is )?denied|does not have access/i.test(says ?? '')) {
    return { kind: 'permission', ...(module === undefined ? {} : { needs: moduleRight(module) }) };
  }
  if (status === 400 && /not found|not exist/i.test(says ?? '')) return { kind: 'not-found' };
  if (status === 404) return { kind: says === undefined ? 'not-this-crm' : 'not-found' };
  return {};
};

const missingFields = /^The following fields? in \S{1,80} module (?:is|are) not found: ([\w, ]{1,2000})$/;

export const openDoor = (access: CrmAccess, client: CrmClient): Door => {
  let base: string | undefined;
  let token: { readonly value: string; readonly until: number } | undefined;

  const failed = (response: CrmResponse, what: string, module?: string): never => {
    const says = saysIn(response);
    return refuse({ ...httpFailure(response, what, client, says), ...meaning(response, says, module) });
  };

  const send = async (request: CrmRequest, signal: AbortSignal): Promise<CrmResponse> => {
    const asked = await client.ask(request, signal);
    return asked.kind === 'failed' ? refuse(asked.failure) : asked.response;
  };

  /** Asked without a login: where the API is, and whether it is well so far. */
  const root: Door['root'] = async (signal) => {
    if (base !== undefined) return base;
    const seen: CrmResponse[] = [];
    for (const place of ['/legacy', '']) {
      const response = await send({ path: `${place}/Api/V8/meta/modules` }, signal);
      if (response.status === 401 && isObject(response.json)) {
        base = place;
        return place;
      }
      seen.push(response);
    }
    // What a proxy says of a server that it does not reach (502, 503, 504) is no fault of the API.
    const broken = seen.find(({ status }) => status === 500);
    if (broken) {
      const known = aboutKeys.test(broken.body.slice(0, 5_000));
      return refuse({
        ...httpFailure(broken, '/Api/V8/meta/modules', client, saysIn(broken)),
        ...(known ? { kind: 'api-off', needs: keys } : { needs: beforeLogin }),
      });
    }
    const [first] = seen.toSorted((one, other) => Number(one.status === 404) - Number(other.status === 404));
    return first
      ? failed(first, '/Api/V8/meta/modules')
      : refuse({ kind: 'not-this-crm', what: '/Api/V8/meta/modules', says: '' });
  };

  const login = async (signal: AbortSignal): Promise<string> => {
    if (token && token.until > access.now().getTime()) return token.value;
    const path = `${await root(signal)}/Api/access_token`;
    const form = {
      grant_type: 'client_credentials',
      client_id: access.clientId ?? '',
      client_secret: access.secret() ?? '',
    };
    const response = await send({ method: 'POST', path, form, again: false }, signal);
    const { json } = response;
    const value = isObject(json) ? textIn(json.access_token) : undefined;
    if (response.status !== 200 || value === undefined) {
      const code = isObject(json) ? textIn(json.error) : undefined;
      const wrong = code === 'invalid_client' || code === 'unsupported_grant_type' || code === 'unauthorized_client';
      if (!wrong) return failed(response, path);
      return refuse({
        ...httpFailure(response, path, client, saysIn(response)),
        kind: 'auth',
        code: client.printable(code, 60),
        needs: wrongClient,
      });
    }
    access.learn(value);
    const seconds = isObject(json) ? (numberIn(json.expires_in) ?? 3_600) : 3_600;
    token = { value, until: access.now().getTime() + Math.max(0, seconds - 60) * 1_000 };
    return value;
  };

  const ask = async (path: string, query: CrmRequest['query'], signal: AbortSignal, module?: string) => {
    const bearer = await login(signal);
    const what = `${await root(signal)}/Api/V8${path}`;
    const headers = { authorization: `Bearer ${bearer}`, accept: 'application/vnd.api+json' };
    const response = await send(
      { path: what, ...(query ? { query } : {}), headers, mostBytes: 32 * 1024 * 1024 },
      signal,
    );
    return response.status === 200 && isObject(response.json) ? response : failed(response, what, module);
  };

  const list: Door['list'] = async (module, query, signal) => {
    const { fields, filter = [], sort, size = largestPage, page = 1 } = query;
    try {
      const path = `/module/${module}`;
      const response = await ask(
        path,
        {
          [`fields[${module}]`]: fields.join(','),
          ...Object.fromEntries(filter.map(([field, operator, value]) => [`filter[${field}][${operator}]`, value])),
          ...(sort === undefined ? {} : { sort }),
          'page[size]': size,
          'page[number]': page,
        },
        signal,
        module,
      );
      const body = objectIn(response.json);
      const data = rowsIn(body.data) ?? failed(response, path, module);
      return {
        rows: data.flatMap((one) => {
          const id = textIn(one.id);
          return id === undefined ? [] : [{ ...objectIn(one.attributes), id }];
        }),
        pages: numberIn(objectIn(body.meta)['total-pages']) ?? 1,
      };
    } catch (error) {
      // Columns differ by version: those that this one does not have are left out.
      const missing = error instanceof Refusal ? missingFields.exec(error.failure.says)?.[1]?.split(', ') : undefined;
      const left = fields.filter((field) => !missing?.includes(field));
      if (left.length === fields.length || left.length === 0) throw error;
      return list(module, { ...query, fields: left }, signal);
    }
  };

  return {
    root,
    get: (path, query, signal) => ask(path, query, signal),
    list,
    all: async (module, query, signal, most = 2_000) => {
      const rows: Row[] = [];
      for (let page = 1; ; page += 1) {
        const listed = await list(module, { ...query, page }, signal);
        rows.push(...listed.rows);
        const whole = page >= listed.pages || listed.rows.length === 0;
        if (whole || rows.length >= most) return { rows, whole };
      }
    },
  };
};
