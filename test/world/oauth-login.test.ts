import { afterEach, describe, expect, test } from '@jest/globals';
import { startImap } from '../../fixtures/imap.server.ts';
import { expectLine, type LineLog, type Step, say, serve, startLines } from '../../fixtures/line.server.ts';
import { jwtOf } from '../../fixtures/oauth.server.ts';
import { startPop3 } from '../../fixtures/pop3.server.ts';
import type { Running } from '../../fixtures/running.ts';
import { startSmtp } from '../../fixtures/smtp.server.ts';
import type { Protocol, Security } from '../../src/model/config.ts';
import type { LoginFact } from '../../src/model/login-facts.ts';
import { createLogins } from '../../src/world/logins.ts';
import { certificate, never, storeWith } from './login-kit.ts';
import { kitOf, oauthSubject, tokenLeaks } from './oauth-kit.ts';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

const kept = <Server extends { readonly stop: () => Promise<void> }>(server: Server): Server => {
  stops.push(server.stop);
  return server;
};

// As long as a real one: Microsoft's have 2 to 3 KiB.
const token = jwtOf({ aud: 'mail', upn: 'sales@example.test', scp: 'x'.repeat(1500), exp: 4_102_444_800 });
const short = 'ya29.a0AfB_byC-0123456789';

const asking = async (
  protocol: Protocol,
  { port, security, secret = token }: { readonly port: number; readonly security: Security; readonly secret?: string },
): Promise<LoginFact> => {
  const kit = await kitOf({ token: secret });
  const { subject, service } = await oauthSubject(protocol, { port, security });
  const logins = createLogins(kit);
  if (protocol === 'smtp') return logins.smtpLogin(service, subject, never);
  return protocol === 'imap' ? logins.imapLogin(service, subject, never) : logins.pop3Login(service, subject, never);
};

const start = {
  smtp: async (accessToken: string, tls: 'starttls' | 'implicit') =>
    kept(
      await startSmtp({
        tls,
        certificate: await certificate(),
        store: storeWith({ accessToken }),
        mechanisms: ['PLAIN', 'XOAUTH2'],
      }),
    ),
  imap: async (accessToken: string, tls: 'starttls' | 'implicit') =>
    kept(await startImap({ tls, certificate: await certificate(), store: storeWith({ accessToken }) })),
  pop3: async (accessToken: string, tls: 'starttls' | 'implicit') =>
    kept(await startPop3({ tls, certificate: await certificate(), store: storeWith({ accessToken }) })),
};

/** A server that says what it is told to, inside TLS. */
const lines = async (script: readonly Step[]): Promise<Running<LineLog>> =>
  kept(await startLines({ script, tls: 'implicit', certificate: await certificate() }));

const challenge = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

const said = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8').replaceAll('\x01', '|');

