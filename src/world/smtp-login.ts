import type { SmtpLoginFact, Step } from '../model/login-facts.ts';
import type { Service, Subject } from '../model/mailbox.ts';
import { wireAddress } from './login-address.ts';
import {
  type Credentials,
  type Entered,
  entryFact,
  inTurn,
  type LoginKit,
  notOffered,
  prepared,
  preparedFact,
  unusable,
} from './login-attempt.ts';
import { bearerExchange, bearerMechanisms } from './login-bearer.ts';
import { ehloName, type Offer } from './login-ehlo.ts';
import { broken } from './login-reply.ts';
import { openSmtp } from './login-smtp.ts';
import type { SmtpSession } from './login-smtp-session.ts';
import { openTranscript, type Transcript } from './login-transcript.ts';
import { otherNames } from './own-names.ts';

/** In order of preference: PLAIN needs one round trip, and TLS protects it; CRAM-MD5 where a server offers nothing else. */
const mechanisms = ['PLAIN', 'LOGIN', 'CRAM-MD5'] as const;

/** What is known of the session even where the login failed. */
export interface Seen {
  ehlo: string;
  /** Our own address. */
  local?: string;
  offer?: Offer;
}

/** Opens a session and logs in where a password is configured. */
export const enterSmtp = async (
  kit: LoginKit,
  service: Service,
  {
    credentials,
    transcript,
    seen,
    signal,
  }: {
    readonly credentials: Credentials | undefined;
    readonly transcript: Transcript;
    readonly seen: Seen;
    readonly signal: AbortSignal;
  },
): Promise<Entered<SmtpSession>> => {
  const own = credentials && unusable(credentials);
  if (own) return { kind: 'out', login: own };
  const opened = await openSmtp(kit, service, { transcript, signal });
  if (opened.kind === 'connection-limit') return { kind: 'out', withheld: 'connection-limit' };
  if (opened.kind === 'failed') {
    seen.ehlo = opened.ehlo;
    if (opened.local !== undefined) seen.local = opened.local;
    return { kind: 'out', before: opened.before };
  }
  const { session } = opened;
  seen.ehlo = session.ehlo;
  if (session.local !== undefined) seen.local = session.local;
  seen.offer = session.offer;
  if (!credentials) return { kind: 'in', session };
  const offers = <Name extends string>(one: Name): boolean => session.offer.mechanisms.includes(one);
  const bearer = credentials.kind === 'token' ? bearerMechanisms.find(offers) : undefined;
  if (bearer) {
    const { username, secret: token } = credentials;
    const { host, port } = service;
    const { step, challenge } = await session.bearer(bearerExchange(bearer, { username, token, host, port }));
    if (step.kind === 'accepted') return { kind: 'in', session, login: step, mechanism: bearer };
    session.quit();
    return { kind: 'out', login: step, mechanism: bearer, ...(challenge ? { challenge } : {}) };
  }
  // A token is no password: where the server offers nothing for it, nothing is sent.
  const chosen = service.mechanism?.toUpperCase();
  const method =
    credentials.kind === 'token'
      ? undefined
      : mechanisms.filter((one) => chosen === undefined || one === chosen).find(offers);
  if (method === undefined) {
    // nodemailer would try PLAIN unasked, and its verify() calls a server without AUTH a success. Where no login is
    // offered at all, sender and recipient are asked without one: the answer tells what the server wants instead.
    if (session.offer.mechanisms.length === 0) return { kind: 'in', session, withheld: 'no-safe-mechanism' };
    session.quit();
    return { kind: 'out', withheld: notOffered(service.mechanism, session.offer.mechanisms) };
  }
  const login = await session.login({ user: credentials.username, pass: credentials.secret, method });
  if (login.kind === 'accepted') return { kind: 'in', session, login, mechanism: method };
  session.quit();
  return { kind: 'out', login, mechanism: method };
};

type Envelope = Pick<SmtpLoginFact, 'mail' | 'rcpt'>;

