import { afterEach, expect, test } from '@jest/globals';
import { throughProxy } from '../../src/world/contact-proxy.ts';
import { closeAll, closedPort, kitWith, mailboxAt, never, says, tcp } from './contact-kit.ts';

afterEach(closeAll);

const through = async (port: number, security: 'tls' | 'starttls' = 'starttls') => {
  const { service } = mailboxAt({ protocol: 'smtp', security, port: 587, host: 'mail.example.test' });
  const kit = { ...kitWith(), env: { https_proxy: `http://localhost:${port}` } };
  return throughProxy(service, kit, never);
};

test('a proxy that leads there, and who greets behind it', async () => {
  const proxy = await tcp(
    says('', (line) => (line === '' ? 'HTTP/1.1 200 OK\r\nVia: x\r\n\r\n220 mail ESMTP\r\n' : undefined)),
  );
  expect(await through(proxy.port)).toEqual({ at: `localhost:${proxy.port}`, kind: 'leads', says: '220 mail ESMTP' });
  expect(proxy.heard[0]?.slice(0, 2)).toEqual([
    'CONNECT mail.example.test:587 HTTP/1.1',
    'Host: mail.example.test:587',
  ]);
  expect(await through(proxy.port, 'tls')).toMatchObject({ kind: 'leads', says: 'HTTP/1.1 200 OK' });
});

test.each([
  ['it wants a login', 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n', 'refused'],
  ['another protocol greets behind it', 'HTTP/1.1 200 OK\r\n\r\n* OK IMAP4 ready\r\n', 'refused'],
  ['it is no proxy', '220 mail ESMTP\r\n', 'no-proxy'],
])('%s', async (_, answer, kind) => {
  const proxy = await tcp(says('', (line) => (line === '' ? answer : undefined)));
  expect(await through(proxy.port)).toMatchObject({ kind });
});

test.each([
  {},
  { no_proxy: '.example.test', https_proxy: 'http://localhost:1' },
  { ALL_PROXY: 'socks5://localhost:1' },
])('nothing is asked with %j', async (env) => {
  const { service } = mailboxAt({ protocol: 'smtp', security: 'tls', port: 465, host: 'mail.example.test' });
  expect(await throughProxy(service, { ...kitWith(), env }, never)).toBeUndefined();
});

test('nobody listens there', async () => {
  expect(await through(await closedPort())).toMatchObject({ kind: 'unreachable' });
});
