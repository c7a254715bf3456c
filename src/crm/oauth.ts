import type { CrmAccess, CrmClient, CrmResponse } from '../model/crm/connector.ts';
import type { CrmFailure, CrmFailureKind } from '../model/crm/failure.ts';
import type { Text } from '../model/text.ts';
import { type Dialect, failureIn, type Said } from './cloud/ask.ts';
import { isObject, type Json, textIn } from './reading.ts';

export type TokenReply =
  | { readonly kind: 'token'; readonly token: string; readonly json: Json; readonly response: CrmResponse }
  | { readonly kind: 'failed'; readonly failure: CrmFailure };

/** What stands in `secret` beside a client id: the client secret, and behind a blank a refresh token. */
export const clientSecrets = ({ secret, learn }: Pick<CrmAccess, 'secret' | 'learn'>) => {
  const [client = '', refresh] = (secret() ?? '').trim().split(/\s+/);
  if (refresh === undefined) return { client };
  // Each of them may be sent back alone.
  learn(client);
  learn(refresh);
  return { client, refresh };
};

const key = (name: string): Text => ({ en: `crm.${name}`, ja: `crm.${name}` });

type Meaning = Pick<Said, 'kind' | 'needs'>;

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const microsoft: Readonly<Record<string, Meaning>> = {
  AADSTS7000215: { kind: 'auth' },
  AADSTS7000222: { kind: 'key-expired' },
  AADSTS7000112: { kind: 'auth' },
  AADSTS70008: { kind: 'key-expired' },
  AADSTS700082: { kind: 'key-expired' },
  AADSTS700084: { kind: 'key-expired' },
  AADSTS50173: { kind: 'key-expired' },
  AADSTS500133: { kind: 'clock' },
  AADSTS700024: { kind: 'clock' },
  AADSTS700016: { kind: 'config', needs: { en: 'crm.clientId or crm.tenant', ja: 'crm.clientId または crm.tenant' } },
  AADSTS90002: { kind: 'config', needs: key('tenant') },
  AADSTS900023: { kind: 'config', needs: key('tenant') },
  AADSTS500011: { kind: 'config', needs: key('url') },
  AADSTS53003: { kind: 'permission' },
  AADSTS65001: { kind: 'permission' },
  AADSTS50034: { kind: 'auth' },
  AADSTS50053: { kind: 'locked-out' },
  AADSTS90055: { kind: 'rate-limited' },
};

/** RFC 6749 section 5.2, and Zoho's words. */
const general: Readonly<Record<string, CrmFailureKind>> = {
  invalid_client: 'auth',
  invalid_client_id: 'auth',
  invalid_client_secret: 'auth',
  invalid_grant: 'key-expired',
  invalid_code: 'key-expired',
  unauthorized_client: 'permission',
  access_denied: 'permission',
  invalid_scope: 'permission',
  temporarily_unavailable: 'maintenance',
  rate_limit_exceeded: 'rate-limited',
};

const own = <Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** What an identity provider says in place of a token. */
export const saidByProvider = (json: unknown): Said | undefined => {
  if (!isObject(json)) return undefined;
  const error = textIn(json.error);
  if (error === undefined) return undefined;
  const says = textIn(json.error_description) ?? '';
  const number = /\bAADSTS\d{4,8}\b/.exec(says)?.[0];
  const meaning = (number === undefined ? undefined : own(microsoft, number)) ?? {};
  // A number that is not known proves nothing beyond that it was refused.
  const kind = meaning.kind ?? (number === undefined ? own(general, error) : undefined);
  // Microsoft puts the ids of the request behind the sentence.
  const sentence = says.split(/\s(?:Trace ID|Timestamp|Correlation ID):/)[0] ?? says;
  return {
    code: number ?? error,
    says: number === undefined ? sentence : sentence.replace(`${number}: `, ''),
    ...(kind ? { kind } : {}),
    ...(meaning.needs ? { needs: meaning.needs } : {}),
  };
};

/** Takes an access token, once; `errorIn`: how a vendor refuses, where that is not the standard's way. */
export const fetchToken = async (
  { access, client }: { readonly access: CrmAccess; readonly client: CrmClient },
  {
    path,
    form,
    errorIn = ({ json }) => saidByProvider(json),
  }: {
    readonly path: string;
    readonly form: Readonly<Record<string, string>>;
    readonly errorIn?: Dialect['errorIn'];
  },
  signal: AbortSignal,
): Promise<TokenReply> => {
  const what = path.replace(/^https?:\/\/[^/]*/i, '');
  const asked = await client.ask({ method: 'POST', path, form, what, mostBytes: 1024 * 1024 }, signal);
  if (asked.kind === 'failed') return asked;
  const { response } = asked;
  const json = isObject(response.json) ? response.json : {};
  const token = textIn(json.access_token);
  if (response.status < 300 && token !== undefined) {
    access.learn(token);
    return { kind: 'token', token, json, response };
  }
  // Zoho refuses with status 200.
  const said = errorIn(response);
  const { printable } = client;
  const failure = failureIn(response, said, { what, now: access.now(), printable });
  // What says that it succeeded and cannot be read may hold a token: it is not repeated.
  return { kind: 'failed', failure: said || response.status >= 400 ? failure : { ...failure, says: '' } };
};
