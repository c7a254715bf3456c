import type { CrmResponse } from '../../model/crm/connector.ts';
import type { CrmFailureKind } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import type { Said } from '../cloud/ask.ts';
import { saidByProvider } from '../oauth.ts';
import { objectsIn, textIn } from '../reading.ts';

/** Permissions as they are called in Setup. */
export const rights = {
  api: {
    en: 'the permission "API Enabled" (Setup > Users > Permission Sets > System Permissions)',
    ja: '権限「API の有効化」（設定 > ユーザー > 権限セット > システム権限）',
  },
  setup: {
    en: 'the permission "View Setup and Configuration" (Setup > Users > Permission Sets > System Permissions)',
    ja: '権限「設定・定義を参照する」（設定 > ユーザー > 権限セット > システム権限）',
  },
  flows: {
    en: 'the permissions "View Setup and Configuration" and "Manage Flow" (Setup > Users > Permission Sets > System Permissions)',
    ja: '権限「設定・定義を参照する」と「フローの管理」（設定 > ユーザー > 権限セット > システム権限）',
  },
  records: {
    en: 'the permission "Read" on this object (Setup > Users > Permission Sets > Object Settings)',
    ja: 'このオブジェクトの「参照」権限（設定 > ユーザー > 権限セット > オブジェクト設定）',
  },
} as const satisfies Readonly<Record<string, Text>>;

/** Status codes of the REST API ("Status Codes and Error Responses"). */
const kinds: Readonly<Record<string, CrmFailureKind>> = {
  REQUEST_LIMIT_EXCEEDED: 'rate-limited',
  CONCURRENT_REQUEST_LIMIT_EXCEEDED: 'rate-limited',
  API_DISABLED_FOR_ORG: 'api-off',
  API_CURRENTLY_DISABLED: 'api-off',
  UNSUPPORTED_API_VERSION: 'api-off',
  FUNCTIONALITY_NOT_ENABLED: 'api-off',
  INSUFFICIENT_ACCESS: 'permission',
  INSUFFICIENT_ACCESS_OR_READONLY: 'permission',
  OAUTH_APP_ACCESS_DENIED: 'permission',
  CLIENT_NOT_ACCESSIBLE_FOR_USER: 'permission',
  FORBIDDEN: 'permission',
  INVALID_LOGIN: 'auth',
  INACTIVE_USER: 'auth',
  ORG_LOCKED: 'locked-out',
  INVALID_TYPE: 'not-found',
  INVALID_FIELD: 'not-found',
  NOT_FOUND: 'not-found',
  SERVER_UNAVAILABLE: 'maintenance',
  ORG_IN_MAINTENANCE: 'maintenance',
  QUERY_TIMEOUT: 'timeout',
};

const retired: Text = {
  en: 'another version of the API: this one is retired',
  ja: '別の API バージョン（このバージョンは廃止されています）',
};

/** Session ids and access tokens begin with the id of the organisation. */
export const isAccessToken = (secret: string): boolean => /^00D\w{12,15}![\w.]{20,}$/.test(secret);

const meaningOf = (code: string, secret: string): Pick<Said, 'kind' | 'needs'> => {
  // It says the same of a session that has ended and of what never was one.
  if (code === 'INVALID_SESSION_ID') return { kind: isAccessToken(secret) ? 'key-expired' : 'auth' };
  // Of the organisation it is the edition that lacks it, of the user the permission.
  if (code === 'API_CURRENTLY_DISABLED') return { kind: 'api-off', needs: rights.api };
  if (code === 'UNSUPPORTED_API_VERSION') return { kind: 'api-off', needs: retired };
  const kind = Object.hasOwn(kinds, code) ? kinds[code] : undefined;
  return kind ? { kind } : {};
};

/** `[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]` */
export const errorIn =
  (secret: () => string) =>
  ({ json, status }: CrmResponse): Said | undefined => {
    if (status < 400) return undefined;
    const [error] = objectsIn(json);
    const code = textIn(error?.errorCode);
    if (code === undefined) return saidByProvider(json);
    return { code, says: textIn(error?.message) ?? '', ...meaningOf(code, secret()) };
  };

/** invalid_grant stands before half of what can be wrong; the sentence behind it tells which. */
const grants: readonly (readonly [RegExp, Pick<Said, 'kind' | 'needs'>])[] = [
  [
    /no client credentials user/i,
    {
      kind: 'api-off',
      needs: {
        en: 'a user to run as, for the client credentials flow (Setup > External Client App Manager or App Manager > the app > Policies)',
        ja: 'クライアントログイン情報フローの実行ユーザーの設定（設定 > 外部クライアントアプリケーションマネージャー、またはアプリケーションマネージャー > 対象アプリケーション > ポリシー）',
      },
    },
  ],
  [
    /not supported on this domain/i,
    {
      kind: 'config',
      needs: {
        en: 'crm.url: the My Domain address (Setup > My Domain)',
        ja: 'crm.url: [私のドメイン] の URL（設定 > 私のドメイン）',
      },
    },
  ],
  [/inactive (?:user|org)|user is inactive|authentication failure/i, { kind: 'auth' }],
  [/ip restricted|not (?:been )?(?:approved|authorized)|hasn't approved|must be installed/i, { kind: 'permission' }],
  [/locked/i, { kind: 'locked-out' }],
  [/expired|revoked|invalid refresh token/i, { kind: 'key-expired' }],
];

/** What Salesforce means by the words of the standard in place of a token. */
export const refusalIn = ({ json }: CrmResponse): Said | undefined => {
  const said = saidByProvider(json);
  if (!said) return undefined;
  const words = said.says ?? '';
  if (said.code === 'unsupported_grant_type') return { ...said, kind: 'api-off' };
  if (said.code !== 'invalid_grant' && said.code !== 'invalid_request') return said;
  const found = grants.find(([pattern]) => pattern.test(words))?.[1];
  return found ? { ...said, ...found } : { ...said, kind: 'auth' };
};
