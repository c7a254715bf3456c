import type { CrmResponse } from '../../model/crm/connector.ts';
import type { CrmFailureKind } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import type { Said } from '../cloud/ask.ts';
import { scopes } from '../cloud/scopes.ts';
import { saidByProvider } from '../oauth.ts';
import { isObject, objectsIn, textIn } from '../reading.ts';

export const version = 'v8';

const place: Text = {
  en: 'Zoho API Console > the client > Generate Code / Scope',
  ja: 'Zoho API コンソール > 対象のクライアント > コードの生成 / スコープ',
};
export const scope = (name: string): Text => scopes([name], place);

/** "Status codes and error messages" of API version 8. */
const kinds: Readonly<Record<string, CrmFailureKind>> = {
  AUTHENTICATION_FAILURE: 'auth',
  OAUTH_SCOPE_MISMATCH: 'permission',
  NO_PERMISSION: 'permission',
  TOO_MANY_REQUESTS: 'rate-limited',
  LIMIT_EXCEEDED: 'rate-limited',
  INVALID_MODULE: 'not-found',
  INVALID_URL_PATTERN: 'not-found',
  RESOURCE_NOT_FOUND: 'not-found',
  API_NOT_SUPPORTED: 'api-off',
  FEATURE_NOT_SUPPORTED: 'api-off',
  NOT_SUPPORTED_FEATURE: 'api-off',
  ORG_NOT_FOUND: 'auth',
  INTERNAL_ERROR: 'server-error',
};

/** Access tokens and refresh tokens: `1000.` and two numbers of 32 hexadecimal digits. */
const isToken = (secret: string): boolean => /^1000\.[\da-f]{32}\.[\da-f]{32}$/i.test(secret);

const otherCentre = (dc: string): Text => ({
  en: `crm.clientId, crm.secret and crm.tenant: a client belongs to one data centre (asked here: ${dc})`,
  ja: `crm.clientId、crm.secret、crm.tenant: クライアントはデータセンターごとに別のものです（接続先: ${dc}）`,
});

/** `{"code":"INVALID_TOKEN","details":{},"message":"invalid oauth token","status":"error"}`, alone or in a list. */
export const errorIn =
  (token: () => { readonly text: string; readonly fresh: boolean }) =>
  ({ json, status }: CrmResponse): Said | undefined => {
    if (!isObject(json)) return undefined;
    const inner = objectsIn(json.data).find((one) => one.status === 'error');
    const error = inner ?? json;
    const code = textIn(error.code);
    if (code === undefined || (status < 400 && error.status !== 'error')) return undefined;
    const says = textIn(error.message) ?? '';
    if (code === 'INVALID_TOKEN') {
      // It says the same of a token that has ended and of one from another data centre.
      const { text, fresh } = token();
      return { code, says, kind: !fresh && isToken(text) ? 'key-expired' : 'auth' };
    }
    const kind = Object.hasOwn(kinds, code) ? kinds[code] : undefined;
    return { code, says, ...(kind ? { kind } : {}) };
  };

/** What accounts.zoho says in place of a token; with status 200 at times. */
export const refusalIn =
  (dc: string) =>
  ({ json }: CrmResponse): Said | undefined => {
    const said = saidByProvider(json);
    if (!said) return undefined;
    if (said.code === 'invalid_client') return { ...said, kind: 'auth', needs: otherCentre(dc) };
    // `Access Denied`: too many tokens were fetched within ten minutes.
    if (/^access denied$/i.test(said.code ?? '')) return { ...said, kind: 'rate-limited' };
    return said;
  };
