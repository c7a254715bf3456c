/** What an authorization server says in place of a token (RFC 6749 section 5.2). */
export interface OAuthError {
  /** `invalid_grant` and the like. */
  readonly error: string;
  readonly says: string;
  /** `AADSTS65001` and the like, in the order in which they are named. */
  readonly codes: readonly string[];
}

type Cause =
  | 'auth.conditional-access'
  | 'auth.oauth-client-secret'
  | 'auth.oauth-consent'
  | 'auth.oauth-refresh-revoked'
  | 'auth.oauth-scope';

/** Microsoft's numbers by what they are about (learn.microsoft.com/entra/identity-platform/reference-error-codes). */
const numbers = new Map<Cause, readonly number[]>([
  ['auth.conditional-access', [50076, 50078, 50079, 50158, 53000, 53001, 53002, 53003, 53004, 530003]],
  ['auth.oauth-client-secret', [7000215, 7000218, 7000222]],
  ['auth.oauth-consent', [65001, 65004, 90008, 90094]],
  ['auth.oauth-refresh-revoked', [50132, 50133, 50173, 70000, 70008, 70043, 700081, 700082, 700084]],
  ['auth.oauth-scope', [70011]],
]);

/** Finds the numbers of a cause in words that somebody repeats. */
export const numbersOf = (cause: Cause): RegExp =>
  new RegExp(`AADSTS(?:${(numbers.get(cause) ?? []).join('|')})\\b`, 'i');

const byNumber = new Map<string, Cause>(
  [...numbers].flatMap(([cause, list]) => list.map((one) => [`AADSTS${one}`, cause] as const)),
);

/** Words that mean one thing, whatever number stands beside them (OpenID Connect Core section 3.1.2.6, RFC 8628). */
const narrow = new Map<string, Cause>([
  ['consent_required', 'auth.oauth-consent'],
  ['authorization_declined', 'auth.oauth-consent'],
  ['interaction_required', 'auth.conditional-access'],
  ['invalid_scope', 'auth.oauth-scope'],
]);

// Keycloak says unauthorized_client for a wrong secret, Google for a delegation that is missing; RFC 6749 section 5.2 means a
// grant type that the client may not use.
const delegation = /unauthorized to retrieve access tokens|not authorized for any of the scopes/i;
const credentials = /client (?:secret|credentials)/i;
/** Google's and others' words for an app that is not there at all. */
const noSuchClient = /client (?:was |is )?(?:not found|unknown)|(?:unknown|no such) client/i;
// Google names a signed assertion's times so; its clock is not that of the refresh token.
const assertionTimes = /\b(?:iat|exp)\b/;

/** The wide words, where no number tells more. */
const wide = ({ error, says }: OAuthError): Cause | undefined => {
  switch (error) {
    case 'invalid_client':
      return noSuchClient.test(says) ? undefined : 'auth.oauth-client-secret';
    case 'invalid_grant':
      return assertionTimes.test(says) ? undefined : 'auth.oauth-refresh-revoked';
    case 'access_denied':
      return 'auth.oauth-consent';
    case 'unauthorized_client':
      if (delegation.test(says)) return 'auth.oauth-consent';
      return credentials.test(says) ? 'auth.oauth-client-secret' : undefined;
    default:
      return undefined;
  }
};

/**
 * The cause that the server's own words name, and how surely. Microsoft puts invalid_grant before a disabled account, an app
 * that is not assigned and a malformed request alike: where it gives a number that is not in the table, the wide words prove
 * nothing.
 */
export const oauthErrorCause = (
  said: OAuthError,
): { readonly cause: Cause; readonly confidence: number } | undefined => {
  const known = said.codes.flatMap((code) => byNumber.get(code) ?? [])[0];
  if (known) return { cause: known, confidence: 0.97 };
  const cause = narrow.get(said.error);
  if (cause) return { cause, confidence: 0.92 };
  const guess = said.codes.length > 0 ? undefined : wide(said);
  return guess && { cause: guess, confidence: 0.88 };
};
