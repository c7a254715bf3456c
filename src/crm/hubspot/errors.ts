import type { CrmResponse } from '../../model/crm/connector.ts';
import type { CrmFailureKind } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import type { Said } from '../cloud/ask.ts';
import { scopes } from '../cloud/scopes.ts';
import { isObject, type Json, listIn, objectIn, objectsIn, textIn } from '../reading.ts';

/** The date version that is asked; its answers are those that are known here. */
export const version = '2026-03';
export const newestVersion = '2026-09';

const place: Text = {
  en: 'Development > Legacy apps > the app > Scopes',
  ja: '開発 > レガシーアプリ > 対象アプリ > スコープ',
};

export const scope = (name: string): Text => scopes([name], place);

const categories: Readonly<Record<string, CrmFailureKind>> = {
  INVALID_AUTHENTICATION: 'auth',
  EXPIRED_AUTHENTICATION: 'key-expired',
  REVOKED_AUTHENTICATION: 'key-expired',
  MISSING_SCOPES: 'permission',
  RATE_LIMITS: 'rate-limited',
  RATE_LIMIT: 'rate-limited',
  OBJECT_NOT_FOUND: 'not-found',
  BAD_REFRESH_TOKEN: 'key-expired',
  BAD_AUTH_CODE: 'key-expired',
  BAD_CLIENT_SECRET: 'auth',
  BAD_CLIENT_ID: 'config',
  MISMATCH_CLIENT_ID: 'config',
};

/** The scopes that an answer asks for; several places have held them. */
const missingIn = (json: Json): readonly string[] => {
  const contexts = [json.context, ...objectsIn(json.errors).map(({ context }) => context)].map(objectIn);
  return [
    ...new Set(
      contexts
        .flatMap(({ requiredGranularScopes, requiredScopes }) => [
          ...listIn(requiredGranularScopes),
          ...listIn(requiredScopes),
        ])
        .flatMap((name) => (typeof name === 'string' && /^[\w.:-]{1,80}$/.test(name) ? [name] : [])),
    ),
  ].slice(0, 10);
};

/** `{"status":"error","message":…,"category":"MISSING_SCOPES","errors":[…]}`; the login has `status` in place of a category. */
export const errorIn = ({ json, status }: CrmResponse): Said | undefined => {
  if (status < 400 || !isObject(json)) return undefined;
  const state = textIn(json.status);
  const code = textIn(json.category) ?? textIn(json.errorType) ?? (state === 'error' ? undefined : state);
  if (code === undefined && state !== 'error') return undefined;
  // The account is being moved to another data centre (HTTP 477).
  const kind =
    status === 477
      ? 'maintenance'
      : status === 429
        ? 'rate-limited'
        : Object.hasOwn(categories, code ?? '')
          ? categories[code ?? '']
          : undefined;
  const missing = kind === 'permission' ? missingIn(json) : [];
  const policy = textIn(json.policyName);
  return {
    ...(code === undefined ? {} : { code }),
    says: [policy, textIn(json.message)].filter((one) => one !== undefined).join(': '),
    ...(kind ? { kind } : {}),
    ...(missing.length > 0 ? { needs: scopes(missing, place) } : {}),
    ...(kind === 'config' ? { needs: { en: 'crm.clientId', ja: 'crm.clientId' } } : {}),
  };
};
