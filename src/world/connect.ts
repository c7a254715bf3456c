import { connect as connectTo, type Socket } from 'node:net';
import type { ConnectResult } from '../model/contact-facts.ts';
import { stopwatch } from './contact-clock.ts';
import type { Kit } from './kit.ts';

/** Where a connection goes: `host` is what it is counted under, `address` what is connected to. */
export interface Door {
  readonly host: string;
  readonly address: string;
  readonly port: number;
}

/** `socket` is there when the result is open, and may be dead already; whoever gets it closes it. */
export interface Connection {
  readonly result: ConnectResult;
  readonly socket?: Socket;
}

const resultOf = (code: string, ms: number): ConnectResult => {
  switch (code) {
    case 'ECONNREFUSED':
      return { kind: 'refused', ms };
    // The kernel's own limit, where it is shorter than ours.
    case 'ETIMEDOUT':
      return { kind: 'silent', ms };
    default:
      return { kind: 'unreachable', code, ms };
  }
};

/** One TCP connection to one address; every end of it is a result. On abort it rejects with the signal's reason. */
export const connect = (
  { host, address, port }: Door,
  { ledger, limits }: Pick<Kit, 'ledger' | 'limits'>,
  signal: AbortSignal,
): Promise<Connection> => {
  if (signal.aborted) return Promise.reject(signal.reason);
  // A port that cannot be is the configuration's fault and named there (config.malformed-value).
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    return Promise.resolve({ result: { kind: 'unreachable', code: 'EADDRNOTAVAIL', ms: 0 } });
  }
  const before = ledger.lostAt(address, port);
  if (before) return Promise.resolve({ result: before });
  if (!ledger.admit(host, port)) return Promise.resolve({ result: { kind: 'not-tried' } });
  return new Promise((resolve, reject) => {
    const ms = stopwatch();
    const socket = connectTo({ host: address, port, noDelay: true });
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    const onAbort = (): void => {
      finish();
      socket.destroy();
      reject(signal.reason);
    };
    const close = (result: ConnectResult): void => {
      if (result.kind === 'silent' || result.kind === 'unreachable') ledger.lost(address, port, result);
      resolve({ result });
    };
    const timer = setTimeout(() => {
      finish();
      socket.destroy();
      close({ kind: 'silent', ms: ms() });
    }, limits.connectMs);
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('connect', () => {
      finish();
      // Nothing is read until someone listens; an 'end' or reset in between must not be lost to flowing mode.
      socket.pause();
      resolve({ result: { kind: 'open', ms: ms() }, socket });
    });
    // Stays for the connection's life: an 'error' without a listener ends the process.
    socket.on('error', (error: Error & { readonly code?: string }) => {
      finish();
      // A reset in answer to the SYN is "refused". This one came behind the SYN-ACK, before node had told us that the
      // connection is open: accepted and then reset, which its readers find on the socket.
      if (error.code === 'ECONNRESET') resolve({ result: { kind: 'open', ms: ms() }, socket });
      else close(resultOf(error.code ?? 'EIO', ms()));
    });
  });
};
