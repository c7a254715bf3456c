import type { AnyCheck, Evidence } from '../../src/model/check.ts';
import type { Protocol } from '../../src/model/config.ts';
import type { Greeting, Speaks } from '../../src/model/contact-facts.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { doors, servicesOf } from '../../src/model/mailbox.ts';
import { contactWorks, mailPort } from '../mail/port.check.ts';
import { mailTls } from '../mail/tls.check.ts';
import { closedService } from '../net/contacts.ts';

/** Who answers in place of the asked service. */
export interface Stranger {
  readonly check: AnyCheck;
  readonly speaks: Speaks;
  readonly line: string;
}

const inGreeting = (greeting: Greeting | undefined, asked: Protocol): Omit<Stranger, 'check'> | undefined => {
  // More than 64 KiB without an end of line: no mail protocol starts so (RFC 5321 4.5.3.1.5, RFC 9051 2.2).
  if (greeting?.kind === 'flood') return { speaks: 'unknown', line: '' };
  if (greeting?.kind !== 'greeted' || greeting.speaks === asked) return undefined;
  return { speaks: greeting.speaks, line: greeting.lines[0] ?? '' };
};

/** Another protocol than the asked one, in clear or inside TLS. */
export const strangerAt = (evidence: Evidence, { protocol }: Service): Stranger | undefined => {
  const port = mailPort[protocol];
  const contacts = evidence.bad(port)?.contacts ?? [];
  if (!contacts.some((contact) => contactWorks(protocol, contact))) {
    for (const { greeting } of contacts) {
      const other = inGreeting(greeting, protocol);
      if (other) return { check: port, ...other };
    }
  }
  const tls = mailTls[protocol];
  const fact = evidence.bad(tls);
  if (fact?.handshake?.kind === 'plain' && fact.handshake.speaks !== protocol) {
    return { check: tls, speaks: fact.handshake.speaks, line: fact.handshake.line };
  }
  const inside = inGreeting(fact?.greeting, protocol);
  return inside && { check: tls, ...inside };
};

/** The port waits for a ClientHello although the configuration starts in clear. */
export const awaitsTls = (evidence: Evidence, { protocol, security }: Service): boolean =>
  security !== 'tls' &&
  (evidence.bad(mailPort[protocol])?.contacts ?? []).some(
    ({ greeting }) => greeting?.kind === 'silent' && greeting.tls,
  );

const isDoorOf = (protocol: Protocol, port: number): boolean => doors[protocol].some((door) => door.port === port);

/** The other wanted service whose host and port were typed here, as far as what was seen shows it. */
export const typedFor = (evidence: Evidence, subject: Subject, service: Service): Service | undefined => {
  const others = servicesOf(subject).filter(({ protocol }) => protocol !== service.protocol);
  const stranger = strangerAt(evidence, service);
  const speaking = others.find(({ protocol }) => protocol === stranger?.speaks);
  if (speaking) return speaking;
  if (isDoorOf(service.protocol, service.port)) return undefined;
  const waits = awaitsTls(evidence, service);
  if (!stranger && !waits && !closedService(evidence, subject, service)) return undefined;
  return others.find(
    ({ protocol, host, port }) =>
      (host === service.host && port === service.port) || (waits && isDoorOf(protocol, service.port)),
  );
};

/** What a stranger is called; for 'unknown' there is nothing better than "another program". */
export const speaksName: Readonly<Record<Speaks, { readonly en: string; readonly ja: string }>> = {
  smtp: { en: 'an SMTP server', ja: 'SMTP サーバー' },
  imap: { en: 'an IMAP server', ja: 'IMAP サーバー' },
  pop3: { en: 'a POP3 server', ja: 'POP3 サーバー' },
  lmtp: { en: 'an LMTP server (mail delivery inside a server)', ja: 'LMTP サーバー（サーバー内部の配送用）' },
  http: { en: 'a web server', ja: 'Web サーバー' },
  ssh: { en: 'an SSH server', ja: 'SSH サーバー' },
  ftp: { en: 'an FTP server', ja: 'FTP サーバー' },
  unknown: { en: 'another program', ja: '別のプログラム' },
};
