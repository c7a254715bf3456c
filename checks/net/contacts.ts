import type { AnyCheck, Evidence } from '../../src/model/check.ts';
import type { AddressContact, Greeting, PortFact } from '../../src/model/contact-facts.ts';
import type { LoginFact } from '../../src/model/login-facts.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { doors, servicesOf } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import { loginCheck } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';
import { contactSymptom, contactWorks, mailPort } from '../mail/port.check.ts';
import { mailTls } from '../mail/tls.check.ts';

/** How a port is closed: by the host itself, silently, aloud by somebody on the way, by this machine, or for want of a way. */
export type Closed = 'refused' | 'silent' | 'rejected' | 'denied-here' | 'no-route';

/** A service none of whose addresses opened. */
export interface ClosedService {
  readonly service: Service;
  readonly check: AnyCheck;
  readonly fact: PortFact;
  readonly contacts: readonly AddressContact[];
  readonly how: Closed;
  /** EHOSTUNREACH and the like, where that was the answer. */
  readonly code?: string;
}

/** Not a contact's fault: this machine has no address of that family. */
const noFamilyHere = /^(?:ENETUNREACH|EADDRNOTAVAIL|EAFNOSUPPORT)$/;
const forbidden = /^(?:EACCES|EPERM)$/;

/**
 * Linux passes on ICMPv6 "prohibited" as EACCES (net/ipv6/icmp.c), the ICMP of IPv4 never so (net/ipv4/icmp.c): there, and
 * for EPERM, it is this machine that says no.
 */
const deniedHere = ({ family, connect }: AddressContact): boolean =>
  connect.kind === 'unreachable' && (connect.code === 'EPERM' || (connect.code === 'EACCES' && family === 4));

const answers = (kind: string): boolean => kind === 'open' || kind === 'refused';

const neighbourAnswers = (
  fact: PortFact,
  contacts: readonly AddressContact[],
  others: readonly AddressContact[],
): boolean =>
  contacts.some(
    ({ address }) =>
      fact.siblings.some((sibling) => sibling.address === address && answers(sibling.connect.kind)) ||
      others.some((other) => other.address === address && answers(other.connect.kind)),
  );

const howClosed = (
  fact: PortFact,
  contacts: readonly AddressContact[],
  others: readonly AddressContact[],
): Pick<ClosedService, 'how' | 'code'> => {
  if (contacts.some(({ connect }) => connect.kind === 'refused')) return { how: 'refused' };
  const codes = contacts.flatMap(({ connect }) => (connect.kind === 'unreachable' ? [connect.code] : []));
  const silent = contacts.some(({ connect }) => connect.kind === 'silent');
  const told = codes.filter((code) => !noFamilyHere.test(code));
  const [code] = told.length > 0 ? told : codes;
  if (code === undefined || (silent && told.length === 0)) return { how: 'silent' };
  const [denied] = contacts.filter(deniedHere);
  if (denied?.connect.kind === 'unreachable') return { how: 'denied-here', code: denied.connect.code };
  if (forbidden.test(code)) return { how: 'rejected', code };
  // Linux says EHOSTUNREACH for ICMP "prohibited" as well; a host whose other ports answer is not unreachable.
  if (code === 'EHOSTUNREACH' && neighbourAnswers(fact, contacts, others)) return { how: 'rejected', code };
  return { how: 'no-route', code };
};

/** The service when none of its addresses opened, with the way in which they did not. */
export const closedService = (evidence: Evidence, subject: Subject, service: Service): ClosedService | undefined => {
  const check = mailPort[service.protocol];
  const fact = evidence.bad(check);
  const contacts = fact?.contacts.filter(({ connect }) => connect.kind !== 'not-tried') ?? [];
  if (!fact || contacts.length === 0 || contacts.some(({ connect }) => connect.kind === 'open')) return undefined;
  const others = servicesOf(subject)
    .filter((other) => other !== service)
    .flatMap((other) => evidence.fact(mailPort[other.protocol])?.contacts ?? []);
  return { service, check, fact, contacts, ...howClosed(fact, contacts, others) };
};