describe('a login by token', () => {
  test.each([
    ['smtp', 'implicit', 'tls', token],
    ['smtp', 'starttls', 'starttls', short],
    ['imap', 'implicit', 'tls', token],
    ['imap', 'starttls', 'starttls', token],
    ['pop3', 'implicit', 'tls', token],
    ['pop3', 'starttls', 'starttls', short],
  ] as const)('%s %s takes it, and the fact does not hold it', async (protocol, tls, security, secret) => {
    const server = await start[protocol](secret, tls);
    const fact = await asking(protocol, { port: server.port, security, secret });
    expect(fact).toMatchObject({ username: 'sales@example.test', mechanism: 'XOAUTH2', login: { kind: 'accepted' } });
    expect(fact.token).toMatchObject({ from: 'configured' });
    expect(fact.challenge).toBeUndefined();
    expect(tokenLeaks(fact, secret)).toBe(false);
    expect(server.log).toMatchObject({ loginsAccepted: 1, loginsRefused: 0 });
  });

  test.each(['smtp', 'imap', 'pop3'] as const)(
    '%s refuses it: the reason is decoded, the refusal itself is read, once',
    async (protocol) => {
      const server = await start[protocol]('another', 'implicit');
      const fact = await asking(protocol, { port: server.port, security: 'tls' });
      expect(fact.login?.kind).toBe('refused');
      expect(fact.challenge).toMatchObject({ status: '401', schemes: 'bearer' });
      expect(tokenLeaks(fact, token)).toBe(false);
      expect(server.log).toMatchObject({ connections: 1, loginsAccepted: 0, loginsRefused: 1 });
    },
  );

  test.each([
    ['smtp', 'starttls', 'starttls'],
    ['imap', 'implicit', 'tls'],
    ['pop3', 'starttls', 'starttls'],
  ] as const)('%s: none crosses a connection that is not trusted', async (protocol, tls, security) => {
    const server = await start[protocol](token, tls);
    const kit = await kitOf({ token });
    const { subject, service } = await oauthSubject(protocol, { port: server.port, security });
    const other = { ...service, host: 'other.example.test' };
    const logins = createLogins(kit);
    const fact =
      protocol === 'smtp'
        ? await logins.smtpLogin(other, subject, never)
        : protocol === 'imap'
          ? await logins.imapLogin(other, subject, never)
          : await logins.pop3Login(other, subject, never);
    expect(fact.before?.step).toMatchObject({ kind: 'broken', how: 'tls' });
    expect(server.log.loginsAccepted).toBe(0);
  });

  test.each(['smtp', 'imap', 'pop3'] as const)('%s: none is sent without encryption', async (protocol) => {
    const server = await lines([]);
    const fact = await asking(protocol, { port: server.port, security: 'none' });
    expect(fact).toMatchObject({ username: 'sales@example.test', withheld: 'token-in-clear', dialogue: [] });
    expect(server.log.connections).toBe(0);
  });

  test.each([
    ['blanks inside', 'a token', /blanks or other characters/],
    ['a field of its own', 'abc\x01auth=Bearer x', /blanks or other characters/],
    ['nothing', '', /access token is empty/],
  ])('%s is no token and is not sent', async (_name, secret, says) => {
    for (const protocol of ['smtp', 'imap', 'pop3'] as const) {
      const server = await lines([]);
      const fact = await asking(protocol, { port: server.port, security: 'tls', secret });
      expect(fact.login).toMatchObject({ kind: 'broken', how: 'garbled', says: expect.stringMatching(says) });
      expect(server.log.connections).toBe(0);
    }
  });

  test.each(['smtp', 'imap', 'pop3'] as const)('%s without a mechanism for it gets nothing', async (protocol) => {
    const server = kept(
      protocol === 'smtp'
        ? await startSmtp({ tls: 'implicit', certificate: await certificate(), store: storeWith() })
        : protocol === 'imap'
          ? await startImap({ tls: 'implicit', certificate: await certificate(), store: storeWith() })
          : await startPop3({ tls: 'implicit', certificate: await certificate(), store: storeWith() }),
    );
    const fact = await asking(protocol, { port: server.port, security: 'tls' });
    expect(fact).toMatchObject({ withheld: 'no-safe-mechanism' });
    expect(fact.offered).toContain('PLAIN');
    expect(server.log).toMatchObject({ loginsAccepted: 0, loginsRefused: 0 });
  });
});

