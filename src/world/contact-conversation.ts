import type { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Greeting } from '../model/contact-facts.ts';
import type { Reply } from '../model/login-facts.ts';
import type { Service } from '../model/mailbox.ts';
import type { Handshake, StartTls } from '../model/tls-facts.ts';
import { replyOf } from '../reason/reply-lines.ts';
import type { Identity } from './client-certificate.ts';
import { deadlineIn } from './contact-clock.ts';
import { dialogueOf, howBroken, listed, offerOf, replyText } from './contact-dialogue.ts';
import type { Kit } from './kit.ts';
import { type LineResult, type Lines, leave, open } from './lines.ts';
import { greetingOf, invites, type Opening } from './opening.ts';
import { lookContext, type Profile } from './tls-context.ts';
import { type Look, look } from './tls-handshake.ts';

/** What was said with one address after the greeting. */
export interface Talk {
  readonly before: readonly string[];
  readonly hello?: Reply;
  readonly startTls?: StartTls;
  readonly handshake?: Handshake;
  readonly greeting?: Greeting;
  readonly inside: readonly string[];
  readonly sent: readonly X509Certificate[];
  /** Our own address, where the server refuses the first command. */
  readonly local?: string;
}

/** Where the talk takes place, and how far it goes. */
export interface TalkRequest {
  readonly service: Pick<Service, 'protocol' | 'host' | 'security' | 'ca' | 'trust' | 'ehlo' | 'clientCertificate'>;
  readonly limits: Kit['limits'];
  /** What we show where the server asks who we are. */
  readonly identity?: Identity;
  readonly signal: AbortSignal;
  /** What is offered and allowed; default: everything. */
  readonly profile?: Profile;
  /** False: no server name is sent. */
  readonly sni?: false;
}

const errorOf = (broken: Exclude<LineResult, { kind: 'line' }>): { readonly code: string; readonly says: string } =>
  broken.kind === 'reset' ? { code: broken.code, says: broken.says } : { code: broken.kind, says: broken.kind };

/** TLS on the socket, and what is said inside it. */
const secured = async (
  socket: Socket,
  { service, limits, signal, profile, sni, identity }: TalkRequest,
): Promise<Pick<Talk, 'handshake' | 'greeting' | 'inside' | 'sent'>> => {
  const { protocol, host, security } = service;
  let seen: Look;
  try {
    const context = await lookContext(service, profile, identity);
    const request = { protocol, host, trust: service, context, ms: limits.stepMs, signal };
    seen = await look(socket, sni === false ? { ...request, sni } : request);
  } catch (error) {
    leave(socket);
    throw error;
  }
  const { handshake, sent, socket: inner, afterwards } = seen;
  if (!inner) return { handshake, sent, inside: [] };
  // The connection below TLS is what keeps a process alive; every wait has a timer, so it is not needed for that.
  socket.unref();
  const lines = open(inner);
  const dialogue = dialogueOf(service, socket.localAddress);
  let opening: Opening | undefined;
  if (security === 'tls') {
    opening = await greetingOf(lines, { asked: protocol, deadline: deadlineIn(limits.greetingMs), signal });
    const { greeting, broken } = opening;
    if (broken || !invites(protocol, greeting)) {
      lines.close(broken ? undefined : dialogue.farewell);
      const later = broken ? afterwards(errorOf(broken).code, errorOf(broken).says) : afterwards('', '');
      return later.kind === 'done'
        ? { handshake: later, greeting, sent, inside: [] }
        : { handshake: later, sent, inside: [] };
    }
  }
  const told = opening && dialogue.inGreeting(opening.first);
  const answer = told ? undefined : await dialogue.capabilities(lines, { ms: limits.stepMs, signal });
  lines.close(dialogue.farewell);
  const error = answer?.kind === 'broken' ? errorOf(answer.broken) : { code: '', says: '' };
  const inside = told ?? (answer?.kind === 'reply' && answer.good ? answer.lines : []);
  return {
    handshake: afterwards(error.code, error.says),
    ...(opening ? { greeting: opening.greeting } : {}),
    sent,
    inside: listed(inside),
  };
};

/** The conversation over implicit TLS, on a connection that has just opened. */
export const talkInTls = async (socket: Socket, request: TalkRequest): Promise<Talk> => ({
  before: [],
  ...(await secured(socket, request)),
});

/** The conversation that starts in clear text, on a connection that has greeted. Ends the connection. */
export const talkInClear = async (
  socket: Socket,
  { lines, opening }: { readonly lines: Lines; readonly opening: Opening },
  request: TalkRequest,
): Promise<Talk> => {
  const { service, limits, signal } = request;
  const { protocol, security } = service;
  const patience = { ms: limits.stepMs, signal };
  const dialogue = dialogueOf(service, socket.localAddress);
  const ended = { inside: [], sent: [] };

  const told = dialogue.inGreeting(opening.first);
  const answer = told ? undefined : await dialogue.capabilities(lines, patience);
  if (answer?.kind === 'broken') {
    lines.close();
    const startTls: StartTls = { kind: 'broken', how: howBroken(answer.broken) };
    return { before: [], ...ended, ...(security === 'none' ? {} : { startTls }) };
  }
  // Without the list of what the server can, nothing may be said of STARTTLS.
  const hello = answer && !answer.good ? replyOf(answer.lines) : undefined;
  if (hello) {
    const { localAddress } = socket;
    lines.close(dialogue.farewell);
    return { before: [], hello, ...(localAddress === undefined ? {} : { local: localAddress }), ...ended };
  }
  const before = listed(told ?? (answer?.good ? answer.lines : []));
  if (security === 'none') {
    lines.close(dialogue.farewell);
    return { before, ...ended };
  }
  const notOffered = offerOf(protocol, before);
  if (notOffered) {
    lines.close(dialogue.farewell);
    return { before, startTls: notOffered, ...ended };
  }
  const reply = await dialogue.startTls(lines, patience);
  if (reply.kind === 'broken') {
    lines.close();
    return { before, startTls: { kind: 'broken', how: howBroken(reply.broken) }, ...ended };
  }
  if (!reply.good) {
    lines.close(dialogue.farewell);
    return { before, startTls: { kind: 'refused', reply: replyText(reply.lines) }, ...ended };
  }
  // What came behind the reply is clear text that someone may have slipped in: it is dropped (RFC 3207 section 6).
  lines.release();
  return { before, startTls: { kind: 'agreed' }, ...(await secured(socket, request)) };
};
