import type { Finding, RuledOut } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { OAuthProvider } from '../../src/model/config.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import type { TokenFailure } from '../../src/model/token-facts.ts';
import { oauthErrorCause } from '../../src/reason/oauth-errors.ts';
import { firstPlace, loginCheck, loginFact, placeOf, saysSo } from './refusals.ts';
import type { Place } from './words.ts';
import { both } from './words.ts';

type Refused = Extract<TokenFailure, { kind: 'refused' }>;

/** What the texts of a cause that an authorization server names need. */
export interface TokenRefused {
  readonly seenIn: 'endpoint';
  readonly places: readonly Place[];
  readonly username: string;
  /** Host of the authorization server. */
  readonly host: string;
  readonly error: string;
  readonly codes: readonly string[];
  readonly says: string;
  readonly clientId: string;
  readonly provider?: OAuthProvider;
  /** Whether a client secret was sent at all. */
  readonly withSecret: boolean;
  readonly signingIn: boolean;
}

/** What the authorization server's own no names. A refresh token plays no part while somebody signs in. */
export const endpointCause = (failed: Refused): ReturnType<typeof oauthErrorCause> => {
  const named = oauthErrorCause(failed);
  return named?.cause === 'auth.oauth-refresh-revoked' && failed.at !== 'refresh' ? undefined : named;
};

const hostOf = (endpoint: string | undefined): string =>
  endpoint?.replace(/^https?:\/\//, '').replace(/\/.*$/, '') ?? '';

const ruledOut = (cause: string, { service, failed }: { service: Service; failed: Refused }): readonly RuledOut[] => [
  {
    cause: cause === 'auth.oauth-refresh-revoked' ? 'auth.oauth-client-secret' : 'auth.oauth-refresh-revoked',
    check: loginCheck[service.protocol],
    says: both(
      `the authorization server names another reason: ${[failed.error, ...failed.codes].join(' ')}`,
      `認可サーバーは別の理由を示しています: ${[failed.error, ...failed.codes].join(' ')}`,
    ),
  },
  {
    cause: 'auth.oauth-token-expired',
    check: loginCheck[service.protocol],
    says: both('no access token was issued at all', 'アクセストークン自体が発行されていません'),
  },
];

/** One finding for a mailbox whose token is refused where it is issued: every service waits for the same one. */
export const saidByEndpoint = (
  cause: string,
  evidence: Evidence,
  subject: Subject,
): readonly Finding<TokenRefused>[] => {
  const refused = servicesOf(subject).flatMap((service) => {
    const token = loginFact(evidence, service.protocol)?.token;
    const failed = token?.failed;
    const named = failed?.kind === 'refused' ? endpointCause(failed) : undefined;
    return token && failed?.kind === 'refused' && named?.cause === cause
      ? [{ service, token, failed, confidence: named.confidence }]
      : [];
  });
  const [first] = refused;
  if (!first) return [];
  const { service, token, failed, confidence } = first;
  const { oauth } = service;
  const words = failed.says === '' ? failed.error : `${failed.error}: ${failed.says}`;
  return [
    {
      detail: {
        seenIn: 'endpoint',
        places: refused.map((one) => placeOf(one.service)),
        username: service.username,
        host: hostOf(token.endpoint ?? oauth?.issuer),
        error: failed.error,
        codes: failed.codes,
        says: words,
        clientId: oauth?.clientId ?? 'CLIENT_ID',
        ...(oauth?.provider ? { provider: oauth.provider } : {}),
        withSecret: oauth?.clientSecret !== undefined,
        signingIn: failed.at !== 'refresh',
      },
      severity: 'critical',
      confidence,
      affects: refused.map((one) => targetOf(one.service)),
      evidence: refused.map((one) => ({
        check: loginCheck[one.service.protocol],
        says: both(`the authorization server: "${words}"`, `認可サーバーの応答:「${words}」`),
      })),
      ruledOut: ruledOut(cause, first),
    },
  ];
};

/** The same, or a mail server that repeats what an authorization server told it. */
export const saidOfToken = (cause: string, evidence: Evidence, subject: Subject): readonly Finding<TokenRefused>[] => [
  ...saidByEndpoint(cause, evidence, subject),
  ...saysSo(cause, evidence, subject).map((finding): Finding<TokenRefused> => {
    const { places, username, says, provider } = finding.detail;
    const oauth = subject.config.oauth;
    const known = oauth?.provider ?? (provider === 'microsoft' || provider === 'google' ? provider : undefined);
    return {
      ...finding,
      detail: {
        seenIn: 'endpoint',
        places,
        username,
        host: firstPlace(finding.detail).host,
        error: '',
        codes: says.match(/AADSTS\d{4,9}/g) ?? [],
        says,
        clientId: oauth?.clientId ?? 'CLIENT_ID',
        ...(known ? { provider: known } : {}),
        withSecret: true,
        signingIn: false,
      },
    };
  }),
];

/** `login.microsoftonline.com`, or a name for it where the address is not known. */
export const serverText = ({ host }: TokenRefused) =>
  host ? both(host, host) : both('The authorization server', '認可サーバー');
