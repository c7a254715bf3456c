import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import type { DnsServer } from './dns-servers.ts';

/** What one server made of one message. */
export type Heard<Reply> =
  | { readonly kind: 'reply'; readonly reply: Reply }
  /** Nothing in time. */
  | { readonly kind: 'silent' }
  /** code: ECONNREFUSED, ENETUNREACH, … or EBADRESP when only nonsense came. */
  | { readonly kind: 'failed'; readonly code: string };

/** One message to one server. */
export interface Exchange<Reply> {
  readonly server: DnsServer;
  readonly bytes: Buffer;
  /** Undefined for what is no reply to this message. */
  readonly read: (bytes: Buffer) => Reply | undefined;
  readonly limitMs: number;
  /** On abort the socket is closed and the exchange ends as silent. */
  readonly signal: AbortSignal;
}

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : 'EIO');

/** Settles once: by result, limit or abort, and closes the socket then. */
const settling = <Reply>(
  { limitMs, signal }: Exchange<Reply>,
  start: (settle: (heard: Heard<Reply>) => void) => {
    readonly close: () => void;
    readonly atLimit: () => Heard<Reply>;
  },
): Promise<Heard<Reply>> =>
  new Promise((resolve) => {
    let done = false;
    const settle = (heard: Heard<Reply>): void => {
      if (done) return;
      done = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.close();
      resolve(heard);
    };
    const onAbort = (): void => settle({ kind: 'silent' });
    const socket = start(settle);
    // The socket keeps the process alive while it is open; the timer need not.
    const timer = setTimeout(() => settle(socket.atLimit()), limitMs).unref();
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });

/**
 * Over UDP, from a port of its own. The socket is connected: the kernel then drops what comes from elsewhere, and
 * reports a closed port at once instead of letting us wait.
 */
export const overUdp = <Reply>(exchange: Exchange<Reply>): Promise<Heard<Reply>> =>
  settling(exchange, (settle) => {
    const { server, bytes, read } = exchange;
    const socket = createSocket(server.address.includes(':') ? 'udp6' : 'udp4');
    let nonsense = false;
    socket.on('error', (error) => settle({ kind: 'failed', code: codeOf(error) }));
    socket.on('message', (message) => {
      const reply = read(message);
      if (reply === undefined) nonsense = true;
      else settle({ kind: 'reply', reply });
    });
    socket.on('connect', () => {
      socket.send(bytes, (error) => {
        if (error) settle({ kind: 'failed', code: codeOf(error) });
      });
    });
    socket.connect(server.port, server.address);
    return {
      close: () => socket.close(),
      atLimit: () => (nonsense ? { kind: 'failed', code: 'EBADRESP' } : { kind: 'silent' }),
    };
  });

/** Over TCP, where a message has its length in front (RFC 1035 section 4.2.2), so it is never above 64 KiB. */
export const overTcp = <Reply>(exchange: Exchange<Reply>): Promise<Heard<Reply>> =>
  settling(exchange, (settle) => {
    const { server, bytes, read } = exchange;
    const socket = connect({ host: server.address, port: server.port, noDelay: true });
    let received = Buffer.alloc(0);
    socket.on('error', (error) => settle({ kind: 'failed', code: codeOf(error) }));
    socket.on('close', () => settle({ kind: 'failed', code: 'ECONNRESET' }));
    socket.on('connect', () => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(bytes.length);
      socket.write(Buffer.concat([length, bytes]));
    });
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
      const reply = read(received.subarray(2, 2 + received.readUInt16BE(0)));
      settle(reply === undefined ? { kind: 'failed', code: 'EBADRESP' } : { kind: 'reply', reply });
    });
    return { close: () => socket.destroy(), atLimit: () => ({ kind: 'silent' }) };
  });
