import { afterEach, describe, expect, test } from '@jest/globals';
import Pop3 from 'node-pop3';
import {
  close,
  drip,
  expectLine,
  flood,
  reset,
  type Step,
  say,
  sayRaw,
  serve,
  silence,
  startLines,
} from '../../fixtures/line.server.ts';
import { type Pop3Options, startPop3 } from '../../fixtures/pop3.server.ts';
import type { Running } from '../../fixtures/running.ts';
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

const pop3 = async (options: Partial<Pop3Options>): Promise<Running> =>
  kept(await startPop3({ tls: 'implicit', certificate: await certificate(), store: storeWith(), ...options }));

const ask = async (wanted: Wanted, given: Parameters<typeof kitWith>[0] = {}, signal = never) => {
  const kit = await kitWith(given);
  const { subject, service } = await subjectWith('pop3', wanted);
  return createLogins(kit).pop3Login(service, subject, signal);
};

const commands = (dialogue: readonly string[]): readonly string[] =>
  dialogue.flatMap((line) => (line.startsWith('C: ') ? [line.slice(3)] : []));

const filled = () => {
  const store = storeWith();
  for (const number of [1, 2, 3]) store.mailboxes[0]?.deliver(`Subject: ${number}\r\n\r\nHello\r\n`);
  return store;
};

const withCapability = (word: string) => (usual: readonly string[]) => [...usual, word];

