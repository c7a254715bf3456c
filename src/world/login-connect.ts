import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { type ConnectionOptions, connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls';
import { domainToASCII } from 'node:url';
import type { HostAddress } from '../model/dns-facts.ts';
import type { Step } from '../model/login-facts.ts';
import type { Service } from '../model/mailbox.ts';
import { type Identity, identityOf } from './client-certificate.ts';
import { lookupFor } from './family.ts';
import type { Kit } from './kit.ts';
import { broken, codeOf, howOf, since, wordsOf } from './login-reply.ts';
import { caFile, contextFor, type TrustChoice } from './trust.ts';

const contexts = new Map<string, Promise<SecureContext>>();

/** One context for all logins that trust the same: making one costs some milliseconds of parsing. */
const loginContext = async (
  choice: TrustChoice & Pick<Service, 'clientCertificate'>,
  identity: Identity | undefined,
): Promise<SecureContext> => {
  const own = identity?.options ? JSON.stringify(choice.clientCertificate) : '';
  const key = `${choice.trust ?? ''} ${choice.ca === undefined ? '' : (await caFile(choice.ca)).join()} ${own}`;
  const context = contexts.get(key) ?? contextFor(choice, identity?.options);
  contexts.set(key, context);
  context.catch(() => contexts.delete(key));
  return context;
};

/** The next address starts when the one before has not answered for so long; the one before goes on (RFC 8305 section 5). */
const staggerMs = 300;

export type Door = Pick<Service, 'host' | 'port' | 'family'>;

export type Opened =
  | { readonly kind: 'open'; readonly socket: Socket; readonly address: string; readonly ms: number }
  | { readonly kind: 'failed'; readonly step: Step }
  | { readonly kind: 'connection-limit' };

/** The host as TLS and DNS want it: ASCII, without the final dot or the brackets of an IPv6 address. */
export const wireHost = (host: string): string => {
  const bare = host
    .trim()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
  return isIP(bare) ? bare : domainToASCII(bare) || bare;
};

export type Addresses =
  | { readonly kind: 'found'; readonly addresses: readonly HostAddress[] }
  | { readonly kind: 'failed'; readonly step: Step };

/** The addresses of a host in the system's order. */
export const addressesOf = async (
  kit: Kit,
  door: Pick<Service, 'host' | 'family'>,
  signal: AbortSignal,
): Promise<Addresses> => {
  const name = wireHost(door.host);
  const family = isIP(name);
  if (family === 4 || family === 6) return { kind: 'found', addresses: [{ address: name, family }] };
  const lookup = await lookupFor(kit, door, signal);
  if (lookup.kind === 'failed') return { kind: 'failed', step: broken('unreachable', lookup.code, lookup.ms) };
  if (lookup.addresses.length === 0) return { kind: 'failed', step: broken('unreachable', 'ENODATA', lookup.ms) };
  return { kind: 'found', addresses: lookup.addresses };
};

/** A socket that nobody listens to must not end the process with its last error. */
export const discard = (socket: Socket): void => {
  socket.on('error', () => undefined);
  socket.destroy();
};

const race = (
  kit: Kit,
  { host, port }: Door,
  addresses: readonly HostAddress[],
  signal: AbortSignal,
): Promise<Opened> => {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const waiting = new Map<Socket, NodeJS.Timeout>();
    const failures: Step[] = [];
    let next = 0;
    let stagger: NodeJS.Timeout | undefined;
    let over = false;

    const finish = (): void => {
      over = true;
      clearTimeout(stagger);
      signal.removeEventListener('abort', onAbort);
      for (const [socket, timer] of waiting) {
        clearTimeout(timer);
        discard(socket);
      }
    };
    const onAbort = (): void => {
      finish();
      reject(signal.reason);
    };
    const giveUp = (limited: boolean): void => {
      finish();
      const [first] = failures;
      // A refusal tells more than the silence of another address.
      const best = failures.find((step) => step.kind === 'broken' && step.how === 'refused') ?? first;
      resolve(best && !(limited && !first) ? { kind: 'failed', step: best } : { kind: 'connection-limit' });
    };
    const lost = (socket: Socket, step: Step): void => {
      clearTimeout(waiting.get(socket));
      if (!waiting.delete(socket) || over) return;
      discard(socket);
      failures.push(step);
      tryNext();
    };
    const tryNext = (): void => {
      clearTimeout(stagger);
      const candidate = addresses[next];
      if (!candidate) {
        if (waiting.size === 0) giveUp(false);
        return;
      }
      next += 1;
      const before = kit.ledger.lostAt(candidate.address, port);
      if (before) {
        const says = before.kind === 'silent' ? 'no answer' : before.code;
        failures.push(
          broken(before.kind === 'silent' ? 'silent' : 'unreachable', `${candidate.address}: ${says}`, before.ms),
        );
        tryNext();
        return;
      }
      if (!kit.ledger.admit(host, port)) {
        next = addresses.length;
        if (waiting.size === 0) giveUp(true);
        return;
      }
      const began = performance.now();
      const { address, family } = candidate;
      let socket: Socket;
      try {
        socket = connectTcp({ host: address, port, family });
      } catch (error) {
        // A port beyond 65535: a value for mail.config, not for an exception.
        failures.push(broken('unreachable', wordsOf(error)));
        tryNext();
        return;
      }
      socket.setNoDelay(true);
      const timer = setTimeout(() => {
        lost(socket, broken('silent', `${address}: no answer`, since(began)));
      }, kit.limits.connectMs);
      waiting.set(socket, timer);
      socket.once('error', (error) => lost(socket, broken(howOf(error), `${address}: ${codeOf(error)}`, since(began))));
      socket.once('connect', () => {
        if (over) return;
        clearTimeout(timer);
        waiting.delete(socket);
        finish();
        // From here on its user listens; until then a reset has to find somebody.
        socket.on('error', () => undefined);
        resolve({ kind: 'open', socket, address, ms: since(start) });
      });
      if (next < addresses.length) stagger = setTimeout(tryNext, staggerMs);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    else tryNext();
  });
};

