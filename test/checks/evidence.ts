import { expect } from '@jest/globals';
import type { ConfigFact } from '../../checks/mail/config.check.ts';
import { mailConfig, serviceConfig } from '../../checks/mail/config.check.ts';
import { domainDns, hostDns } from '../../checks/mail/dns.check.ts';
import { imapAuth } from '../../checks/mail/imap-auth.check.ts';
import { pop3Auth } from '../../checks/mail/pop3-auth.check.ts';
import { mailPort } from '../../checks/mail/port.check.ts';
import { mailRoundTrip } from '../../checks/mail/round-trip.check.ts';
import { smtpAuth } from '../../checks/mail/smtp-auth.check.ts';
import { mailTls } from '../../checks/mail/tls.check.ts';
import type { AnyCause, Finding } from '../../src/model/cause.ts';
import type { AnyCheck, Evidence } from '../../src/model/check.ts';
import { evidenceOf, keyOf } from '../../src/model/check.ts';
import type { Change, MailConfig, Protocol, Runtime } from '../../src/model/config.ts';
import { protocols } from '../../src/model/config.ts';
import type { AddressContact, ConnectResult, Greeting, PortFact, Speaks } from '../../src/model/contact-facts.ts';
import type { DnsRecord, DnsReply, DomainDnsFact, HostAddress, HostDnsFact } from '../../src/model/dns-facts.ts';
import type { ImapLoginFact, Pop3LoginFact, SmtpLoginFact, Step } from '../../src/model/login-facts.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { subjectOf } from '../../src/model/mailbox.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import type { Certificate, Handshake, TlsFact } from '../../src/model/tls-facts.ts';
import type { RoundTripFact } from '../../src/model/trip-facts.ts';
import { replyOf } from '../../src/reason/reply-lines.ts';
import { checkSentence, checkText } from './sound-text.ts';

export const at = '2026-11-24T00:00:00.000Z';
export const address = '198.51.100.10';
export const domain = 'aozora.test';

/** A mailbox with SMTP and IMAP on one host, healthy unless it is said otherwise. */
export const mailbox = (over: Partial<MailConfig> = {}): Subject =>
  subjectOf(
    {
      address: `sales@${domain}`,
      password: { secret: 'mail.password' },
      smtp: { host: `mail.${domain}`, port: 587, security: 'starttls' },
      imap: { host: `mail.${domain}`, port: 993, security: 'tls' },
      ...over,
    },
    false,
  );

export const onlyImap = (over: Partial<NonNullable<MailConfig['imap']>> = {}, as?: Runtime): Subject => {
  const { smtp: _smtp, ...config } = mailbox({
    imap: { host: `mail.${domain}`, port: 993, security: 'tls', ...over },
    ...(as ? { as } : {}),
  }).config;
  return subjectOf(config, false);
};

export const record = (type: DnsRecord['type'], name: string, data: string): DnsRecord => ({
  type,
  name,
  ttl: 300,
  data,
});

export const answered = (
  rcode: string,
  records: readonly DnsRecord[] = [],
  cnames: readonly string[] = [],
): DnsReply => ({
  kind: 'answered',
  rcode,
  records,
  cnames,
  authenticated: false,
  server: '192.0.2.53',
  ms: 2,
});

export const unanswered: DnsReply = { kind: 'silent', servers: ['192.0.2.53'], ms: 5000 };

export const found = (...addresses: readonly HostAddress[]): HostDnsFact['system'] => ({
  kind: 'found',
  addresses,
  ms: 1,
});
export const notFound: HostDnsFact['system'] = { kind: 'failed', code: 'ENOTFOUND', ms: 1 };

export const ipv4 = (value = address): HostAddress => ({ address: value, family: 4 });
export const ipv6 = (value = '2001:db8::10'): HostAddress => ({ address: value, family: 6 });

