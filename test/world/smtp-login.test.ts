import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  close,
  drip,
  expectLine,
  flood,
  reset,
  type Step,
  say,
  serve,
  silence,
  startLines,
} from '../../fixtures/line.server.ts';
import type { Running } from '../../fixtures/running.ts';
import { type SmtpOptions, startSmtp } from '../../fixtures/smtp.server.ts';
import { subjectOf } from '../../src/model/mailbox.ts';
import { ehloName } from '../../src/world/login-ehlo.ts';
import { createLogins } from '../../src/world/logins.ts';
import { certificate, kitWith, leaks, never, password, storeWith, subjectWith, type Wanted } from './login-kit.ts';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

const kept = <Server extends { readonly stop: () => Promise<void> }>(server: Server): Server => {
  stops.push(server.stop);
  return server;
};

const smtp = async (options: Partial<SmtpOptions>): Promise<Running> =>
  kept(await startSmtp({ tls: 'starttls', certificate: await certificate(), store: storeWith(), ...options }));

const ask = async (wanted: Wanted, given: Parameters<typeof kitWith>[0] = {}, signal = never) => {
  const kit = await kitWith(given);
  const { subject, service } = await subjectWith('smtp', wanted);
  return createLogins(kit).smtpLogin(service, subject, signal);
};

const commands = (dialogue: readonly string[]): readonly string[] =>
  dialogue.flatMap((line) =>
    line.startsWith('C: ') ? [line.slice(3).replace(/^(EHLO|MAIL FROM|RCPT TO).*$/, '$1')] : [],
  );

