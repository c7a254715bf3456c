import type { RuledOut, Seen } from '../../src/model/cause.ts';
import type { AnyCheck } from '../../src/model/check.ts';
import type { LoginFact } from '../../src/model/login-facts.ts';
import type { Service } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import type { TokenClaims, TokenFact } from '../../src/model/token-facts.ts';
import type { ReplyReading, ReplyStep } from '../../src/reason/replies.ts';
import { providerOf } from './provider.ts';
import { both } from './words.ts';

export const isBearer = (mechanism: string | undefined): boolean => /^(?:XOAUTH2|OAUTHBEARER)$/.test(mechanism ?? '');

/** The scope that Exchange Online wants of a user's token, and the role that it wants of an application's. */
export const microsoftScope = {
  smtp: 'SMTP.Send',
  imap: 'IMAP.AccessAsUser.All',
  pop3: 'POP.AccessAsUser.All',
} as const;
export const microsoftRole = { smtp: 'SMTP.SendAsApp', imap: 'IMAP.AccessAsApp', pop3: 'POP.AccessAsApp' } as const;

const googleScope = 'https://mail.google.com/';

// outlook.office.com and Exchange Online by its application id; a token for Graph opens no mailbox by IMAP.
const exchangeAudience =
  /^(?:https:\/\/(?:outlook|ps\.outlook)\.(?:office|office365)\.com\/?|00000002-0000-0ff1-ce00-000000000000)$/i;

/** Valid for a time that is over: by the token's own word. */
export const expiredAt = ({ claims, at }: TokenFact): string | undefined =>
  claims?.expires !== undefined && claims.expires <= at ? claims.expires : undefined;

/** A token of an application without a user: it has roles and no scopes (Microsoft Entra ID). */
export const isAppOnly = (claims: TokenClaims | undefined): boolean =>
  claims?.roles !== undefined && claims.roles.length > 0 && claims.scopes === undefined;

/** What the token permits and what it would have to. */
export interface ScopeGap {
  readonly wanted: string;
  readonly has: readonly string[];
  /** It is for another service altogether. */
  readonly audience?: string;
}

const named = (scopes: readonly string[], wanted: string): boolean =>
  scopes.some((scope) => scope.toLowerCase().split('/').at(-1) === wanted.toLowerCase());

/** The gap between what the token says it permits and what this protocol needs; nothing where that is not known. */
export const scopeGap = (service: Service, { token, challenge }: LoginFact): ScopeGap | undefined => {
  const claims = token?.claims;
  const has = claims?.scopes ?? token?.granted;
  // By the host: a server of one's own may take tokens of Entra ID too, with scopes of its own.
  if (providerOf(service.host, '') === 'microsoft') {
    const wanted = microsoftScope[service.protocol];
    const audience = claims?.audience[0];
    if (audience !== undefined && !claims?.audience.some((one) => exchangeAudience.test(one))) {
      return { wanted, has: has ?? [], audience };
    }
    return has && !named(has, wanted) ? { wanted, has } : undefined;
  }
  if (providerOf(service.host, '') === 'google') {
    return has && !has.includes(googleScope) ? { wanted: googleScope, has } : undefined;
  }
  const wanted = challenge?.scope?.split(/\s+/)[0];
  return wanted && has && !has.includes(wanted) ? { wanted, has } : undefined;
};

const equal = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** The user of the token where it is another than the login names. */
export const otherUser = (service: Pick<Service, 'username'>, token: TokenFact | undefined): string | undefined => {
  const user = token?.claims?.user;
  return user !== undefined && !equal(user, service.username) ? user : undefined;
};

const told = (cause: string, confidence: number): ReplyReading => ({ cause, confidence, generic: false });

const saysInvalid = /^(?:40[01]|invalid_token|invalid_request)$/i;
const saysScope = /^(?:403|insufficient_scope)$/i;

/**
 * A refused login by token, or a mailbox that stays closed after one: the token's own claims tell what the words do not.
 * Replies that name a reason of their own (a protocol that is off, a lock-out) keep it. Where nothing shows the cause,
 * there is none: a password it was not.
 */