describe('on the wire', () => {
  const smtpScript = (mechanism: string, answers: readonly (readonly [RegExp, string])[]): readonly Step[] => [
    say('220 mail.example.test ESMTP'),
    expectLine(/^EHLO/),
    say('250-mail.example.test', `250 AUTH ${mechanism}`),
    serve(...answers, [/^QUIT/, '221 bye']),
  ];

  test('SMTP: a short token goes along with AUTH, a long one waits (RFC 4954 section 4)', async () => {
    const answers = [
      [/^AUTH XOAUTH2$/, '334 '],
      [/^(AUTH XOAUTH2 )?dXNlc/, '235 2.7.0 ok'],
      [/^MAIL/, '250 ok'],
      [/^RCPT/, '250 ok'],
    ] as const;
    for (const [secret, form] of [
      [short, /^AUTH XOAUTH2 (\S+)$/m],
      [token, /^AUTH XOAUTH2\r\n(\S+)$/m],
    ] as const) {
      const server = await lines(smtpScript('LOGIN XOAUTH2', answers));
      const fact = await asking('smtp', { port: server.port, security: 'tls', secret });
      expect(fact.login).toMatchObject({ kind: 'accepted', reply: { code: '235', status: '2.7.0' } });
      const [, sent = ''] = form.exec(server.log.received()) ?? [];
      expect(said(sent)).toBe(`user=sales@example.test|auth=Bearer ${secret}||`);
      expect(tokenLeaks(fact, secret)).toBe(false);
    }
  });

  test('SMTP: the challenge of Exchange Online and of Gmail, and what follows', async () => {
    const server = await lines(
      smtpScript('XOAUTH2', [
        [/^AUTH/, '334 '],
        [/^dXNlc/, `334 ${challenge({ status: '400', schemes: 'Bearer', scope: 'https://mail.google.com/' })}`],
        [
          /^$/,
          '535-5.7.8 Username and Password not accepted.\r\n535 5.7.8  https://support.google.com/mail/?p=BadCredentials',
        ],
      ]),
    );
    const fact = await asking('smtp', { port: server.port, security: 'tls' });
    expect(fact.challenge).toMatchObject({ status: '400', schemes: 'Bearer', scope: 'https://mail.google.com/' });
    expect(fact.login).toMatchObject({ kind: 'refused', reply: { code: '535', status: '5.7.8' } });
  });

  test('OAUTHBEARER names host and port, escapes the name, and ends with ^A (RFC 7628)', async () => {
    const server = await lines([
      say('* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=OAUTHBEARER] ready'),
      expectLine(/AUTHENTICATE OAUTHBEARER /),
      say(`+ ${challenge({ status: 'invalid_token', scope: 'mail', 'openid-configuration': 'https://x/y' })}`),
      serve([/^AQ==$/, '1 NO [AUTHENTICATIONFAILED] no'], [/^(\S+) LOGOUT/, '* BYE\r\n$1 OK']),
    ]);
    const fact = await asking('imap', { port: server.port, security: 'tls' });
    const [, sent = ''] = /AUTHENTICATE OAUTHBEARER (\S+)/.exec(server.log.received()) ?? [];
    expect(said(sent)).toBe(
      `n,a=sales@example.test,|host=mail.example.test|port=${server.port}|auth=Bearer ${token}||`,
    );
    expect(fact).toMatchObject({
      mechanism: 'OAUTHBEARER',
      challenge: { status: 'invalid_token', scope: 'mail' },
      login: { kind: 'refused', reply: { code: 'NO', tag: 'AUTHENTICATIONFAILED' } },
    });
    expect(tokenLeaks(fact, token)).toBe(false);
  });

  test('IMAP without SASL-IR: the token waits for the go-ahead', async () => {
    const server = await lines([
      say('* OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2] ready'),
      expectLine(/AUTHENTICATE XOAUTH2$/),
      say('+ '),
      serve(
        [/^dXNlc/, '1 OK [CAPABILITY IMAP4rev1] in'],
        [/^(\S+) SELECT/, '* 0 EXISTS\r\n$1 OK [READ-WRITE] done'],
        [/^(\S+) LOGOUT/, '* BYE\r\n$1 OK'],
      ),
    ]);
    const fact = await asking('imap', { port: server.port, security: 'tls' });
    expect(fact).toMatchObject({ mechanism: 'XOAUTH2', login: { kind: 'accepted' } });
    expect(tokenLeaks(fact, token)).toBe(false);
  });

  test('IMAP: Exchange Online refuses at once, without a challenge', async () => {
    const server = await lines([
      say('* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2] The Microsoft Exchange IMAP4 service is ready.'),
      serve([/^(\S+) AUTHENTICATE/, '$1 NO AUTHENTICATE failed.'], [/^(\S+) LOGOUT/, '* BYE\r\n$1 OK']),
    ]);
    const fact = await asking('imap', { port: server.port, security: 'tls' });
    expect(fact.login).toMatchObject({ kind: 'refused', reply: { text: 'AUTHENTICATE failed.' } });
    expect(fact.challenge).toBeUndefined();
  });

  test.each([
    ['no base64', '!!!'],
    ['no JSON', Buffer.from('\x1b[31mno').toString('base64')],
    ['a list', challenge(['x'])],
    ['other types', challenge({ status: { a: 1 }, schemes: null })],
    ['very long', challenge({ status: '4'.repeat(5000) })],
  ])('a challenge that is %s breaks nothing', async (_name, words) => {
    const server = await lines([
      say('+OK ready'),
      serve(
        [/^CAPA/, '+OK\r\nSASL XOAUTH2\r\n.'],
        [/^AUTH XOAUTH2$/, '+ '],
        [/^dXNlc/, `+ ${words}`],
        [/^$/, '-ERR [AUTH] no'],
        [/^QUIT/, '+OK'],
      ),
    ]);
    const fact = await asking('pop3', { port: server.port, security: 'tls' });
    expect(fact.login).toMatchObject({ kind: 'refused', reply: { code: '-ERR', tag: 'AUTH' } });
    expect(JSON.stringify(fact)).not.toContain('\\u001b');
    expect(JSON.stringify(fact.challenge ?? {}).length).toBeLessThan(1500);
  });

  test('a server that asks on and on is not answered for ever', async () => {
    const server = await lines([
      say('+OK ready'),
      serve(
        [/^CAPA/, '+OK\r\nSASL XOAUTH2\r\n.'],
        [/^\*$/, '-ERR cancelled'],
        [/^QUIT/, '+OK'],
        [/./, '+ '],
        [/^$/, '+ '],
      ),
    ]);
    const fact = await asking('pop3', { port: server.port, security: 'tls' });
    expect(fact.login).toMatchObject({ kind: 'refused', reply: { text: 'cancelled' } });
  });

  test('a server that repeats what it was sent tells nobody', async () => {
    const payload = Buffer.from(`user=sales@example.test\x01auth=Bearer ${token}\x01\x01`).toString('base64');
    const server = await lines(
      smtpScript('XOAUTH2', [
        [/^AUTH/, '334 '],
        [/^dXNlc/, `535-5.7.8 you said ${payload}\r\n535 5.7.8 that is ${token}`],
      ]),
    );
    const fact = await asking('smtp', { port: server.port, security: 'tls' });
    expect(fact.login).toMatchObject({ kind: 'refused', reply: { text: '5.7.8 you said *** that is ***' } });
    expect(tokenLeaks(fact, token)).toBe(false);
  });
});
