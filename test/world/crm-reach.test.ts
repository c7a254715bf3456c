import { type AddressInfo, createServer } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { certificateFor } from '../../fixtures/certificates.ts';
import { type HttpOptions, startHttp } from '../../fixtures/http.server.ts';
import { crmSubjectsOf } from '../../src/model/crm/subject.ts';
import { createReach } from '../../src/world/crm-reach.ts';
import { kitWith } from './contact-kit.ts';
import { startProxy } from './proxy-server.ts';

const never = new AbortController().signal;
const running: { readonly stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

const crm = (url: string, type = 'espocrm') => {
  const [subject] = crmSubjectsOf({ type, url });
  if (!subject) throw new Error('one configuration is one subject');
  return subject;
};

const serve = async (routes: HttpOptions['routes'], more: Partial<HttpOptions> = {}) => {
  const server = await startHttp({ routes, ...more });
  running.push(server);
  return { ...server, base: `${more.certificate ? 'https' : 'http'}://localhost:${server.port}` };
};

const html = (body: string) => ({ headers: { 'content-type': 'text/html', server: 'nginx/1.22' }, body });

describe('the way to a CRM', () => {
  test('a name that does not exist, in the words of the resolver', async () => {
    const reach = await createReach(kitWith())(crm('https://gone.example'), 'around', never);
    expect(reach).toMatchObject({ lookup: { kind: 'failed' }, dns: { kind: 'answered' }, contacts: [], elsewhere: [] });
  });

  test('an address that is none', async () => {
    for (const url of ['crm.example.co.jp', 'ftp://x', '']) {
      expect((await createReach(kitWith())(crm(url), 'around', never)).host).toBe('');
    }
  });

  test('a closed door, and what the other doors of the web say', async () => {
    const { port, stop } = await startHttp({ routes: {} });
    await stop();
    const reach = await createReach(kitWith())(crm(`http://localhost:${port}`), 'page', never);
    expect(reach.contacts).toMatchObject([{ connect: { kind: 'refused' } }]);
    expect(reach.siblings.map((one) => one.port)).toEqual([80, 443]);
    expect(reach.page).toBeUndefined();
  });

  test('a certificate that nobody trusts, without a question behind it', async () => {
    const certificate = await certificateFor({ names: ['localhost'], issuer: 'self' });
    const { base, log } = await serve({}, { certificate });
    const { tls, page } = await createReach(kitWith())(crm(base), 'door', never);
    expect(tls?.handshake).toMatchObject({ kind: 'done', nameMatches: true, trust: { ok: false } });
    expect(page).toBeUndefined();
    expect(log.requests).toHaveLength(0);
  });

  test('plain HTTP behind https', async () => {
    const { port } = await serve({});
    const { inClear } = await createReach(kitWith())(crm(`https://localhost:${port}`), 'door', never);
    expect(inClear).toBe(true);
  });

  test('the page of another product, and where the right one is', async () => {
    const { base } = await serve({
      'GET /': html('<title>Welcome to nginx!</title>'),
      'GET /espocrm/': html('<title>EspoCRM</title>'),
    });
    const { page, elsewhere } = await createReach(kitWith())(crm(base), 'around', never);
    expect(page).toMatchObject({ kind: 'page', page: { status: 200, server: 'nginx/1.22', product: { id: 'nginx' } } });
    expect(elsewhere).toEqual([{ url: `${base}/espocrm`, name: 'EspoCRM' }]);
  });

  test.each([
    ['a port that has answered without TLS is not asked with it, where many a server would wait for more', 'hi', 0],
    ['a port that wants TLS is', 'The plain HTTP request was sent to HTTPS port', 1],
  ])('%s', async (_, body, expected) => {
    let handshakes = 0;
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (data) => {
        if (data[0] === 0x16) handshakes += 1;
        socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    running.push({ stop: async () => void server.close() });
    const { port } = server.address() as AddressInfo; // a test server listens on a port
    const { elsewhere } = await createReach(kitWith())(crm(`http://localhost:${port}`), 'around', never);
    expect(elsewhere).toEqual([]);
    expect(handshakes).toBe(expected);
  });

  test('a server that answers the same everywhere is nowhere else', async () => {
    const { base } = await serve({ '*': html('Warning: in /var/www {"a":') });
    expect((await createReach(kitWith())(crm(base), 'around', never)).elsewhere).toEqual([]);
    const own = await serve({ '*': html('<title>EspoCRM</title>') });
    expect((await createReach(kitWith())(crm(own.base), 'around', never)).elsewhere).toEqual([]);
    const below = await createReach(kitWith())(crm(`${own.base}/index.php`), 'around', never);
    expect(below.elsewhere).toEqual([{ url: own.base, name: 'EspoCRM' }]);
  });

  test('behind a proxy its pages come through it, as the answers to questions do', async () => {
    const proxy = await startProxy(0, 200, '<title>EspoCRM</title>');
    running.push(proxy);
    const env = { http_proxy: proxy.address };
    const seen = await createReach({ ...kitWith(), env })(crm('http://gone.example'), 'page', never);
    expect(seen).toMatchObject({
      proxy: expect.stringMatching(/^127/),
      page: { page: { product: { id: 'espocrm' } } },
    });
    expect(seen.siblings).toEqual([]);
    expect(proxy.asked).toEqual(['GET http://gone.example/']);
  });

  test('a way to another host is told, not gone', async () => {
    const { base } = await serve({ 'GET /': { status: 302, headers: { location: 'http://elsewhere.example/' } } });
    const { page } = await createReach(kitWith())(crm(base), 'page', never);
    expect(page).toMatchObject({ kind: 'page', page: { location: 'http://elsewhere.example/' } });
  });
});