describe('a login over SMTP', () => {
  test.each([
    ['starttls', 'starttls', ['EHLO', 'STARTTLS', 'EHLO', 'AUTH PLAIN ***', 'MAIL FROM', 'RCPT TO', 'QUIT']],
    ['implicit', 'tls', ['EHLO', 'AUTH PLAIN ***', 'MAIL FROM', 'RCPT TO', 'QUIT']],
    ['none', 'none', ['EHLO', 'AUTH PLAIN ***', 'MAIL FROM', 'RCPT TO', 'QUIT']],
  ] as const)('%s goes through to RCPT with no command too many', async (tls, security, expected) => {
    const server = await smtp({ tls, ...(tls === 'none' ? { clearLogins: true } : {}), size: 1_000_000 });
    const fact = await ask({ port: server.port, security });
    expect(fact).toMatchObject({
      username: 'sales@example.test',
      mechanism: 'PLAIN',
      offered: ['PLAIN', 'LOGIN'],
      login: { kind: 'accepted', reply: { code: '235' } },
      mail: { kind: 'accepted' },
      rcpt: { kind: 'accepted' },
      size: 1_000_000,
    });
    expect(fact.before).toBeUndefined();
    expect(commands(fact.dialogue)).toEqual(expected);
    expect(leaks(fact)).toBe(false);
    expect(server.log).toMatchObject({ connections: 1, loginsAccepted: 1, messages: 0 });
  });

  test.each(['LOGIN', 'CRAM-MD5'] as const)('uses %s where nothing better is offered', async (mechanism) => {
    const server = await smtp({ mechanisms: [mechanism] });
    const fact = await ask({ port: server.port, security: 'starttls' });
    expect(fact).toMatchObject({
      mechanism,
      offered: [mechanism],
      login: { kind: 'accepted' },
      rcpt: { kind: 'accepted' },
    });
    expect(leaks(fact)).toBe(false);
  });

  test.each([
    ['login', 'LOGIN'],
    ['cram-md5', 'CRAM-MD5'],
  ] as const)('uses %s where the CRM does, whatever else is offered', async (mechanism, used) => {
    const server = await smtp({ mechanisms: ['PLAIN', 'LOGIN', 'CRAM-MD5'] });
    const fact = await ask({ port: server.port, security: 'starttls', mechanism });
    expect(fact).toMatchObject({ mechanism: used, login: { kind: 'accepted' } });
    expect(leaks(fact)).toBe(false);
  });

  test('a mechanism that is configured and not offered is not replaced; another one is a question of its own', async () => {
    const server = await smtp({ mechanisms: ['PLAIN'] });
    const kit = await kitWith();
    const { subject, service } = await subjectWith('smtp', {
      port: server.port,
      security: 'starttls',
      mechanism: 'cram-md5',
    });
    const logins = createLogins(kit);
    const fact = await logins.smtpLogin(service, subject, never);
    expect(fact).toMatchObject({ withheld: 'mechanism-not-offered', offered: ['PLAIN'] });
    expect(fact.login).toBeUndefined();
    const other = await logins.smtpLogin({ ...service, mechanism: 'plain' }, subject, never);
    expect(other).toMatchObject({ mechanism: 'PLAIN', login: { kind: 'accepted' } });
  });

  test('a refused login is told with code and status, and is not repeated', async () => {
    const server = await smtp({});
    const kit = await kitWith({ secret: 'another one' });
    const { subject, service } = await subjectWith('smtp', { port: server.port, security: 'starttls' });
    const logins = createLogins(kit);
    const fact = await logins.smtpLogin(service, subject, never);
    expect(fact.login).toMatchObject({ kind: 'refused', reply: { code: '535', status: '5.7.8' } });
    expect(fact.mail).toBeUndefined();
    const again = await logins.smtpLogin({ ...service, host: 'localhost' }, subject, never);
    expect(again).toMatchObject({ withheld: 'refused-before' });
    expect(server.log.loginsRefused).toBe(1);
  });

  test('a sign of a lock-out keeps every further login back', async () => {
    const server = await smtp({ refuse: { auth: '454 4.7.0 Too many login attempts, please try again later' } });
    const kit = await kitWith();
    const { subject, service } = await subjectWith('smtp', { port: server.port, security: 'starttls' });
    const logins = createLogins(kit);
    expect((await logins.smtpLogin(service, subject, never)).login).toMatchObject({
      kind: 'refused',
      reply: { code: '454' },
    });
    expect(await logins.smtpLogin({ ...service, username: 'other' }, subject, never)).toMatchObject({
      withheld: 'locked-out',
    });
  });

  test('the same question is asked once', async () => {
    const server = await smtp({});
    const kit = await kitWith();
    const { subject, service } = await subjectWith('smtp', { port: server.port, security: 'starttls' });
    const logins = createLogins(kit);
    const [one, other] = await Promise.all([
      logins.smtpLogin(service, subject, never),
      logins.smtpLogin({ ...service }, subject, never),
    ]);
    expect(one).toBe(other);
    expect(server.log.connections).toBe(1);
  });

  test('no AUTH at all is not a success', async () => {
    const server = await smtp({ auth: 'none' });
    expect(await ask({ port: server.port, security: 'starttls' })).toMatchObject({
      withheld: 'no-safe-mechanism',
      offered: [],
    });
  });

  test('mechanisms that need no password are not tried', async () => {
    const server = await smtp({ mechanisms: ['XOAUTH2'] });
    const fact = await ask({ port: server.port, security: 'starttls' });
    expect(fact).toMatchObject({ withheld: 'no-safe-mechanism', offered: ['XOAUTH2'] });
    expect(commands(fact.dialogue)).not.toContain('AUTH XOAUTH2 ***');
  });

  test('without a password it goes to RCPT without AUTH', async () => {
    const server = await smtp({ auth: 'optional' });
    const fact = await ask({ port: server.port, security: 'starttls', withoutPassword: true });
    expect(fact).toMatchObject({ mail: { kind: 'accepted' }, rcpt: { kind: 'accepted' } });
    expect(fact.login).toBeUndefined();
    expect(fact.username).toBeUndefined();
  });

  test('a refused sender ends it, whatever RCPT says', async () => {
    const server = await smtp({ ownSenders: 'mail' });
    const fact = await ask({ port: server.port, security: 'starttls', from: 'boss@example.test' });
    expect(fact.mail).toMatchObject({ kind: 'refused', reply: { code: '553', status: '5.7.1' } });
    expect(fact.rcpt).toBeUndefined();
  });

  test('a refused recipient is told', async () => {
    const server = await smtp({});
    const fact = await ask({
      port: server.port,
      security: 'starttls',
      address: 'nobody@example.test',
      from: 'sales@example.test',
    });
    expect(fact.rcpt).toMatchObject({ kind: 'refused', reply: { code: '550', status: '5.1.1' } });
  });

  test('a password never crosses a connection whose certificate is not trusted', async () => {
    const server = await smtp({ tls: 'starttls' });
    const fact = await ask({ port: server.port, security: 'starttls', host: 'other.example.test' });
    expect(fact.before).toMatchObject({ at: 'starttls', step: { kind: 'broken', how: 'tls' } });
    const implicit = await smtp({ tls: 'implicit' });
    const other = await ask({ port: implicit.port, security: 'tls', host: 'other.example.test' });
    expect(other.before).toMatchObject({ at: 'connect', step: { kind: 'broken', how: 'tls' } });
    expect(server.log.loginsAccepted + implicit.log.loginsAccepted).toBe(0);
  });

  test('a server without STARTTLS gets no login', async () => {
    const server = await smtp({ tls: 'none', clearLogins: true });
    const fact = await ask({ port: server.port, security: 'starttls' });
    expect(fact.before).toMatchObject({ at: 'starttls', step: { kind: 'refused' } });
    expect(commands(fact.dialogue)).not.toContain('AUTH PLAIN ***');
  });

  test.each([
    ['user name', { username: 'a\r\nRCPT TO:<x@y>' }, {}],
    ['password', {}, { secret: 'a\r\nDATA' }],
    ['password with NUL', {}, { secret: 'a\0b' }],
  ] as const)('a line break in the %s is never sent', async (_name, wanted, given) => {
    const server = await smtp({});
    const fact = await ask({ port: server.port, security: 'starttls', ...wanted }, given);
    expect(fact.login).toMatchObject({ kind: 'broken', how: 'garbled' });
    expect(server.log.connections).toBe(0);
  });

  test('a line break in an address is never sent', async () => {
    const server = await smtp({});
    const fact = await ask({ port: server.port, security: 'starttls', from: 'a@b.test>\r\nDATA\r\n' });
    expect(fact.mail).toMatchObject({ kind: 'broken', how: 'garbled' });
    expect(commands(fact.dialogue)).not.toContain('MAIL FROM');
  });

  test('a local part outside ASCII needs SMTPUTF8, a domain becomes punycode', async () => {
    const server = await script([
      say('220 hi'),
      serve(
        [/^EHLO/, '250-hi\r\n250 AUTH PLAIN'],
        [/^AUTH/, '235 ok'],
        [/^MAIL FROM:<a@xn--wgv71a119e\.jp>$/, '250 ok'],
        [/^RCPT/, '250 ok'],
      ),
    ]);
    const idn = await ask({ port: server.port, security: 'none', from: 'a@日本語.jp' });
    expect(idn.mail).toMatchObject({ kind: 'accepted' });
    const utf8 = await ask({ port: server.port, security: 'none', from: '山田@example.test' });
    expect(utf8.mail).toMatchObject({ kind: 'broken', how: 'garbled' });
  });

  test('a dead address does not break the login', async () => {
    const server = await smtp({});
    const fact = await ask(
      { port: server.port, security: 'starttls' },
      {
        hosts: {
          'mail.example.test': [
            { address: '127.0.0.9', family: 4 },
            { address: '127.0.0.1', family: 4 },
          ],
        },
      },
    );
    expect(fact.login).toMatchObject({ kind: 'accepted' });
  });

  test('the limit of connections withholds', async () => {
    const server = await smtp({});
    const fact = await ask({ port: server.port, security: 'starttls' }, { limits: { connectionsPerPort: 0 } });
    expect(fact).toMatchObject({ withheld: 'connection-limit' });
  });

  test('an unknown host is a fact', async () => {
    const fact = await ask({ port: 1, security: 'starttls' }, { hosts: { 'mail.example.test': [] } });
    expect(fact.before).toMatchObject({
      at: 'connect',
      step: { kind: 'broken', how: 'unreachable', says: 'ENOTFOUND' },
    });
  });
});

