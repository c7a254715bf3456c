import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { certificateFor } from '../../fixtures/certificates.ts';
import type { Protocol, Security } from '../../src/model/config.ts';
import type { PortFact } from '../../src/model/contact-facts.ts';
import { createContacts } from '../../src/world/contacts.ts';
import { closeAll, closedPort, kitWith, mailboxAt, never, says, tcp, tls } from './contact-kit.ts';

afterEach(closeAll);

const portOf = (
  place: { readonly protocol?: Protocol; readonly port: number; readonly security?: Security; readonly host?: string },
  kit = kitWith(),
): Promise<PortFact> => {
  const { service, subject } = mailboxAt({ protocol: 'smtp', security: 'starttls', ...place });
  return createContacts(kit).port(service, subject, never);
};

const greetingFrom = async (greeting: string, protocol: Protocol = 'smtp') => {
  const { port } = await tcp((socket) => void socket.write(greeting));
  return (await portOf({ port, protocol, security: 'none' })).contacts[0]?.greeting;
};

describe('who greets', () => {
  test.each([
    ['smtp', '220 mail.example.test ESMTP Postfix\r\n', 'smtp', ['220 mail.example.test ESMTP Postfix']],
    [
      'smtp',
      '220-mail.example.test ESMTP\r\n220-be patient\r\n220 go\r\n',
      'smtp',
      ['220-mail.example.test ESMTP', '220-be patient', '220 go'],
    ],
    ['smtp', '220 *****************\r\n', 'smtp', ['220 *****************']],
    ['imap', '220 mail.example.test\r\n', 'unknown', ['220 mail.example.test']],
    ['imap', '220 mail.example.test ESMTP\r\n', 'smtp', ['220 mail.example.test ESMTP']],
    ['smtp', '220 ProFTPD Server ready.\r\n', 'ftp', ['220 ProFTPD Server ready.']],
    ['smtp', '220 (vsFTPd 3.0.5)\r\n', 'ftp', ['220 (vsFTPd 3.0.5)']],
    ['smtp', '220 mail.example.test LMTP\r\n', 'lmtp', ['220 mail.example.test LMTP']],
    ['smtp', '554 5.7.1 You are listed\r\n', 'smtp', ['554 5.7.1 You are listed']],
    ['smtp', '421 too many connections\r\n', 'smtp', ['421 too many connections']],
    ['smtp', '* OK IMAP4 ready\r\n', 'imap', ['* OK IMAP4 ready']],
    ['imap', '* BYE Connection closed\r\n', 'imap', ['* BYE Connection closed']],
    ['imap', '* PREAUTH hello\r\n', 'imap', ['* PREAUTH hello']],
    ['imap', '+OK POP3 ready\r\n', 'pop3', ['+OK POP3 ready']],
    ['pop3', '-ERR too many\r\n', 'pop3', ['-ERR too many']],
    ['smtp', 'SSH-2.0-OpenSSH_9.2\r\n', 'ssh', ['SSH-2.0-OpenSSH_9.2']],
    ['smtp', 'HTTP/1.1 400 Bad Request\r\n', 'http', ['HTTP/1.1 400 Bad Request']],
    ['smtp', '<html><body>no</body></html>\r\n', 'http', ['<html><body>no</body></html>']],
    ['smtp', 'hello \u001b[2J\r\n', 'unknown', ['hello \\x1b[2J']],
  ] as const)('asked for %s, %j is %s', async (protocol, greeting, speaks, lines) => {
    expect(await greetingFrom(greeting, protocol)).toMatchObject({ kind: 'greeted', speaks, lines });
  });

  test('closed, reset and endless are told apart', async () => {
    const closing = await tcp((socket) => void socket.end());
    const resetting = await tcp((socket) => void socket.resetAndDestroy());
    const flooding = await tcp((socket) => void socket.write(Buffer.alloc(100_000, 'x')));
    const greetings = await Promise.all(
      [closing, resetting, flooding].map(async ({ port }) => (await portOf({ port })).contacts[0]?.greeting?.kind),
    );
    expect(greetings).toEqual(['closed', 'reset', 'flood']);
  });

  test('a drip of bytes is silence at the limit', async () => {
    const { port } = await tcp((socket) => {
      socket.write('2');
      const timer = setInterval(() => socket.write('2'), 5);
      socket.once('close', () => clearInterval(timer));
    });
    const kit = kitWith({ limits: { greetingMs: 1_000 } });
    expect((await portOf({ port }, kit)).contacts[0]?.greeting).toMatchObject({ kind: 'silent', tls: false });
    // No second connection: whoever says a byte does not wait for a ClientHello.
    expect(kit.connections.get(`localhost:${port}`)).toBe(1);
  });

  test('a port that says nothing is silent after the limit', async () => {
    const { port } = await tcp((socket) => void socket.resume());
    const fact = await portOf({ port }, kitWith({ limits: { greetingMs: 100 } }));
    expect(fact.contacts).toMatchObject([{ connect: { kind: 'open' }, greeting: { kind: 'silent', tls: false } }]);
  });

  test('a port that waits for a ClientHello is found out before the limit', async () => {
    const { key, cert } = await certificateFor();
    const { port } = await tls({ key, cert }, () => undefined);
    const kit = kitWith({ limits: { greetingMs: 3_000_000, stepMs: 3_000_000 } });
    const { service, subject } = mailboxAt({ protocol: 'imap', port, security: 'starttls' });
    const quick = { ...kit, limits: { ...kit.limits, greetingMs: 1_000 } };
    const fact = await createContacts(quick).port(service, subject, never);
    expect(fact.contacts[0]?.greeting).toMatchObject({ kind: 'silent', tls: true });
  });
});

