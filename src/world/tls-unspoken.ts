import type { Service } from '../model/mailbox.ts';
import type { Handshake, TlsFact } from '../model/tls-facts.ts';
import { connect } from './connect.ts';
import { deadlineIn } from './contact-clock.ts';
import type { Kit } from './kit.ts';
import { open } from './lines.ts';

interface Request {
  readonly handshake: Handshake | undefined;
  readonly address: string;
  readonly kit: Kit;
  readonly signal: AbortSignal;
}

/** How long a server that waits for a ClientHello is left alone: a twentieth of a step's limit, 0.5 s of 10 s. */
const share = 0.05;

/**
 * Whether a connection on which nothing is said is ended as well: then what ended the handshake has nothing to do with
 * TLS. Only asked with TLS from the start, after a handshake that was reset or closed.
 */
export const unspokenOf = async (service: Service, request: Request): Promise<TlsFact['unspoken']> => {
  const { handshake, address, kit, signal } = request;
  if (service.security !== 'tls' || (handshake?.kind !== 'reset' && handshake?.kind !== 'closed')) return undefined;
  const { host, port } = service;
  const { socket } = await connect({ host, address, port }, kit, signal);
  if (!socket) return undefined;
  const lines = open(socket);
  const result = await lines.line(deadlineIn(kit.limits.stepMs * share), signal);
  lines.close();
  return result.kind === 'closed' || result.kind === 'reset' ? result.kind : 'open';
};
