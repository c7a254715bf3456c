import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { certificateFor, rootCertificate } from '../../fixtures/certificates.ts';
import { type HttpOptions, json, startHttp } from '../../fixtures/http.server.ts';
import { close, drip, expectLine, reset, type Step, sayRaw, silence, startLines } from '../../fixtures/line.server.ts';
import type { CrmRequest } from '../../src/model/crm/connector.ts';
import { pause } from '../../src/world/crm-again.ts';
import { createCrmClient } from '../../src/world/crm-client.ts';
import { defaultLimits, type Limits, openLedger, type Secrets } from '../../src/world/kit.ts';
import { startProxy } from './proxy-server.ts';

const never = new AbortController().signal;

const ending: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

let ca = '';
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'crm-client-'));
  ca = join(folder, 'ca.pem');
  writeFileSync(ca, await rootCertificate());
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Wishes {
  readonly limits?: Partial<Limits>;
  readonly env?: Readonly<Record<string, string>>;
  readonly ca?: string;
  readonly now?: Date;
}

const noSecrets: Secrets = {
  shape: () => ({ empty: false, placeholder: false, outerBlanks: false, nonAscii: false, controlCharacters: false }),
  reveal: () => '',
  learn: () => undefined,
  values: () => [],
};

/** A client whose waits are only noted. */
const clientFor = (url: string, wishes: Wishes = {}) => {
  const limits = { ...defaultLimits, stepMs: 5_000, ...wishes.limits };
  const waits: number[] = [];
  const kit = {
    clock: { now: () => wishes.now ?? new Date() },
    ledger: openLedger(limits),
    limits,
    env: wishes.env ?? {},
    secrets: { ...noSecrets, values: () => ['S3cretKey'] },
  };
  const client = createCrmClient(kit, {
    url,
    ...(wishes.ca === undefined ? {} : { ca: wishes.ca }),
    pause: async (ms) => void waits.push(ms),
  });
  ending.push(client.close);
  return { ...client, waits };
};

const serve = async (routes: HttpOptions['routes'], more: Partial<HttpOptions> = {}) => {
  const server = await startHttp({ routes, ...more });
  ending.push(server.stop);
  return { ...server, base: `${more.certificate ? 'https' : 'http'}://localhost:${server.port}` };
};

/** A server that follows a script in every connection, after the head of a request. */
const scripted = async (...steps: readonly Step[]) => {
  const server = await startLines({ script: [expectLine(/^$/), ...steps] });
  ending.push(server.stop);
  return { ...server, base: `http://127.0.0.1:${server.port}` };
};

const failureOf = async (url: string, request: Partial<CrmRequest> = {}, wishes: Wishes = {}) => {
  const reply = await clientFor(url, wishes).ask({ path: '/a', ...request }, never);
  return reply.kind === 'failed' ? reply.failure : reply;
};

