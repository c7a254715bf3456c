import type { Service } from '../model/mailbox.ts';
import type { Handshake } from '../model/tls-facts.ts';
import { identityOf } from './client-certificate.ts';
import { connect } from './connect.ts';
import { deadlineIn } from './contact-clock.ts';
import { talkInClear, talkInTls } from './contact-conversation.ts';
import type { Kit } from './kit.ts';
import { open } from './lines.ts';
import { greetingOf, invites } from './opening.ts';
import type { Profile } from './tls-context.ts';

/** A service that was looked at once, and the address where it answered. */
export interface Request {
  readonly handshake: Handshake | undefined;
  readonly address: string;
  readonly kit: Kit;
  readonly signal: AbortSignal;
}

/** One more handshake on a connection of its own; nothing where it does not come to one. */
export const handshakeAgain = async (
  service: Service,
  { profile, sni }: { readonly profile?: Profile; readonly sni?: false },
  { address, kit, signal }: Request,
): Promise<Handshake | undefined> => {
  const { host, port, protocol, security } = service;
  const { limits } = kit;
  const { socket } = await connect({ host, address, port }, kit, signal);
  if (!socket) return undefined;
  const identity = await identityOf(service, kit);
  const request = {
    service,
    ...(identity ? { identity } : {}),
    limits,
    signal,
    ...(profile ? { profile } : {}),
    ...(sni === false ? { sni } : {}),
  };
  if (security === 'tls') return (await talkInTls(socket, request)).handshake;
  const lines = open(socket);
  const opening = await greetingOf(lines, { asked: protocol, deadline: deadlineIn(limits.greetingMs), signal });
  if (!invites(protocol, opening.greeting)) {
    lines.close();
    return undefined;
  }
  return (await talkInClear(socket, { lines, opening }, request)).handshake;
};
