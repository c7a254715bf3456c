/**
 * What a token says of itself (RFC 7519, RFC 9068, and the claims of Microsoft Entra ID). Read, never verified: it tells
 * what the server will read in it, not what is true. The token itself is in no fact.
 */
export interface TokenClaims {
  readonly issuer?: string;
  readonly audience: readonly string[];
  /** scp or scope; absent where the token has neither. */
  readonly scopes?: readonly string[];
  /** What an application may do without a user. */
  readonly roles?: readonly string[];
  /** Who it belongs to: upn, preferred_username, email or unique_name. */
  readonly user?: string;
  readonly tenant?: string;
  /** The client id of the application it was issued to. */
  readonly app?: string;
  /** RFC 3339 */
  readonly notBefore?: string;
  readonly expires?: string;
}

/** Which request to the authorization server it was. */
export type TokenStep = 'discovery' | 'refresh' | 'device' | 'authorize' | 'code';

/** Why there is no access token. */
export type TokenFailure =
  /** The authorization server's own no (RFC 6749 section 5.2, RFC 8628 section 3.5). */
  | {
      readonly kind: 'refused';
      readonly at: TokenStep;
      /** invalid_grant, consent_required … */
      readonly error: string;
      readonly says: string;
      /** AADSTS65001 and the like, in the order in which they are named. */
      readonly codes: readonly string[];
      readonly status?: number;
    }
  /** No usable answer. */
  | { readonly kind: 'broken'; readonly at: TokenStep; readonly says: string }
  /** The configuration does not say enough to ask anybody. */
  | { readonly kind: 'incomplete'; readonly missing: 'clientId' | 'issuer' }
  /** Nothing to get one with: a person has to sign in first. */
  | { readonly kind: 'sign-in-needed' };

/** Where an access token came from and what it says of itself. */
export interface TokenFact {
  readonly from: 'configured' | 'refreshed' | 'signed-in' | 'none';
  /** RFC 3339; its times are judged at this one. */
  readonly at: string;
  /** Absent where the token is opaque. */
  readonly claims?: TokenClaims;
  /** The scopes that the authorization server says it granted. */
  readonly granted?: readonly string[];
  /** Whom it was asked from. */
  readonly endpoint?: string;
  /** The refresh token was exchanged for a new one, and where that is now. */
  readonly renewed?: 'stored' | 'this-run-only' | 'not-stored';
  readonly failed?: TokenFailure;
}

/** What a mail server says to a token that it does not take, before the refusal itself (RFC 7628 section 3.2.2). */
export interface BearerChallenge {
  readonly status?: string;
  readonly schemes?: string;
  readonly scope?: string;
  /** The whole text, decoded. */
  readonly says: string;
}