describe('a login over POP3', () => {
  test.each([
    ['implicit', 'tls', ['CAPA', 'USER sales@example.test', 'PASS ***', 'STAT', 'QUIT']],
    ['starttls', 'starttls', ['STLS', 'CAPA', 'USER sales@example.test', 'PASS ***', 'STAT', 'QUIT']],
    ['none', 'none', ['CAPA', 'USER sales@example.test', 'PASS ***', 'STAT', 'QUIT']],
  ] as const)('%s counts the messages with no command too many', async (tls, security, expected) => {
    const server = await pop3({ tls, store: filled(), capabilities: withCapability('PIPELINING') });
    const fact = await ask({ port: server.port, security });
    expect(fact).toMatchObject({
      username: 'sales@example.test',
      mechanism: 'USER',
      offered: ['USER', 'PLAIN'],
      login: { kind: 'accepted', reply: { code: '+OK' } },
      stat: { kind: 'accepted' },
      messages: 3,
      uidl: 'yes',
    });
    expect(fact.before).toBeUndefined();
    expect(commands(fact.dialogue)).toEqual(expected);
    expect(leaks(fact)).toBe(false);
    expect(server.log).toMatchObject({ connections: 1, loginsAccepted: 1 });
  });

  test('a server that offers PIPELINING and forgets what was sent along with PASS', async () => {
    const server = await pop3({
      store: filled(),
      capabilities: withCapability('PIPELINING'),
      losesAfterLogin: true,
    });
    const fact = await ask({ port: server.port, security: 'tls' });
    expect(fact).toMatchObject({ login: { kind: 'accepted' }, stat: { kind: 'accepted' }, messages: 3 });
  });

  test.each([
    ['-ERR [AUTH] Authentication failed.', 'AUTH', 'refused-before'],
    ['-ERR Authentication failed.', undefined, 'refused-before'],
    ['-ERR [IN-USE] Mailbox is locked', 'IN-USE', undefined],
    ['-ERR [LOGIN-DELAY] too often', 'LOGIN-DELAY', undefined],
    ['-ERR [SYS/TEMP] Internal error', 'SYS/TEMP', undefined],
    ['-ERR [AUTH] Account temporarily locked', 'AUTH', 'locked-out'],
  ] as const)('%s', async (refusal, tag, withheld) => {
    const server = await pop3({ refuse: { PASS: refusal } });
    const kit = await kitWith();
    const { subject, service } = await subjectWith('pop3', { port: server.port, security: 'tls' });
    const logins = createLogins(kit);
    const fact = await logins.pop3Login(service, subject, never);
    expect(fact.login).toMatchObject({ kind: 'refused', reply: { code: '-ERR' } });
    expect(fact.login?.kind === 'refused' && fact.login.reply.tag).toBe(tag);
    expect((await logins.pop3Login({ ...service, host: 'localhost' }, subject, never)).withheld).toBe(withheld);
  });

  test.each([
    ['UIDL is refused', ['CAPA', 'USER'], { UIDL: '-ERR no such command' }, true, 'no'],
    ['UIDL works unannounced', ['CAPA', 'USER'], {}, true, 'yes'],
    ['UIDL is refused and there is nothing to number', ['CAPA', 'USER'], { UIDL: '-ERR' }, false, 'empty-mailbox'],
    ['there is no CAPA', undefined, { CAPA: '-ERR Unknown command' }, true, 'yes'],
  ] as const)('%s', async (_name, capabilities, refuse, full, uidl) => {
    const server = await pop3({
      ...(full ? { store: filled() } : {}),
      ...(capabilities ? { capabilities } : {}),
      refuse,
    });
    expect(await ask({ port: server.port, security: 'tls' })).toMatchObject({ login: { kind: 'accepted' }, uidl });
  });

  test('the delay between logins is told', async () => {
    const server = await pop3({ capabilities: withCapability('LOGIN-DELAY 900 USER') });
    expect(await ask({ port: server.port, security: 'tls' })).toMatchObject({ loginDelaySeconds: 900 });
  });

  test('the configured mechanism is used, and no other', async () => {
    const server = await pop3({});
    const plain = await ask({ port: server.port, security: 'tls', mechanism: 'plain' });
    expect(plain).toMatchObject({ mechanism: 'PLAIN', login: { kind: 'accepted' }, stat: { kind: 'accepted' } });
    expect(commands(plain.dialogue).slice(0, 3)).toEqual(['CAPA', 'AUTH PLAIN', '***']);
    expect(leaks(plain)).toBe(false);
    const user = await ask({ port: server.port, security: 'tls', mechanism: 'user' });
    expect(user).toMatchObject({ mechanism: 'USER', login: { kind: 'accepted' } });
    const absent = await ask({ port: server.port, security: 'tls', mechanism: 'cram-md5' });
    expect(absent).toMatchObject({ withheld: 'mechanism-not-offered', offered: ['USER', 'PLAIN'] });
    expect(absent.login).toBeUndefined();
  });

  test('only XOAUTH2 is nothing for a password', async () => {
    const server = await pop3({ capabilities: ['CAPA', 'SASL XOAUTH2'] });
    expect(await ask({ port: server.port, security: 'tls' })).toMatchObject({
      withheld: 'no-safe-mechanism',
      offered: ['XOAUTH2'],
    });
  });

  test('a server that wants TLS says so before the password is sent', async () => {
    const server = await pop3({ tls: 'starttls' });
    const fact = await ask({ port: server.port, security: 'none' });
    expect(fact.login).toMatchObject({ kind: 'refused', reply: { tag: 'AUTH' } });
    expect(commands(fact.dialogue)).not.toContain('PASS ***');
  });

  test('a password never crosses a connection whose certificate is not trusted', async () => {
    const implicit = await pop3({ tls: 'implicit' });
    const starttls = await pop3({ tls: 'starttls' });
    const one = await ask({ port: implicit.port, security: 'tls', host: 'other.example.test' });
    const other = await ask({ port: starttls.port, security: 'starttls', host: 'other.example.test' });
    expect(one.before).toMatchObject({ at: 'connect', step: { kind: 'broken', how: 'tls' } });
    expect(other.before).toMatchObject({ at: 'starttls', step: { kind: 'broken', how: 'tls' } });
    expect(implicit.log.loginsAccepted + starttls.log.loginsAccepted).toBe(0);
  });

  test('an IP address as host is verified as one', async () => {
    const server = await pop3({});
    expect((await ask({ port: server.port, security: 'tls', host: '127.0.0.1' })).login).toMatchObject({
      kind: 'accepted',
    });
  });

  test('a refused STLS ends it', async () => {
    const server = await pop3({ tls: 'none' });
    expect((await ask({ port: server.port, security: 'starttls' })).before).toMatchObject({
      at: 'starttls',
      step: { kind: 'refused' },
    });
    expect(server.log.loginsAccepted).toBe(0);
  });

  test.each([
    ['user name', { username: 'a\r\nDELE 1' }, {}],
    ['password', {}, { secret: 'a\r\nDELE 1' }],
  ] as const)('a line break in the %s is never sent', async (_name, wanted, given) => {
    const server = await pop3({});
    const fact = await ask({ port: server.port, security: 'tls', ...wanted }, given);
    expect(fact.login).toMatchObject({ kind: 'broken', how: 'garbled' });
    expect(server.log.connections).toBe(0);
  });

  test.each(['tls', 'starttls', 'none'] as const)('a dead address does not break the login (%s)', async (security) => {
    const server = await pop3({ tls: security === 'tls' ? 'implicit' : security });
    const hosts = {
      'mail.example.test': [
        { address: '127.0.0.9', family: 4 as const },
        { address: '127.0.0.1', family: 4 as const },
      ],
    };
    expect((await ask({ port: server.port, security }, { hosts })).login).toMatchObject({ kind: 'accepted' });
  });

  test.each(['tls', 'starttls', 'none'] as const)('a refused port is a fact (%s)', async (security) => {
    const server = await pop3({});
    await server.stop();
    const fact = await ask({ port: server.port, security });
    expect(fact.before).toMatchObject({ at: 'connect', step: { kind: 'broken', how: 'refused' } });
    expect((await ask({ port: 99_999, security })).before).toMatchObject({ at: 'connect' });
  });

  test('the limit of connections withholds', async () => {
    expect(await ask({ port: 1, security: 'tls' }, { limits: { connectionsPerPort: 0 } })).toMatchObject({
      withheld: 'connection-limit',
    });
  });
});

