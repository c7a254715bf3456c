import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import * as packet from 'dns-packet';
import { type DnsLog, startDns, type Zone } from '../../fixtures/dns.server.ts';
import type { Running } from '../../fixtures/running.ts';
import type { DnsReply } from '../../src/model/dns-facts.ts';
import { createDns, type DnsOptions } from '../../src/world/dns.ts';
import { labelOf, settingsIn, systemSettings } from '../../src/world/dns-servers.ts';

const zone: Zone = {
  'aozora.test': {
    MX: [{ preference: 10, exchange: 'Mail.Aozora.TEST' }],
    TXT: [['v=spf1 ', 'mx -all'], 'メール'],
    CAA: [{ flags: 0, tag: 'issue', value: 'ca.test' }],
    NS: ['NS1.aozora.test'],
    SOA: { mname: 'ns1.aozora.test', rname: 'root.aozora.test', serial: 7, minimum: 60 },
  },
  'mail.aozora.test': { A: ['192.0.2.25'], AAAA: ['2001:db8::25'], ttl: 5 },
  'smtp.aozora.test': { CNAME: 'Mail.aozora.test' },
  'gone.aozora.test': { CNAME: 'nowhere.aozora.test' },
  'loop-a.aozora.test': { CNAME: 'loop-b.aozora.test' },
  'loop-b.aozora.test': { CNAME: 'loop-a.aozora.test' },
  'self.aozora.test': { CNAME: 'self.aozora.test' },
  'nomail.test': { MX: [{ preference: 0, exchange: '.' }] },
  '_imaps._tcp.aozora.test': { SRV: [{ priority: 1, weight: 2, port: 993, target: 'mail.aozora.test' }] },
  '_25._tcp.mail.aozora.test': {
    TLSA: [{ usage: 3, selector: 1, matchingType: 1, certificate: Buffer.from([1, 255]) }],
  },
  'xn--rhtu98c.jp': { A: ['192.0.2.1'] },
  'servfail.test': { fault: { rcode: 'SERVFAIL' } },
  'refused.test': { fault: { rcode: 'REFUSED' } },
  'bogus.test': { A: ['192.0.2.66'], fault: { bogus: true } },
  'truncated.test': { A: ['192.0.2.2'], fault: { truncate: true } },
  'large.test': { TXT: Array.from({ length: 20 }, (_, index) => `${index}${'x'.repeat(200)}`) },
  'silent.test': { A: ['192.0.2.4'], fault: { drop: 'both' } },
};

const closing: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const start = async (records: Zone = zone): Promise<Running<DnsLog>> => {
  const server = await startDns({ zone: records });
  closing.push(server.stop);
  return server;
};

const never = new AbortController().signal;
const at = ({ host, port }: { readonly host: string; readonly port: number }) => ({ address: host, port });

const ask = async (name: string, type: Parameters<ReturnType<typeof createDns>['query']>[1]): Promise<DnsReply> =>
  createDns({ servers: [at(await start())] }).query(name, type, never);

