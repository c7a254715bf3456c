import { describe, expect, test } from '@jest/globals';
import { endpointCause } from '../../../checks/auth/oauth-endpoint.ts';
import { imapAuth } from '../../../checks/mail/imap-auth.check.ts';
import { oauthFaults } from '../../../fixtures/oauth.server.ts';
import type { OAuthConfig } from '../../../src/model/config.ts';
import type { ImapLoginFact, LoginFact } from '../../../src/model/login-facts.ts';
import type { TokenClaims, TokenFact, TokenFailure } from '../../../src/model/token-facts.ts';
import { testCases } from '../login-causes.ts';
import { evidenceWith, type Ill, refused, subjectWith } from '../login-evidence.ts';

const at = '2026-11-25T00:00:00.000Z';
const clientId = '11111111-2222-3333-4444-555555555555';

const mailbox = (oauth: OAuthConfig = { accessToken: { secret: 'token' } }, host = 'outlook.office365.com') =>
  subjectWith({
    oauth,
    smtp: { host: host === 'outlook.office365.com' ? 'smtp.office365.com' : host, port: 587, security: 'starttls' },
    imap: { host, port: 993, security: 'tls' },
    ...({ pop3: undefined } as object),
  });

const own = mailbox(undefined, 'mail.example.co.jp');
const microsoft = mailbox();

const claims = (more: Partial<TokenClaims> = {}): TokenClaims => ({
  audience: ['https://outlook.office.com'],
  issuer: 'https://sts.windows.net/0f1f9e44/',
  scopes: ['IMAP.AccessAsUser.All', 'SMTP.Send'],
  user: 'sales@example.co.jp',
  app: clientId,
  expires: '2026-11-25T01:00:00.000Z',
  ...more,
});

const token = (more: Partial<TokenClaims> | undefined): TokenFact => ({
  from: 'configured',
  at,
  ...(more ? { claims: claims(more) } : {}),
});

const without = (key: keyof TokenClaims, more: Partial<TokenClaims> = {}): TokenFact => {
  const { [key]: _gone, ...left } = claims(more);
  return { from: 'configured', at, claims: left as TokenClaims };
};

const bearer = (fact: Partial<ImapLoginFact>, given: TokenFact = token({})): object => ({
  mechanism: 'XOAUTH2',
  offered: ['PLAIN', 'XOAUTH2'],
  token: given,
  ...fact,
});

const both = (smtp: Partial<LoginFact>, imap: Partial<ImapLoginFact>, given?: TokenFact): Ill => ({
  smtp: { ...bearer(smtp, given), ...(smtp.login ? { mail: undefined, rcpt: undefined } : {}) } as object,
  imap: { ...bearer(imap, given), ...(imap.login ? { select: undefined } : {}) } as object,
});

const no535 = refused('535 5.7.3 Authentication unsuccessful [TYCPR01CA0080.jpnprd01.prod.outlook.com]');
const noImap = refused('NO AUTHENTICATE failed.');
const notConnected = refused('BAD User is authenticated but not connected.');
const refusedBoth = (given?: TokenFact): Ill => both({ login: no535 }, { login: noImap }, given);
const challenge = (status: string, scope = 'https://mail.google.com/') => ({
  status,
  schemes: 'Bearer',
  scope,
  says: `{"status":"${status}"}`,
});

const failing = (
  failed: TokenFailure,
  endpoint = 'https://login.microsoftonline.com/organizations/oauth2/v2.0/token',
): Ill => both({ withheld: 'no-token' }, { withheld: 'no-token' }, { from: 'none', at, endpoint, failed });

const withoutSteps = (ill: Ill): Ill => ({
  smtp: { ...ill.smtp, login: undefined, mail: undefined, rcpt: undefined } as object,
  imap: { ...ill.imap, login: undefined, select: undefined } as object,
});

const endpointSays = (fault: Exclude<keyof typeof oauthFaults, 'html'>): Ill => {
  const { error, error_description: says, status } = oauthFaults[fault];
  const codes = says.match(/AADSTS\d+/g) ?? [];
  return withoutSteps(failing({ kind: 'refused', at: 'refresh', error, says, codes, status }));
};

const refreshing = mailbox({
  provider: 'microsoft',
  clientId,
  refreshToken: { secret: 'r' },
  clientSecret: { secret: 's' },
});