describe('addresses', () => {
  test('each one is tried, at most two of each family, and counted', async () => {
    const { port } = await tcp(says('220 one ESMTP\r\n'));
    const closed = '127.0.0.2';
    const kit = kitWith({ hosts: { 'mail.example.test': [closed, '127.0.0.1', '127.0.0.3', '::1'] } });
    const { contacts } = await portOf({ port, host: 'mail.example.test', security: 'none' }, kit);
    expect(contacts.map(({ address, connect }) => [address, connect.kind])).toEqual([
      ['127.0.0.2', 'refused'],
      ['127.0.0.1', 'open'],
      ['::1', expect.stringMatching(/^(?:refused|unreachable)$/)],
    ]);
    expect(kit.connections.get(`mail.example.test:${port}`)).toBe(3);
  });

  test('only those of the family that the CRM uses', async () => {
    const { port } = await tcp(says('220 one ESMTP\r\n'));
    const kit = kitWith({ hosts: { 'mail.example.test': ['::1', '127.0.0.1'] } });
    const { service, subject } = mailboxAt({
      protocol: 'smtp',
      port,
      host: 'mail.example.test',
      security: 'none',
      family: 4,
    });
    const { lookup, contacts } = await createContacts(kit).port(service, subject, never);
    expect(lookup).toMatchObject({ addresses: [{ address: '127.0.0.1' }] });
    expect(contacts.map(({ address }) => address)).toEqual(['127.0.0.1']);
  });

  test('a name that does not resolve has none', async () => {
    const fact = await portOf({ port: 587, host: 'nowhere.example.test' });
    expect(fact).toEqual({
      lookup: { kind: 'failed', code: 'ENOTFOUND', ms: 0 },
      contacts: [],
      siblings: [],
      others25: [],
    });
  });

  test('nothing is tried beyond the limit of connections', async () => {
    const { port } = await tcp(says('220 one ESMTP\r\n'));
    const fact = await portOf({ port }, kitWith({ limits: { connectionsPerPort: 0 } }));
    expect(fact.contacts[0]?.connect).toEqual({ kind: 'not-tried' });
    expect(fact.siblings).toEqual([]);
  });

  test('a door that could not be reached is not waited for a second time in a run', async () => {
    // Linux refuses a TCP connection to the broadcast address at once.
    const kit = kitWith({ hosts: { 'mail.example.test': ['255.255.255.255'] } });
    const contacts = createContacts(kit);
    const ask = (protocol: Protocol) => {
      const place = { protocol, port: 993, security: 'tls' as const, host: 'mail.example.test' };
      const { service, subject } = mailboxAt(place);
      return contacts.port(service, subject, never);
    };
    const first = await ask('imap');
    const again = await ask('pop3');
    expect(first.contacts[0]?.connect.kind).toBe('unreachable');
    expect(again.contacts).toEqual(first.contacts);
    expect(kit.connections.get('mail.example.test:993')).toBe(1);
  });

  test('where none opens, other addresses that the DNS names are knocked at', async () => {
    const { port } = await tcp(says('220 one ESMTP\r\n'));
    const plain = kitWith({ hosts: { 'mail.example.test': ['127.0.0.2'] } });
    const record = (name: string, type: 'A' | 'NS', data: string) => ({ type, name, ttl: 60, data });
    const answers: Readonly<Record<string, readonly ReturnType<typeof record>[]>> = {
      'mail.example.test A': [record('mail.example.test', 'A', '127.0.0.2')],
      'example.test NS': [record('example.test', 'NS', 'ns.example.test')],
      'ns.example.test A': [record('ns.example.test', 'A', '192.0.2.53')],
      'mail.example.test A 192.0.2.53': [record('mail.example.test', 'A', '127.0.0.1')],
    };
    const kit: typeof plain = {
      ...plain,
      dns: {
        ...plain.dns,
        query: async (name, type, _signal, { server } = {}) => ({
          ...(await plain.dns.query(name, type, never)),
          records: answers[[name, type, server].filter(Boolean).join(' ')] ?? [],
        }),
      },
    };
    const fact = await portOf({ port, host: 'mail.example.test' }, kit);
    expect(fact.contacts[0]?.connect.kind).toBe('refused');
    expect(fact.elsewhere).toMatchObject({
      published: [{ address: '127.0.0.2' }],
      authority: { server: 'ns.example.test', addresses: [{ address: '127.0.0.1' }] },
      knocks: [{ address: '127.0.0.1', connect: { kind: 'open' } }],
    });
  });

  test('an impossible port is a fact and no exception', async () => {
    const fact = await portOf({ port: 99_999 });
    expect(fact.contacts[0]?.connect).toMatchObject({ kind: 'unreachable' });
  });

  test('where none opens, the other doors of the house are tried', async () => {
    const port = await closedPort();
    const fact = await portOf({ port, protocol: 'imap' });
    expect(fact.contacts[0]?.connect.kind).toBe('refused');
    expect(fact.siblings.map((sibling) => [sibling.address, sibling.port])).toEqual([
      ['127.0.0.1', 993],
      ['127.0.0.1', 143],
      ['127.0.0.1', 443],
    ]);
    expect(fact.others25).toEqual([]);
  });

  test('where port 25 is out of reach, so are asked the MX hosts of the domain', async () => {
    const hosts = {
      'mail.example.test': ['255.255.255.255'],
      'mx1.example.test': ['127.0.0.1'],
      'mx2.example.test': ['127.0.0.1'],
    };
    const kit = kitWith({
      hosts,
      mx: ['mail.example.test', 'mx1.example.test', 'mx1.example.test.', 'gone.example.test', 'mx2.example.test'],
    });
    const fact = await portOf({ port: 25, host: 'mail.example.test' }, kit);
    expect(fact.contacts[0]?.connect.kind).toBe('unreachable');
    expect(fact.others25.map(({ host }) => host)).toEqual(['mx1.example.test', 'mx2.example.test']);
  });
});