/** A server of the test's own making: gets each question and answers through `send`, or not. */
const scripted = async (
  answer: (question: packet.DecodedPacket, send: (bytes: Buffer) => void, client: RemoteInfo, socket: Socket) => void,
): Promise<{ readonly address: string; readonly port: number; readonly seen: packet.DecodedPacket[] }> => {
  const socket = createSocket('udp4');
  const seen: packet.DecodedPacket[] = [];
  socket.on('message', (bytes, client) => {
    const question = packet.decode(bytes);
    seen.push(question);
    answer(question, (reply) => socket.send(reply, client.port, client.address), client, socket);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  closing.push(() => socket.close());
  return { address: '127.0.0.1', port: socket.address().port, seen };
};

const replyTo = (question: packet.DecodedPacket, more: packet.Packet = {}, flags = 0): Buffer =>
  packet.encode({
    type: 'response',
    id: question.id ?? 0,
    flags: packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE | flags,
    questions: question.questions ?? [],
    ...more,
  });

const address = (name: string, data = '192.0.2.9'): packet.Answer => ({ type: 'A', name, ttl: 60, class: 'IN', data });
const alias = (name: string, data: string): packet.Answer => ({ type: 'CNAME', name, ttl: 60, class: 'IN', data });

describe('records', () => {
  test.each([
    ['mail.aozora.test', 'A', [{ type: 'A', name: 'mail.aozora.test', ttl: 5, data: '192.0.2.25' }]],
    ['MAIL.aozora.test.', 'AAAA', [{ type: 'AAAA', name: 'mail.aozora.test', ttl: 5, data: '2001:db8::25' }]],
    ['aozora.test', 'MX', [{ type: 'MX', name: 'aozora.test', ttl: 300, data: 'mail.aozora.test', priority: 10 }]],
    ['aozora.test', 'NS', [{ type: 'NS', name: 'aozora.test', ttl: 300, data: 'ns1.aozora.test' }]],
    ['nomail.test', 'MX', [{ type: 'MX', name: 'nomail.test', ttl: 300, data: '.', priority: 0 }]],
    [
      'aozora.test',
      'TXT',
      [
        { type: 'TXT', name: 'aozora.test', ttl: 300, data: 'v=spf1 mx -all' },
        { type: 'TXT', name: 'aozora.test', ttl: 300, data: 'メール' },
      ],
    ],
    [
      '_imaps._tcp.aozora.test',
      'SRV',
      [
        {
          type: 'SRV',
          name: '_imaps._tcp.aozora.test',
          ttl: 300,
          data: 'mail.aozora.test',
          priority: 1,
          weight: 2,
          port: 993,
        },
      ],
    ],
    ['_25._tcp.mail.aozora.test', 'TLSA', [expect.objectContaining({ data: '03010101ff' })]],
    ['aozora.test', 'CAA', [expect.objectContaining({ data: '0005697373756563612e74657374' })]],
    ['aozora.test', 'SOA', [expect.objectContaining({ data: 'ns1.aozora.test root.aozora.test 7 0 0 0 60' })]],
    ['山田.jp', 'A', [expect.objectContaining({ name: 'xn--rhtu98c.jp', data: '192.0.2.1' })]],
    ['.', 'NS', [{ type: 'NS', name: '.', ttl: 300, data: 'a.root-servers.net' }]],
  ] as const)('%s %s', async (name, type, records) => {
    expect(await ask(name, type)).toMatchObject({ kind: 'answered', rcode: 'NOERROR', cnames: [], records });
  });

  test.each([
    ['nowhere.aozora.test', 'NXDOMAIN'],
    ['servfail.test', 'SERVFAIL'],
    ['refused.test', 'REFUSED'],
  ])('%s is answered with %s', async (name, rcode) => {
    expect(await ask(name, 'A')).toMatchObject({ kind: 'answered', rcode, records: [] });
  });

  test('a name without records of the type is NOERROR and empty', async () => {
    expect(await ask('aozora.test', 'A')).toMatchObject({ kind: 'answered', rcode: 'NOERROR', records: [] });
  });

  test.each([
    ['nothing', ''],
    ['an empty label', 'a..b'],
    ['a label of 64 letters', `${'x'.repeat(64)}.test`],
    ['a name of 324 letters', `${'abc.'.repeat(80)}test`],
    ['a blank among kanji', '日本 語.jp'],
    ['two points', '..'],
  ])('%s is no DNS name and nobody is asked', async (_, name) => {
    const server = await start();
    expect(await createDns({ servers: [at(server)] }).query(name, 'A', never)).toMatchObject({
      kind: 'failed',
      code: 'EBADNAME',
    });
    expect(server.log.questions).toHaveLength(0);
  });

  test('control characters in names are written as escapes', async () => {
    const server = await scripted((question, send) =>
      send(
        replyTo(question, {
          answers: [{ type: 'MX', name: 'x.test', class: 'IN', data: { preference: 1, exchange: 'a\u001b[31m.test' } }],
        }),
      ),
    );
    const reply = await createDns({ servers: [server] }).query('x.test', 'MX', never);
    expect(reply).toMatchObject({ records: [{ data: 'a\\027[31m.test' }] });
  });
});

describe('aliases', () => {
  test.each([
    ['smtp.aozora.test', 'NOERROR', ['mail.aozora.test'], ['192.0.2.25']],
    ['gone.aozora.test', 'NXDOMAIN', ['nowhere.aozora.test'], []],
    ['loop-a.aozora.test', 'NOERROR', ['loop-b.aozora.test', 'loop-a.aozora.test', 'loop-b.aozora.test'], []],
    ['self.aozora.test', 'NOERROR', ['self.aozora.test', 'self.aozora.test'], []],
  ])('%s', async (name, rcode, cnames, data) => {
    const reply = await ask(name, 'A');
    expect(reply).toMatchObject({ kind: 'answered', rcode, cnames });
    expect(reply.kind === 'answered' && reply.records.map((record) => record.data)).toEqual(data);
  });

  test('a question for the alias itself is not followed', async () => {
    expect(await ask('smtp.aozora.test', 'CNAME')).toMatchObject({
      cnames: [],
      records: [{ data: 'mail.aozora.test' }],
    });
  });

  test('a resolver that gives one alias at a time is asked for the next', async () => {
    const chain: Record<string, packet.Answer> = {
      'a.test': alias('a.test', 'b.test'),
      'b.test': alias('b.test', 'c.test'),
      'c.test': address('c.test'),
    };
    const server = await scripted((question, send) => {
      const answer = chain[question.questions?.[0]?.name ?? ''];
      send(replyTo(question, answer ? { answers: [answer] } : {}));
    });
    expect(await createDns({ servers: [server] }).query('a.test', 'A', never)).toMatchObject({
      cnames: ['b.test', 'c.test'],
      records: [{ name: 'c.test' }],
    });
    expect(server.seen).toHaveLength(3);
  });

  test('an endless chain ends after eight questions', async () => {
    let count = 0;
    const server = await scripted((question, send) => {
      count += 1;
      send(replyTo(question, { answers: [alias(question.questions?.[0]?.name ?? '', `n${count}.test`)] }));
    });
    const reply = await createDns({ servers: [server] }).query('a.test', 'A', never);
    expect(reply).toMatchObject({ kind: 'answered', records: [] });
    expect(count).toBe(8);
  });
});

describe('on the wire', () => {
  test('EDNS, recursion and a new id go out with every question', async () => {
    const server = await scripted((question, send) =>
      send(replyTo(question, { answers: [address('a.test')] }, packet.AUTHENTIC_DATA)),
    );
    const dns = createDns({ servers: [server] });
    expect(await dns.query('a.test', 'A', never)).toMatchObject({
      authenticated: true,
      server: `127.0.0.1:${server.port}`,
    });
    await dns.query('a.test', 'A', never, { checkingDisabled: true });
    const [first, second] = server.seen;
    expect(first?.additionals).toMatchObject([{ type: 'OPT', udpPayloadSize: 1232 }]);
    expect([first?.flag_rd, first?.flag_cd, second?.flag_cd]).toEqual([true, false, true]);
    expect(first?.id).not.toBe(second?.id);
  });

  test('checking disabled shows what a validating resolver hides', async () => {
    const dns = createDns({ servers: [at(await start())] });
    expect(await dns.query('bogus.test', 'A', never)).toMatchObject({ rcode: 'SERVFAIL' });
    expect(await dns.query('bogus.test', 'A', never, { checkingDisabled: true })).toMatchObject({
      records: [{ data: '192.0.2.66' }],
    });
  });

  test.each(['truncated.test', 'large.test'])('%s comes over TCP', async (name) => {
    const server = await start();
    const reply = await createDns({ servers: [at(server)] }).query(name, name === 'large.test' ? 'TXT' : 'A', never);
    expect(reply.kind === 'answered' && reply.records.length).toBe(name === 'large.test' ? 20 : 1);
    expect(server.log.questions.map(({ over }) => over)).toEqual(['udp', 'tcp']);
  });

  test('an answer that is cut in the middle of a record and says so comes over TCP', async () => {
    const server = await scripted((question, send) =>
      send(replyTo(question, { answers: [address('a.test')] }, packet.TRUNCATED_RESPONSE).subarray(0, -3)),
    );
    // Nobody listens there on TCP, which shows that it was tried.
    expect(await createDns({ servers: [server] }).query('a.test', 'A', never)).toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('a truncated answer without TCP behind it is a failure', async () => {
    const server = await scripted((question, send) => send(replyTo(question, {}, packet.TRUNCATED_RESPONSE)));
    expect(await createDns({ servers: [server] }).query('a.test', 'A', never)).toMatchObject({
      kind: 'failed',
      code: 'ECONNREFUSED',
    });
  });

  test.each([
    ['FORMERR', 1],
    ['NOTIMP', 4],
  ])('a server that answers EDNS with %s is asked without it', async (_, code) => {
    const server = await scripted((question, send) => {
      const edns = (question.additionals ?? []).length > 0;
      // Such servers often answer with a bare header.
      send(
        edns ? replyTo({ ...question, questions: [] }, {}, code) : replyTo(question, { answers: [address('a.test')] }),
      );
    });
    expect(await createDns({ servers: [server] }).query('a.test', 'A', never)).toMatchObject({
      kind: 'answered',
      records: [{ data: '192.0.2.9' }],
    });
    expect(server.seen).toHaveLength(2);
  });

  test.each<[string, (question: packet.DecodedPacket) => Buffer]>([
    ['another id', (question) => replyTo({ ...question, id: ((question.id ?? 0) + 1) % 65_536 })],
    ['another name', (question) => replyTo({ ...question, questions: [{ type: 'A', name: 'other.test' }] })],
    ['another type', (question) => replyTo({ ...question, questions: [{ type: 'MX', name: 'a.test' }] })],
    ['a question', (question) => packet.encode({ ...question, type: 'query' })],
    ['a cut packet', (question) => replyTo(question, { answers: [address('a.test')] }).subarray(0, -3)],
    ['three bytes', () => Buffer.from('abc')],
    ['an empty datagram', () => Buffer.alloc(0)],
    [
      'a header that promises 65535 records',
      (question) => {
        const bytes = replyTo(question);
        bytes.fill(0xff, 6, 12);
        return bytes;
      },
    ],
  ])('%s is ignored and the right answer still counts', async (_, wrong) => {
    const server = await scripted((question, send) => {
      send(wrong(question));
      send(replyTo({ ...question, questions: [{ type: 'A', name: 'A.TEST' }] }, { answers: [address('a.test')] }));
    });
    expect(await createDns({ servers: [server] }).query('a.test', 'A', never)).toMatchObject({
      kind: 'answered',
      records: [{ data: '192.0.2.9' }],
    });
  });

  test('an answer from another port is ignored', async () => {
    const stranger = createSocket('udp4');
    stranger.bind(0, '127.0.0.1');
    await once(stranger, 'listening');
    closing.push(() => stranger.close());
    const server = await scripted((question, send, client) => {
      stranger.send(
        replyTo(question, { answers: [address('a.test', '203.0.113.66')] }),
        client.port,
        client.address,
        () => send(replyTo(question, { answers: [address('a.test')] })),
      );
    });
    expect(await createDns({ servers: [server] }).query('a.test', 'A', never)).toMatchObject({
      records: [{ data: '192.0.2.9' }],
    });
  });

  test('nothing but nonsense is a failure, not silence', async () => {
    const server = await scripted((_, send) => send(Buffer.from('220 mail.aozora.test ESMTP')));
    expect(await createDns({ servers: [server], tryMs: 50 }).query('a.test', 'A', never)).toMatchObject({
      kind: 'failed',
      code: 'EBADRESP',
    });
  });
});

describe('several servers', () => {
  const silent = () => scripted(() => undefined);
  const refusing = async () => {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { port } = socket.address();
    socket.close();
    return { address: '127.0.0.1', port };
  };

  test('after silence the next one is asked', async () => {
    const first = await silent();
    const second = await start();
    const reply = await createDns({ servers: [first, at(second)], tryMs: 50 }).query('mail.aozora.test', 'A', never);
    expect(reply).toMatchObject({ kind: 'answered', server: `127.0.0.1:${second.port}` });
    expect(first.seen).toHaveLength(1);
  });

  test.each(['SERVFAIL', 'REFUSED'] as const)('after %s the next one is asked', async (rcode) => {
    const first = await start({ 'mail.aozora.test': { fault: { rcode } } });
    const second = await start();
    const reply = await createDns({ servers: [at(first), at(second)] }).query('mail.aozora.test', 'A', never);
    expect(reply).toMatchObject({ rcode: 'NOERROR', server: `127.0.0.1:${second.port}` });
  });

  test('the first refusal stands when nobody knows better', async () => {
    const first = await start({ 'a.test': { fault: { rcode: 'REFUSED' } } });
    const second = await start({ 'a.test': { fault: { rcode: 'SERVFAIL' } } });
    const dns = createDns({ servers: [at(first), at(second)] });
    expect(await dns.query('a.test', 'A', never)).toMatchObject({
      rcode: 'REFUSED',
      server: `127.0.0.1:${first.port}`,
    });
    expect(first.log.questions).toHaveLength(1);
  });

  test('silence of all is silence, after two rounds, the second without EDNS', async () => {
    const [first, second] = [await silent(), await silent()];
    const dns = createDns({ servers: [first, second], tryMs: 40 });
    const reply = await dns.query('a.test', 'A', never);
    expect(reply).toMatchObject({ kind: 'silent', servers: [`127.0.0.1:${first.port}`, `127.0.0.1:${second.port}`] });
    expect(first.seen.map(({ additionals }) => additionals?.length)).toEqual([1, 0]);
  });

  test('no question takes longer than its limit', async () => {
    const server = await silent();
    const dns = createDns({ servers: [server], tryMs: 5_000, overallMs: 80 });
    const reply = await dns.query('a.test', 'A', never);
    expect(reply.kind).toBe('silent');
  });

  test('a closed port is told from silence', async () => {
    expect(await createDns({ servers: [await refusing()] }).query('a.test', 'A', never)).toMatchObject({
      kind: 'failed',
      code: 'ECONNREFUSED',
    });
  });
});

describe('asking again and giving up', () => {
  test('the same question goes out once', async () => {
    const server = await start();
    const dns = createDns({ servers: [at(server)] });
    const [first, second] = await Promise.all([
      dns.query('mail.aozora.test', 'A', never),
      dns.query('Mail.Aozora.test', 'A', never),
    ]);
    expect(second).toBe(first);
    await dns.query('mail.aozora.test', 'AAAA', never);
    expect(server.log.questions).toHaveLength(2);
  });

  test('one caller who gives up does not take the answer from another, and later callers are answered', async () => {
    const held: (() => void)[] = [];
    const server = await scripted((question, send) => {
      held.push(() => send(replyTo(question, { answers: [address('a.test')] })));
    });
    const dns = createDns({ servers: [server] });
    const impatient = new AbortController();
    const first = dns.query('a.test', 'A', impatient.signal);
    const second = dns.query('a.test', 'A', never);
    impatient.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    while (held.length === 0) await new Promise(setImmediate);
    held[0]?.();
    expect(await second).toMatchObject({ kind: 'answered' });
    expect(server.seen).toHaveLength(1);
  });

  test('many questions under one signal are no leak', async () => {
    const dns = createDns({ servers: [at(await start())] });
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 20 }, (_, index) => dns.query(`n${index}.test`, 'A', signal)));
    // Node warns on stderr above this limit; events.getMaxListeners does not know the signals of Jest's own realm.
    const limit = Object.getOwnPropertySymbols(signal).find(({ description }) =>
      description?.includes('maxEventTarget'),
    );
    expect(limit && Reflect.get(signal, limit)).toBe(0);
  });

  test('an answer that was cut short is not kept', async () => {
    const server = await start();
    const dns = createDns({ servers: [at(server)] });
    const gone = new AbortController();
    const cut = dns.query('silent.test', 'A', gone.signal);
    gone.abort(new Error('over'));
    await expect(cut).rejects.toThrow('over');
    await expect(dns.query('mail.aozora.test', 'A', AbortSignal.abort(new Error('late')))).rejects.toThrow('late');
    expect(await dns.query('mail.aozora.test', 'A', never)).toMatchObject({ kind: 'answered', rcode: 'NOERROR' });
  });
});

describe('getaddrinfo', () => {
  const lookup = (host: string, options: DnsOptions = {}) => createDns(options).lookup(host, never);

  test.each([
    ['192.0.2.1', [{ address: '192.0.2.1', family: 4 }]],
    ['::1', [{ address: '::1', family: 6 }]],
    ['[2001:db8::1]', [{ address: '2001:db8::1', family: 6 }]],
    ['fe80::1%eth0', [{ address: 'fe80::1%eth0', family: 6 }]],
  ])('%s is its own address', async (host, addresses) => {
    const system = () => Promise.reject(new Error('asked'));
    expect(await lookup(host, { system })).toEqual({ kind: 'found', addresses, ms: 0 });
  });

  test('localhost is found', async () => {
    expect(await lookup('localhost')).toMatchObject({
      kind: 'found',
      addresses: [{ address: expect.stringMatching(/^(127|::1)/) }],
    });
  });

  test.each([
    ['nothing', ''],
    ['a NUL', '\u0000'],
    ['a blank', 'a b'],
    ['a percent sign', '%'],
    ['a point', '.'],
    ['5000 letters', 'x'.repeat(5_000)],
    ['a URL', 'http://aozora.test/'],
    ['half a bracket', '[::1'],
  ])('%s in place of a host does not throw', async (_, host) => {
    const system = async (name: string) => {
      const { lookup: real } = await import('node:dns/promises');
      // Only the form of the name is of interest: no resolver is waited for.
      return /^[\w.-]+$/.test(name) && name.length < 64 ? [] : real(name, { all: true });
    };
    expect((await lookup(host, { system })).kind).toBe('failed');
  });

  test.each(['ENOTFOUND', 'EAI_AGAIN'])('%s is told', async (code) => {
    const system = () => Promise.reject(Object.assign(new Error('no'), { code }));
    expect(await lookup('mail.aozora.test', { system })).toMatchObject({ kind: 'failed', code });
  });

  test('is asked once a host and let go on abort', async () => {
    let asked = 0;
    const found: ((addresses: { address: string; family: number }[]) => void)[] = [];
    const dns = createDns({
      system: () => {
        asked += 1;
        return new Promise((resolve) => {
          found.push(resolve);
        });
      },
    });
    const gone = new AbortController();
    const first = dns.lookup('mail.aozora.test', gone.signal);
    const second = dns.lookup('mail.aozora.test', never);
    gone.abort(new Error('over'));
    await expect(first).rejects.toThrow('over');
    found[0]?.([{ address: '192.0.2.25', family: 4 }]);
    expect(await second).toMatchObject({ kind: 'found', addresses: [{ address: '192.0.2.25', family: 4 }] });
    expect(asked).toBe(1);
  });
});

describe('resolv.conf', () => {
  const usual = { tryMs: 1_500, rounds: 2, rotate: false };

  test.each([
    ['', { ...usual, servers: [] }],
    [
      'nameserver 192.0.2.53\r\nnameserver fe80::1%eth0 # router\n',
      { ...usual, servers: ['192.0.2.53', 'fe80::1%eth0'] },
    ],
    ['# nameserver 192.0.2.1\n;nameserver 192.0.2.2\nnameserver dns.test\n', { ...usual, servers: [] }],
    [
      'nameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver 192.0.2.3\nnameserver 192.0.2.4',
      { ...usual, servers: ['192.0.2.1', '192.0.2.2', '192.0.2.3'] },
    ],
    ['options timeout:2 attempts:1 rotate ndots:5', { servers: [], tryMs: 2_000, rounds: 1, rotate: true }],
    ['options timeout:30 attempts:99', { servers: [], tryMs: 3_000, rounds: 3, rotate: false }],
    ['options timeout:0 attempts:x', { servers: [], tryMs: 1_000, rounds: 2, rotate: false }],
  ])('%j', (text, expected) => {
    const { servers, ...rest } = settingsIn(text);
    expect({ servers: servers.map(({ address: one }) => one), ...rest }).toEqual(expected);
  });

  test('the file is read, and without servers this machine is asked', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'dns-'));
    closing.push(() => rm(directory, { recursive: true }));
    const file = join(directory, 'resolv.conf');
    await writeFile(file, 'nameserver 2001:db8::53\n');
    expect((await systemSettings(file)).servers.map(labelOf)).toEqual(['2001:db8::53']);
    await writeFile(file, 'search aozora.test\n');
    expect((await systemSettings(file)).servers).toEqual([{ address: '127.0.0.1', port: 53 }]);
    expect(labelOf({ address: '::1', port: 5353 })).toBe('[::1]:5353');
  });

  test('rotate starts each question with another server', async () => {
    const { resolveWith } = await import('../../src/world/dns-resolver.ts');
    const [first, second] = [await start(), await start()];
    const resolve = resolveWith({ servers: [at(first), at(second)], tryMs: 500, rounds: 1, rotate: true });
    const bounds = { deadline: performance.now() + 5_000, signal: never };
    for (const name of ['mail.aozora.test', 'aozora.test']) {
      await resolve({ name, type: 'A', checkingDisabled: false }, bounds);
    }
    expect([first.log.questions.length, second.log.questions.length]).toEqual([1, 1]);
  });
});