describe('an answer', () => {
  test('of any status comes with its headers, its body and its JSON', async () => {
    const { base } = await serve({ 'GET /crm/api/a': json({ ok: true }, 403, { 'X-Status-Reason': 'no\u00e9' }) });
    expect(await clientFor(`${base}/crm`).ask({ path: '/api/a', query: { key: 's3cret' } }, never)).toEqual({
      kind: 'response',
      response: {
        status: 403,
        headers: expect.objectContaining({
          'content-type': 'application/json; charset=utf-8',
          'x-status-reason': 'noé',
        }),
        body: '{"ok":true}',
        json: { ok: true },
        url: `${base}/crm/api/a`,
      },
    });
  });

  test('is asked for with a query, JSON or a form', async () => {
    const seen: unknown[] = [];
    const { base } = await serve({
      '*': ({ method, query, headers, body }) => {
        seen.push([method, [...query], headers['content-type'], headers['x-key'], body]);
        return json([]);
      },
    });
    const { ask } = clientFor(base);
    await ask({ path: '/a?raw=1', query: { none: undefined, many: ['a', 'b'], $select: 'x y', flag: true } }, never);
    await ask({ method: 'POST', path: '/a', json: { a: 'あ' }, headers: { 'X-Key': 'k' } }, never);
    await ask({ method: 'POST', path: '/a', form: { user: 'a&b' } }, never);
    expect(seen).toEqual([
      [
        'GET',
        [
          ['raw', '1'],
          ['many', 'a'],
          ['many', 'b'],
          ['$select', 'x y'],
          ['flag', 'true'],
        ],
        undefined,
        undefined,
        '',
      ],
      ['POST', [], 'application/json', 'k', '{"a":"あ"}'],
      ['POST', [], 'application/x-www-form-urlencoded', undefined, 'user=a%26b'],
    ]);
  });

  test.each([
    ['gzip', gzipSync('{"a":"あ"}')],
    ['br', brotliCompressSync('{"a":"あ"}')],
    ['deflate', deflateSync('{"a":"あ"}')],
    ['deflate', deflateRawSync('{"a":"あ"}')],
    ['identity', Buffer.from('{"a":"あ"}')],
  ])('in %s is unpacked', async (coding, body) => {
    const { base } = await serve({ 'GET /a': { headers: { 'content-encoding': coding }, body } });
    expect(await clientFor(base).ask({ path: '/a' }, never)).toMatchObject({ response: { json: { a: 'あ' } } });
  });

  test('of no length is no packed one, whatever its header says', async () => {
    const { base } = await serve({ 'GET /a': { status: 204, headers: { 'content-encoding': 'gzip' } } });
    expect(await clientFor(base).ask({ path: '/a' }, never)).toMatchObject({ response: { status: 204, body: '' } });
  });

  test.each([
    ['text/html', '<html>', undefined, '<html>'],
    ['application/json', '\ufeff{"a":1}', { a: 1 }, '{"a":1}'],
    ['application/json', Buffer.from('\ufeff[1]', 'utf16le'), [1], '[1]'],
    ['text/html; charset=Shift_JIS', Buffer.from([0x93, 0xfa, 0x96, 0x7b]), undefined, '日本'],
    ['text/html; charset=klingon', 'あ', undefined, 'あ'],
    ['text/plain', Buffer.from([0x41, 0xe9]), undefined, 'Aé'],
    ['application/json', '{"a":', undefined, '{"a":'],
    ['application/json', `"${'\\\\'.repeat(999)}"`, '\\'.repeat(999), expect.anything()],
  ])('of %s is read as what it is', async (type, body, value, text) => {
    const { base } = await serve({ 'GET /a': { headers: { 'content-type': type }, body } });
    expect(await clientFor(base).ask({ path: '/a' }, never)).toMatchObject({ response: { json: value, body: text } });
  });

  test('that nests without end is no JSON', async () => {
    const deep = (depth: number) => ({ body: `${'[{"a":'.repeat(depth)}"[["${'}]'.repeat(depth)}` });
    const { base } = await serve({ 'GET /a': deep(100_000), 'GET /b': deep(100) });
    const { ask } = clientFor(base);
    expect(await ask({ path: '/a' }, never)).toMatchObject({ response: { status: 200, json: undefined } });
    expect(await ask({ path: '/b' }, never)).toMatchObject({ response: { json: expect.anything() } });
  });

  test('has headers that drive no terminal', async () => {
    const { base } = await scripted(
      sayRaw(
        'HTTP/1.1 200 OK\r\nX-A: \x9b31m\xe2\x80\xaegnp\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n\r\n',
      ),
    );
    expect(await clientFor(base).ask({ path: '/a' }, never)).toMatchObject({
      response: { headers: { 'x-a': '\\x9b31mâ\\x80®gnp', 'set-cookie': 'a=1, b=2' } },
    });
  });
});

describe('connections', () => {
  test('are kept, and few', async () => {
    let now = 0;
    let most = 0;
    const { base, log } = await serve({
      'GET /a': async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setImmediate(resolve));
        now -= 1;
        return json([]);
      },
    });
    const { ask } = clientFor(base, { limits: { connectionsPerPort: 4 } });
    const replies = await Promise.all(Array.from({ length: 40 }, () => ask({ path: '/a' }, never)));
    expect(replies.every(({ kind }) => kind === 'response')).toBe(true);
    expect(most).toBeLessThanOrEqual(4);
    expect(log.connections).toBeLessThanOrEqual(4);
  });

  test('that the server ends after each answer take the place of one another', async () => {
    const { base, log } = await serve({ 'GET /a': json([], 200, { connection: 'close' }) });
    const { ask } = clientFor(base, { limits: { connectionsPerPort: 1 } });
    for (let turn = 0; turn < 5; turn += 1) {
      expect(await ask({ path: '/a' }, never)).toMatchObject({ kind: 'response' });
    }
    expect(log.connections).toBe(5);
  });

  test('are no more than a run may make', async () => {
    const { base } = await scripted(reset());
    const { ask } = clientFor(base, { limits: { connectionsPerPort: 2 } });
    expect(await ask({ path: '/a' }, never)).toMatchObject({ failure: { kind: 'unreachable', at: 'limit' } });
  });

  test.each([
    ['IPv6', '::1', '[::1]'],
    ['IPv4', '127.0.0.1', '127.0.0.1'],
  ])('go over %s', async (_, host, written) => {
    const { port } = await serve({ 'GET /a': json({ in: true }) }, { host, certificate: await certificateFor() });
    expect(await clientFor(`https://${written}:${port}`, { ca }).ask({ path: '/a' }, never)).toMatchObject({
      response: { json: { in: true } },
    });
  });
});

