import type { AuthorizationServer, Client, ClientAuth, TokenEndpointResponse } from 'oauth4webapi';
import type { OAuthLogin, Protocol } from '../model/config.ts';
import type { TokenFailure, TokenStep } from '../model/token-facts.ts';
import type { Http } from '../model/world.ts';
import { isLoopback } from '../reason/loopback.ts';
import { printable } from './printable.ts';

/** An authorization server and how this client speaks to it. */
export interface OAuthServer {
  readonly as: AuthorizationServer;
  readonly client: Client;
  readonly auth: ClientAuth;
  readonly options: Readonly<Record<symbol, unknown>>;
}

export type Answered<Value> =
  | { readonly kind: 'ok'; readonly value: Value }
  | { readonly kind: 'failed'; readonly failed: TokenFailure };

const longestSays = 600;

const short = (text: string): string => {
  const safe = printable(text);
  return safe.length > longestSays ? `${safe.slice(0, longestSays)}…` : safe;
};

const microsoftHost = 'https://login.microsoftonline.com';

/**
 * What the discovery documents of the two say (…/.well-known/openid-configuration, as of November 2026), so that a run
 * asks one question less.
 */
const known = {
  google: (): AuthorizationServer => ({
    issuer: 'https://accounts.google.com',
    authorization_endpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
    token_endpoint: 'https://oauth2.googleapis.com/token',
  }),
  microsoft: (tenant: string): AuthorizationServer => ({
    issuer: `${microsoftHost}/${tenant}/v2.0`,
    authorization_endpoint: `${microsoftHost}/${tenant}/oauth2/v2.0/authorize`,
    token_endpoint: `${microsoftHost}/${tenant}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${microsoftHost}/${tenant}/oauth2/v2.0/devicecode`,
  }),
};

const microsoftScopes: Readonly<Record<Protocol, string>> = {
  smtp: 'https://outlook.office.com/SMTP.Send',
  imap: 'https://outlook.office.com/IMAP.AccessAsUser.All',
  pop3: 'https://outlook.office.com/POP.AccessAsUser.All',
};

/** What a sign-in asks for; Microsoft gives a refresh token only for offline_access. */
export const scopesOf = ({ scopes, provider, protocols }: OAuthLogin): readonly string[] => {
  if (scopes) return scopes;
  if (provider === 'microsoft') return [...protocols.map((protocol) => microsoftScopes[protocol]), 'offline_access'];
  return provider === 'google' ? ['https://mail.google.com/'] : [];
};

/** HTTPS everywhere; in clear only to this machine itself. */
const isInsecure = (address: string | undefined): boolean =>
  address !== undefined &&
  URL.canParse(address) &&
  new URL(address).protocol === 'http:' &&
  isLoopback(new URL(address).hostname);

/** An ID token is not asked for, and its checks would fail where one issuer serves many directories. */
const withoutIdToken = (body: string): string => {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && 'id_token' in value
      ? JSON.stringify({ ...value, id_token: undefined })
      : body;
  } catch {
    return body;
  }
};

class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

/** What the library hands to `fetch`; it goes our way instead: bounded, with the trust of the mail checks. */
interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const fetchThrough =
  (http: Http, ca: string | undefined, signal: AbortSignal) =>
  async (url: string, { method, headers, body }: Asked): Promise<Response> => {
    const form = body === undefined || body === null ? undefined : String(body);
    const reply = await http.ask(
      {
        url,
        method: method === 'POST' ? 'POST' : 'GET',
        ...(headers ? { headers } : {}),
        ...(form === undefined ? {} : { body: form }),
        ...(ca === undefined ? {} : { ca }),
        redirects: method === 'POST' ? 0 : 2,
      },
      signal,
    );
    if (reply.kind === 'failed') throw new Unanswered(`${new URL(url).host}: ${reply.code} ${reply.says}`.trim());
    const { status, contentType } = reply;
    if (status < 200 || status > 599) throw new Unanswered(`${new URL(url).host}: HTTP ${status}`);
    const empty = status === 204 || status === 205 || status === 304;
    return new Response(empty ? null : withoutIdToken(reply.body), {
      status,
      headers: { 'content-type': contentType },
    });
  };

