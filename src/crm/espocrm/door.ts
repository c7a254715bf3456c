import type { CrmAccess, CrmClient, CrmRequest, CrmResponse } from '../../model/crm/connector.ts';
import type { CrmFailure } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { basicLogin } from '../basic-login.ts';
import { httpFailure } from '../http-failure.ts';
import { isObject, type Json, numberIn, objectIn, rowsIn } from '../reading.ts';
import { refuse } from '../refusal.ts';

export const api = '/api/v1';

/** Most of what a list gives out at once (`recordListMaxSizeLimit`). */
export const largestPage = 200;

export interface Where {
  readonly type: string;
  readonly attribute: string;
  readonly value?: string | readonly string[];
}

export interface ListQuery {
  readonly select: readonly string[];
  readonly where?: readonly Where[];
  readonly orderBy?: string;
  readonly order?: 'asc' | 'desc';
  readonly maxSize?: number;
  readonly offset?: number;
}

export interface Listed {
  readonly items: readonly Json[];
  /** Undefined where EspoCRM does not count. */
  readonly total?: number;
}

/** How EspoCRM is asked; what does not succeed is refused with its reason. */
export interface Door {
  readonly ask: (request: CrmRequest, signal: AbortSignal, needs?: Text) => Promise<CrmResponse>;
  /** A body that is an object. */
  readonly object: (path: string, signal: AbortSignal, query?: CrmRequest['query'], needs?: Text) => Promise<Json>;
  readonly list: (entity: string, query: ListQuery, signal: AbortSignal, needs?: Text) => Promise<Listed>;
  /** Page by page, at most so many. */
  readonly all: (
    entity: string,
    query: ListQuery,
    signal: AbortSignal,
    most: number,
  ) => Promise<Listed & { readonly whole: boolean }>;
  /** With the login of a person, which may be an administrator's; an API user never is. */
  readonly person: boolean;
}

export const adminNeeded: Text = {
  en: 'the login of a user whose type is Admin, at crm.username and crm.secret (an API user is never an administrator)',
  ja: '種別が「管理者」のユーザーのログイン（crm.username と crm.secret に指定します。API ユーザーは管理者になれません）',
};

const secondStep: Text = {
  en: 'this user has two-factor authentication, which an API login cannot answer: a user without it is needed',
  ja: 'このユーザーは 2 要素認証が有効なため、API ではログインできません。2 要素認証を使わないユーザーが必要です',
};

const address: Text = {
  en: 'EspoCRM admits this user from certain addresses only: Administration > Authentication > IP address whitelist',
  ja: 'EspoCRM がログイン元の IP アドレスを制限しています。「管理 > 認証」の IP アドレスの許可リストを確認してください',
};

const headerDropped: Text = {
  en: 'the login did not reach EspoCRM: the web server does not pass the Authorization header on to PHP (Apache: CGIPassAuth On)',
  ja: 'ログイン情報が EspoCRM に届いていません。Web サーバーが Authorization ヘッダーを PHP に渡していません（Apache では CGIPassAuth On を設定します）',
};

const wall: Text = {
  en: 'the web server in front of EspoCRM asks for a login of its own',
  ja: 'EspoCRM の手前の Web サーバーが、独自のログインを求めています',
};

const keyAlone: Text = {
  en: 'with an API key, crm.username is left out; with a password, it is the user name',
  ja: 'API キーを使う場合は crm.username を指定しません。パスワードを使う場合はユーザー名を指定します',
};

/** The reason of a refusal stands in a header; the body is empty most of the time. */
const reasonOf = ({ headers }: CrmResponse): string | undefined => headers['x-status-reason'];

const unauthorized = (response: CrmResponse, person: boolean): Partial<CrmFailure> => {
  const reason = reasonOf(response);
  if (reason === 'second-step-required') return { kind: 'auth', needs: secondStep };
  // LDAP or another login method failed by itself: nobody was refused.
  if (reason === 'error') return { kind: 'server-error' };
  const challenge = response.headers['www-authenticate'];
  // EspoCRM challenges nobody who has sent a login, and its realm is empty.
  if (challenge === 'Basic realm=""') return person ? { kind: 'api-off', needs: headerDropped } : { kind: 'auth' };
  if (challenge !== undefined) return { kind: 'login-page', needs: wall };
  return { kind: 'auth', needs: keyAlone };
};

