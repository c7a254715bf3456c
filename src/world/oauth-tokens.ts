import type { OAuthLogin } from '../model/config.ts';
import type { Service } from '../model/mailbox.ts';
import type { TokenFact, TokenFailure } from '../model/token-facts.ts';
import { shelf } from './contact-shared.ts';
import { createHttp } from './http.ts';
import type { Kit } from './kit.ts';
import { claimsOf } from './oauth-claims.ts';
import { attempt, type Granted, grantedBy, type OAuthServer, openServer, scopesOf } from './oauth-server.ts';
import { readToken, storeToken } from './oauth-store.ts';

/** An access token and what may be told of it, or why there is none. */
export interface Token {
  readonly token?: string;
  readonly fact: TokenFact;
}

type Whose = Pick<Service, 'username' | 'ca'> & { readonly oauth: OAuthLogin };

/** The access tokens of a run; each is fetched once. */
export interface Tokens {
  readonly tokenFor: (service: Pick<Service, 'username' | 'oauth' | 'ca'>, signal: AbortSignal) => Promise<Token>;
  /** What a sign-in brought: it is used for the rest of the run, and kept where the configuration says so. */
  readonly keep: (whose: Whose, server: OAuthServer, granted: Granted) => Promise<Token>;
  /** A sign-in that was refused: nothing else is tried in this run. */
  readonly refuse: (whose: Whose, failed: TokenFailure, server?: OAuthServer) => Token;
}

// A password of a client is asked for as a secret too; none at all is a public client (RFC 6749 section 2.1).
export const clientSecretOf = (kit: Pick<Kit, 'secrets'>, { clientSecret }: OAuthLogin): string | undefined =>
  clientSecret && kit.secrets.reveal(clientSecret);

const endpointOf = ({ as }: OAuthServer): Pick<TokenFact, 'endpoint'> =>
  as.token_endpoint === undefined ? {} : { endpoint: as.token_endpoint };

const keyOf = ({ oauth, ca, username }: Whose): string => JSON.stringify([oauth, ca ?? '', username]);

export const createTokens = (kit: Kit): Tokens => {
  const renewals = shelf<Promise<Token>>();
  const signedIn = new Map<string, Token>();
  const http = createHttp(kit);
  const at = (): string => kit.clock.now().toISOString();
  const without = (failed: TokenFailure, more: Partial<TokenFact> = {}): Token => ({
    fact: { from: 'none', at: at(), ...more, failed },
  });
  const withToken = (token: string, fact: Omit<TokenFact, 'at' | 'claims'>): Token => {
    kit.secrets.learn(token);
    const claims = claimsOf(token);
    return { token, fact: { ...fact, at: at(), ...(claims ? { claims } : {}) } };
  };

  /** The file's own is newer than the configuration's: it was rotated or signed in for. */
  const refreshTokenOf = async (
    { oauth }: Whose,
    { as, client }: OAuthServer,
  ): Promise<{ readonly token?: string; readonly failed?: TokenFailure }> => {
    if (oauth.tokenFile !== undefined) {
      const read = await readToken(oauth.tokenFile);
      if (read.kind === 'unreadable') {
        return { failed: { kind: 'broken', at: 'refresh', says: `${oauth.tokenFile}: ${read.code}` } };
      }
      if (read.kind === 'stored' && read.token.issuer === as.issuer && read.token.clientId === client.client_id) {
        kit.secrets.learn(read.token.refreshToken);
        return { token: read.token.refreshToken };
      }
    }
    return oauth.refreshToken ? { token: kit.secrets.reveal(oauth.refreshToken) } : {};
  };

  const kept = async (
    { oauth, username }: Whose,
    { as, client }: OAuthServer,
    refreshToken: string,
  ): Promise<NonNullable<TokenFact['renewed']>> => {
    kit.secrets.learn(refreshToken);
    if (oauth.tokenFile === undefined) return 'this-run-only';
    const stored = await storeToken(oauth.tokenFile, {
      issuer: as.issuer,
      clientId: client.client_id,
      username,
      refreshToken,
    });
    return stored.failed === undefined ? 'stored' : 'not-stored';
  };

  const renew = async (whose: Whose, signal: AbortSignal): Promise<Token> => {
    const { oauth, ca } = whose;
    if (oauth.refreshToken === undefined && oauth.tokenFile === undefined && oauth.clientId !== undefined) {
      return without({ kind: 'sign-in-needed' });
    }
    const opened = await openServer(oauth, { http, ca, secret: clientSecretOf(kit, oauth), signal });
    if (opened.kind === 'failed') return without(opened.failed);
    const { as, client, auth, options } = opened.value;
    const endpoint = endpointOf(opened.value);
    const refreshToken = await refreshTokenOf(whose, opened.value);
    if (refreshToken.failed) return without(refreshToken.failed);
    const { token } = refreshToken;
    if (token === undefined) return without({ kind: 'sign-in-needed' });
    const library = await import('oauth4webapi');
    // Google takes no scope at a renewal that was not granted before; Microsoft needs it to choose the resource.
    const scopes = oauth.provider === 'google' ? (oauth.scopes ?? []) : scopesOf(oauth);
    const answer = await attempt('refresh', signal, async () =>
      library.processRefreshTokenResponse(
        as,
        client,
        await library.refreshTokenGrantRequest(as, client, auth, token, {
          ...options,
          ...(scopes.length > 0 ? { additionalParameters: { scope: scopes.join(' ') } } : {}),
        }),
      ),
    );
    if (answer.kind === 'failed') return without(answer.failed, endpoint);
    const granted = grantedBy(answer.value);
    const renewed =
      granted.refreshToken === undefined || granted.refreshToken === token
        ? {}
        : { renewed: await kept(whose, opened.value, granted.refreshToken) };
    return withToken(granted.accessToken, {
      from: 'refreshed',
      ...endpoint,
      ...renewed,
      ...(granted.scopes ? { granted: granted.scopes } : {}),
    });
  };

  return {
    tokenFor: (service, signal) => {
      const { oauth, username, ca } = service;
      if (!oauth) return Promise.resolve(without({ kind: 'incomplete', missing: 'clientId' }));
      if (oauth.accessToken) {
        return Promise.resolve(withToken(kit.secrets.reveal(oauth.accessToken), { from: 'configured' }));
      }
      const whose = { oauth, username, ...(ca === undefined ? {} : { ca }) };
      const key = keyOf(whose);
      const known = signedIn.get(key);
      if (known) return Promise.resolve(known);
      const renewal = renewals(key, (own) => renew(whose, own));
      return renewal.join(renewal.work, signal);
    },
    keep: async (whose, server, granted) => {
      const token = withToken(granted.accessToken, {
        from: 'signed-in',
        ...endpointOf(server),
        ...(granted.scopes ? { granted: granted.scopes } : {}),
        ...(granted.refreshToken === undefined ? {} : { renewed: await kept(whose, server, granted.refreshToken) }),
      });
      signedIn.set(keyOf(whose), token);
      return token;
    },
    refuse: (whose, failed, server) => {
      const token = without(failed, server ? endpointOf(server) : {});
      signedIn.set(keyOf(whose), token);
      return token;
    },
  };
};