export const oauthReading = (
  reading: ReplyReading | undefined,
  { service, fact, step }: { readonly service: Service; readonly fact: LoginFact; readonly step: ReplyStep },
): ReplyReading | undefined => {
  const { token, challenge } = fact;
  const denied = reading?.cause === 'mailbox.access-denied';
  if (step !== 'login' && !denied) return reading;
  const open = !reading || reading.generic || denied || reading.cause.startsWith('auth.oauth-');
  if (!open || !token) return reading;
  const status = challenge?.status ?? '';
  if (!denied && expiredAt(token)) return told('auth.oauth-token-expired', 0.97);
  if (isAppOnly(token.claims)) return told('auth.oauth-app-permission', 0.9);
  if (scopeGap(service, fact)) return told('auth.oauth-scope', 0.93);
  if (saysScope.test(status)) return told('auth.oauth-scope', 0.88);
  if (otherUser(service, token)) return told('auth.oauth-wrong-user', 0.8);
  if (denied) return reading;
  if (reading?.cause.startsWith('auth.oauth-')) return reading;
  return saysInvalid.test(status) ? told('auth.oauth-token-expired', 0.85) : undefined;
};

const listed = (items: readonly string[]): string => items.slice(0, 6).join(' ');

/** The claims of a token in one line, as evidence. */
export const tokenSeen = (check: AnyCheck, { token, challenge }: LoginFact): readonly Seen[] => {
  const claims = token?.claims;
  const parts: Text[] = [];
  if (claims?.user) parts.push(both(`user ${claims.user}`, `ユーザー ${claims.user}`));
  if (claims?.scopes) parts.push(both(`scopes ${listed(claims.scopes)}`, `スコープ ${listed(claims.scopes)}`));
  if (claims?.roles) parts.push(both(`roles ${listed(claims.roles)}`, `ロール ${listed(claims.roles)}`));
  if (claims?.audience.length) parts.push(both(`for ${claims.audience[0]}`, `対象 ${claims.audience[0]}`));
  if (claims?.expires) parts.push(both(`valid until ${claims.expires}`, `有効期限 ${claims.expires}`));
  return [
    ...(challenge
      ? [
          {
            check,
            says: both(`the server's reason: ${challenge.says}`, `サーバーが示した理由: ${challenge.says}`),
          },
        ]
      : []),
    ...(parts.length > 0
      ? [
          {
            check,
            says: both(
              `the token: ${parts.map(({ en }) => en).join(', ')}`,
              `トークンの内容: ${parts.map(({ ja }) => ja).join('、')}`,
            ),
          },
        ]
      : []),
  ];
};

/** The other causes of a refused token that its claims exclude. */
export const tokenRuledOut = (
  cause: string,
  check: AnyCheck,
  { service, fact }: { readonly service: Service; readonly fact: LoginFact },
): readonly RuledOut[] => {
  const claims = fact.token?.claims;
  const out: RuledOut[] = [];
  const add = (other: string, en: string, ja: string): void => {
    if (other !== cause) out.push({ cause: other, check, says: both(en, ja) });
  };
  if (claims?.expires !== undefined && fact.token && !expiredAt(fact.token)) {
    add(
      'auth.oauth-token-expired',
      `the token is valid until ${claims.expires}`,
      `トークンは ${claims.expires} まで有効です`,
    );
  }
  if (claims?.user !== undefined && !otherUser(service, fact.token)) {
    add('auth.oauth-wrong-user', `the token belongs to ${claims.user}`, `トークンは ${claims.user} のものです`);
  }
  if (claims?.scopes && !scopeGap(service, fact)) {
    add(
      'auth.oauth-scope',
      `the token permits ${listed(claims.scopes)}`,
      `トークンで許可された範囲は ${listed(claims.scopes)} です`,
    );
  }
  if (claims?.scopes) {
    add(
      'auth.oauth-app-permission',
      'it is the token of a user, with scopes',
      'ユーザーのトークンで、スコープがあります',
    );
  }
  return out.length > 0
    ? out
    : [
        {
          cause: 'auth.wrong-credentials',
          check,
          says: both(
            'the login was made by a token, without a password',
            'パスワードではなくトークンでログインしています',
          ),
        },
      ];
};