export const resolves = (host: string, ...addresses: readonly HostAddress[]): HostDnsFact => {
  const all = addresses.length > 0 ? addresses : [ipv4()];
  return {
    host,
    literal: false,
    system: found(...all),
    a: answered(
      'NOERROR',
      all.filter(({ family }) => family === 4).map((one) => record('A', host, one.address)),
    ),
    aaaa: answered(
      'NOERROR',
      all.filter(({ family }) => family === 6).map((one) => record('AAAA', host, one.address)),
    ),
    published: all,
  };
};

export const fails = (host: string, a: DnsReply, more: Partial<HostDnsFact> = {}): HostDnsFact => ({
  host,
  literal: false,
  system: notFound,
  a,
  aaaa: a,
  published: [],
  ...more,
});

const lines: Readonly<Record<Speaks, string>> = {
  smtp: '220 mail.aozora.test ESMTP',
  imap: '* OK ready',
  pop3: '+OK ready',
  lmtp: '220 mail LMTP',
  http: 'HTTP/1.1 400 Bad Request',
  ssh: 'SSH-2.0-OpenSSH_9.2p1',
  ftp: '220 FTP ready',
  unknown: 'hello',
};

export const greeted = (speaks: Speaks, ms = 5, line = lines[speaks]): Greeting => ({
  kind: 'greeted',
  speaks,
  lines: [line],
  ms,
});

export const open: ConnectResult = { kind: 'open', ms: 3 };
export const refused: ConnectResult = { kind: 'refused', ms: 1 };
export const silent: ConnectResult = { kind: 'silent', ms: 5000 };
export const unreachable = (code: string): ConnectResult => ({ kind: 'unreachable', code, ms: 1 });

export const contact = (connect: ConnectResult, greeting?: Greeting, to: HostAddress = ipv4()): AddressContact => ({
  ...to,
  connect,
  ...(greeting ? { greeting } : {}),
});

export const port = (contacts: readonly AddressContact[], more: Partial<PortFact> = {}): PortFact => ({
  lookup: { kind: 'found', addresses: contacts.map((one) => ({ address: one.address, family: one.family })), ms: 1 },
  contacts,
  siblings: [],
  others25: [],
  ...more,
});

export const sibling = (number: number, connect: ConnectResult, to = address) => ({
  port: number,
  address: to,
  connect,
});

export const certificate = (over: Partial<Certificate> = {}): Certificate => ({
  subject: `CN=mail.${domain}`,
  issuer: 'C=JP, O=Lab Trust Services, CN=Lab Root CA',
  names: [`mail.${domain}`],
  notBefore: '2026-08-01T00:00:00.000Z',
  notAfter: '2027-08-01T00:00:00.000Z',
  key: { type: 'ec', bits: 256 },
  signature: 'ecdsa-with-SHA256',
  selfSigned: false,
  fingerprint: 'aa11',
  serial: '01',
  forServers: true,
  authority: false,
  issuerUrls: [],
  ...over,
});

export type Done = Extract<Handshake, { kind: 'done' }>;

export const done = (over: Partial<Done> = {}, ...chain: readonly Certificate[]): Done => ({
  kind: 'done',
  version: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  cipherIsCommon: true,
  chain: chain.length > 0 ? chain : [certificate()],
  trust: { ok: true },
  nameMatches: true,
  clientCertificateAsked: false,
  ms: 20,
  ...over,
});

export const untrusted = (code: string): Done['trust'] => ({
  ok: false,
  code,
  says: code.toLowerCase().replaceAll('_', ' '),
});

export const failedHandshake = (over: Partial<Extract<Handshake, { kind: 'failed' }>> = {}): Handshake => ({
  kind: 'failed',
  code: 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
  says: 'ssl/tls alert handshake failure',
  sawServerHello: false,
  clientCertificateAsked: false,
  ms: 9,
  ...over,
});

const capabilities: Readonly<Record<Protocol, readonly string[]>> = {
  smtp: ['PIPELINING', 'STARTTLS', '8BITMIME'],
  imap: ['IMAP4REV1', 'STARTTLS'],
  pop3: ['UIDL', 'STLS'],
};