const script = async (steps: readonly Step[]) => kept(await startLines({ script: steps }));

const greet = say('220 mail.example.test ESMTP');
const hello: readonly [RegExp, string] = [/^EHLO/, '250-mail.example.test\r\n250-PIPELINING\r\n250 AUTH PLAIN'];

describe('a hostile or broken SMTP server', () => {
  const short = { limits: { stepMs: 300, greetingMs: 300 } };

  test.each([
    [
      'refuses at the greeting',
      [say('554-5.7.1 No service for you', '554 5.7.1 see the web'), close()],
      'greeting',
      { kind: 'refused', reply: { code: '554', status: '5.7.1', text: '5.7.1 No service for you see the web' } },
    ],
    [
      'is busy',
      [say('421 4.3.2 Too many connections'), close()],
      'greeting',
      { kind: 'refused', reply: { code: '421' } },
    ],
    ['closes at once', [close()], 'greeting', { kind: 'broken', how: 'closed' }],
    ['resets after EHLO', [greet, expectLine(/^EHLO/), reset()], 'hello', { kind: 'broken', how: 'reset' }],
    ['is silent', [silence()], 'greeting', { kind: 'broken', how: 'silent' }],
    ['drips', [drip(`220 ${'x'.repeat(1000)}`, 20)], 'greeting', { kind: 'broken', how: 'silent' }],
    ['floods', [flood(2_000_000), silence()], 'greeting', { kind: 'broken', how: 'flood' }],
    ['speaks POP3', [say('+OK POP3 ready'), silence()], 'greeting', { kind: 'broken', how: 'garbled' }],
    [
      'refuses EHLO',
      [greet, serve([/^(EHLO|HELO)/, '550 5.7.1 Bad name'])],
      'hello',
      { kind: 'refused', reply: { code: '550' } },
    ],
    ['is silent after EHLO', [greet, silence()], 'hello', { kind: 'broken', how: 'silent' }],
    ['closes after EHLO', [greet, expectLine(/^EHLO/), close()], 'hello', { kind: 'broken', how: 'closed' }],
    [
      'never ends its reply',
      [greet, expectLine(/^EHLO/), drip('250-x\r\n'.repeat(1000), 5)],
      'hello',
      { kind: 'broken', how: 'silent' },
    ],
  ] as const)('%s', async (_name, steps, at, step) => {
    const server = await script(steps);
    const fact = await ask({ port: server.port, security: 'none' }, short);
    expect(fact.before).toMatchObject({ at, step });
  });

  test.each([
    ['drops at AUTH', [/^AUTH/, [close()]], { login: { kind: 'broken', how: 'closed' } }],
    ['resets at AUTH', [/^AUTH/, [reset()]], { login: { kind: 'broken' } }],
    ['says nothing to AUTH', [/^AUTH/, [silence()]], { login: { kind: 'broken', how: 'silent' } }],
    ['ends with 421 at AUTH', [/^AUTH/, '421 4.7.0 later'], { login: { kind: 'refused', reply: { code: '421' } } }],
    [
      'says the password back',
      [/^AUTH/, `535 5.7.8 no, not ${password}`],
      { login: { kind: 'refused', reply: { text: '5.7.8 no, not ***' } } },
    ],
    ['asks for more', [/^AUTH/, '334 '], { login: { kind: 'broken', how: 'silent' } }],
  ] as const)('%s', async (_name, reply, expected) => {
    const server = await script([greet, serve(hello, reply)]);
    const fact = await ask({ port: server.port, security: 'none' }, short);
    expect(fact).toMatchObject(expected);
    expect(leaks(fact)).toBe(false);
  });

  test.each([
    ['drops at MAIL', [[/^MAIL/, [close()]]], { mail: { kind: 'broken', how: 'closed' } }],
    ['ends with 421 at MAIL', [[/^MAIL/, '421 4.7.0 later']], { mail: { kind: 'refused', reply: { code: '421' } } }],
    [
      'drops at RCPT',
      [
        [/^MAIL/, '250 ok'],
        [/^RCPT/, [reset()]],
      ],
      { mail: { kind: 'accepted' }, rcpt: { kind: 'broken' } },
    ],
    [
      'says nothing to RCPT',
      [
        [/^MAIL/, '250 ok'],
        [/^RCPT/, [silence()]],
      ],
      { mail: { kind: 'accepted' }, rcpt: { kind: 'broken', how: 'silent' } },
    ],
  ] as const)('%s', async (_name, replies, expected) => {
    const server = await script([greet, serve(hello, [/^AUTH/, '235 ok'], ...replies)]);
    expect(await ask({ port: server.port, security: 'none' }, short)).toMatchObject({
      login: { kind: 'accepted' },
      ...expected,
    });
  });

  test('a port where TLS is awaited and clear text comes is a TLS fault', async () => {
    const server = await script([greet, silence()]);
    const fact = await ask({ port: server.port, security: 'tls' }, short);
    expect(fact.before).toMatchObject({ at: 'connect', step: { kind: 'broken', how: 'tls' } });
  });

  test('STARTTLS that is agreed and never begun', async () => {
    const server = await script([
      greet,
      serve([/^EHLO/, '250-a\r\n250 STARTTLS'], [/^STARTTLS/, [say('220 go'), silence()]]),
    ]);
    const fact = await ask({ port: server.port, security: 'starttls' }, short);
    expect(fact.before).toMatchObject({ at: 'starttls', step: { kind: 'broken', how: 'silent' } });
  });

  test('a refused port is a fact', async () => {
    const server: Server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const fact = await ask({ port, security: 'starttls' });
    expect(fact.before).toMatchObject({ at: 'connect', step: { kind: 'broken', how: 'refused' } });
    expect((await ask({ port: 99_999, security: 'starttls' })).before).toMatchObject({ at: 'connect' });
  });

  test('an abort ends it at once and the socket with it', async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      controller.abort(new Error('enough'));
    });
    const controller = new AbortController();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await expect(ask({ port, security: 'starttls' }, {}, controller.signal)).rejects.toThrow('enough');
    await Promise.all(
      sockets.map((socket) => socket.closed || new Promise((resolve) => socket.once('close', resolve).resume())),
    );
    await new Promise((resolve) => server.close(resolve));
  });
});

