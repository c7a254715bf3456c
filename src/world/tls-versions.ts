import type { Service } from '../model/mailbox.ts';
import type { Handshake, TlsFact } from '../model/wire-facts.ts';
import { connect } from './connect.ts';
import { deadlineIn } from './contact-clock.ts';
import { talkInClear, talkInTls } from './contact-conversation.ts';
import type { Kit } from './kit.ts';
import { open } from './lines.ts';
import { greetingOf, invites } from './opening.ts';
import type { Versions } from './tls-context.ts';

const ranges: readonly Versions[] = [
  { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' },
  { minVersion: 'TLSv1', maxVersion: 'TLSv1.1' },
];

interface Request {
  readonly handshake: Handshake | undefined;
  readonly address: string;
  readonly kit: Kit;
  readonly signal: AbortSignal;
}

const versionTaken = async (
  service: Service,
  versions: Versions,
  { address, kit, signal }: Request,
): Promise<readonly string[]> => {
  const { host, port, protocol, security } = service;
  const { limits } = kit;
  const { socket } = await connect({ host, address, port }, kit, signal);
  if (!socket) return [];
  const request = { service, limits, signal, versions };
  if (security === 'tls') {
    const { handshake } = await talkInTls(socket, request);
    return handshake?.kind === 'done' ? [handshake.version] : [];
  }
  const lines = open(socket);
  const opening = await greetingOf(lines, { asked: protocol, deadline: deadlineIn(limits.greetingMs), signal });
  if (!invites(protocol, opening.greeting)) {
    lines.close();
    return [];
  }
  const { handshake } = await talkInClear(socket, { lines, opening }, request);
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
