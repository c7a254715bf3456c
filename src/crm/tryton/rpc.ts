import type { CrmAccess, CrmClient, CrmResponse } from '../../model/crm/connector.ts';
import type { CrmFailure, CrmFailureKind } from '../../model/crm/failure.ts';
import { base64 } from '../basic-login.ts';
import { waitIn } from '../http-failure.ts';
import { isObject, type Json, listIn, rowsIn, textIn } from '../reading.ts';
import { administration } from './words.ts';

export type Told<Value> =
  | { readonly kind: 'told'; readonly value: Value; readonly response: CrmResponse }
  | { readonly kind: 'failed'; readonly failure: CrmFailure };

/** One search: at most `limit` rows, in the order of their id. */
export interface Search {
  readonly domain?: readonly unknown[];
  readonly fields: readonly string[];
  readonly limit?: number;
  readonly newestFirst?: boolean;
  /** Rows that are switched off too. */
  readonly inactiveToo?: boolean;
}

/** One Tryton that is being asked. */
export interface Rpc {
  /** `common.server.version` and its like, which want no login. */
  readonly server: (method: string, signal: AbortSignal) => Promise<Told<unknown>>;
  /** Takes the session, so that the others may be used. */
  readonly login: (signal: AbortSignal) => Promise<Told<number>>;
  /** Gives the session back, of which trytond would keep a row; nothing where there is none. */
  readonly logout: (signal: AbortSignal) => Promise<unknown>;
  /** `MODEL.METHOD`; the context that Tryton wants at the end is added. */
  readonly model: (
    method: string,
    params: readonly unknown[],
    signal: AbortSignal,
    context?: Json,
  ) => Promise<Told<unknown>>;
  readonly search: (model: string, search: Search, signal: AbortSignal) => Promise<Told<readonly Json[]>>;
  readonly printable: CrmClient['printable'];
}

const isPage = ({ headers, body }: CrmResponse): boolean =>
  (headers['content-type'] ?? '').includes('html') || /^\s{0,100}</.test(body.slice(0, 200));

