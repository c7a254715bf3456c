import type { Evidence } from '../../src/model/check.ts';
import type { Change, Mechanism, Protocol } from '../../src/model/config.ts';
import type { LoginFact } from '../../src/model/login-facts.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { servicesOf } from '../../src/model/mailbox.ts';
import { mailTls } from '../mail/tls.check.ts';
import { loginFact } from './refusals.ts';

/** What a server lets a client choose from, with a password or a token; one state of this is one cause. */
export type OfferKind = 'usable' | 'not-the-chosen' | 'after-tls' | 'oauth-only' | 'unusable' | 'no-oauth' | 'none';

/** A service whose login was not even tried for want of a way to log in. */
export interface NoWayIn {
  readonly service: Service;
  readonly fact: LoginFact;
  readonly kind: OfferKind;
  readonly startTlsOffered: boolean;
  /** The words of the server that show it. */
  readonly shows: string;
}

// What CRMs can do with a password; USER and APOP are POP3's own commands. DIGEST-MD5 is historic (RFC 6331).
const password = /^(?:PLAIN|LOGIN|CRAM-MD5|USER|APOP)$/;
const oauth = /^(?:XOAUTH2|OAUTHBEARER)$/;

const word = (lines: readonly string[], pattern: RegExp): boolean => lines.some((line) => pattern.test(line));

const offerKind = (service: Service, { offered, withheld }: LoginFact, before: readonly string[]): OfferKind => {
  const mechanisms = offered.map((one) => one.toUpperCase());
  const clear = service.security === 'none';
  // RFC 3501 section 7.2.1: LOGINDISABLED says that a login has to wait for TLS.
  if (clear && word(before, /\bLOGINDISABLED\b/i)) return 'after-tls';
  if (clear && mechanisms.length === 0 && word(before, /\b(?:STARTTLS|STLS)\b/i)) return 'after-tls';
  if (mechanisms.length === 0) return 'none';
  if (service.oauth) return mechanisms.some((one) => oauth.test(one)) ? 'usable' : 'no-oauth';
  if (mechanisms.some((one) => password.test(one)))
    return withheld === 'mechanism-not-offered' ? 'not-the-chosen' : 'usable';
  return mechanisms.every((one) => oauth.test(one)) ? 'oauth-only' : 'unusable';
};

/** Every service that a login is configured for and whose offer leaves no way to make it. */
export const noWaysIn = (evidence: Evidence, subject: Subject): readonly NoWayIn[] =>
  servicesOf(subject).flatMap((service) => {
    const fact = loginFact(evidence, service.protocol);
    if (!fact || fact.login || fact.before) return [];
    if (fact.withheld !== 'no-safe-mechanism' && fact.withheld !== 'mechanism-not-offered') return [];
    const before = evidence.fact(mailTls[service.protocol])?.before ?? [];
    const kind = offerKind(service, fact, before);
    return [
      {
        service,
        fact,
        kind,
        startTlsOffered: word(before, /\b(?:STARTTLS|STLS)\b/i),
        shows: kind === 'after-tls' ? before.join(' ') : fact.offered.join(kind === 'not-the-chosen' ? ', ' : ' '),
      },
    ];
  });

const inOrder: Readonly<Record<Protocol, readonly Mechanism[]>> = {
  smtp: ['plain', 'login', 'cram-md5'],
  imap: ['plain', 'login', 'cram-md5'],
  pop3: ['user', 'plain', 'login', 'cram-md5'],
};

/** Changes to each of the other mechanisms that the server offers, the likeliest first. */
export const throughOtherMechanisms = (
  service: Service,
  subject: Subject,
  { offered, mechanism: used }: Pick<LoginFact, 'offered' | 'mechanism'>,
): readonly Change[] => {
  const { protocol, path, mechanism: configured, password: proven, security } = service;
  if (!proven) return [];
  // All but CRAM-MD5 hand the password over as it is: never where the CRM does not know whom it talks to.
  const guarded = security !== 'none' && subject.config.verify !== false;
  return inOrder[protocol]
    .filter((one) => one !== configured && one.toUpperCase() !== used?.toUpperCase())
    .filter((one) => offered.includes(one.toUpperCase()) && (guarded || one === 'cram-md5'))
    .map((to) => ({ path: `${path}.mechanism`, from: configured ?? null, to }));
};
