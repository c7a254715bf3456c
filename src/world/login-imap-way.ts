import type { LookupFunction } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { HostAddress } from '../model/dns-facts.ts';
import type { Step } from '../model/login-facts.ts';
import type { Service } from '../model/mailbox.ts';
import type { Kit } from './kit.ts';
import { addressesOf, connectTo, discard, strictTls } from './login-connect.ts';
import { broken, wordsOf } from './login-reply.ts';

/** A `lookup` that gives the addresses that we have already. */
const lookupOf =
  (addresses: readonly HostAddress[]): LookupFunction =>
  (_host, options, done) => {
    if (options.all) return done(null, [...addresses]);
    const [first] = addresses;
    done(null, first?.address ?? '', first?.family ?? 4);
  };

/** How long an address that is not the last may stay silent before the next one is tried, where imapflow connects itself. */
export const attemptMs = 1_000;

/** The options that bring imapflow to the server. */
export interface Way {
  readonly tls: ConnectionOptions & Record<string, unknown>;
  readonly drop: () => void;
}

/**
 * With implicit TLS imapflow takes our open socket as the public `tls.socket`; in clear it hands the same options to
 * net.connect, so that it connects to our addresses, one after the other.
 */
export const wayTo = async (
  kit: Kit,
  service: Service,
  signal: AbortSignal,
): Promise<Way | { readonly kind: 'failed'; readonly step: Step } | { readonly kind: 'connection-limit' }> => {
  let tls: ConnectionOptions;
  try {
    tls = await strictTls(service, kit);
  } catch (error) {
    return { kind: 'failed', step: broken('tls', wordsOf(error)) };
  }
  if (service.security === 'tls') {
    const opened = await connectTo(kit, service, signal);
    if (opened.kind !== 'open') return opened;
    return { tls: { ...tls, socket: opened.socket }, drop: () => discard(opened.socket) };
  }
  const found = await addressesOf(kit, service, signal);
  if (found.kind === 'failed') return found;
  if (!Number.isInteger(service.port) || service.port < 1 || service.port > 65_535) {
    return { kind: 'failed', step: broken('unreachable', `port ${service.port}`) };
  }
  if (!kit.ledger.admit(service.host, service.port)) return { kind: 'connection-limit' };
  const several = found.addresses.length > 1;
  return {
    tls: {
      ...tls,
      lookup: lookupOf(found.addresses),
      ...(several
        ? { autoSelectFamily: true, autoSelectFamilyAttemptTimeout: attemptMs }
        : { autoSelectFamily: false }),
    },
    drop: () => undefined,
  };
};