export const closedServices = (evidence: Evidence, subject: Subject): readonly ClosedService[] =>
  servicesOf(subject).flatMap((service) => closedService(evidence, subject, service) ?? []);

/** Whether a mail port of the host opened or was refused: then the host is there. */
export const mailSiblingAnswers = ({ service, fact }: ClosedService): boolean =>
  fact.siblings.some(
    ({ port, connect }) => doors[service.protocol].some((door) => door.port === port) && answers(connect.kind),
  );

/**
 * Closed services in groups of one root: all services of a host that are closed in one way, with nothing on the host that
 * shows them to be closed one by one; else each of its own.
 */
export const byRoot = (
  closed: readonly ClosedService[],
  subject: Subject,
  apart: (one: ClosedService) => boolean,
): readonly (readonly ClosedService[])[] => {
  const groups = new Map<string, ClosedService[]>();
  for (const one of closed) {
    const { host, protocol } = one.service;
    const onHost = servicesOf(subject).filter((service) => service.host === host);
    const whole = onHost.every((service) => closed.some((other) => other.service === service && !apart(other)));
    const key = whole ? host : `${protocol} ${host}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
};

/** What each address said, in one line. */
export const contactsText = ({ service, contacts }: ClosedService): Text => {
  const parts = contacts.map((contact) => ({ address: contact.address, ...contactSymptom(service.protocol, contact) }));
  return both(
    parts.map(({ address, en }) => `${address} port ${service.port}: ${en}`).join('; '),
    parts.map(({ address, ja }) => `${address} のポート ${service.port}: ${ja}`).join('、'),
  );
};

/** How the first words failed to come, although the connection was accepted. */
export interface Wordless {
  readonly service: Service;
  readonly check: AnyCheck;
  readonly how: 'silent' | 'closed' | 'reset';
  readonly ms: number;
}

const quiet = (
  greeting: Greeting | undefined,
): greeting is Extract<Greeting, { kind: 'silent' | 'closed' | 'reset' }> =>
  greeting?.kind === 'closed' || greeting?.kind === 'reset' || (greeting?.kind === 'silent' && !greeting.tls);

/** Accepted, but without a word of the server, on every address. */
export const wordless = (evidence: Evidence, service: Service): Wordless | undefined => {
  const { protocol } = service;
  const port = mailPort[protocol];
  const contacts = evidence.bad(port)?.contacts ?? [];
  if (contacts.length > 0 && !contacts.some((contact) => contactWorks(protocol, contact))) {
    const opened = contacts.filter(({ connect }) => connect.kind === 'open');
    const [first] = opened.flatMap(({ greeting }) => (quiet(greeting) ? [greeting] : []));
    if (first && opened.every(({ greeting }) => quiet(greeting))) {
      return { service, check: port, how: first.kind, ms: first.ms };
    }
  }
  const check = mailTls[protocol];
  const tls = evidence.bad(check);
  if (tls?.mode === 'tls' && tls.handshake) {
    const { handshake, unspoken } = tls;
    // Not a byte came, not even an alert: this is no matter of TLS.
    if (handshake.kind === 'silent') return { service, check, how: 'silent', ms: handshake.ms };
    const ended = handshake.kind === 'reset' || handshake.kind === 'closed';
    if (ended && unspoken && unspoken !== 'open') return { service, check, how: unspoken, ms: handshake.ms };
  }
  if (tls?.mode === 'tls' && tls.handshake?.kind === 'done' && quiet(tls.greeting)) {
    return { service, check, how: tls.greeting.kind, ms: tls.greeting.ms };
  }
  const login = loginCheck[protocol];
  const before = evidence.bad<LoginFact>(login)?.before;
  if (before?.at !== 'greeting' || before.step.kind !== 'broken') return undefined;
  const { how, ms } = before.step;
  return how === 'silent' || how === 'closed' || how === 'reset' ? { service, check: login, how, ms } : undefined;
};
