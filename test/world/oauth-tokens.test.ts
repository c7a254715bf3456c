import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { jwtOf, type OAuthFault, type OAuthOptions, startOAuth } from '../../fixtures/oauth.server.ts';
import type { OAuthConfig } from '../../src/model/config.ts';
import { claimsOf } from '../../src/world/oauth-claims.ts';
import { scopesOf } from '../../src/world/oauth-server.ts';
import { createTokens } from '../../src/world/oauth-tokens.ts';
import { caFile, certificate, never } from './login-kit.ts';
import { kitOf, oauthSubject, tokenLeaks } from './oauth-kit.ts';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

const clientId = '11111111-2222-3333-4444-555555555555';
const refreshToken = `1.AXoA${'r'.repeat(90)}-end`;

const issuer = async (options: Partial<OAuthOptions> = {}) => {
  const server = await startOAuth({ clientId, refreshTokens: [refreshToken], ...options });
  stops.push(server.stop);
  return server;
};

const asked = async (oauth: OAuthConfig, more: Readonly<Record<string, string>> = {}) => {
  const kit = await kitOf({ refresh: refreshToken, ...more });
  const { service } = await oauthSubject('imap', { port: 993, security: 'tls', oauth });
  const tokens = createTokens(kit);
  const first = await tokens.tokenFor(service, never);
  return { first, again: () => tokens.tokenFor(service, never), kit, service };
};

const withRefresh = (at: string, more: Partial<OAuthConfig> = {}): OAuthConfig => ({
  issuer: at,
  clientId,
  refreshToken: { secret: 'refresh' },
  ...more,
});

describe('what a token says of itself', () => {
  test('the claims of Microsoft and of the standard, and nothing else', () => {
    const claims = claimsOf(
      jwtOf({
        aud: 'https://outlook.office.com',
        iss: 'https://sts.windows.net/t/',
        scp: 'IMAP.AccessAsUser.All SMTP.Send',
        tid: 't',
        upn: 'sales@example.test',
        appid: clientId,
        exp: 1_800_000_000,
        nbf: 1_799_996_000,
        name: 'Private Name',
        ipaddr: '192.0.2.1',
      }),
    );
    expect(claims).toEqual({
      audience: ['https://outlook.office.com'],
      issuer: 'https://sts.windows.net/t/',
      scopes: ['IMAP.AccessAsUser.All', 'SMTP.Send'],
      tenant: 't',
      user: 'sales@example.test',
      app: clientId,
      expires: '2027-01-15T08:00:00.000Z',
      notBefore: '2027-01-15T06:53:20.000Z',
    });
  });

  test.each([
    ['an opaque token', 'ya29.a0AfB_byC'],
    ['two parts', 'a.b'],
    ['four parts', 'a.b.c.d'],
    ['no JSON', `a.${Buffer.from('no').toString('base64url')}.c`],
    ['a list', `a.${Buffer.from('[]').toString('base64url')}.c`],
    ['a flood', `a.${'A'.repeat(100_000)}.c`],
  ])('%s says nothing', (_name, token) => {
    expect(claimsOf(token)).toBeUndefined();
  });

  test('hostile claims are bounded and printable', () => {
    const claims = claimsOf(
      jwtOf({
        aud: ['\x1b[2J', 7, 'x'.repeat(10_000)],
        scp: Array.from({ length: 1000 }, (_, n) => `s${n}`),
        upn: { toString: 'x' },
        exp: 1e300,
        nbf: 'soon',
        __proto__: { iss: 'x' },
      }),
    );
    expect(JSON.stringify(claims).length).toBeLessThan(2_000);
    expect(claims?.audience[0]).toBe('\\x1b[2J');
    expect(claims).not.toHaveProperty('expires');
    expect(claims).not.toHaveProperty('user');
  });
});