describe('manners', () => {
  test('one connection serves both facts, asked twice, and QUIT is said', async () => {
    const { port, heard } = await tcp(
      says('220 one ESMTP\r\n', (line) => (line.startsWith('EHLO') ? '250-one\r\n250 SIZE 1000\r\n' : undefined)),
    );
    const kit = kitWith();
    const contacts = createContacts(kit);
    const { service, subject } = mailboxAt({ protocol: 'smtp', port, security: 'none' });
    const [first, second, look] = await Promise.all([
      contacts.port(service, subject, never),
      contacts.port(service, subject, never),
      contacts.tls(service, subject, never),
    ]);
    expect(second).toBe(first);
    expect(look).toMatchObject({ mode: 'none', before: ['SIZE 1000'], inside: [], address: '127.0.0.1' });
    expect(kit.connections.get(`localhost:${port}`)).toBe(1);
    await new Promise<void>((resolve) => {
      const look = (): void => (heard[0]?.includes('QUIT') ? resolve() : void setImmediate(look));
      look();
    });
    expect(heard).toEqual([['EHLO [127.0.0.1]', 'QUIT']]);
  });

  test('the name that the CRM says is said, and where it is refused the ones that may be said are looked up', async () => {
    const { port, heard } = await tcp(says('220 one ESMTP\r\n', () => '504 5.5.2 <crm>: Helo command rejected\r\n'));
    const hosts = { 'crm.example.test': ['127.0.0.1'], 'stale.example.test': ['192.0.2.7'] };
    const kit = kitWith({ hosts, ptr: ['stale.example.test.', 'crm.example.test.'] });
    const { service, subject } = mailboxAt({ protocol: 'smtp', port, security: 'none', ehlo: 'crm' });
    const look = await createContacts(kit).tls(service, subject, never);
    expect(heard[0]?.[0]).toBe('EHLO crm');
    expect(look.otherEhlo).toEqual(['crm.example.test', '[127.0.0.1]']);
  });

  test('the port is known before the TLS behind it', async () => {
    const { port } = await tcp(says('220 one ESMTP\r\n'));
    const contacts = createContacts(kitWith());
    const { service, subject } = mailboxAt({ protocol: 'smtp', port, security: 'starttls' });
    const controller = new AbortController();
    const look = contacts.tls(service, subject, controller.signal);
    const fact = await contacts.port(service, subject, never);
    expect(fact.contacts[0]?.greeting?.kind).toBe('greeted');
    controller.abort(new Error('enough'));
    await expect(look).rejects.toThrow('enough');
  });

  test('who gives up does not end it for others', async () => {
    const waiting: Socket[] = [];
    const { port } = await tcp((socket) => void waiting.push(socket));
    const contacts = createContacts(kitWith());
    const { service, subject } = mailboxAt({ protocol: 'smtp', port, security: 'none' });
    const one = new AbortController();
    const early = contacts.port(service, subject, one.signal);
    const late = contacts.tls(service, subject, never);
    while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
    one.abort(new Error('one'));
    await expect(early).rejects.toThrow('one');
    for (const socket of waiting) says('220 late ESMTP\r\n', () => '250 late\r\n')(socket, []);
    expect(await late).toMatchObject({ address: '127.0.0.1', before: [] });
  });

  test('when all have given up, every socket is closed', async () => {
    const { port, sockets } = await tcp((socket) => void socket.resume());
    const contacts = createContacts(kitWith());
    const { service, subject } = mailboxAt({ protocol: 'smtp', port, security: 'starttls' });
    const [one, two] = [new AbortController(), new AbortController()];
    const early = contacts.port(service, subject, one.signal);
    const late = contacts.tls(service, subject, two.signal);
    while (sockets.size === 0) await new Promise((resolve) => setImmediate(resolve));
    one.abort(new Error('one'));
    await expect(early).rejects.toThrow('one');
    expect(sockets.size).toBe(1);
    two.abort(new Error('two'));
    await expect(late).rejects.toThrow('two');
    while (sockets.size > 0) await new Promise((resolve) => setImmediate(resolve));
    // Cut short is no answer: asked again, it is tried again.
    const again = new AbortController();
    const third = contacts.port(service, subject, again.signal);
    while (sockets.size === 0) await new Promise((resolve) => setImmediate(resolve));
    again.abort(new Error('three'));
    await expect(third).rejects.toThrow('three');
  });
});