/**
 * Connects to the first address that accepts. A dead address does not break a login: that is told by mail.port, which
 * looks at each of them.
 */
export const connectTo = async (kit: Kit, door: Door, signal: AbortSignal): Promise<Opened> => {
  signal.throwIfAborted();
  const found = await addressesOf(kit, door, signal);
  if (found.kind === 'failed') return found;
  return race(kit, door, found.addresses, signal);
};

/** Strict TLS for a login: the chain and the name of the configured host are verified, whatever the environment says. */
export const strictTls = async (
  service: Pick<Service, 'host' | 'ca' | 'trust' | 'clientCertificate'>,
  kit: Pick<Kit, 'secrets'>,
): Promise<ConnectionOptions> => {
  const name = wireHost(service.host);
  return {
    secureContext: await loginContext(service, await identityOf(service, kit)),
    rejectUnauthorized: true,
    host: name,
    ...(isIP(name) ? {} : { servername: name }),
  };
};

export type Secured =
  | { readonly kind: 'secure'; readonly socket: TLSSocket }
  | { readonly kind: 'failed'; readonly step: Step };

/** TLS on an open connection, verified or not at all. */
export const secured = (
  socket: Socket,
  options: ConnectionOptions,
  { ms, signal }: { readonly ms: number; readonly signal: AbortSignal },
): Promise<Secured> => {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const encrypted = connectTls({ ...options, socket });
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      encrypted.off('close', onClose);
    };
    const fail = (step: Step): void => {
      finish();
      discard(encrypted);
      discard(socket);
      resolve({ kind: 'failed', step });
    };
    const onAbort = (): void => {
      finish();
      discard(encrypted);
      discard(socket);
      reject(signal.reason);
    };
    const onClose = (): void => fail(broken('closed', 'closed during the TLS handshake', since(start)));
    const timer = setTimeout(() => fail(broken('silent', 'no answer to the TLS handshake', since(start))), ms);
    encrypted.once('error', (error) => fail(broken(howOf(error), wordsOf(error), since(start))));
    encrypted.once('close', onClose);
    encrypted.once('secureConnect', () => {
      finish();
      encrypted.on('error', () => undefined);
      resolve({ kind: 'secure', socket: encrypted });
    });
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
};