/** What a healthy look at a service shows, in its mode; what is said differs. */
export const tls = (subject: Subject, protocol: Protocol, over: Partial<TlsFact> = {}): TlsFact => {
  const mode = subject.services[protocol]?.security ?? 'tls';
  const base = { at, address, mode, inside: [], otherNames: [] };
  if (mode === 'tls') return { ...base, before: [], handshake: done(), greeting: greeted(protocol), ...over };
  const stopped = over.hello !== undefined || (over.startTls !== undefined && over.startTls.kind !== 'agreed');
  if (mode === 'none' || stopped) return { ...base, before: capabilities[protocol], ...over };
  return { ...base, before: capabilities[protocol], startTls: { kind: 'agreed' }, handshake: done(), ...over };
};

/** A refused or accepted step from the server's line. */
const reply = (line: string) =>
  replyOf([/^(?:NO|BAD|OK)\b/.test(line) ? `* ${line}` : line]) ?? { code: '', text: line };
export const refusal = (line: string): Step => ({ kind: 'refused', reply: reply(line), ms: 3 });
export const accepted = (line = '250 2.0.0 Ok'): Step => ({ kind: 'accepted', reply: reply(line), ms: 3 });
export const broken = (how: 'closed' | 'reset' | 'silent' | 'garbled', says: string = how): Step => ({
  kind: 'broken',
  how,
  says,
  ms: 3,
});

const login = (subject: Subject, protocol: Protocol) => ({
  username: subject.services[protocol]?.username ?? '',
  mechanism: 'PLAIN',
  offered: ['PLAIN'],
  login: accepted('235 2.7.0 ok'),
  dialogue: [],
});

/** What differs from a healthy mailbox. */
export interface Ill {
  readonly account?: Partial<ConfigFact>;
  readonly service?: Partial<Record<Protocol, Partial<ConfigFact>>>;
  readonly dns?: Partial<Record<Protocol, HostDnsFact>>;
  readonly domain?: Partial<DomainDnsFact>;
  readonly port?: Partial<Record<Protocol, PortFact>>;
  readonly tls?: Partial<Record<Protocol, Partial<TlsFact>>>;
  readonly smtp?: Partial<SmtpLoginFact>;
  readonly imap?: Partial<ImapLoginFact>;
  readonly pop3?: Partial<Pop3LoginFact>;
  /** A round trip, which is made only where it is asked for. */
  readonly trip?: Partial<RoundTripFact>;
}

const shape = { empty: false, placeholder: false, outerBlanks: false, nonAscii: false, controlCharacters: false };
export const password = (over: Partial<typeof shape>, path = 'mail.password'): Partial<ConfigFact> => ({
  password: { path, shape: { ...shape, ...over } },
});

const sentAndLost: RoundTripFact = {
  messageId: '<trip@crm.aozora.test>',
  sent: accepted('250 2.0.0 Ok: queued as 4X1'),
  bytes: 900,
  through: 'imap',
  waitedMs: 60_000,
  removed: false,
  sameMailbox: true,
};

