import { randomBytes } from 'node:crypto';
import { jwtOf, type OAuthFault } from '../../fixtures/oauth.server.ts';

/** The access token that the CRM of a case has. */
export interface TokenSpec {
  /** Default: the mailbox itself. */
  readonly user?: string;
  /** Default: `mail`, which the healthy Dovecot wants. */
  readonly scope?: string;
  /** Seconds from now until it ends; default an hour. */
  readonly lasts?: number;
  /** Says nothing of itself, as Google's. */
  readonly opaque?: true;
  /** The issuer does not know it any more. */
  readonly revoked?: true;
  /** Claims in place of, or beside, those. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** An authorization server at https://web.aozora.test, which Dovecot asks about tokens. */
export interface IssuerSettings {
  readonly clientSecret?: string;
  readonly fail?: { readonly token?: OAuthFault };
  readonly rotates?: boolean;
}

/** The secrets of a case with OAuth: what the client is given, and what the issuer knows. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly known: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export const tokensFor = (spec: TokenSpec): Tokens => {
  const { user = 'sales@aozora.test', scope = 'mail', lasts = 3600, opaque, revoked } = spec;
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: 'https://web.aozora.test',
    aud: 'mail',
    exp: now + lasts,
    nbf: now - 7200,
    scope,
    upn: user,
    ...spec.claims,
  };
  const accessToken = opaque ? `ya29.${randomBytes(120).toString('base64url')}` : jwtOf(claims);
  return {
    accessToken,
    refreshToken: `1.AXoA${randomBytes(90).toString('base64url')}`,
    known: revoked ? {} : { [accessToken]: { username: user, scope, exp: claims.exp } },
  };
};