/** MAIL and RCPT, together where the server offers PIPELINING; the message itself is never begun. */
const envelope = async (
  session: SmtpSession,
  { from, address }: Pick<Subject, 'from' | 'address'>,
): Promise<Envelope> => {
  const { extensions } = session.offer;
  const utf8 = extensions.has('SMTPUTF8');
  const sender = wireAddress(from);
  const recipient = wireAddress(address);
  const notSent = (wire: typeof sender): Step | undefined => {
    if (wire.kind === 'unusable') return broken('garbled', wire.says);
    if (wire.needsUtf8 && !utf8)
      return broken('garbled', 'not sent: the address needs SMTPUTF8, which the server does not offer');
    return undefined;
  };
  const badSender = notSent(sender);
  if (badSender || sender.kind === 'unusable') return { mail: badSender ?? broken('garbled', 'not sent') };
  const badRecipient = notSent(recipient);
  const international = sender.needsUtf8 || (recipient.kind === 'ready' && recipient.needsUtf8 && utf8);
  const mailLine = `MAIL FROM:<${sender.path}>${international ? ' SMTPUTF8' : ''}`;
  if (badRecipient || recipient.kind === 'unusable') {
    const [mail] = await session.commands([mailLine]);
    return { ...(mail ? { mail } : {}), ...(mail?.kind === 'accepted' && badRecipient ? { rcpt: badRecipient } : {}) };
  }
  const rcptLine = `RCPT TO:<${recipient.path}>`;
  if (extensions.has('PIPELINING')) {
    const [mail, rcpt] = await session.commands([mailLine, rcptLine]);
    // After a refused MAIL the answer to RCPT says nothing but that (RFC 2920 section 3.1).
    return { ...(mail ? { mail } : {}), ...(mail?.kind === 'accepted' && rcpt ? { rcpt } : {}) };
  }
  const [mail] = await session.commands([mailLine]);
  if (mail?.kind !== 'accepted') return mail ? { mail } : {};
  const [rcpt] = await session.commands([rcptLine]);
  return { mail, ...(rcpt ? { rcpt } : {}) };
};

const sizeOf = (offer: Offer | undefined): number | undefined => {
  const parameters = offer?.extensions.get('SIZE');
  if (!parameters) return undefined;
  const size = Number(parameters[0] ?? 0);
  return Number.isSafeInteger(size) && size >= 0 ? size : undefined;
};

/** Servers refuse the name at once, or at the sender or recipient only (Postfix: smtpd_delay_reject). */
const otherNamesFor = async (
  kit: LoginKit,
  { entered, steps, seen }: { readonly entered: Entered<SmtpSession>; readonly steps: Envelope; readonly seen: Seen },
  signal: AbortSignal,
): Promise<readonly string[] | undefined> => {
  const hello = 'before' in entered && entered.before.at === 'hello' ? entered.before.step : undefined;
  for (const [step, result] of [
    ['hello', hello],
    ['mail', steps.mail],
    ['rcpt', steps.rcpt],
  ] as const) {
    if (result?.kind !== 'refused') continue;
    return otherNames(
      kit,
      { reply: result.reply, step, protocol: 'smtp' },
      { said: seen.ehlo, local: seen.local },
      signal,
    );
  }
  return undefined;
};

/** Login, MAIL FROM and RCPT TO on one connection; DATA is never sent. */
export const smtpLogin = async (
  kit: LoginKit,
  service: Service,
  subject: Subject,
  signal: AbortSignal,
): Promise<SmtpLoginFact> => {
  const login = await prepared(kit, service, signal);
  const credentials = login.kind === 'ready' ? login.credentials : undefined;
  const transcript = openTranscript(credentials);
  const seen: Seen = { ehlo: ehloName(service, undefined) };
  const enter = () => enterSmtp(kit, service, { credentials, transcript, seen, signal });
  const entered: Entered<SmtpSession> =
    login.kind === 'withheld'
      ? { kind: 'out', withheld: login.withheld }
      : credentials
        ? await inTurn(kit, service, enter)
        : await enter();
  let steps: Envelope = {};
  if (entered.kind === 'in') {
    steps = await envelope(entered.session, subject);
    entered.session.quit();
  }
  const otherEhlo = await otherNamesFor(kit, { entered, steps, seen }, signal);
  const size = sizeOf(seen.offer);
  return {
    ...preparedFact(service, login),
    ...entryFact(entered),
    offered: seen.offer?.mechanisms ?? [],
    ehlo: seen.ehlo,
    ...(seen.offer?.client === undefined ? {} : { client: seen.offer.client }),
    ...(otherEhlo ? { otherEhlo } : {}),
    ...(size === undefined ? {} : { size }),
    sender: subject.from,
    recipient: subject.address,
    ...steps,
    dialogue: transcript.lines,
  };
};
