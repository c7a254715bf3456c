import { afterEach, expect, test } from '@jest/globals';
import { certificateFor } from '../../fixtures/certificates.ts';
import { smallAnswerOf, smallHello } from '../../src/world/tls-small-answer.ts';
import { closeAll, kitWith, mailboxAt, never, type Started, says, tcp, tls } from './contact-kit.ts';

afterEach(closeAll);

const ask = ({ port }: Started, security: 'tls' | 'starttls' = 'tls', stepMs = 20_000) => {
  const { service } = mailboxAt({ protocol: 'imap', security, port });
  const kit = kitWith({ limits: { stepMs } });
  return smallAnswerOf(service, { handshake: { kind: 'silent', ms: 1 }, address: '127.0.0.1', kit, signal: never });
};

test('it fits into the smallest packet, whatever the name', () => {
  expect(smallHello(`${'a'.repeat(60)}.${'b'.repeat(60)}.example.test`).length).toBeLessThan(400);
  expect(smallHello('192.0.2.1').length).toBeLessThan(200);
});

test.each([
  ['TLS 1.3: asks for a key share', 'TLSv1.3'],
  ['TLS 1.2 only: sends an alert', 'TLSv1.2'],
] as const)('a server that knows %s', async (_, maxVersion) => {
  const { chain: cert, key } = await certificateFor();
  expect(await ask(await tls({ cert, key, maxVersion }, () => undefined))).toBe('answered');
});

test('after STARTTLS', async () => {
  const server = await tcp(
    says('* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n', (line, socket) => {
      if (!line.endsWith('STARTTLS')) return undefined;
      socket.once('data', () => socket.write(Buffer.from([21, 3, 3, 0, 2, 2, 70])));
      return `${line.split(' ')[0]} OK go\r\n`;
    }),
  );
  expect(await ask(server, 'starttls')).toBe('answered');
});

test.each([
  ['stays silent', () => undefined, 'silent'],
  ['speaks something else', (socket: { write: (text: string) => unknown }) => void socket.write('* BYE\r\n'), 'other'],
  ['hangs up', (socket: { end: () => unknown }) => void socket.end(), 'other'],
] as const)('a server that %s', async (_, act, answer) => {
  const server = await tcp((socket) => void socket.once('data', () => act(socket)));
  expect(await ask(server, 'tls', answer === 'silent' ? 400 : undefined)).toBe(answer);
});

test('a large answer says nothing of small ones', async () => {
  const server = await tcp((socket) => void socket.once('data', () => socket.write(Buffer.alloc(2_000, 22))));
  expect(await ask(server)).toBe('other');
});