const forbidden = (reason: string, needs: Text | undefined): Partial<CrmFailure> => {
  if (/^Max failed login attempts/.test(reason)) return { kind: 'locked-out' };
  if (/^Not allowed IP address/.test(reason)) return { kind: 'permission', needs: address };
  return { kind: 'permission', ...(needs ? { needs } : {}) };
};

const meaning = (response: CrmResponse, person: boolean, needs: Text | undefined): Partial<CrmFailure> => {
  const reason = reasonOf(response);
  switch (response.status) {
    case 400:
      return /^Not existing /.test(reason ?? '') ? { kind: 'not-found' } : {};
    case 401:
      return unauthorized(response, person);
    case 403:
      return forbidden(reason ?? '', needs);
    case 404:
      return { kind: reason === undefined && response.body !== '' ? 'not-this-crm' : 'not-found' };
    case 503:
      return /maintenance/i.test(reason ?? '') ? { kind: 'maintenance' } : {};
    default:
      return {};
  }
};

const whereIn = (where: readonly Where[] = []): Readonly<Record<string, string | readonly string[]>> =>
  Object.fromEntries(
    where.flatMap(({ type, attribute, value }, at): readonly (readonly [string, string | readonly string[]])[] => [
      [`where[${at}][type]`, type],
      [`where[${at}][attribute]`, attribute],
      ...(value === undefined
        ? []
        : ([[typeof value === 'string' ? `where[${at}][value]` : `where[${at}][value][]`, value]] as const)),
    ]),
  );

export const openDoor = (access: CrmAccess, client: CrmClient): Door => {
  const person = access.username !== undefined && access.username !== '';
  const login = (): Readonly<Record<string, string>> =>
    person
      ? { authorization: basicLogin(access.username ?? '', access.secret() ?? '') }
      : { 'x-api-key': access.secret() ?? '' };

  const ask: Door['ask'] = async (request, signal, needs) => {
    const what = request.what ?? request.path;
    const path = `${api}${request.path}`;
    const asked = await client.ask({ ...request, path, what, headers: { ...request.headers, ...login() } }, signal);
    if (asked.kind === 'failed') return refuse(asked.failure);
    const { response } = asked;
    if (response.status < 300 && response.json !== undefined) return response;
    const base = httpFailure(response, what, client, reasonOf(response));
    return refuse({ ...base, ...meaning(response, person, needs) });
  };

  const malformed = (response: CrmResponse, what: string): never =>
    refuse({ kind: 'malformed', what, status: response.status, says: client.printable(response.body) });

  const object: Door['object'] = async (path, signal, query, needs) => {
    const response = await ask({ path, ...(query ? { query } : {}) }, signal, needs);
    return isObject(response.json) ? response.json : malformed(response, path);
  };

  const list: Door['list'] = async (entity, query, signal, needs) => {
    const { select, where, orderBy, order, maxSize = largestPage, offset = 0 } = query;
    const path = `/${entity}`;
    const response = await ask(
      {
        path,
        query: {
          ...(select.length > 0 ? { select: select.join(',') } : {}),
          maxSize,
          offset,
          ...(orderBy === undefined ? {} : { orderBy, order: order ?? 'asc' }),
          ...whereIn(where),
        },
      },
      signal,
      needs,
    );
    const json = objectIn(response.json);
    const items = rowsIn(json.list) ?? malformed(response, path);
    const total = numberIn(json.total);
    return { items, ...(total === undefined || total < 0 ? {} : { total }) };
  };

  const all: Door['all'] = async (entity, query, signal, most) => {
    const items: Json[] = [];
    for (;;) {
      const page = await list(entity, { ...query, offset: items.length }, signal, adminNeeded);
      items.push(...page.items);
      const whole = page.items.length < (query.maxSize ?? largestPage);
      if (whole || items.length >= most) {
        return { items, whole, ...(page.total === undefined ? {} : { total: page.total }) };
      }
    }
  };

  return { ask, object, list, all, person };
};