const fieldOf = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null && name in error ? Reflect.get(error, name) : undefined;

const codesIn = (words: string): readonly string[] => [...new Set(words.match(/\bAADSTS\d{4,9}\b/g) ?? [])].slice(0, 5);

/** An error of the library as a fact: the server's own no, or that there was no answer that says anything. */
export const failureOf = (at: TokenStep, error: unknown): TokenFailure => {
  // By its code: the names of classes do not survive the build.
  const code = fieldOf(error, 'code');
  if (code === 'OAUTH_RESPONSE_BODY_ERROR' || code === 'OAUTH_AUTHORIZATION_RESPONSE_ERROR') {
    const cause = fieldOf(error, 'cause');
    const description = fieldOf(error, 'error_description');
    const says = typeof description === 'string' ? description : '';
    const status = fieldOf(error, 'status');
    const suberror = fieldOf(cause, 'suberror');
    return {
      kind: 'refused',
      at,
      error: short(String(fieldOf(error, 'error'))).slice(0, 80),
      says: short(typeof suberror === 'string' && suberror !== '' ? `${says} (${suberror})` : says),
      codes: codesIn(says),
      ...(typeof status === 'number' ? { status } : {}),
    };
  }
  const cause = fieldOf(error, 'cause');
  const status = cause instanceof Response ? `HTTP ${cause.status}: ` : '';
  return { kind: 'broken', at, says: short(`${status}${String(fieldOf(error, 'message') ?? error)}`) };
};

/** Runs one exchange with an authorization server; an interrupted run stays an interruption. */
export const attempt = async <Value>(
  at: TokenStep,
  signal: AbortSignal,
  work: () => Promise<Value>,
): Promise<Answered<Value>> => {
  try {
    return { kind: 'ok', value: await work() };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'failed', failed: failureOf(at, error) };
  }
};

/** What is granted, as far as it is used. */
export interface Granted {
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly scopes?: readonly string[];
}

export const grantedBy = ({ access_token, refresh_token, scope }: TokenEndpointResponse): Granted => ({
  accessToken: access_token,
  ...(refresh_token === undefined ? {} : { refreshToken: refresh_token }),
  ...(scope === undefined ? {} : { scopes: scope.split(/\s+/).filter(Boolean).slice(0, 40).map(short) }),
});

/** The authorization server of an account: built in, or by discovery (RFC 8414, OpenID Connect Discovery). */
export const openServer = async (
  oauth: OAuthLogin,
  {
    http,
    ca,
    secret,
    signal,
  }: {
    readonly http: Http;
    readonly ca: string | undefined;
    readonly secret: string | undefined;
    readonly signal: AbortSignal;
  },
): Promise<Answered<OAuthServer>> => {
  const { clientId, issuer, provider, tenant = 'organizations' } = oauth;
  if (!clientId) return { kind: 'failed', failed: { kind: 'incomplete', missing: 'clientId' } };
  if (!issuer && !provider) return { kind: 'failed', failed: { kind: 'incomplete', missing: 'issuer' } };
  const library = await import('oauth4webapi');
  const options = {
    [library.customFetch]: fetchThrough(http, ca, signal),
    [library.allowInsecureRequests]: isInsecure(issuer),
  };
  const client: Client = { client_id: clientId };
  const auth = secret === undefined ? library.None() : library.ClientSecretPost(secret);
  const found = await attempt('discovery', signal, async (): Promise<AuthorizationServer> => {
    if (issuer === undefined)
      return provider === 'google' ? known.google() : known.microsoft(encodeURIComponent(tenant));
    if (!URL.canParse(issuer)) throw new Error(`the issuer ${issuer} is no URL`);
    const url = new URL(issuer);
    return library.processDiscoveryResponse(url, await library.discoveryRequest(url, options));
  });
  return found.kind === 'failed' ? found : { kind: 'ok', value: { as: found.value, client, auth, options } };
};