const factsOf = (subject: Subject, ill: Ill): readonly (readonly [AnyCheck, unknown])[] => {
  const config: ConfigFact = { values: [], problems: [], placeholders: [] };
  const mx: DomainDnsFact = {
    domain,
    relevant: true,
    mx: answered('NOERROR', [record('MX', domain, `mail.${domain}`)]),
    targets: [{ host: `mail.${domain}`, priority: 10, kind: 'ok', addresses: [address] }],
    candidates: { smtp: [], imap: [], pop3: [] },
    ...ill.domain,
  };
  const perService = protocols.flatMap((protocol): (readonly [AnyCheck, unknown])[] => {
    const service = subject.services[protocol];
    if (!service) return [];
    const greeting = service.security === 'tls' ? undefined : greeted(protocol);
    return [
      [serviceConfig[protocol], { ...config, ...ill.service?.[protocol] }],
      [hostDns[protocol], ill.dns?.[protocol] ?? resolves(service.host)],
      [mailPort[protocol], ill.port?.[protocol] ?? port([contact(open, greeting)])],
      [mailTls[protocol], tls(subject, protocol, ill.tls?.[protocol])],
    ];
  });
  const { smtp, imap, pop3 } = subject.services;
  const smtpFact: SmtpLoginFact = {
    ...login(subject, 'smtp'),
    ehlo: 'crm.aozora.test',
    sender: subject.from,
    recipient: subject.address,
    mail: accepted(),
    rcpt: accepted(),
    ...ill.smtp,
  };
  const imapFact: ImapLoginFact = {
    ...login(subject, 'imap'),
    folder: 'INBOX',
    select: accepted('OK done'),
    messages: 1,
    ...ill.imap,
  };
  const pop3Fact: Pop3LoginFact = { ...login(subject, 'pop3'), stat: accepted('+OK 1 2'), uidl: 'yes', ...ill.pop3 };
  return [
    [mailConfig, { ...config, ...ill.account }],
    ...perService,
    [domainDns, mx],
    ...(smtp ? [[smtpAuth, smtpFact] as const] : []),
    ...(imap ? [[imapAuth, imapFact] as const] : []),
    ...(pop3 ? [[pop3Auth, pop3Fact] as const] : []),
    ...(ill.trip ? [[mailRoundTrip, { ...sentAndLost, ...ill.trip }] as const] : []),
  ];
};

/**
 * Evidence of facts, judged by the checks themselves in the order given; a check whose need is bad is blocked, as in a
 * run. Of two checks with one key the first counts.
 */
export const evidenceFrom = (facts: readonly (readonly [AnyCheck, unknown])[], subject: Subject): Evidence => {
  const outcomes = new Map<string, Outcome<unknown>>();
  for (const [check, fact] of facts) {
    const key = keyOf(check, subject);
    if (outcomes.has(key)) continue;
    const by = check.needs
      .filter((need) => need.present(subject))
      .map((need) => keyOf(need, subject))
      .filter((need) => {
        const outcome = outcomes.get(need);
        return outcome?.kind === 'blocked' || (outcome?.kind === 'observed' && outcome.verdict.grade === 'fail');
      });
    outcomes.set(
      key,
      by.length > 0 ? { kind: 'blocked', by } : { kind: 'observed', fact, verdict: check.judge(fact, subject) },
    );
  }
  return evidenceOf(outcomes, subject);
};

/** A healthy mailbox with what is ill in it. */
export const evidenceWith = (subject: Subject, ill: Ill = {}): Evidence => evidenceFrom(factsOf(subject, ill), subject);

/** Whatever a cause says of a finding is fit to print, in both languages. */
export const expectSound = (cause: AnyCause, { detail, ...finding }: Finding<unknown>, subject: Subject): void => {
  for (const text of [cause.title, cause.about]) checkSentence(text);
  expect(finding.confidence).toBeGreaterThan(0);
  expect(finding.confidence).toBeLessThan(1);
  expect(finding.affects.length).toBeGreaterThan(0);
  expect(new Set(finding.affects).size).toBe(finding.affects.length);
  expect(finding.evidence.length).toBeGreaterThan(0);
  expect(JSON.parse(JSON.stringify(detail))).toEqual(detail);
  for (const { check, says } of [...finding.evidence, ...(finding.ruledOut ?? [])]) {
    expect(check.present(subject)).toBe(true);
    checkText(says);
  }
  const candidates = cause.candidates(detail, subject);
  const changes: readonly (readonly Change[])[] = cause.claim === 'on-proof' ? candidates : [[], ...candidates];
  for (const change of changes) {
    for (const { path, to } of change) {
      expect(path.startsWith(`${subject.path}.`)).toBe(true);
      if (path.endsWith('.security')) expect(to).not.toBe('none');
    }
    for (const text of [cause.because(detail, change), ...cause.steps(detail, change)]) checkSentence(text);
    expect(cause.steps(detail, change).length).toBeGreaterThan(1);
  }
  expect(cause.owner(detail)).toBeTruthy();
};