const script = async (steps: readonly Step[]) => kept(await startLines({ script: steps }));
const greet = say('+OK ready');
const capa: readonly [RegExp, string] = [/^CAPA/, '+OK\r\nUSER\r\nUIDL\r\n.'];

describe('a hostile or broken POP3 server', () => {
  const short = { limits: { stepMs: 300, greetingMs: 300 } };

  test.each([
    [
      'refuses at the greeting',
      [say('-ERR [SYS/TEMP] no service'), close()],
      'greeting',
      { kind: 'refused', reply: { code: '-ERR', tag: 'SYS/TEMP' } },
    ],
    ['closes at once', [close()], 'greeting', { kind: 'broken', how: 'closed' }],
    ['is silent', [silence()], 'greeting', { kind: 'broken', how: 'silent' }],
    ['drips', [drip(`+OK ${'x'.repeat(1000)}`, 20)], 'greeting', { kind: 'broken', how: 'silent' }],
    ['floods', [flood(3_000_000), silence()], 'greeting', { kind: 'broken', how: 'flood' }],
    ['speaks SMTP', [say('220 mail ESMTP'), silence()], 'greeting', { kind: 'broken', how: 'garbled' }],
    [
      'never ends its list',
      [greet, expectLine(/CAPA/), say('+OK'), drip('X\r\n'.repeat(1000), 5)],
      'hello',
      { kind: 'broken', how: 'silent' },
    ],
    [
      'lists without end',
      [greet, expectLine(/CAPA/), say('+OK'), sayRaw('X234567\r\n'.repeat(300_000)), silence()],
      'hello',
      { kind: 'broken', how: 'flood' },
    ],
    ['resets at CAPA', [greet, expectLine(/CAPA/), reset()], 'hello', { kind: 'broken', how: 'reset' }],
  ] as const)('%s', async (_name, steps, at, step) => {
    const server = await script(steps);
    // Only what is silent has to wait for the end of its time; the others take what they take.
    const limits = 'how' in step && step.how === 'silent' ? short : {};
    const fact = await ask({ port: server.port, security: 'none' }, limits);
    expect(fact.before).toMatchObject({ at, step });
  });

  test.each([
    ['drops at PASS', [/^PASS/, [close()]], { kind: 'broken', how: 'closed' }],
    ['resets at PASS', [/^PASS/, [reset()]], { kind: 'broken', how: 'reset' }],
    ['says nothing to PASS', [/^PASS/, [silence()]], { kind: 'broken', how: 'silent' }],
    [
      'sends its answer by pieces',
      [/^PASS/, [drip('-ERR [AUTH] no\r\n', 1)]],
      { kind: 'refused', reply: { tag: 'AUTH', text: '[AUTH] no' } },
    ],
    [
      'says the password back',
      [/^PASS/, [sayRaw(`-ERR not ${password}\r\n`)]],
      { kind: 'refused', reply: { text: 'not ***' } },
    ],
  ] as const)('%s', async (_name, reply, expected) => {
    const server = await script([greet, serve(capa, [/^USER/, '+OK'], reply)]);
    const fact = await ask({ port: server.port, security: 'none' }, short);
    expect(fact.login).toMatchObject(expected);
    expect(leaks(fact)).toBe(false);
  });

  test('clear text behind the answer to STLS is not taken for the inside of TLS', async () => {
    const server = await script([greet, serve([/^STLS/, [sayRaw('+OK go\r\n+OK injected\r\n'), silence()]])]);
    expect((await ask({ port: server.port, security: 'starttls' }, short)).before).toMatchObject({
      at: 'starttls',
      step: { how: 'garbled' },
    });
  });

  test('a port where TLS is awaited and clear text comes is a TLS fault', async () => {
    const server = await script([greet, silence()]);
    const fact = await ask({ port: server.port, security: 'tls' }, short);
    expect(fact.before).toMatchObject({ at: 'connect', step: { kind: 'broken', how: 'tls' } });
  });

  test.each(['none', 'starttls', 'tls'] as const)('an abort ends it at once (%s)', async (security) => {
    const controller = new AbortController();
    const server = kept(
      await startLines({
        script: () => {
          setImmediate(() => controller.abort(new Error('enough')));
          return [silence()];
        },
      }),
    );
    await expect(ask({ port: server.port, security }, {}, controller.signal)).rejects.toThrow('enough');
  });
});

// What src/world/login-pop3.ts uses of node-pop3 beside its types: a new version shows here.
test('node-pop3 is as it was looked into', async () => {
  const server = await script([greet, silence()]);
  const client = new Pop3({ user: '', password: '', host: '127.0.0.1', port: server.port, tls: false });
  const connected = client.connect();
  const socket: unknown = Reflect.get(client, '_socket');
  expect(socket).toHaveProperty('destroy');
  await connected;
  (socket as { destroy: () => void }).destroy();
});
