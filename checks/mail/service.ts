import type { Protocol } from '../../src/model/config.ts';
import type { AddressContact, Greeting } from '../../src/model/contact-facts.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { targetOf } from '../../src/model/mailbox.ts';

/** One question asked of several services is a function that makes a check. */
export const perProtocol = <Made>(make: (protocol: Protocol) => Made): Readonly<Record<Protocol, Made>> => ({
  smtp: make('smtp'),
  imap: make('imap'),
  pop3: make('pop3'),
});

export const protocolName: Readonly<Record<Protocol, string>> = { smtp: 'SMTP', imap: 'IMAP', pop3: 'POP3' };

/** The service that a present check asks; `present` has made sure that it is there. */
export const serviceIn = (subject: Subject, protocol: Protocol): Service => {
  const service = subject.services[protocol];
  if (!service) throw new Error(`${subject.label} has no ${protocol} service`);
  return service;
};

/** `present`, `protocols` and `target` of a check on one service. */
export const onService = (protocol: Protocol) => ({
  protocols: [protocol],
  present: (subject: Subject) => subject.services[protocol] !== undefined,
  target: (subject: Subject) => targetOf(serviceIn(subject, protocol)),
});

const welcomes: Readonly<Record<Protocol, RegExp>> = {
  smtp: /^220[ -]/,
  imap: /^\* (OK|PREAUTH)\b/i,
  pop3: /^\+OK\b/,
};

/** Whether the first words of a server invite this protocol's client to go on. */
export const welcomed = (protocol: Protocol, greeting: Greeting): boolean =>
  greeting.kind === 'greeted' && greeting.speaks === protocol && welcomes[protocol].test(greeting.lines[0] ?? '');

/** Greetings slower than this are slow (CONTRACT: limits by default). */
export const slowGreetingMs = 5_000;

/** Connected, and where the server speaks first, it greeted as this protocol does. */
export const contactWorks = (protocol: Protocol, { connect, greeting }: AddressContact): boolean =>
  connect.kind === 'open' && (greeting === undefined || welcomed(protocol, greeting));
