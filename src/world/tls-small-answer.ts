import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import type { Service } from '../model/mailbox.ts';
import type { Handshake, TlsFact } from '../model/tls-facts.ts';
import { connect } from './connect.ts';
import { deadlineIn } from './contact-clock.ts';
import { dialogueOf } from './contact-dialogue.ts';
import type { Kit } from './kit.ts';
import { leave, open } from './lines.ts';
import { greetingOf, invites } from './opening.ts';

const sized = (bytes: Buffer, width: 1 | 2 | 3): Buffer => {
  const length = Buffer.alloc(width);
  length.writeUIntBE(bytes.length, 0, width);
  return Buffer.concat([length, bytes]);
};

const u16 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [at, value] of values.entries()) bytes.writeUInt16BE(value, at * 2);
  return bytes;
};

const extension = (type: number, content: Buffer): Buffer => Buffer.concat([u16(type), sized(content, 2)]);

/**
 * A ClientHello under 250 bytes to which the answer is a small one: TLS 1.3 only, and without a key share, so that the
 * server has to ask for one first (HelloRetryRequest, RFC 8446 4.1.4). One that knows no TLS 1.3 answers with an alert.
 * The server name is in it as usual, so that nobody on the way can take it for a visit to somebody else.
 */
export const smallHello = (host: string): Buffer => {
  const name = (domainToASCII(host) || host).replace(/\.$/, '');
  const serverName = extension(0, sized(Buffer.concat([Buffer.from([0]), sized(Buffer.from(name), 2)]), 2));
  const extensions = Buffer.concat([
    isIP(name) ? Buffer.alloc(0) : serverName,
    // x25519, P-256, P-384, P-521
    extension(10, sized(u16(0x001d, 0x0017, 0x0018, 0x0019), 2)),
    // ECDSA, RSA-PSS and RSA with SHA-256 to SHA-512, Ed25519
    extension(13, sized(u16(0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0807), 2)),
    extension(43, sized(u16(0x0304), 1)),
    extension(51, sized(Buffer.alloc(0), 2)),
  ]);
  const hello = Buffer.concat([
    u16(0x0303),
    randomBytes(32),
    sized(randomBytes(32), 1),
    sized(u16(0x1301, 0x1302, 0x1303), 2),
    sized(Buffer.from([0]), 1),
    sized(extensions, 2),
  ]);
  const message = Buffer.concat([Buffer.from([1]), sized(hello, 3)]);
  return Buffer.concat([Buffer.from([22]), u16(0x0301), sized(message, 2)]);
};

interface Request {
  readonly handshake: Handshake | undefined;
  readonly address: string;
  readonly kit: Kit;
  readonly signal: AbortSignal;
}

/** Content types of a handshake message and of an alert (RFC 8446 5.1). */
const tlsRecords: readonly (number | undefined)[] = [21, 22];

/** What fits into one packet of the smallest networks (RFC 791: 576), so that its arrival says nothing of larger ones. */
const smallBytes = 500;

/**
 * Whether the server answers a hello to which the answer is small. Only asked after a handshake to which nothing came
 * back: an answer now means that the server's TLS is well, and that it is the size of its usual one that stays away.
 */
export const smallAnswerOf = async (service: Service, request: Request): Promise<TlsFact['smallAnswer']> => {
  const { handshake, address, kit, signal } = request;
  if (handshake?.kind !== 'silent') return undefined;
  const { host, port, protocol, security } = service;
  const { limits } = kit;
  const { socket } = await connect({ host, address, port }, kit, signal);
  if (!socket) return undefined;
  if (security === 'starttls') {
    const lines = open(socket);
    const deadline = deadlineIn(limits.stepMs);
    const opening = await greetingOf(lines, { asked: protocol, deadline, signal });
    const dialogue = dialogueOf(service, socket.localAddress);
    const patience = { ms: limits.stepMs, signal };
    const invited = invites(protocol, opening.greeting);
    const told = invited && (dialogue.inGreeting(opening.first) ?? (await dialogue.capabilities(lines, patience)));
    const known = told && (!('kind' in told) || (told.kind === 'reply' && told.good));
    const agreed = known ? await dialogue.startTls(lines, patience) : undefined;
    if (agreed?.kind !== 'reply' || !agreed.good) {
      lines.close();
      return undefined;
    }
    lines.release();
  }
  return new Promise((resolve, reject) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      leave(socket);
    };
    const end = (answer: TlsFact['smallAnswer']): void => {
      finish();
      resolve(answer);
    };
    const onAbort = (): void => {
      finish();
      reject(signal.reason);
    };
    // Half a step: the answer is due at once, and it is late already.
    const timer = setTimeout(() => end('silent'), limits.stepMs / 2);
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('data', (first: Buffer) => {
      const small = tlsRecords.includes(first[0]) && first.length <= smallBytes;
      end(small ? 'answered' : 'other');
    });
    socket.once('close', () => end('other'));
    socket.write(smallHello(host));
    socket.resume();
  });
};