testCases([
  { name: 'a healthy login by token has no cause', subject: microsoft, ill: both({}, {}), finds: [] },
  {
    name: 'an expired token is known by its own date',
    subject: microsoft,
    ill: refusedBoth(token({ expires: '2026-11-24T23:00:00.000Z' })),
    finds: ['auth.oauth-token-expired'],
    affects: ['smtp smtp.office365.com:587', 'imap outlook.office365.com:993'],
    confidence: 0.98,
    en: ['ended at 2026-11-24T23:00:00.000Z'],
    ja: ['有効期限は 2026-11-24T23:00:00.000Z'],
    ruledOut: 'auth.oauth-wrong-user',
  },
  {
    name: 'revoked: it says that it is valid, the server says that it is not',
    subject: own,
    ill: both(
      { login: refused('535 5.7.8 Error: authentication failed'), challenge: challenge('401', 'mail') },
      {},
      token({ scopes: ['mail'] }),
    ),
    finds: ['auth.oauth-token-expired'],
    en: ['it was revoked'],
    ja: ['取り消された'],
    ruledOut: 'auth.oauth-scope',
  },
  {
    name: "Gmail's 400 for an opaque token",
    subject: mailbox(undefined, 'imap.gmail.com'),
    ill: both(
      {},
      { login: refused('NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)'), challenge: challenge('400') },
      token(undefined),
    ),
    finds: ['auth.oauth-token-expired'],
    ruledOut: 'auth.wrong-credentials',
  },
  {
    name: 'Gmail granted another scope than mail',
    subject: mailbox(undefined, 'imap.gmail.com'),
    ill: both(
      {},
      { login: refused('NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)'), challenge: challenge('400') },
      { from: 'refreshed', at, granted: ['https://www.googleapis.com/auth/gmail.readonly'] },
    ),
    finds: ['auth.oauth-scope'],
    steps: /https:\/\/mail\.google\.com\//,
  },
  {
    name: 'a token for Graph opens no mailbox by IMAP',
    subject: microsoft,
    ill: both({}, { login: noImap }, token({ audience: ['https://graph.microsoft.com'], scopes: ['Mail.Read'] })),
    finds: ['auth.oauth-scope'],
    en: ['is for https://graph.microsoft.com'],
    ja: ['https://graph.microsoft.com 用'],
    steps: /IMAP\.AccessAsUser\.All/,
    ruledOut: 'auth.oauth-token-expired',
  },
  {
    name: 'SMTP.Send is missing where IMAP is there',
    subject: microsoft,
    ill: both({ login: no535 }, {}, token({ scopes: ['IMAP.AccessAsUser.All'] })),
    finds: ['auth.oauth-scope'],
    affects: ['smtp smtp.office365.com:587'],
    en: ['SMTP.Send is missing'],
  },
  {
    name: 'Dovecot names the scope that it wants',
    subject: own,
    ill: both(
      {},
      {
        login: refused('NO [AUTHENTICATIONFAILED] Authentication failed.'),
        challenge: challenge('insufficient_scope', 'mail'),
      },
      token({ scopes: ['calendar'] }),
    ),
    finds: ['auth.oauth-scope'],
    en: ['It permits calendar; mail is missing'],
  },
  {
    name: "another user's token",
    subject: microsoft,
    ill: refusedBoth(token({ user: 'taro@example.co.jp' })),
    finds: ['auth.oauth-wrong-user'],
    en: ['sales@example.co.jp', 'belongs to taro@example.co.jp'],
    ja: ['taro@example.co.jp のもの'],
    steps: /Add-MailboxPermission -Identity sales@example\.co\.jp -User taro@example\.co\.jp/,
    ruledOut: 'auth.oauth-token-expired',
  },
  {
    name: "an app's own token",
    subject: microsoft,
    ill: refusedBoth(without('scopes', { roles: ['IMAP.AccessAsApp'] })),
    finds: ['auth.oauth-app-permission'],
    steps: /New-ServicePrincipal -AppId 11111111/,
  },
  {
    name: 'nothing in token or reply shows why: no cause is made up',
    subject: microsoft,
    ill: both({ login: no535 }, {}),
    finds: [],
  },
  {
    name: 'a plain refusal of an opaque token is no wrong password',
    subject: own,
    ill: both({}, { login: refused('NO [AUTHENTICATIONFAILED] Authentication failed.') }, token(undefined)),
    finds: [],
  },
  {
    name: 'a reason that the reply names stays',
    subject: microsoft,
    ill: both(
      {
        login: refused('535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.'),
      },
      {},
      token({ user: 'taro@example.co.jp' }),
    ),
    finds: ['auth.smtp-disabled'],
  },
  {
    name: 'authenticated but not connected, and the token is right: rights are missing',
    subject: microsoft,
    ill: both({}, { select: notConnected }),
    finds: ['mailbox.access-denied'],
  },
  {
    name: 'authenticated but not connected with a scope missing',
    subject: microsoft,
    ill: both({}, { select: notConnected }, token({ scopes: ['SMTP.Send'] })),
    finds: ['auth.oauth-scope'],
  },
  {
    name: 'authenticated but not connected as another user',
    subject: microsoft,
    ill: both({}, { select: notConnected }, token({ user: 'taro@example.co.jp' })),
    finds: ['auth.oauth-wrong-user'],
  },
  {
    name: 'authenticated but not connected with a token of an app',
    subject: microsoft,
    ill: both({}, { select: notConnected }, without('scopes', { roles: ['Mail.Read'] })),
    finds: ['auth.oauth-app-permission'],
    en: ['do not include IMAP.AccessAsApp'],
    steps: /API permissions/,
  },
  {
    name: 'the refresh token is revoked: one finding for both protocols',
    subject: refreshing,
    ill: endpointSays('revoked'),
    finds: ['auth.oauth-refresh-revoked'],
    affects: ['smtp smtp.office365.com:587', 'imap outlook.office365.com:993'],
    en: ['login.microsoftonline.com', 'AADSTS70008'],
    ja: ['新しいアクセストークンを発行しない'],
    ruledOut: 'auth.oauth-client-secret',
  },
  {
    name: 'the client secret has expired',
    subject: refreshing,
    ill: endpointSays('secret-expired'),
    finds: ['auth.oauth-client-secret'],
    en: ['has expired'],
    ja: ['有効期限が切れています'],
    steps: /Certificates & secrets/,
  },
  {
    name: 'the client secret is the id of one',
    subject: refreshing,
    ill: endpointSays('wrong-secret'),
    finds: ['auth.oauth-client-secret'],
    en: ['is not the right value'],
    ruledOut: 'auth.oauth-refresh-revoked',
  },
  {
    name: 'the secret is not accepted, and no number tells why',
    subject: refreshing,
    ill: endpointSays('wrong-secret-google'),
    finds: ['auth.oauth-client-secret'],
    en: ['is not accepted, or the app is not registered there'],
    ja: ['受け付けられないか、アプリ自体が登録されていません'],
    steps: /Compare the client id 11111111/,
  },
  {
    name: 'a server between repeats what Entra ID said',
    subject: own,
    ill: both({}, { login: refused('NO upstream: AADSTS7000222: The provided client secret keys are expired.') }),
    finds: ['auth.oauth-client-secret'],
    affects: ['imap mail.example.co.jp:993'],
    en: ['has expired'],
  },
  {
    name: 'nobody has consented',
    subject: refreshing,
    ill: endpointSays('consent'),
    finds: ['auth.oauth-consent'],
    steps: /Grant admin consent/,
  },
  {
    name: 'Google: the delegation is missing',
    subject: mailbox({ provider: 'google', clientId, refreshToken: { secret: 'r' } }, 'imap.gmail.com'),
    ill: endpointSays('consent-google'),
    finds: ['auth.oauth-consent'],
    steps: /domain-wide delegation/,
  },
  {
    name: 'Conditional Access refuses the token',
    subject: refreshing,
    ill: endpointSays('conditional-access'),
    finds: ['auth.conditional-access'],
    en: ['gives no token', 'AADSTS53003'],
  },
  {
    name: 'a second factor is asked for',
    subject: refreshing,
    ill: endpointSays('interaction-required'),
    finds: ['auth.conditional-access'],
    steps: /mail --login/,
  },
  {
    name: 'a scope that the server does not know',
    subject: refreshing,
    ill: endpointSays('scope'),
    finds: ['auth.oauth-scope'],
    steps: /oauth\.scopes/,
  },
  {
    name: 'an authorization server that cannot be reached is no cause of the mailbox',
    subject: refreshing,
    ill: withoutSteps(failing({ kind: 'broken', at: 'refresh', says: 'login.microsoftonline.com: ECONNREFUSED' })),
    finds: [],
  },
  {
    name: 'the server takes no token',
    subject: own,
    ill: withoutSteps(both({ withheld: 'no-safe-mechanism', offered: ['PLAIN', 'LOGIN'] }, {})),
    finds: ['auth.mechanism-unsupported'],
    en: ['takes no OAuth token', 'PLAIN LOGIN'],
    ja: ['XOAUTH2 も OAUTHBEARER もありません'],
    steps: /xoauth2 oauthbearer/,
  },
  {
    name: 'a token is not sent in clear',
    subject: subjectWith({
      oauth: { accessToken: { secret: 'token' } },
      imap: { host: 'imap.example.co.jp', port: 143, security: 'none' },
      ...({ smtp: undefined, pop3: undefined } as object),
    }),
    ill: { imap: { withheld: 'token-in-clear', offered: [], login: undefined, select: undefined } as object },
    finds: ['auth.requires-tls'],
    en: ['Whoever reads a token on the way'],
    ja: ['暗号化された接続でだけ'],
    candidates: [
      [
        { path: 'mail.imap.port', from: 143, to: 993 },
        { path: 'mail.imap.security', from: 'none', to: 'tls' },
      ],
    ],
  },
]);

