import type { Service } from '../model/mailbox.ts';
import type { Handshake, TlsFact } from '../model/tls-facts.ts';
import { handshakeAgain, type Request } from './tls-again.ts';
import { permissive, type Versions } from './tls-context.ts';

const ranges: readonly Versions[] = [
  { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' },
  { minVersion: 'TLSv1', maxVersion: 'TLSv1.1' },
];

const versionTaken = async (service: Service, versions: Versions, request: Request): Promise<readonly string[]> => {
  const handshake = await handshakeAgain(service, { profile: permissive(versions) }, request);
  return handshake?.kind === 'done' ? [handshake.version] : [];
};

/** Whether a handshake ended before the server had chosen a version, so that another one may succeed. */
const undecided = (handshake: Handshake): boolean => {
  switch (handshake.kind) {
    case 'failed':
      return !handshake.sawServerHello && handshake.alert !== 'unrecognized_name';
    case 'closed':
    case 'reset':
      return true;
    case 'done':
    case 'plain':
    case 'silent':
      return false;
  }
};

/**
 * Which versions a server takes that refused our open offer: some old ones fail on a ClientHello with newer versions in
 * it instead of choosing (RFC 8446 appendix D). One handshake each, side by side, and never more than two.
 */
export const versionsOf = async (service: Service, request: Request): Promise<TlsFact['versions']> => {
  if (!request.handshake || !undecided(request.handshake)) return undefined;
  const taken = await Promise.all(ranges.map((versions) => versionTaken(service, versions, request)));
  return taken.flat();
};