const asksPassword = (page: string): boolean =>
  /type\s{0,5}=\s{0,5}["']?password|SAMLRequest/i.test(page.slice(0, 100_000));

/** SQLite's words of trytond, and PostgreSQL's (`FATAL:  database "crm" does not exist`). */
const lacksDatabase = (text: string): boolean =>
  /\bdatabase ['"][^'"]{1,300}['"] (?:doesn't|does not) exist/i.test(text.slice(0, 1_000));

/** A KeyError of Python by its argument: a model, field or method that is not there. */
const lacksName = (text: string): boolean => /^'[\w.|-]{1,200}'$/.test(text);

const refusesAccess = (text: string): boolean => /\bnot allowed to (?:access|read)\b/i.test(text);

const kindOfStatus = (response: CrmResponse, step: 'server' | 'login' | 'model'): CrmFailureKind => {
  const { status } = response;
  if (status === 401) return step === 'model' ? 'key-expired' : 'auth';
  if (status === 403) return 'permission';
  if (status === 404) return step === 'server' ? 'not-this-crm' : 'wrong-database';
  // trytond counts wrong logins of a name (session.max_attempt), whatever their password is.
  if (status === 429) return step === 'login' ? 'locked-out' : 'rate-limited';
  if (status === 503)
    return /maintenance|メンテナンス/i.test(response.body.slice(0, 10_000)) ? 'maintenance' : 'server-error';
  if (status >= 500) return 'server-error';
  // 405: some page lives there, which takes no question.
  if (step === 'server' && (status === 405 || status === 400)) return 'not-this-crm';
  if (status >= 300 && status < 400) return 'redirected';
  if (status === 200 && isPage(response)) return asksPassword(response.body) ? 'login-page' : 'not-this-crm';
  return status >= 400 ? 'server-error' : 'malformed';
};

const failureOf = (
  response: CrmResponse,
  {
    what,
    step,
    printable,
  }: { readonly what: string; readonly step: 'server' | 'login' | 'model'; readonly printable: CrmClient['printable'] },
): CrmFailure => {
  const { status, headers } = response;
  const common = {
    what,
    status,
    ...waitIn(response),
    ...(headers.date === undefined ? {} : { date: printable(headers.date, 40) }),
  };
  const error = isObject(response.json) ? response.json.error : undefined;
  if (error === undefined || status !== 200) {
    const kind = kindOfStatus(response, step);
    const asks = status === 401 ? (headers['www-authenticate'] ?? '') : '';
    return { ...common, kind, says: printable(asks, 120), ...(kind === 'permission' ? { needs: administration } : {}) };
  }
  // [type, its arguments] of Tryton's own errors, [text, traceback] of any other; the traceback is nobody's business.
  const [first, second] = listIn(error);
  const type = textIn(first) ?? '';
  if (Array.isArray(second)) {
    const says = printable(
      second
        .filter((one) => typeof one === 'string' && one !== '')
        .slice(0, 2)
        .join(' '),
    );
    if (type === 'LoginException') {
      return {
        ...common,
        kind: 'auth',
        code: type,
        says,
        needs: {
          en: 'a user that signs in with a password alone (this login asks for something more, which only a person can give)',
          ja: 'パスワードだけでログインできるユーザー（このログインでは、ほかに人が入力する項目も求められます）',
        },
      };
    }
    return refusesAccess(says)
      ? { ...common, kind: 'permission', code: printable(type, 60), says, needs: administration }
      : { ...common, kind: 'server-error', code: printable(type, 60), says };
  }
  const says = printable(type.split('\n', 1)[0] ?? '');
  if (lacksDatabase(type)) return { ...common, kind: 'wrong-database', says };
  return { ...common, kind: lacksName(type) ? 'not-found' : 'server-error', says };
};

/** Errors in English, so that they can be told apart. */
const english = { language: 'en' };

export const openRpc = (access: CrmAccess, client: CrmClient): Rpc => {
  const { printable } = client;
  const database = `/${encodeURIComponent(access.database ?? '')}/`;
  const login = access.username ?? '';
  let authorization: string | undefined;

  const ask = async (
    request: { readonly path: string; readonly method: string; readonly params: readonly unknown[] },
    step: 'server' | 'login' | 'model',
    signal: AbortSignal,
  ): Promise<Told<unknown>> => {
    const { path, method, params } = request;
    const what = printable(method, 120);
    const asked = await client.ask(
      {
        method: 'POST',
        path,
        json: { id: 1, method, params },
        ...(step === 'model' && authorization !== undefined ? { headers: { authorization } } : {}),
        what,
        // A login is tried once; everything else here only reads.
        again: step !== 'login',
      },
      signal,
    );
    if (asked.kind === 'failed') return asked;
    const { response } = asked;
    const told = response.status === 200 && isObject(response.json) && 'result' in response.json;
    return told && isObject(response.json)
      ? { kind: 'told', value: response.json.result, response }
      : { kind: 'failed', failure: failureOf(response, { what, step, printable }) };
  };

  const model: Rpc['model'] = (method, params, signal, context = {}) =>
    ask(
      { path: database, method: `model.${method}`, params: [...params, { ...english, ...context }] },
      'model',
      signal,
    );

  return {
    printable,
    model,
    server: (method, signal) => ask({ path: '/', method, params: [] }, 'server', signal),
    login: async (signal) => {
      const params = [login, { password: access.secret() ?? '' }, 'en'];
      const came = await ask({ path: database, method: 'common.db.login', params }, 'login', signal);
      if (came.kind === 'failed') return came;
      // A third part may follow, the address of the bus (6.2 and newer).
      const [user, key] = listIn(came.value);
      if (typeof user !== 'number' || typeof key !== 'string') {
        const failure: CrmFailure = { kind: 'malformed', what: 'common.db.login', status: 200, says: '' };
        return { kind: 'failed', failure };
      }
      access.learn(key);
      const token = base64(`${login}:${user}:${key}`);
      access.learn(token);
      authorization = `Session ${token}`;
      return { ...came, value: user };
    },
    logout: async (signal) => {
      if (authorization === undefined) return;
      await ask({ path: database, method: 'common.db.logout', params: [] }, 'model', signal);
      authorization = undefined;
    },
    search: async (name, { domain = [], fields, limit = 500, newestFirst, inactiveToo }, signal) => {
      const order = [['id', newestFirst ? 'DESC' : 'ASC']];
      const context = inactiveToo ? { active_test: false } : {};
      const came = await model(`${name}.search_read`, [domain, 0, limit, order, fields], signal, context);
      if (came.kind === 'failed') return came;
      const rows = rowsIn(came.value);
      if (rows) return { ...came, value: rows };
      const failure: CrmFailure = { kind: 'malformed', what: `model.${name}.search_read`, status: 200, says: '' };
      return { kind: 'failed', failure };
    },
  };
};