describe('a refresh token', () => {
  test('brings an access token, once for all who ask, and neither is in the fact', async () => {
    const server = await issuer({ claims: { upn: 'sales@example.test', scp: 'mail' } });
    const { first, again, kit } = await asked(withRefresh(server.issuer, { scopes: ['mail', 'offline_access'] }));
    const [second, third] = await Promise.all([again(), again()]);
    expect(first.fact).toMatchObject({
      from: 'refreshed',
      endpoint: `${server.issuer}/token`,
      claims: { user: 'sales@example.test', scopes: ['mail'] },
      granted: ['mail', 'offline_access'],
    });
    expect([second.token, third.token]).toEqual([first.token, first.token]);
    expect(server.log.grants).toHaveLength(1);
    expect(server.log.grants[0]).toMatchObject({ grant_type: 'refresh_token', scope: 'mail offline_access' });
    expect(kit.secrets.values()).toContain(first.token);
    for (const secret of [refreshToken, first.token ?? '']) expect(tokenLeaks(first.fact, secret)).toBe(false);
  });

  test('a client secret goes along', async () => {
    const server = await issuer({ clientSecret: 'Q~8secret' });
    const right = await asked(withRefresh(server.issuer, { clientSecret: { secret: 'client' } }), {
      client: 'Q~8secret',
    });
    expect(right.first.token).toBeDefined();
    const wrong = await asked(withRefresh(server.issuer, { clientSecret: { secret: 'client' } }), { client: 'id' });
    expect(wrong.first.fact.failed).toMatchObject({
      kind: 'refused',
      error: 'invalid_client',
      codes: ['AADSTS7000215'],
    });
  });

  test.each([
    ['revoked', 'invalid_grant', ['AADSTS70008']],
    ['revoked-google', 'invalid_grant', []],
    ['consent', 'invalid_grant', ['AADSTS65001']],
    ['consent-google', 'unauthorized_client', []],
    ['secret-expired', 'invalid_client', ['AADSTS7000222']],
    ['interaction-required', 'interaction_required', ['AADSTS50076']],
  ] as const)('%s: the words of the refusal are kept', async (fault: OAuthFault, error, codes) => {
    const server = await issuer({ fail: { token: fault } });
    const { first } = await asked(withRefresh(server.issuer));
    expect(first.token).toBeUndefined();
    expect(first.fact).toMatchObject({ from: 'none', failed: { kind: 'refused', at: 'refresh', error, codes } });
    expect(server.log.grants).toHaveLength(1);
  });

  test.each([
    ['a page instead of JSON', { token: 'html' as const }, /502/],
    ['no discovery document', { discovery: 'html' as const }, /502|HTTP status/],
  ])('%s is no answer', async (_name, fail, says) => {
    const server = await issuer({ fail });
    const { first } = await asked(withRefresh(server.issuer));
    expect(first.fact.failed).toMatchObject({ kind: 'broken', says: expect.stringMatching(says) });
  });

  test('an issuer that calls itself something else is not believed', async () => {
    const server = await issuer({ issuer: 'https://evil.example.test' });
    const { first } = await asked(withRefresh(`http://127.0.0.1:${server.port}`));
    expect(first.fact.failed).toMatchObject({ kind: 'broken', at: 'discovery' });
    expect(server.log.grants).toHaveLength(0);
  });

  test('in clear it goes to this machine only', async () => {
    const { first } = await asked(withRefresh('http://login.example.test'));
    expect(first.fact.failed).toMatchObject({ kind: 'broken', at: 'discovery', says: expect.stringMatching(/HTTPS/) });
  });

  test('over TLS the certificate has to be right', async () => {
    const server = await issuer({ certificate: await certificate() });
    const trusted = await asked(withRefresh(server.issuer));
    expect(trusted.first.token).toBeDefined();
    const kit = await kitOf({ refresh: refreshToken });
    const { service } = await oauthSubject('imap', { port: 1, security: 'tls', oauth: withRefresh(server.issuer) });
    const { ca: _ca, ...stranger } = service;
    expect((await createTokens(kit).tokenFor(stranger, never)).fact.failed).toMatchObject({ kind: 'broken' });
    expect(await caFile()).toBeDefined();
  });

  test.each([
    [{ provider: 'microsoft' }, { kind: 'incomplete', missing: 'clientId' }],
    [
      { clientId: 'x', refreshToken: { secret: 'refresh' } },
      { kind: 'incomplete', missing: 'issuer' },
    ],
    [{ provider: 'google', clientId: 'x' }, { kind: 'sign-in-needed' }],
    [{ provider: 'google', clientId: 'x', tokenFile: '/nowhere/token.json' }, { kind: 'sign-in-needed' }],
  ] as const)('%j contacts nobody', async (oauth, failed) => {
    expect((await asked(oauth)).first.fact).toMatchObject({ from: 'none', failed });
  });
});

