import { afterEach, describe, expect, test } from '@jest/globals';
import { ImapFlow } from 'imapflow';
import { type ImapOptions, startImap } from '../../fixtures/imap.server.ts';
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
import type { Account } from '../../fixtures/mail-store.ts';
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

const imap = async (options: Partial<ImapOptions>, account: Partial<Account> = {}): Promise<Running> =>
  kept(await startImap({ tls: 'implicit', certificate: await certificate(), store: storeWith(account), ...options }));

const ask = async (wanted: Wanted, given: Parameters<typeof kitWith>[0] = {}, signal = never) => {
  const kit = await kitWith(given);
  const { subject, service } = await subjectWith('imap', wanted);
  const logins = createLogins(kit);
  const [login, quota] = await Promise.all([
    logins.imapLogin(service, subject, signal),
    logins.imapQuota(service, subject, signal),
  ]);
  return { login, quota };
};

const commands = (dialogue: readonly string[]): readonly string[] =>
  dialogue.flatMap((line) => (line.startsWith('C: ') ? [line.slice(3).replace(/^[0-9A-F]+ /, '')] : []));

describe('a login over IMAP', () => {
  test.each([
    ['implicit', 'tls', ['AUTHENTICATE PLAIN', '***', 'SELECT INBOX', 'ID ("name" "crm-doctor")']],
    [
      'starttls',
      'starttls',
      ['STARTTLS', 'CAPABILITY', 'AUTHENTICATE PLAIN', '***', 'SELECT INBOX', 'ID ("name" "crm-doctor")'],
    ],
    ['none', 'none', ['AUTHENTICATE PLAIN', '***', 'SELECT INBOX', 'ID ("name" "crm-doctor")']],
  ] as const)('%s opens the folder with no command too many', async (tls, security, expected) => {
    const server = await imap({ tls, id: { name: 'Fixture', version: '1' } });
    const { login } = await ask({ port: server.port, security });
    expect(login).toMatchObject({
      username: 'sales@example.test',
      offered: ['PLAIN', 'LOGIN'],
      login: { kind: 'accepted', reply: { code: 'OK' } },
      select: { kind: 'accepted', reply: { code: 'OK' } },
      folder: 'INBOX',
      messages: 0,
      readOnly: false,
      uidValidity: '1700000000',
      serverId: { name: 'Fixture', version: '1' },
    });
    expect(login.before).toBeUndefined();
    expect(commands(login.dialogue).filter((line) => line !== 'CAPABILITY' || security === 'starttls')).toEqual(
      expected,
    );
    expect(leaks(login)).toBe(false);
    expect(server.log).toMatchObject({ connections: 1, loginsAccepted: 1 });
  });

  test('a plain ASCII login takes one round trip', async () => {
    const server = await imap({}, { password: 'hunter2-hunter2' });
    const { login } = await ask({ port: server.port, security: 'tls' }, { secret: 'hunter2-hunter2' });
    expect(login).toMatchObject({ mechanism: 'LOGIN', login: { kind: 'accepted' } });
    expect(commands(login.dialogue)[0]).toBe('LOGIN ***');
    expect(leaks(login, 'hunter2-hunter2')).toBe(false);
  });

  test('the configured mechanism is used, and no other', async () => {
    const server = await imap({ capabilities: (usual) => [...usual, 'AUTH=CRAM-MD5'] });
    const used = async (mechanism: 'plain' | 'login' | 'cram-md5') =>
      (await ask({ port: server.port, security: 'tls', mechanism })).login;
    const login = await used('login');
    expect(login).toMatchObject({ mechanism: 'LOGIN', login: { kind: 'accepted' }, select: { kind: 'accepted' } });
    const plain = await used('plain');
    expect(plain).toMatchObject({ mechanism: 'PLAIN', login: { kind: 'accepted' }, select: { kind: 'accepted' } });
    // The fixture names it and does not know it.
    const unknown = await used('cram-md5');
    expect(unknown).toMatchObject({ mechanism: 'CRAM-MD5', login: { kind: 'refused' } });
    expect([login, plain, unknown].some((fact) => leaks(fact))).toBe(false);
  });

  test('a mechanism that is configured and not offered gets no login', async () => {
    const server = await imap({});
    const { login } = await ask({ port: server.port, security: 'tls', mechanism: 'cram-md5' });
    expect(login).toMatchObject({ withheld: 'mechanism-not-offered' });
    expect(login.offered).toContain('PLAIN');
    expect(login.login).toBeUndefined();
  });

  test('the quota is asked in the same session, in bytes', async () => {
    const server = await imap({}, { quota: { storage: { limit: 1000, used: 950 }, messages: { limit: 10, used: 3 } } });
    const { quota } = await ask({ port: server.port, security: 'tls' });
    expect(quota).toEqual({
      folder: 'INBOX',
      supported: true,
      storage: { used: 950 * 1024, limit: 1000 * 1024 },
      messages: { used: 3, limit: 10 },
    });
    expect(server.log.loginsAccepted).toBe(1);
  });

  test('the root of the mailbox and the one that it shares are told apart', async () => {
    const server = await imap(
      { sharedQuota: '* QUOTA "a \\"b\\"" (STORAGE 5000 5000)' },
      { quota: { storage: { limit: 1000, used: 10 } } },
    );
    const { quota } = await ask({ port: server.port, security: 'tls' });
    expect(quota).toEqual({
      folder: 'INBOX',
      supported: true,
      storage: { used: 10 * 1024, limit: 1000 * 1024 },
      roots: [
        { name: 'User quota', storage: { used: 10 * 1024, limit: 1000 * 1024 } },
        { name: 'a "b"', storage: { used: 5000 * 1024, limit: 5000 * 1024 } },
      ],
    });
  });

  test('what the server offers after the login comes with it', async () => {
    const server = await imap({ capabilities: (usual) => [...usual, 'APPENDLIMIT=1048576', 'X\x07'] });
    const { login } = await ask({ port: server.port, security: 'tls' });
    expect(login.capabilities).toEqual(expect.arrayContaining(['IDLE', 'APPENDLIMIT']));
    expect(login.appendLimit).toBe(1_048_576);
    expect(JSON.stringify(login.capabilities)).not.toContain('\u0007');
  });

  test('a server without quota says so', async () => {
    const server = await imap({});
    expect((await ask({ port: server.port, security: 'tls' })).quota).toMatchObject({ supported: false });
  });

  test('a refused quota says why', async () => {
    const server = await imap(
      { refuse: { GETQUOTAROOT: 'NO [NOPERM] Permission denied' } },
      { quota: { storage: { limit: 1 } } },
    );
    const { quota } = await ask({ port: server.port, security: 'tls' });
    expect(quota).toMatchObject({ supported: false, says: 'NO [NOPERM] Permission denied' });
  });

  test('a Japanese folder name is encoded', async () => {
    const server = await imap({}, { folders: [{ name: 'INBOX' }, { name: '送信済み' }] });
    const { login } = await ask({ port: server.port, security: 'tls', folder: '送信済み' });
    expect(login.select).toMatchObject({ kind: 'accepted' });
    expect(commands(login.dialogue)).toContain('SELECT "&kAFP4W4IMH8-"');
  });

  test('where the folder is missing, the folders, prefix and delimiter are told', async () => {
    const server = await imap(
      {},
      { prefix: 'INBOX.', delimiter: '.', folders: [{ name: 'INBOX' }, { name: 'INBOX.送信済み' }] },
    );
    const { login } = await ask({ port: server.port, security: 'tls', folder: 'Sent' });
    expect(login.select).toMatchObject({ kind: 'refused', reply: { code: 'NO' } });
    expect(login).toMatchObject({ folders: ['INBOX', 'INBOX.送信済み'], prefix: 'INBOX.', delimiter: '.' });
  });

  test('without a personal namespace (Cyrus, where the mailbox was never made) the connection stays of use', async () => {
    const server = await imap({ id: { name: 'Cyrus IMAPD' }, namespaces: 'NIL (("user." ".")) (("" "."))' });
    const { login } = await ask({ port: server.port, security: 'tls', folder: 'CRM' });
    expect(login).toMatchObject({ select: { kind: 'refused' }, serverId: { name: 'Cyrus IMAPD' } });
    expect(login.prefix).toBeUndefined();
  });

  test('a read-only folder is told', async () => {
    const server = await imap({}, { folders: [{ name: 'INBOX', readOnly: true }] });
    expect((await ask({ port: server.port, security: 'tls' })).login).toMatchObject({
      readOnly: true,
      select: { kind: 'accepted' },
    });
  });

  test('a refused login has the response code and is not repeated', async () => {
    const server = await imap({});
    const kit = await kitWith({ secret: 'wrong' });
    const { subject, service } = await subjectWith('imap', { port: server.port, security: 'tls' });
    const logins = createLogins(kit);
    const fact = await logins.imapLogin(service, subject, never);
    expect(fact.login).toMatchObject({ kind: 'refused', reply: { code: 'NO', tag: 'AUTHENTICATIONFAILED' } });
    expect(fact.select).toBeUndefined();
    expect(await logins.imapLogin({ ...service, folder: 'Sent' }, subject, never)).toMatchObject({
      withheld: 'refused-before',
    });
    expect(server.log.loginsRefused).toBe(1);
  });

  test('a login that an earlier run saw refused waits, whatever host is tried, and nothing reaches the server', async () => {
    const server = await imap({});
    const kit = await kitWith({
      waiting: ({ protocol, username }) => `${protocol} ${username}` === `imap sales@example.test`,
    });
    const { subject, service } = await subjectWith('imap', { port: server.port, security: 'tls' });
    expect(await createLogins(kit).imapLogin(service, subject, never)).toMatchObject({ withheld: 'waiting' });
    expect(server.log).toMatchObject({ loginsAccepted: 0, loginsRefused: 0 });
    expect(kit.ledger.attempts()).toEqual([]);
  });

  test('the ledger tells what came of each login', async () => {
    const server = await imap({});
    for (const [secret, came] of [
      [undefined, 'accepted'],
      ['wrong', 'refused'],
    ] as const) {
      const kit = await kitWith(secret === undefined ? {} : { secret });
      const { subject, service } = await subjectWith('imap', { port: server.port, security: 'tls' });
      await createLogins(kit).imapLogin(service, subject, never);
      expect(kit.ledger.attempts()).toEqual([
        { protocol: 'imap', host: service.host, username: 'sales@example.test', path: 'mail.imap', came },
      ]);
    }
  });

  test('a busy server has not judged the name', async () => {
    const server = await imap({ refuse: { AUTHENTICATE: 'NO [UNAVAILABLE] Temporary authentication failure.' } });
    const kit = await kitWith();
    const { subject, service } = await subjectWith('imap', { port: server.port, security: 'tls' });
    const logins = createLogins(kit);
    expect((await logins.imapLogin(service, subject, never)).login).toMatchObject({ reply: { tag: 'UNAVAILABLE' } });
    expect((await logins.imapLogin({ ...service, folder: 'x' }, subject, never)).withheld).toBeUndefined();
  });

  test.each([
    [['IMAP4rev1', 'LOGINDISABLED'], []],
    [['IMAP4rev1', 'LOGINDISABLED', 'AUTH=XOAUTH2'], ['XOAUTH2']],
  ] as const)('%j offers nothing for a password', async (capabilities, offered) => {
    const server = await imap({ capabilities });
    const { login } = await ask({ port: server.port, security: 'tls' });
    expect(login).toMatchObject({ withheld: 'no-safe-mechanism', offered });
    expect(server.log.loginsRefused).toBe(0);
  });

  test('a password never crosses a connection whose certificate is not trusted', async () => {
    const implicit = await imap({ tls: 'implicit' });
    const starttls = await imap({ tls: 'starttls' });
    const one = await ask({ port: implicit.port, security: 'tls', host: 'other.example.test' });
    const other = await ask({ port: starttls.port, security: 'starttls', host: 'other.example.test' });
    expect(one.login.before).toMatchObject({ at: 'connect', step: { kind: 'broken', how: 'tls' } });
    expect(other.login.before).toMatchObject({ at: 'starttls', step: { kind: 'broken', how: 'tls' } });
    expect(implicit.log.loginsAccepted + starttls.log.loginsAccepted).toBe(0);
  });

  test('a server without STARTTLS gets no login', async () => {
    const server = await imap({ tls: 'none' });
    const { login } = await ask({ port: server.port, security: 'starttls' });
    expect(login.before).toMatchObject({ at: 'starttls' });
    expect(server.log.loginsAccepted).toBe(0);
  });

  test.each([
    ['user name', { username: 'a\r\nA1 DELETE INBOX' }, {}],
    ['password', {}, { secret: 'a\r\nA1 DELETE INBOX' }],
  ] as const)('a line break in the %s is never sent', async (_name, wanted, given) => {
    const server = await imap({});
    const { login } = await ask({ port: server.port, security: 'tls', ...wanted }, given);
    expect(login.login).toMatchObject({ kind: 'broken', how: 'garbled' });
    expect(server.log.connections).toBe(0);
  });

  test('a line break in the folder is never sent', async () => {
    const server = await imap({});
    const { login } = await ask({ port: server.port, security: 'tls', folder: 'a\r\nA1 DELETE INBOX' });
    expect(login.select).toMatchObject({ kind: 'broken', how: 'garbled' });
  });

  test.each(['tls', 'starttls'] as const)('a dead address does not break the login (%s)', async (security) => {
    const server = await imap({ tls: security === 'tls' ? 'implicit' : 'starttls' });
    const hosts = {
      'mail.example.test': [
        { address: '127.0.0.9', family: 4 as const },
        { address: '127.0.0.1', family: 4 as const },
      ],
    };
    expect((await ask({ port: server.port, security }, { hosts })).login.login).toMatchObject({ kind: 'accepted' });
  });

  test('the limit of connections withholds', async () => {
    const { login } = await ask({ port: 1, security: 'starttls' }, { limits: { connectionsPerPort: 0 } });
    expect(login).toMatchObject({ withheld: 'connection-limit' });
  });

  test.each(['tls', 'starttls'] as const)('a refused port is a fact (%s)', async (security) => {
    const server = await imap({});
    await server.stop();
    const { login, quota } = await ask({ port: server.port, security });
    expect(login.before).toMatchObject({ at: 'connect', step: { kind: 'broken', how: 'refused' } });
    expect(quota).toMatchObject({ supported: false });
    expect((await ask({ port: 99_999, security })).login.before).toMatchObject({ at: 'connect' });
  });
});

