import { performance } from 'node:perf_hooks';
import type { Step, Withheld } from '../model/login-facts.ts';
import type { Service, Subject } from '../model/mailbox.ts';
import type { Hop, RoundTripFact } from '../model/trip-facts.ts';
import { wireAddress } from './login-address.ts';
import {
  type Credentials,
  type Entered,
  entryStep,
  inTurn,
  type LoginKit,
  prepared,
  unsendable,
  unusable,
} from './login-attempt.ts';
import { ehloName } from './login-ehlo.ts';
import { enterImap } from './login-imap.ts';
import type { ImapSession } from './login-imap-session.ts';
import { compose, mostBytes, type TestMessage } from './login-message.ts';
import { broken, since } from './login-reply.ts';
import type { Search } from './login-search.ts';
import { type Survey, searchImap, survey } from './login-search-imap.ts';
import { searchPop3 } from './login-search-pop3.ts';
import type { Sent } from './login-smtp-send.ts';
import { openTranscript } from './login-transcript.ts';
import { enterSmtp } from './smtp-login.ts';

type Way = { readonly through: 'imap' | 'pop3'; readonly service: Service; readonly credentials: Credentials };

/** The way back, or why a configured one cannot be gone. */
const wayBack = async (
  kit: LoginKit,
  { services }: Subject,
  signal: AbortSignal,
): Promise<{ readonly way?: Way; readonly withheld?: Withheld }> => {
  for (const through of ['imap', 'pop3'] as const) {
    const service = services[through];
    const login = service && (await prepared(kit, service, signal));
    if (login?.kind === 'withheld') return { withheld: login.withheld };
    if (service && login?.kind === 'ready') return { way: { through, service, credentials: login.credentials } };
  }
  return {};
};

const equal = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** By configuration: the mailbox that is read is the one that is written to. */
const sameMailbox = ({ services, address }: Subject, way: Way | undefined): boolean => {
  if (!way) return false;
  const name = way.service.username;
  if (equal(name, address) || equal(name, address.slice(0, address.lastIndexOf('@')))) return true;
  // A login name of another form (a customer number) says nothing by itself; used on both sides it is one account.
  return !name.includes('@') && services.smtp !== undefined && equal(services.smtp.username, name);
};

/** What came of handing the message over; without one nothing was handed over. */
type Handed = Sent & { readonly message?: TestMessage };

const sendOne = async (
  kit: LoginKit,
  service: Service,
  subject: Subject,
  {
    ready,
    signal,
  }: {
    /** Nothing is handed over before this. */
    readonly ready: Promise<unknown>;
    readonly signal: AbortSignal;
  },
): Promise<Handed> => {
  const sender = wireAddress(subject.from);
  const recipient = wireAddress(subject.address);
  if (sender.kind === 'unusable') return { step: broken('garbled', sender.says), at: 'mail' };
  if (recipient.kind === 'unusable') return { step: broken('garbled', recipient.says), at: 'rcpt' };
  const login = await prepared(kit, service, signal);
  if (login.kind === 'withheld') return { step: entryStep({ kind: 'out', withheld: login.withheld }) };
  const credentials = login.kind === 'ready' ? login.credentials : undefined;
  const transcript = openTranscript(credentials);
  const seen = { ehlo: ehloName(service, undefined) };
  const enter = () => enterSmtp(kit, service, { credentials, transcript, seen, signal });
  const entered = credentials ? await inTurn(kit, service, enter) : await enter();
  if (entered.kind === 'out') return { step: entryStep(entered) };
  const { session } = entered;
  if ((sender.needsUtf8 || recipient.needsUtf8) && !session.offer.extensions.has('SMTPUTF8')) {
    session.quit();
    return {
      step: broken('garbled', 'not sent: the address needs SMTPUTF8, which the server does not offer'),
      at: sender.needsUtf8 ? 'mail' : 'rcpt',
    };
  }
  const eightBit = session.offer.extensions.has('8BITMIME');
  const { from, address } = subject;
  const message = await compose({ from, to: address, date: kit.clock.now(), eightBit });
  await ready;
  const sent = await session.send(
    { from: sender.path, to: recipient.path, size: message.raw.length, eightBit },
    message.raw,
  );
  session.quit();
  return { ...sent, message };
};

/** The mailbox is open before anything is sent: what could not be found again is not sent at all. */
const openBox = async (kit: LoginKit, way: Way, signal: AbortSignal): Promise<Entered<ImapSession> | undefined> => {
  const own = unusable(way.credentials) ?? unsendable({ 'folder name': way.service.folder });
  if (own) return { kind: 'out', login: own };
  if (way.through === 'pop3') return undefined;
  const transcript = openTranscript(way.credentials);
  return inTurn(kit, way.service, () =>
    enterImap(kit, way.service, { credentials: way.credentials, transcript, seen: { offered: [] }, signal }),
  );
};

