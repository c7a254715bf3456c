import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { certificateFor, rootCertificate } from '../../fixtures/certificates.ts';
import { type HttpOptions, startHttp } from '../../fixtures/http.server.ts';
import { createHttp } from '../../src/world/http.ts';
import { defaultLimits, openLedger } from '../../src/world/kit.ts';
import { startProxy } from './proxy-server.ts';

const never = new AbortController().signal;
const limits = { ...defaultLimits, stepMs: 1_000 };
const http = () => createHttp({ ledger: openLedger(limits), limits });

const running: { readonly stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

const serve = async (routes: HttpOptions['routes'], more: Partial<HttpOptions> = {}) => {
  const server = await startHttp({ routes, ...more });
  running.push(server);
  return { ...server, base: `${more.certificate ? 'https' : 'http'}://localhost:${server.port}` };
};

const raw = (talk: (socket: Socket) => void): Promise<string> =>
  new Promise((resolve) => {
    const sockets = new Set<Socket>();
    const server: Server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('data', () => talk(socket));
    }).listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`);
    });
    running.push({
      stop: async () => {
        for (const socket of sockets) socket.destroy();
        server.close();
      },
    });
  });

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'http-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a question over HTTP', () => {
  test('brings status, type, date and body', async () => {
    const { base } = await serve({ 'GET /a': { headers: { 'content-type': 'text/plain' }, body: 'はい' } });
    const reply = await http().ask({ url: `${base}/a` }, never);
    expect(reply).toMatchObject({ kind: 'answered', status: 200, contentType: 'text/plain', body: 'はい', cut: false });
    expect(reply.kind === 'answered' && Date.parse(reply.date ?? '')).toBeGreaterThan(0);
  });

  test('may post a body', async () => {
    const { base } = await serve({ 'POST /a': ({ body }) => ({ body: `got ${body}` }) });
    expect(await http().ask({ url: `${base}/a`, method: 'POST', body: '<x/>' }, never)).toMatchObject({
      body: 'got <x/>',
    });
  });

  test('follows a redirect on the same host and says where it came to', async () => {
    const { base } = await serve({
      'GET /a': { status: 301, headers: { location: '/b' } },
      'GET /b': { body: 'there' },
    });
    expect(await http().ask({ url: `${base}/a` }, never)).toMatchObject({ url: `${base}/b`, body: 'there' });
    expect(await http().ask({ url: `${base}/a`, redirects: 0 }, never)).toMatchObject({ status: 301, location: '/b' });
  });

  test.each([
    ['to another host without TLS', 'http://127.0.0.2:1/'],
    ['to a file', 'file:///etc/passwd'],
    ['with a login', 'https://user:word@localhost/'],
  ])('follows no redirect %s', async (_, location) => {
    const { base } = await serve({ 'GET /a': { status: 302, headers: { location } } });
    expect(await http().ask({ url: `${base}/a` }, never)).toMatchObject({ kind: 'failed', at: 'redirect' });
  });

  test('ends a circle of redirects', async () => {
    const { base } = await serve({ 'GET /a': { status: 302, headers: { location: '/a' } } });
    expect(await http().ask({ url: `${base}/a` }, never)).toMatchObject({ kind: 'answered', status: 302 });
  });

  test('cuts a long body', async () => {
    const { base } = await serve({ 'GET /a': { body: 'x'.repeat(200_000) } });
    const reply = await http().ask({ url: `${base}/a`, mostBytes: 1_000 }, never);
    expect(reply).toMatchObject({ kind: 'answered', cut: true, body: 'x'.repeat(1_000) });
  });

  test('trusts what `ca` holds, and nothing unknown', async () => {
    const ca = join(folder, 'ca.pem');
    writeFileSync(ca, await rootCertificate());
    const { base } = await serve({ 'GET /a': { body: 'in' } }, { certificate: await certificateFor() });
    expect(await http().ask({ url: `${base}/a`, ca }, never)).toMatchObject({ kind: 'answered', body: 'in' });
    expect(await http().ask({ url: `${base}/a` }, never)).toMatchObject({ kind: 'failed', at: 'tls' });
  });

  test.each([
    ['closed before the answer', (socket: Socket) => socket.end(), 'answer'],
    ['that is no HTTP', (socket: Socket) => socket.end('SSH-2.0-x\r\n'), 'answer'],
    ['that ends too early', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab'), 'answer'],
    ['with endless headers', (socket: Socket) => socket.write(`HTTP/1.1 200 OK\r\nA: ${'x'.repeat(99_999)}`), 'answer'],
    ['that never comes', () => undefined, 'answer'],
  ])('tells of an answer %s', async (_, talk, at) => {
    expect(await http().ask({ url: await raw(talk) }, never)).toMatchObject({ kind: 'failed', at });
  });

  test('tells refused, unknown names and unusable addresses apart', async () => {
    const { port, stop } = await startHttp({ routes: {} });
    await stop();
    expect(await http().ask({ url: `http://127.0.0.1:${port}/` }, never)).toMatchObject({
      at: 'connect',
      code: 'ECONNREFUSED',
    });
    expect(await http().ask({ url: 'http://no-such-host.invalid/' }, never)).toMatchObject({ at: 'dns' });
    expect(await http().ask({ url: 'ftp://localhost/' }, never)).toMatchObject({ at: 'url' });
  });

  test('makes no more connections than a run may', async () => {
    const { base, log } = await serve({ 'GET /a': {} });
    const few = createHttp({ ledger: openLedger({ ...limits, connectionsPerPort: 2 }), limits });
    for (let turn = 0; turn < 3; turn += 1) await few.ask({ url: `${base}/a` }, never);
    expect(log.requests).toHaveLength(2);
    expect(await few.ask({ url: `${base}/a` }, never)).toMatchObject({ kind: 'failed', at: 'limit' });
  });

  test('is given up with the run', async () => {
    const ending = new AbortController();
    const asking = http().ask({ url: await raw(() => ending.abort(new Error('over'))) }, ending.signal);
    await expect(asking).rejects.toThrow('over');
  });
});

describe('through a proxy', () => {
  test.each([200, 403])('that answers %i: TLS from end to end, or a failure of its own', async (status) => {
    const certificate = await certificateFor({ names: ['page.example.test'] });
    const { port } = await serve({ 'GET /a': { body: 'in' } }, { certificate });
    const proxy = await startProxy(port, status);
    running.push(proxy);
    const { port: at } = new URL(proxy.address);
    const ca = join(folder, 'ca.pem');
    writeFileSync(ca, await rootCertificate());
    const way = { kind: 'proxy', proxy: { host: '127.0.0.1', port: Number(at) } } as const;
    const reply = await createHttp({ ledger: openLedger(limits), limits }, () => way).ask(
      { url: 'https://page.example.test/a', ca },
      never,
    );
    expect(proxy.asked).toEqual(['CONNECT page.example.test:443 undefined']);
    expect(reply).toMatchObject(
      status === 200 ? { kind: 'answered', body: 'in' } : { kind: 'failed', at: 'connect', code: 'PROXY' },
    );
  });

  test('that cannot be used, nothing is asked', async () => {
    const { base, log } = await serve({ '*': { body: 'in' } });
    const asking = createHttp({ ledger: openLedger(limits), limits }, () => ({
      kind: 'unusable',
      variable: 'ALL_PROXY',
    }));
    expect(await asking.ask({ url: base }, never)).toMatchObject({ kind: 'failed', code: 'ERR_PROXY' });
    expect(log.connections).toBe(0);
  });
});
