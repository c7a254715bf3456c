import type { CrmAccess, CrmClient, CrmRequest, CrmResponse } from '../../model/crm/connector.ts';
import { httpFailure, waitIn } from '../http-failure.ts';
import { isObject, type Json, objectIn, rowsIn } from '../reading.ts';
import { refuse } from '../refusal.ts';
import { odooFailure } from './errors.ts';

/** One method of a model with named arguments; both APIs take it so. */
export interface OdooCall {
  readonly model: string;
  readonly method: string;
  readonly ids?: readonly number[];
  readonly args?: Json;
  /** It writes, and is not asked again when the answer is lost. */
  readonly writes?: true;
}

/** An Odoo that we are logged in to. */
export interface OdooCalls {
  readonly call: (call: OdooCall, signal: AbortSignal) => Promise<unknown>;
}

/** Error texts in English, in which the right that is missing can be told; en_US is never absent. */
const context = { lang: 'en_US' };

const ask = async (client: CrmClient, request: CrmRequest, signal: AbortSignal): Promise<CrmResponse> => {
  const answer = await client.ask(request, signal);
  return answer.kind === 'response' ? answer.response : refuse(answer.failure);
};

/** One call of a JSON-RPC route; an error stands in the body of an answer with status 200. */
export const rpc = async (
  client: CrmClient,
  {
    path,
    params,
    what,
    database,
    again = true,
  }: {
    readonly path: string;
    readonly params: Json;
    readonly what: string;
    readonly database?: string | undefined;
    readonly again?: boolean;
  },
  signal: AbortSignal,
): Promise<{ readonly result: unknown; readonly response: CrmResponse }> => {
  const request = {
    method: 'POST',
    path,
    json: { jsonrpc: '2.0', method: 'call', id: 1, params },
    what,
    again,
  } as const;
  const response = await ask(client, request, signal);
  const { json } = response;
  if (!isObject(json) || json.jsonrpc !== '2.0') return refuse(httpFailure(response, path, client));
  if (json.error !== undefined) {
    const error = objectIn(json.error);
    const asked = { what, ...(database === undefined ? {} : { database }), ...dateOf(response) };
    // Without a class of its own the error is one of the HTTP layer: `404: Not Found`.
    const data = isObject(error.data) ? error.data : { message: error.message };
    return refuse(odooFailure(data, asked, client));
  }
  // Python's None is no `result` at all.
  return { result: json.result ?? null, response };
};

const dateOf = ({ headers }: CrmResponse): { readonly date?: string } =>
  headers.date === undefined ? {} : { date: headers.date };

/** `/jsonrpc`, the service `object`: 8 to 21; the password or an API key goes along with every call. */
export const jsonRpcCalls = (
  client: CrmClient,
  { database, uid, secret }: { readonly database: string; readonly uid: number; readonly secret: string },
): OdooCalls => ({
  call: async ({ model, method, ids, args = {}, writes }, signal) => {
    const positional = ids === undefined ? [] : [ids];
    const params = {
      service: 'object',
      method: 'execute_kw',
      args: [database, uid, secret, model, method, positional, { ...args, context }],
    };
    const what = `${model}.${method}`;
    const { result } = await rpc(client, { path: '/jsonrpc', params, what, database, again: !writes }, signal);
    return result;
  },
});

/** `/json/2/MODEL/METHOD`, from 19: an API key as bearer, named arguments, real status codes. */
export const json2Calls = (client: CrmClient, access: CrmAccess, secret: string): OdooCalls => ({
  call: async ({ model, method, ids, args = {}, writes }, signal) => {
    const { database } = access;
    const what = `${model}.${method}`;
    const response = await ask(
      client,
      {
        method: 'POST',
        path: `/json/2/${encodeURIComponent(model)}/${encodeURIComponent(method)}`,
        headers: {
          authorization: `bearer ${secret}`,
          ...(database === undefined ? {} : { 'x-odoo-database': database }),
        },
        json: { ...args, ...(ids === undefined ? {} : { ids }), context },
        what,
        again: !writes,
      },
      signal,
    );
    const { json, status } = response;
    if (status >= 200 && status < 300 && json !== undefined) return json;
    if (status >= 400 && isObject(json) && typeof json.message === 'string') {
      const asked = { what, status, ...dateOf(response), ...(database === undefined ? {} : { database }) };
      const failure = { ...odooFailure(json, asked, client), ...waitIn(response) };
      const { kind } = httpFailure(response, what, client);
      // The class says more than the status; where it says nothing, the status counts.
      return refuse(failure.kind === 'server-error' ? { ...failure, kind } : failure);
    }
    return refuse(httpFailure(response, what, client));
  },
});

/** What `search_read` is asked for. */
export interface OdooSearch {
  readonly domain?: readonly unknown[];
  readonly fields: readonly string[];
  readonly order?: string;
  readonly limit?: number;
}

/** Archived records are hidden unless they are named. */
export const archivedToo = ['active', 'in', [true, false]] as const;

export const searchRead = async (
  { call }: OdooCalls,
  model: string,
  { domain = [], fields, order = 'id', limit = 1_000 }: OdooSearch,
  signal: AbortSignal,
): Promise<readonly Json[]> => {
  const args = { domain, fields, order, limit };
  const rows = rowsIn(await call({ model, method: 'search_read', args }, signal));
  return rows ?? refuse({ kind: 'malformed', what: `${model}.search_read`, says: '' });
};

export const countOf = async (
  { call }: OdooCalls,
  model: string,
  domain: readonly unknown[],
  signal: AbortSignal,
): Promise<number> => {
  const count = await call({ model, method: 'search_count', args: { domain } }, signal);
  return typeof count === 'number' ? count : refuse({ kind: 'malformed', what: `${model}.search_count`, says: '' });
};