describe('the token file', () => {
  const place = (): string => join(mkdtempSync(join(tmpdir(), 'crm-doctor-test-')), 'token.json');

  test('a rotated refresh token goes there, whole, for its owner only, and is used next time', async () => {
    const server = await issuer({ rotates: true });
    const tokenFile = place();
    const one = await asked(withRefresh(server.issuer, { tokenFile }));
    expect(one.first.fact).toMatchObject({ renewed: 'stored' });
    expect(statSync(tokenFile).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(tokenFile, '..'))).toEqual(['token.json']);
    const stored = JSON.parse(readFileSync(tokenFile, 'utf8')) as { refreshToken: string };
    expect(stored).toMatchObject({ issuer: server.issuer, clientId, username: 'sales@example.test' });
    expect(one.kit.secrets.values()).toContain(stored.refreshToken);
    // The configured one is void by now.
    const two = await asked(withRefresh(server.issuer, { tokenFile }));
    expect(two.first.token).toBeDefined();
    expect(server.log.grants.map(({ refresh_token: sent }) => sent)).toEqual([refreshToken, stored.refreshToken]);
  });

  test('without one it is kept for this run only', async () => {
    const server = await issuer({ rotates: true });
    expect((await asked(withRefresh(server.issuer))).first.fact.renewed).toBe('this-run-only');
  });

  test.each([
    ['of another issuer', (at: string) => ({ issuer: `${at}/other`, clientId, refreshToken: 'elsewhere' })],
    ['of another client', (at: string) => ({ issuer: at, clientId: 'other', refreshToken: 'elsewhere' })],
  ])('a token %s is not sent', async (_name, stored) => {
    const server = await issuer();
    const tokenFile = place();
    writeFileSync(tokenFile, JSON.stringify({ schema: 'crm-doctor/token/v1', ...stored(server.issuer) }));
    const { first } = await asked({ issuer: server.issuer, clientId, tokenFile });
    expect(first.fact.failed).toEqual({ kind: 'sign-in-needed' });
    expect(server.log.grants).toHaveLength(0);
  });

  test('a file that is something else is told, not overwritten', async () => {
    const server = await issuer({ rotates: true });
    const tokenFile = place();
    writeFileSync(tokenFile, 'notes');
    const { first } = await asked(withRefresh(server.issuer, { tokenFile }));
    expect(first.fact.failed).toMatchObject({ kind: 'broken', says: expect.stringContaining('token.json: format') });
    expect(readFileSync(tokenFile, 'utf8')).toBe('notes');
  });
});

test.each([
  [
    { provider: 'microsoft' },
    ['smtp', 'imap'],
    ['https://outlook.office.com/SMTP.Send', 'https://outlook.office.com/IMAP.AccessAsUser.All', 'offline_access'],
  ],
  [{ provider: 'google' }, ['imap'], ['https://mail.google.com/']],
  [{ provider: 'google', scopes: ['a'] }, ['imap'], ['a']],
  [{ issuer: 'https://x' }, ['imap'], []],
] as const)('the scopes of %j for %j', (oauth, protocols, expected) => {
  expect(scopesOf({ ...oauth, protocols })).toEqual(expected);
});