test('the configured EHLO name is said; where it is refused the ones that may be said come with the fact', async () => {
  const server = await smtp({
    refuse: { rcpt: '504 5.5.2 <crm>: Helo command rejected: need fully-qualified hostname' },
  });
  const kit = await kitWith();
  const { subject } = await subjectWith('smtp', { port: server.port, security: 'starttls' });
  const { services } = subjectOf({ ...subject.config, ehlo: 'crm' }, false);
  if (!services.smtp) throw new Error('no service');
  const fact = await createLogins(kit).smtpLogin(services.smtp, subject, never);
  expect(fact.dialogue).toContain('C: EHLO crm');
  expect(fact).toMatchObject({ ehlo: 'crm', otherEhlo: ['[127.0.0.1]'] });
});

test.each([
  ['mail.example.test', '10.0.0.1', 'mail.example.test'],
  ['laptop', '10.0.0.1', '[10.0.0.1]'],
  ['laptop', '::ffff:10.0.0.1', '[10.0.0.1]'],
  ['laptop', 'fe80::1%eth0', '[IPv6:fe80::1]'],
  ['10.1.2.3', '10.0.0.1', '[10.0.0.1]'],
] as const)('EHLO of %s from %s says %s', (machine, local, name) => {
  expect(ehloName({}, local, machine)).toBe(name);
});