/** Sends one marked message from the mailbox to itself, finds it, measures its way and removes it. */
export const roundTrip = async (kit: LoginKit, subject: Subject, signal: AbortSignal): Promise<RoundTripFact> => {
  const { services, from, address, roundTrip: wanted } = subject;
  const { way, withheld } = await wayBack(kit, subject, signal);
  const base = { through: way?.through ?? ('none' as const), sameMailbox: sameMailbox(subject, way) };
  const notSent = (sent: Step, more: Partial<RoundTripFact> = {}): RoundTripFact => ({
    messageId: '',
    sent,
    bytes: 0,
    waitedMs: 0,
    removed: false,
    ...base,
    ...more,
  });
  const own = unsendable({ sender: from, recipient: address });
  if (own) return notSent(own);
  if (!services.smtp) return notSent(broken('refused', 'not sent: no SMTP service is configured'));
  const box: Entered<ImapSession> | undefined = withheld
    ? { kind: 'out', withheld }
    : way && (await openBox(kit, way, signal));
  if (box?.kind === 'out') {
    const why = entryStep(box);
    return notSent(broken('refused', 'not sent: the mailbox could not be opened'), { lookupFailed: why });
  }
  const folder = way?.service.folder ?? 'INBOX';
  // The mailbox is looked over while the outgoing server is greeted.
  const before = box ? survey(box.session, folder) : Promise.resolve(undefined);
  // Where both end at once, because the run does, only the sending's end is waited for.
  before.catch(() => undefined);
  const { message, ...sent } = await sendOne(kit, services.smtp, subject, { ready: before, signal });
  const fact = { messageId: message?.messageId ?? '', sent: sent.step, bytes: message?.raw.length ?? 0, ...base };
  if (!message || sent.step.kind !== 'accepted') {
    void box?.session.leave();
    return { ...fact, ...(sent.at ? { at: sent.at } : {}), waitedMs: 0, removed: false };
  }
  const sentAt = performance.now();
  const handedOver = { sentAt: kit.clock.now().toISOString() };
  const { raw, ...search } = await look(kit, {
    way,
    session: box?.session,
    before: await before,
    message,
    sentAt,
    timeoutMs: wanted.timeoutMs,
    folder,
    signal,
  });
  void box?.session.leave();
  const [signed, crossed] = await Promise.all([
    search.found ? signaturesOf(kit, raw, signal) : {},
    search.found ? crossing(kit, search.found.hops, subject, signal) : {},
  ]);
  const found = search.found && {
    ...search.found,
    ...signed,
    ...crossed,
  };
  return {
    ...fact,
    ...handedOver,
    ...search,
    ...(found ? { found } : {}),
    waitedMs: search.found?.afterMs ?? since(sentAt),
  };
};

/** The signatures on the message; one that may have been cut off is not verified. */
const signaturesOf = async (
  kit: LoginKit,
  raw: Buffer | undefined,
  signal: AbortSignal,
): Promise<Pick<NonNullable<RoundTripFact['found']>, 'dkim'>> => {
  if (!raw || raw.length >= mostBytes) return {};
  const { verifyDkim } = await import('./dkim.ts');
  return { dkim: await verifyDkim(raw, kit.dns, kit.clock.now(), signal) };
};

/** Where the message changed sides; the domain's MX are asked for only where somebody else's server may have sent it. */
const crossing = async (
  kit: LoginKit,
  hops: readonly Hop[],
  subject: Subject,
  signal: AbortSignal,
): Promise<Pick<NonNullable<RoundTripFact['found']>, 'border'>> => {
  if (!hops.some(({ address }, index) => index > 0 && address !== undefined)) return {};
  const { borderOf } = await import('./trip-border.ts');
  const domain = subject.address.slice(subject.address.lastIndexOf('@') + 1);
  const reply = await kit.dns.query(domain, 'MX', signal);
  if (reply.kind !== 'answered' || !['NOERROR', 'NXDOMAIN'].includes(reply.rcode)) return {};
  const border = borderOf(
    hops,
    subject,
    reply.records.map(({ data }) => data),
  );
  return border ? { border } : {};
};

const look = (
  kit: LoginKit,
  {
    way,
    session,
    before,
    message,
    sentAt,
    timeoutMs,
    folder,
    signal,
  }: {
    readonly way: Way | undefined;
    readonly session: ImapSession | undefined;
    readonly before: Survey | undefined;
    readonly message: TestMessage;
    readonly sentAt: number;
    readonly timeoutMs: number;
    readonly folder: string;
    readonly signal: AbortSignal;
  },
): Promise<Search> => {
  if (session && before) return searchImap(session, message, { folder, before, sentAt, timeoutMs, signal });
  if (!way) {
    const lookupFailed = broken('refused', 'no login is configured for IMAP or POP3');
    return Promise.resolve({ lookupFailed, removed: false });
  }
  const transcript = openTranscript(way.credentials);
  return searchPop3(kit, way.service, message, { credentials: way.credentials, transcript, sentAt, timeoutMs, signal });
};
