import type { CrmAccess, CrmClient, CrmRequest, CrmResponse } from '../../model/crm/connector.ts';
import type { CrmFailure, CrmFailureKind } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { httpFailure } from '../http-failure.ts';
import { isObject, type Json, numberIn, rowsIn, textIn } from '../reading.ts';
import { refuse } from '../refusal.ts';

/** What a list of documents is asked for. */
export interface FrappeList {
  readonly fields: readonly string[];
  readonly filters?: readonly (readonly unknown[])[];
  readonly order?: string;
  readonly limit?: number;
  /** The document type that the rows of a table belong to. */
  readonly parent?: string;
}

/** A site of Frappe, asked with the key of one user. */
export interface Frappe {
  readonly method: (name: string, signal: AbortSignal, query?: CrmRequest['query']) => Promise<unknown>;
  readonly list: (doctype: string, list: FrappeList, signal: AbortSignal) => Promise<readonly Json[]>;
  readonly count: (doctype: string, filters: readonly (readonly unknown[])[], signal: AbortSignal) => Promise<number>;
  readonly single: (doctype: string, field: string, signal: AbortSignal) => Promise<unknown>;
  readonly doctype: (name: string, signal: AbortSignal) => Promise<Json>;
  readonly put: (doctype: string, name: string, values: Json, signal: AbortSignal) => Promise<void>;
  /** With the answer's headers. */
  readonly raw: (request: CrmRequest, signal: AbortSignal) => Promise<CrmResponse>;
}

const kinds: Readonly<Record<string, CrmFailureKind>> = {
  AuthenticationError: 'auth',
  SessionExpired: 'auth',
  InvalidAuthorizationHeader: 'auth',
  InvalidAuthorizationPrefix: 'auth',
  InvalidAuthorizationToken: 'auth',
  SecurityException: 'locked-out',
  PermissionError: 'permission',
  DoesNotExistError: 'not-found',
  DoctypeNotFound: 'not-found',
  ImportError: 'not-found',
  PageDoesNotExistError: 'not-found',
  RateLimitExceededError: 'rate-limited',
  TooManyRequestsError: 'rate-limited',
  SessionStopped: 'maintenance',
  InReadOnlyMode: 'maintenance',
  IncorrectSitePath: 'not-this-crm',
  // A field that the version does not have.
  DataError: 'not-found',
};

const role: Text = {
  en: 'the role System Manager, for the user whose API key it is (User > Roles & Permissions)',
  ja: 'API キーのユーザーに対するロール System Manager（ユーザー > ロールと権限）',
};

const withoutTags = (text: string): string =>
  text
    .slice(0, 2_000)
    .replace(/<[^<>]{0,200}>/g, ' ')
    .trim();

/** `_server_messages` is a list in JSON in a text, each of them JSON in a text again; the words are in `message`, with HTML. */
const messageIn = (text: string | undefined): string | undefined => {
  if (text === undefined || text.length > 20_000) return undefined;
  try {
    const list: unknown = JSON.parse(text);
    const first: unknown = Array.isArray(list) && typeof list[0] === 'string' ? JSON.parse(list[0]) : undefined;
    return isObject(first) ? textIn(first.message) : undefined;
  } catch {
    return undefined;
  }
};

/** `exc` holds a traceback with paths of the server and is not looked at; the last line of `exception` says what it was. */
const saysIn = (json: Json): string => {
  const exception = textIn(json.exception)?.trim().split('\n').at(-1) ?? '';
  return withoutTags(messageIn(textIn(json._server_messages)) ?? textIn(json._error_message) ?? exception);
};

export const failureOf = (response: CrmResponse, what: string, client: CrmClient): CrmFailure => {
  const { json, body, status } = response;
  const http = httpFailure(response, what, client);
  const error = isObject(json) ? json : undefined;
  const type = textIn(error?.exc_type) ?? '';
  if (!error || (type === '' && error.exception === undefined && error._server_messages === undefined)) {
    // A server with many sites knows none by this name, and says so on a page.
    const noSite = status === 404 && /does not exist/i.test(body.slice(0, 5_000));
    return noSite ? { ...http, kind: 'not-this-crm' } : http;
  }
  const kind = kinds[type] ?? (status === 401 ? 'auth' : http.kind === 'malformed' ? 'server-error' : http.kind);
  return {
    ...http,
    kind,
    ...(type === '' ? {} : { code: client.printable(type, 100) }),
    says: client.printable(saysIn(error)),
    ...(kind === 'permission' ? { needs: role } : {}),
  };
};

/** `key:secret`, as the user's page shows them one after the other; the key may stand in `username`. */
const tokenOf = ({ username, secret }: CrmAccess): string => {
  const value = secret() ?? refuse({ kind: 'config', what: 'secret', says: '' });
  if (value.includes(':') || username === undefined || username.includes('@')) return value;
  return `${username}:${value}`;
};

export const frappeOf = (access: CrmAccess, client: CrmClient): Frappe => {
  const raw: Frappe['raw'] = async (request, signal) => {
    const headers = { authorization: `token ${tokenOf(access)}` };
    const answer = await client.ask({ ...request, headers }, signal);
    return answer.kind === 'response' ? answer.response : refuse(answer.failure);
  };
  const asked = async (request: CrmRequest, what: string, signal: AbortSignal): Promise<Json> => {
    const response = await raw({ ...request, what }, signal);
    const { json, status } = response;
    return status === 200 && isObject(json) ? json : refuse(failureOf(response, what, client));
  };
  const resource = (doctype: string): string => `/api/resource/${encodeURIComponent(doctype)}`;
  const method: Frappe['method'] = async (name, signal, query = {}) =>
    (await asked({ path: `/api/method/${name}`, query }, name, signal)).message;
  return {
    raw,
    method,
    list: async (doctype, { fields, filters = [], order = 'creation asc', limit = 500, parent }, signal) => {
      const query = {
        fields: JSON.stringify(fields),
        filters: JSON.stringify(filters),
        order_by: order,
        limit_page_length: limit,
        parent,
      };
      const { data } = await asked({ path: resource(doctype), query }, doctype, signal);
      return rowsIn(data) ?? refuse({ kind: 'malformed', what: doctype, says: '' });
    },
    count: async (doctype, filters, signal) => {
      const query = { doctype, filters: JSON.stringify(filters) };
      const count = numberIn(await method('frappe.client.get_count', signal, query));
      return count ?? refuse({ kind: 'malformed', what: 'frappe.client.get_count', says: '' });
    },
    single: (doctype, field, signal) => method('frappe.client.get_single_value', signal, { doctype, field }),
    doctype: async (name, signal) => {
      const { data } = await asked(
        { path: `${resource('DocType')}/${encodeURIComponent(name)}` },
        `DocType ${name}`,
        signal,
      );
      return isObject(data) ? data : refuse({ kind: 'malformed', what: `DocType ${name}`, says: '' });
    },
    put: async (doctype, name, values, signal) => {
      const path = `${resource(doctype)}/${encodeURIComponent(name)}`;
      await asked({ method: 'PUT', path, json: values }, `${doctype} ${name}`, signal);
    },
  };
};
