import type { CrmClient, CrmRequest, CrmResponse } from '../../model/crm/connector.ts';
import type { CrmFailure } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { basicLogin } from '../basic-login.ts';
import { waitIn } from '../http-failure.ts';
import { isObject, type Json, textIn } from '../reading.ts';

/** One answer of REST 2.0, or why there is none. */
export type Told =
  | { readonly kind: 'told'; readonly json: Json; readonly response: CrmResponse }
  | { readonly kind: 'failed'; readonly failure: CrmFailure };

export type Rest = (
  request: Omit<CrmRequest, 'headers'> & { readonly right?: Text },
  signal: AbortSignal,
) => Promise<Told>;

/** Below the address of RT (RT::REST2). */
export const rest = '/REST/2.0';

/** `{"message":"Unauthorized"}`: every error of REST 2.0 has this shape. */
export const messageOf = ({ json }: CrmResponse): string | undefined =>
  isObject(json) ? textIn(json.message) : undefined;

/** The page that RT sends to whoever is not logged in; outside of REST 2.0 a login in the header counts for nothing. */
export const isLoginPage = ({ url, body, headers }: Pick<CrmResponse, 'url' | 'body' | 'headers'>): boolean =>
  /\/NoAuth\/Login\.html/.test(headers.location ?? url) || /<form[^>]{0,300}\bid="login"/.test(body.slice(0, 100_000));

const kindOf = ({ status }: CrmResponse): CrmFailure['kind'] => {
  if (status === 401) return 'auth';
  if (status === 403) return 'permission';
  if (status === 404) return 'not-found';
  if (status === 429) return 'rate-limited';
  return 'server-error';
};

/** What an answer means that is none. */
export const failureOf = (
  response: CrmResponse,
  about: { readonly what: string; readonly right?: Text; readonly token: boolean },
  { printable }: Pick<CrmClient, 'printable'>,
): CrmFailure => {
  const { status, headers, body } = response;
  const message = messageOf(response);
  const base = {
    what: about.what,
    status,
    says: printable(message ?? headers['www-authenticate'] ?? body),
    ...waitIn(response),
    ...(headers.date === undefined ? {} : { date: printable(headers.date) }),
  };
  if (isLoginPage(response)) return { ...base, kind: 'login-page', says: '' };
  // RT itself never asks this way: a web server in front wants a login, and a token leaves no room for one.
  if (status === 401 && message === undefined && about.token) return { ...base, kind: 'login-page' };
  if (status === 404 && message === undefined) return { ...base, kind: 'not-this-crm' };
  if (status < 400) return { ...base, kind: 'malformed' };
  return { ...base, kind: kindOf(response), ...(status === 403 && about.right ? { needs: about.right } : {}) };
};

/** A token as RT makes them (RT::AuthToken): version, id of its user, 32 digits. */
const tokenPattern = /^\d+-(\d+)-[0-9a-f]{32}$/i;

/** The id of the user whose token it is; undefined where the secret is a password. */
export const userOfToken = (secret: string): string | undefined => tokenPattern.exec(secret)?.[1];

export const authorization = (username: string, secret: string): string =>
  userOfToken(secret) === undefined ? basicLogin(username, secret) : `token ${secret}`;

/** Asks REST 2.0 below `root`, which is empty or an address of the same host. */
export const restOf = (client: CrmClient, login: { readonly header: string; readonly token: boolean }): Rest => {
  const { ask } = client;
  return async ({ right, ...request }, signal) => {
    const what = request.what ?? `${rest}${request.path}`;
    const asked = await ask(
      {
        ...request,
        path: `${rest}${request.path}`,
        headers: { authorization: login.header, accept: 'application/json' },
        what,
      },
      signal,
    );
    if (asked.kind === 'failed') return asked;
    const { response } = asked;
    if (response.status === 200 && isObject(response.json)) return { kind: 'told', json: response.json, response };
    return {
      kind: 'failed',
      failure: failureOf(response, { what, token: login.token, ...(right ? { right } : {}) }, client),
    };
  };
};