describe('an answer that does not come', () => {
  test('because nobody listens', async () => {
    const { base, stop } = await serve({});
    await stop();
    expect(await failureOf(base)).toMatchObject({ kind: 'unreachable', at: 'connect', code: 'ECONNREFUSED' });
  });

  test('because there is no such host', async () => {
    expect(await failureOf('http://no-such-host.invalid')).toMatchObject({ kind: 'unreachable', at: 'dns' });
  });

  test.each([
    ['self-signed', { issuer: 'self' }, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['expired', { notAfter: new Date(Date.now() - 86_400_000) }, 'CERT_HAS_EXPIRED'],
    ['for another name', { names: ['other.example.test'] }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ] as const)('because the certificate is %s', async (_, request, code) => {
    const { base } = await serve({}, { certificate: await certificateFor(request) });
    expect(await failureOf(base, {}, { ca })).toMatchObject({ kind: 'tls', code });
  });

  test('because TLS is spoken to a port without it', async () => {
    const { port } = await serve({});
    expect(await failureOf(`https://localhost:${port}`)).toMatchObject({ kind: 'tls' });
  });

  test.each([
    ['that is silent', [silence()], 'timeout'],
    ['that drips its header', [drip('HTTP/1.1 200 OK\r\nX-A: a', 20)], 'timeout'],
    ['that stops in the body', [sayRaw('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab'), silence()], 'timeout'],
    [
      'that drips its body',
      [sayRaw('HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n'), drip('x'.repeat(999), 20)],
      'timeout',
    ],
    ['that cuts the body', [sayRaw('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab'), close()], 'malformed'],
    [
      'that cuts a chunk',
      [sayRaw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab'), close()],
      'malformed',
    ],
    ['that speaks something else', [sayRaw('SSH-2.0-x\r\n'), close()], 'malformed'],
    ['with an endless header', [sayRaw(`HTTP/1.1 200 OK\r\nA: ${'x'.repeat(99_999)}`), silence()], 'too-large'],
  ])('from a server %s', async (_, steps, kind) => {
    const { base } = await scripted(...steps);
    const limits = kind === 'timeout' ? { stepMs: 150 } : {};
    expect(await failureOf(base, {}, { limits })).toMatchObject({ kind });
  });

  const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024));
  test.each([
    ['is announced as huge', { 'content-length': '9999999999' }, 'x'],
    ['is huge', {}, 'x'.repeat(300_000)],
    ['is a bomb', { 'content-encoding': 'gzip' }, bomb],
    ['is a small bomb', { 'content-encoding': 'br' }, brotliCompressSync(Buffer.alloc(1024 * 1024))],
  ])('whole, because it %s', async (_, headers, body) => {
    const { base } = await serve({ 'GET /a': { headers, body } });
    expect(await failureOf(base, { mostBytes: 200_000 })).toMatchObject({ kind: 'too-large' });
  });

  test.each([
    ['is not what it says', 'gzip', Buffer.from('{"a":1}')],
    ['is packed in an unknown way', 'zstd', Buffer.from('x')],
    ['is cut', 'gzip', gzipSync('{"a":1}'.repeat(99)).subarray(0, 30)],
    ['is no brotli', 'br', Buffer.from('{"a":1, "b": [1,2,3]}')],
  ])('because its packing %s', async (_, coding, body) => {
    const { base } = await serve({ 'GET /a': { headers: { 'content-encoding': coding }, body } });
    expect(await failureOf(base)).toMatchObject({ kind: 'malformed' });
  });

  test('is given up with the run', async () => {
    const over = new AbortController();
    const { base } = await serve({
      'GET /a': () => {
        over.abort(new Error('over'));
        return new Promise<never>(() => undefined);
      },
    });
    const { ask } = clientFor(base);
    const asking = Array.from({ length: 6 }, () => ask({ path: '/a' }, over.signal));
    for (const { status } of await Promise.allSettled(asking)) expect(status).toBe('rejected');
    await expect(ask({ path: '/a' }, over.signal)).rejects.toThrow('over');
  });
});

describe('redirects', () => {
  test('within the host are followed', async () => {
    const { base } = await serve({
      'GET /a': { status: 302, headers: { location: '/b?token=1' } },
      'GET /b': ({ headers }) => json({ key: headers['x-key'] }),
    });
    expect(await clientFor(base).ask({ path: '/a', headers: { 'X-Key': 'k' } }, never)).toMatchObject({
      response: { url: `${base}/b`, json: { key: 'k' } },
    });
  });

  test('up to TLS on the same host keep a question what it is', async () => {
    const secure = await serve({ 'POST /a': ({ body }) => json({ body }) }, { certificate: await certificateFor() });
    const { base } = await serve({ 'POST /a': { status: 301, headers: { location: `${secure.base}/a` } } });
    const reply = await clientFor(base, { ca }).ask({ method: 'POST', path: '/a', json: [1] }, never);
    expect(reply).toMatchObject({ response: { json: { body: '[1]' }, url: `${secure.base}/a` } });
  });

  test.each([
    [302, 'GET /b'],
    [303, 'GET /b'],
    [307, 'POST /b'],
    [308, 'POST /b'],
  ])('%d of a POST leads to %s', async (status, wanted) => {
    const { base, log } = await serve({
      'POST /a': { status, headers: { location: '/b' } },
      '*': ({ body, headers }) => json([body, headers['content-type'] ?? null]),
    });
    const reply = await clientFor(base).ask({ method: 'POST', path: '/a', json: 1 }, never);
    expect(log.requests).toEqual(['POST /a', wanted]);
    expect(reply).toMatchObject({ response: { json: status < 304 ? ['', null] : ['1', 'application/json'] } });
  });

  test.each([
    ['to another host', 'https://sso.example.test/login?SAMLRequest=s3cret#x', 'https://sso.example.test/login'],
    ['to another port', 'http://localhost:1/', 'http://localhost:1/'],
    ['with a login', '//user:s3cret@localhost/', 'http://localhost/'],
    ['to a file', 'file:///etc/passwd', 'file:'],
    ['to nowhere', 'http://[', 'an address that is none'],
  ])('%s are not followed', async (_, location, where) => {
    const { base } = await serve({ 'GET /a': { status: 302, headers: { location } } });
    const failure = await failureOf(base, { query: { key: 's3cret' } });
    expect(failure).toMatchObject({ kind: 'redirected', status: 302, location: where, what: '/a' });
    expect(JSON.stringify(failure)).not.toContain('s3cret');
  });

  test('down from TLS are not followed', async () => {
    const headers = { location: 'http://localhost/a' };
    const { base } = await serve({ 'GET /a': { status: 301, headers } }, { certificate: await certificateFor() });
    expect(await failureOf(base, {}, { ca })).toMatchObject({ kind: 'redirected', location: 'http://localhost/a' });
  });

  test('in a circle end', async () => {
    const { base, log } = await serve({
      'GET /a': { status: 302, headers: { location: '/b' } },
      'GET /b': { status: 302, headers: { location: '/a' } },
    });
    expect(await failureOf(base)).toMatchObject({ kind: 'redirected', location: `${base}/a` });
    expect(log.requests).toHaveLength(6);
  });

  test('a page that leads to itself with another query each time is a loop, and is not walked to the end', async () => {
    let times = 0;
    const { base } = await serve({
      'GET /a': { status: 302, headers: { location: '/login?next=0' } },
      '*': () => ({ status: 302, headers: { location: `/login?next=${++times}` } }),
    });
    expect(await failureOf(base)).toMatchObject({ kind: 'redirected', location: `${base}/login` });
    expect(times).toBe(2);
  });

  test('a page that leads to itself once is followed', async () => {
    const { base } = await serve({
      'GET /a': ({ query }) =>
        query.has('seen') ? json({ ok: true }) : { status: 302, headers: { location: '/a?seen=1' } },
    });
    expect(await clientFor(base).ask({ path: '/a' }, never)).toMatchObject({ response: { json: { ok: true } } });
  });
});

describe('a question is asked again', () => {
  const now = new Date('2026-03-01T00:00:00Z');
  const soon = 'Sun, 01 Mar 2026 00:00:07 GMT';
  test.each([
    ['after the seconds that were wished', 429, { 'retry-after': '2' }, [2_000]],
    [
      'after the time that was wished, by the clock of the server',
      503,
      { 'retry-after': soon, date: 'Sun, 01 Mar 2026 00:00:04 GMT' },
      [3_000],
    ],
    ['after a time of our own', 429, { 'retry-after': 'soon' }, [1_000]],
  ])('%s', async (_, status, headers, waits) => {
    let asked = 0;
    const { base } = await serve({
      'GET /a': () => {
        asked += 1;
        return asked === 1 ? { status, headers } : json('in');
      },
    });
    const client = clientFor(base, { now });
    expect(await client.ask({ path: '/a' }, never)).toMatchObject({ response: { json: 'in' } });
    expect(client.waits).toEqual(waits);
    expect(client.traffic()).toMatchObject({ requests: 2, bytes: 4, waits: 1, waiting: false });
  });

  test.each([
    ['three times at most', { status: 503 }, {}, 3, [1_000, 2_000]],
    ['not where it has to wait for long', { status: 429, headers: { 'retry-after': '3600' } }, {}, 1, []],
    ['not where it may change something', { status: 429 }, { method: 'POST', json: 1 }, 1, []],
    ['where it changes nothing', { status: 429 }, { method: 'POST', json: 1, again: true }, 3, [1_000, 2_000]],
    ['not after another error', { status: 500 }, {}, 1, []],
  ] as const)('%s', async (_, answer, request, asked, waits) => {
    const { base, log } = await serve({ '*': answer });
    const client = clientFor(base);
    expect(await client.ask({ path: '/a', ...request }, never)).toMatchObject({ response: { status: answer.status } });
    expect(log.requests).toHaveLength(asked);
    expect(client.waits).toEqual(waits);
  });

  test('when its connection was dropped, and once only when it may change something', async () => {
    const { base, log } = await scripted(close());
    const client = clientFor(base);
    expect(await client.ask({ path: '/a' }, never)).toMatchObject({ failure: { kind: 'unreachable', at: 'answer' } });
    expect(client.waits).toEqual([250, 500]);
    expect(log.connections).toBe(3);
    await client.ask({ path: '/a', method: 'POST' }, never);
    expect(log.connections).toBe(4);
  });

  test('no more once the run is over', async () => {
    const over = new AbortController();
    const waiting = pause(20_000, over.signal);
    over.abort(new Error('over'));
    await expect(waiting).rejects.toThrow('over');
  });
});

describe('nothing is sent', () => {
  test.each([
    ['to an address with a login', 'http://user:s3cret@localhost', '/a', 'ERR_INVALID_URL'],
    ['to what is no address of the web', 'ftp://localhost', '/a', 'ERR_INVALID_URL'],
    ['to what is no address', 'localhost', '/a', 'ERR_INVALID_URL'],
    ['out of the path of the CRM', 'http://localhost/crm', '/x/../../admin', 'ERR_INVALID_URL'],
    ['out of the path of the CRM, escaped', 'http://localhost/crm', '/%2e%2E/admin', 'ERR_INVALID_URL'],
    ['to a path that is none', 'http://localhost', '@evil.example.test/', 'ERR_INVALID_URL'],
    ['to another host without TLS', 'http://localhost', 'http://other.example.test/', 'ERR_INVALID_URL'],
    ['to the same host without TLS', 'https://crm.example.test', 'http://crm.example.test/', 'ERR_INVALID_URL'],
  ])('%s', async (_, url, path, code) => {
    const failure = await failureOf(url, { path });
    expect(failure).toMatchObject({ kind: 'config', code });
    expect(JSON.stringify(failure)).not.toContain('s3cret');
  });

  test('to another host by a path that looks like one', async () => {
    const { base, log } = await serve({ '*': json([]) });
    await clientFor(base).ask({ path: '//evil.example.test/a' }, never);
    expect(log.requests).toHaveLength(1);
  });

  test.each(['key\r\nX-Admin: 1', 'key\n', 'あ'])('with a header that would be two: %j', async (value) => {
    const { base, log } = await serve({});
    const failure = await failureOf(base, { headers: { authorization: value } });
    expect(failure).toMatchObject({
      kind: 'config',
      code: 'ERR_INVALID_CHAR',
      says: expect.stringMatching(/header authorization/),
    });
    expect(JSON.stringify(failure)).not.toContain('key');
    expect(log.connections).toBe(0);
  });

  test('where the file of `ca` is none', async () => {
    expect(await failureOf('https://localhost', {}, { ca: join(folder, 'none.pem') })).toMatchObject({
      kind: 'config',
      code: 'ENOENT',
    });
  });
});

describe('through a proxy', () => {
  const proxy = async (port: number, status = 200) => {
    const started = await startProxy(port, status);
    ending.push(started.stop);
    return started;
  };

  test('that the environment names, with its login, TLS from end to end', async () => {
    const names = ['crm.example.test'];
    const { port, log } = await serve({ 'GET /a': json('in') }, { certificate: await certificateFor({ names }) });
    const { address, asked } = await proxy(port);
    const client = clientFor('https://crm.example.test', { ca, env: { HTTPS_PROXY: address } });
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await client.ask({ path: '/a' }, never)).toMatchObject({ response: { json: 'in' } });
    }
    expect(asked).toEqual([`CONNECT crm.example.test:443 Basic ${btoa('user:s3cret')}`]);
    expect(log.connections).toBe(1);
  });

  test('without TLS as a whole address', async () => {
    const { address, asked } = await proxy(0);
    const client = clientFor('http://crm.example.test', { env: { http_proxy: address } });
    expect(await client.ask({ path: '/a' }, never)).toMatchObject({ response: { json: { through: true } } });
    expect(asked).toEqual(['GET http://crm.example.test/a']);
  });

  test('that refuses, without its words', async () => {
    const { address } = await proxy(0, 407);
    const failure = await failureOf('https://crm.example.test', {}, { env: { https_proxy: address } });
    expect(failure).toMatchObject({
      kind: 'unreachable',
      at: 'connect',
      code: 'PROXY',
      says: expect.stringMatching(/answers 407/),
    });
    expect(JSON.stringify(failure)).not.toContain('s3cret');
  });

  test.each(['https://user:s3cret@proxy.example.test', 'socks5h://user:s3cret@proxy.example.test:1080', 'http://['])(
    'that cannot be used (%s), and not past it',
    async (address) => {
      const failure = await failureOf('http://crm.example.test', {}, { env: { ALL_PROXY: address } });
      expect(failure).toMatchObject({
        kind: 'config',
        code: 'ERR_PROXY',
        needs: { en: expect.stringMatching(/ALL_PROXY/), ja: expect.stringMatching(/ALL_PROXY/) },
      });
      expect(JSON.stringify(failure)).not.toContain('s3cret');
    },
  );

  test.each([
    ['this machine', {}],
    ['what NO_PROXY names', { no_proxy: 'localhost' }],
  ])('never to %s', async (_, env) => {
    const { base } = await serve({ 'GET /a': json('in') });
    const { address, asked } = await proxy(0);
    const client = clientFor(base, { env: { http_proxy: address, ...env } });
    expect(await client.ask({ path: '/a' }, never)).toMatchObject({ response: { json: 'in' } });
    expect(asked).toEqual([]);
  });
});

test('texts are one harmless line of bounded length', () => {
  const { printable } = clientFor('http://localhost');
  expect(printable('a\r\nb\u001b[31m')).toBe('a\\x0d\\x0ab\\x1b[31m');
  expect(printable('x'.repeat(999))).toHaveLength(300);
  expect(printable('\u0000'.repeat(300), 50)).toHaveLength(50);
});

test('texts hold no secret, not even half of one at their end', () => {
  const { printable } = clientFor('http://localhost');
  expect(printable(`you sent S3cretKey and ${btoa('S3cretKey')}`)).toBe('you sent *** and ***');
  expect(printable(`${'x'.repeat(45)}S3cretKey`, 50)).toBe(`${'x'.repeat(45)}***`);
  for (let before = 4_080; before < 4_200; before += 1) {
    expect(printable(`${'S3cretKey '.repeat(500)}${'x'.repeat(before)}S3cretKey`)).not.toContain('S3');
    expect(printable(`${'x'.repeat(before)}S3cretKey${'x'.repeat(9_999)}`, 80)).not.toContain('S3');
  }
});