const script = async (steps: readonly Step[]) => kept(await startLines({ script: steps }));

const greet = say('* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN LOGINDISABLED] hi');
const logIn: readonly [RegExp, readonly Step[]] = [
  /AUTHENTICATE/,
  [say('+ '), expectLine(/./), say('1 OK [CAPABILITY IMAP4rev1] in')],
];

describe('a hostile or broken IMAP server', () => {
  const short = { limits: { stepMs: 300, greetingMs: 300 } };

  test.each([
    [
      'says BYE',
      [say('* BYE Too many connections from your address'), close()],
      'greeting',
      { kind: 'refused', reply: { code: 'BYE', text: 'Too many connections from your address' } },
    ],
    [
      'says BYE and stays',
      [say('* BYE [UNAVAILABLE] later'), silence()],
      'greeting',
      { kind: 'refused', reply: { code: 'BYE', tag: 'UNAVAILABLE' } },
    ],
    ['closes at once', [close()], 'greeting', { kind: 'broken', how: 'closed' }],
    [
      'resets at CAPABILITY',
      [say('* OK hi'), expectLine(/CAPABILITY/), reset()],
      'hello',
      { kind: 'broken', how: 'reset' },
    ],
    ['is silent', [silence()], 'greeting', { kind: 'broken', how: 'silent' }],
    ['drips', [drip(`* OK ${'x'.repeat(1000)}`, 20)], 'greeting', { kind: 'broken', how: 'silent' }],
    ['floods', [flood(3_000_000), silence()], 'greeting', { kind: 'broken', how: 'flood' }],
    ['is silent to CAPABILITY', [say('* OK hi'), silence()], 'hello', { kind: 'broken', how: 'silent' }],
    [
      'never ends its answer',
      [say('* OK hi'), expectLine(/CAPABILITY/), drip('* X\r\n'.repeat(1000), 5)],
      'hello',
      { kind: 'broken', how: 'silent' },
    ],
  ] as const)('%s', async (_name, steps, at, step) => {
    const server = await script(steps);
    const { login } = await ask({ port: server.port, security: 'none' }, short);
    expect(login.before).toMatchObject({ at, step });
  });

  test.each([
    ['drops at the login', [/AUTHENTICATE/, [close()]], { kind: 'broken', how: 'closed' }],
    ['resets at the login', [/AUTHENTICATE/, [reset()]], { kind: 'broken' }],
    ['says nothing to the login', [/AUTHENTICATE/, [silence()]], { kind: 'broken', how: 'silent' }],
    [
      'says BYE at the login',
      [/AUTHENTICATE/, [say('* BYE Too many failures'), close()]],
      { kind: 'refused', reply: { code: 'BYE' } },
    ],
    [
      'says the password back',
      [/AUTHENTICATE/, [say(`1 NO [AUTHENTICATIONFAILED] not ${'Geheim/'}`)]],
      { kind: 'refused', reply: { tag: 'AUTHENTICATIONFAILED' } },
    ],
  ] as const)('%s', async (_name, reply, expected) => {
    const server = await script([greet, serve(reply)]);
    const { login } = await ask({ port: server.port, security: 'none' }, short);
    expect(login.login).toMatchObject(expected);
    expect(leaks(login)).toBe(false);
  });

  test.each([
    ['drops at SELECT', [/SELECT/, [close()]], { kind: 'broken', how: 'closed' }],
    ['resets at SELECT', [/SELECT/, [reset()]], { kind: 'broken' }],
    ['says nothing to SELECT', [/SELECT/, [silence()]], { kind: 'broken', how: 'silent' }],
    [
      'says BAD',
      [/SELECT/, '2 BAD User is authenticated but not connected.'],
      { kind: 'refused', reply: { code: 'BAD', text: 'User is authenticated but not connected.' } },
    ],
  ] as const)('%s', async (_name, reply, expected) => {
    const server = await script([greet, serve(logIn, reply)]);
    const { login } = await ask({ port: server.port, security: 'none' }, short);
    expect(login).toMatchObject({ login: { kind: 'accepted' }, select: expected });
  });

  test('a port where TLS is awaited and clear text comes is a TLS fault', async () => {
    const server = await script([greet, silence()]);
    const { login } = await ask({ port: server.port, security: 'tls' }, short);
    expect(login.before).toMatchObject({ at: 'connect', step: { kind: 'broken', how: 'tls' } });
  });

  test('an abort ends it at once', async () => {
    const controller = new AbortController();
    const server = kept(
      await startLines({
        script: () => {
          setImmediate(() => controller.abort(new Error('enough')));
          return [silence()];
        },
      }),
    );
    await expect(ask({ port: server.port, security: 'none' }, {}, controller.signal)).rejects.toThrow('enough');
  });
});

// The members of imapflow that its types do not show, and that src/world/login-imap-inside.ts names: a new version shows here.
test('imapflow is the version that was looked into', () => {
  expect(ImapFlow.version).toBe('2.1.2');
  const client: unknown = new ImapFlow({ host: 'localhost', logger: false });
  expect(Reflect.get(Object(client), 'commands')).toBeInstanceOf(Map);
  expect(Reflect.get(Object(client), 'folders')).toBeInstanceOf(Map);
  const table = Reflect.get(Object(client), 'commands') as Map<string, unknown>;
  for (const name of ['ID', 'NAMESPACE', 'LOGIN', 'AUTHENTICATE']) expect(table.get(name)).toBeInstanceOf(Function);
  expect(password).not.toBe('');
});