describe('what the checks say', () => {
  const grade = (failed: TokenFailure) => {
    const outcome = evidenceWith(refreshing, withoutSteps(failing(failed)));
    const found = outcome.of(imapAuth);
    return found?.kind === 'observed' ? found.verdict : undefined;
  };

  test.each([
    [{ kind: 'refused', at: 'refresh', error: 'invalid_grant', says: 'x', codes: [] }, 'fail', /invalid_grant: x/],
    [{ kind: 'broken', at: 'refresh', says: 'ECONNREFUSED' }, 'unknown', /ECONNREFUSED/],
    [{ kind: 'sign-in-needed' }, 'unknown', /mail --login/],
    [{ kind: 'incomplete', missing: 'clientId' }, 'unknown', /clientId/],
  ] as const)('%j', (failed, expected, says) => {
    const verdict = grade(failed);
    expect(verdict?.grade).toBe(expected);
    expect(verdict && 'symptom' in verdict ? verdict.symptom?.en : '').toMatch(says);
  });
});

describe('what an authorization server says', () => {
  test.each([
    [['AADSTS700082'], 'invalid_grant', '', 'auth.oauth-refresh-revoked', 0.97],
    [['AADSTS50173'], 'invalid_grant', '', 'auth.oauth-refresh-revoked', 0.97],
    [['AADSTS70000'], 'invalid_grant', '', 'auth.oauth-refresh-revoked', 0.97],
    [['AADSTS7000218'], 'invalid_client', '', 'auth.oauth-client-secret', 0.97],
    [['AADSTS90094'], 'access_denied', '', 'auth.oauth-consent', 0.97],
    [['AADSTS530003'], 'access_denied', '', 'auth.conditional-access', 0.97],
    [['AADSTS16000'], 'interaction_required', '', 'auth.conditional-access', 0.92],
    // The wide words alone, by RFC 6749.
    [[], 'invalid_grant', 'Token has been expired or revoked.', 'auth.oauth-refresh-revoked', 0.88],
    [[], 'invalid_client', 'Unauthorized', 'auth.oauth-client-secret', 0.88],
    // Keycloak, of a wrong secret.
    [[], 'unauthorized_client', 'Invalid client or Invalid client credentials', 'auth.oauth-client-secret', 0.88],
  ] as const)('%j %s %s: %s', (codes, error, says, cause, confidence) => {
    expect(endpointCause({ kind: 'refused', at: 'refresh', error, codes, says })).toEqual({ cause, confidence });
  });

  test.each([
    ['an app that is not known there', ['AADSTS700016'], 'unauthorized_client', ''],
    ['a clock that is off', ['AADSTS700024'], 'invalid_client', ''],
    ['a disabled account', ['AADSTS50057'], 'invalid_grant', ''],
    ['an app that is not assigned to the user', ['AADSTS50105'], 'invalid_grant', ''],
    ['a malformed request', ['AADSTS9002313'], 'invalid_grant', ''],
    ['a certificate of the app that does not fit', ['AADSTS700027'], 'invalid_client', ''],
    ['a disabled app', ['AADSTS7000112'], 'unauthorized_client', ''],
    ['an app that is not known at Google', [], 'invalid_client', 'The OAuth client was not found.'],
    ['a refresh token of another app at Google', [], 'unauthorized_client', 'Unauthorized'],
    ['a grant type that the app may not use', [], 'unauthorized_client', 'Client not enabled for this grant'],
    [
      "the times of a signed assertion are the clock's",
      [],
      'invalid_grant',
      'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.',
    ],
    ['a fault of the server', [], 'server_error', ''],
    ['a word of JavaScript', [], 'constructor', ''],
  ] as const)('%s: no cause', (_name, codes, error, says) => {
    expect(endpointCause({ kind: 'refused', at: 'refresh', error, codes, says })).toBeUndefined();
  });

  test('while somebody signs in, no refresh token is the reason', () => {
    const said = { kind: 'refused', error: 'invalid_grant', codes: ['AADSTS70008'], says: '' } as const;
    expect(endpointCause({ ...said, at: 'refresh' })?.cause).toBe('auth.oauth-refresh-revoked');
    expect(endpointCause({ ...said, at: 'device' })).toBeUndefined();
  });
});
