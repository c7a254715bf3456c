import { expect } from '@jest/globals';
import { mailConfig } from '../../checks/mail/config.check.ts';
import { imapAuth } from '../../checks/mail/imap-auth.check.ts';
import { pop3Auth } from '../../checks/mail/pop3-auth.check.ts';
import { mailPort } from '../../checks/mail/port.check.ts';
import { mailQuota } from '../../checks/mail/quota.check.ts';
import { mailRoundTrip } from '../../checks/mail/round-trip.check.ts';
import { senderPolicy } from '../../checks/mail/sender-policy.check.ts';
import { smtpAuth } from '../../checks/mail/smtp-auth.check.ts';
import { mailTls } from '../../checks/mail/tls.check.ts';
import type { AnyCause, Cause, Finding } from '../../src/model/cause.ts';
import type { AnyCheck, Evidence } from '../../src/model/check.ts';
import { evidenceOf, keyOf } from '../../src/model/check.ts';
import type { Change, MailConfig, Protocol } from '../../src/model/config.ts';
import type { PortFact } from '../../src/model/contact-facts.ts';
import type {
  ImapLoginFact,
  Pop3LoginFact,
  QuotaFact,
  Reply,
  SmtpLoginFact,
  Step,
} from '../../src/model/login-facts.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { subjectOf } from '../../src/model/mailbox.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import type { SenderPolicyFact } from '../../src/model/policy-facts.ts';
import type { Text } from '../../src/model/text.ts';
import type { TlsFact } from '../../src/model/tls-facts.ts';
import type { RoundTripFact } from '../../src/model/trip-facts.ts';
import { replyOf } from '../../src/reason/reply-lines.ts';
import { checkSentence, checkText } from './sound-text.ts';

/** A reply from its line: `535 5.7.8 no`, `NO [TAG] no`, `-ERR [TAG] no`. */
export const replyFrom = (line: string): Reply =>
  replyOf([/^(?:NO|BAD|BYE|OK)\b/.test(line) ? `* ${line}` : line]) ?? { code: '', text: line };

export const accepted = (line = '250 2.0.0 Ok'): Step => ({ kind: 'accepted', reply: replyFrom(line), ms: 3 });
export const refused = (line: string): Step => ({ kind: 'refused', reply: replyFrom(line), ms: 3 });

const password = { secret: 'mail.password' };

/** The mailbox of every case: all three services, one login. */
export const subjectWith = (overrides: Partial<MailConfig> = {}): Subject =>
  subjectOf(
    {
      address: 'sales@example.co.jp',
      password,
      smtp: { host: 'smtp.example.co.jp', port: 587, security: 'starttls' },
      imap: { host: 'imap.example.co.jp', port: 993, security: 'tls' },
      pop3: { host: 'pop.example.co.jp', port: 995, security: 'tls' },
      roundTrip: { enabled: true, timeoutMs: 60_000 },
      ...overrides,
    },
    false,
  );

/** What is ill; everything else is healthy. */
export interface Ill {
  readonly port?: Partial<Record<Protocol, Partial<PortFact>>>;
  readonly tls?: Partial<Record<Protocol, Partial<TlsFact>>>;
  readonly smtp?: Partial<SmtpLoginFact>;
  readonly imap?: Partial<ImapLoginFact>;
  readonly pop3?: Partial<Pop3LoginFact>;
  readonly quota?: Partial<QuotaFact>;
  readonly roundTrip?: Partial<RoundTripFact>;
  /** What the DNS says of the sender's domain; absent: that was not looked at. */
  readonly policy?: SenderPolicyFact;
  readonly passwordShape?: Partial<{ empty: boolean; outerBlanks: boolean; nonAscii: boolean; placeholder: boolean }>;
}

const lookup: PortFact['lookup'] = { kind: 'found', addresses: [{ address: '192.0.2.10', family: 4 }], ms: 2 };

const greetings: Readonly<Record<Protocol, string>> = {
  smtp: '220 smtp.example.co.jp ESMTP',
  imap: '* OK ready',
  pop3: '+OK ready',
};

/** One address that greets with this line. */
export const greets = (protocol: Protocol, line = greetings[protocol]): Partial<PortFact> => ({
  contacts: [
    {
      address: '192.0.2.10',
      family: 4,
      connect: { kind: 'open', ms: 4 },
      greeting: { kind: 'greeted', speaks: protocol, lines: [line], ms: 5 },
    },
  ],
});

const without = <Fact>(fact: Fact, keys: readonly (keyof Fact)[] | undefined): Fact => {
  const copy = { ...fact };
  for (const key of keys ?? []) delete copy[key];
  return copy;
};

const undefinedKeys = <Fact extends object>(fact: Fact): readonly (keyof Fact)[] =>
  (Object.keys(fact) as (keyof Fact)[]).filter((key) => fact[key] === undefined);

const made = <Fact extends object>(healthy: Fact, ill: Partial<Fact> = {}): Fact =>
  without({ ...healthy, ...ill }, undefinedKeys(ill) as readonly (keyof Fact)[]);

const facts = (subject: Subject, ill: Ill): readonly (readonly [AnyCheck, unknown])[] => {
  const { smtp, imap, pop3 } = subject.services;
  const ports = (['smtp', 'imap', 'pop3'] as const).flatMap((protocol) => {
    const service = subject.services[protocol];
    if (!service) return [];
    const open: PortFact = { lookup, contacts: [], siblings: [], others25: [], ...greets(protocol) };
    const tls: TlsFact = {
      at: '2026-11-24T00:00:00Z',
      address: '192.0.2.10',
      mode: service.security,
      before: [],
      inside: [],
      otherNames: [],
    };
    return [
      [mailPort[protocol], made(open, ill.port?.[protocol])],
      [mailTls[protocol], made(tls, ill.tls?.[protocol])],
    ] as const;
  });
  const logged = {
    username: subject.config.username ?? subject.address,
    mechanism: 'PLAIN',
    offered: ['PLAIN', 'LOGIN'],
    dialogue: [],
  };
  return [
    [
      mailConfig,
      {
        values: [],
        problems: [],
        placeholders: [],
        password: {
          path: 'mail.password',
          shape: {
            empty: false,
            placeholder: false,
            outerBlanks: false,
            nonAscii: false,
            controlCharacters: false,
            ...ill.passwordShape,
          },
        },
      },
    ],
    ...ports,
    ...(ill.policy ? [[senderPolicy, ill.policy] as const] : []),
    ...(smtp
      ? [
          [
            smtpAuth,
            made<SmtpLoginFact>(
              {
                ...logged,
                username: smtp.username,
                login: accepted('235 2.7.0 Authentication successful'),
                ehlo: 'crm.example.co.jp',
                size: 20_000_000,
                sender: subject.from,
                recipient: subject.address,
                mail: accepted(),
                rcpt: accepted(),
              },
              ill.smtp,
            ),
          ] as const,
        ]
      : []),
    ...(imap
      ? [
          [
            imapAuth,
            made<ImapLoginFact>(
              {
                ...logged,
                username: imap.username,
                login: accepted('OK Logged in'),
                select: accepted('OK [READ-WRITE] done'),
                folder: imap.folder,
                messages: 3,
              },
              ill.imap,
            ),
          ] as const,
          [
            mailQuota,
            made<QuotaFact>(
              { folder: imap.folder, supported: true, storage: { used: 100_000_000, limit: 1_073_741_824 } },
              ill.quota,
            ),
          ] as const,
        ]
      : []),
    ...(pop3
      ? [
          [
            pop3Auth,
            made<Pop3LoginFact>(
              {
                ...logged,
                username: pop3.username,
                login: accepted('+OK Logged in'),
                stat: accepted('+OK 3 900'),
                messages: 3,
                uidl: 'yes',
              },
              ill.pop3,
            ),
          ] as const,
        ]
      : []),
    [
      mailRoundTrip,
      made<RoundTripFact>(
        {
          messageId: '<probe@crm.example.co.jp>',
          sent: accepted('250 2.0.0 Ok: queued as 4XyZ'),
          bytes: 1_200,
          through: imap ? 'imap' : 'pop3',
          found: {
            folder: 'INBOX',
            role: 'inbox',
            afterMs: 1_500,
            hops: [],
            subjectIntact: true,
            bodyIntact: true,
            messageIdKept: true,
          },
          waitedMs: 1_500,
          removed: true,
          sameMailbox: true,
        },
        ill.roundTrip,
      ),
    ],
  ];
};

/** Everything healthy but what is named, judged by the checks themselves; a check whose need is bad is blocked. */
export const evidenceWith = (subject: Subject, ill: Ill = {}): Evidence => {
  const outcomes = new Map<string, Outcome<unknown>>();
  for (const [check, fact] of facts(subject, ill)) {
    if (!check.present(subject)) continue;
    const by = check.needs
      .filter((need) => need.present(subject))
      .map((need) => keyOf(need, subject))
      .filter((key) => {
        const outcome = outcomes.get(key);
        return outcome?.kind === 'blocked' || (outcome?.kind === 'observed' && outcome.verdict.grade === 'fail');
      });
    outcomes.set(
      keyOf(check, subject),
      by.length > 0 ? { kind: 'blocked', by } : { kind: 'observed', fact, verdict: check.judge(fact, subject) },
    );
  }
  return evidenceOf(outcomes, subject);
};

export interface Reading {
  readonly finding: Finding<unknown>;
  readonly because: Text;
  readonly steps: readonly Text[];
  readonly candidates: readonly (readonly Change[])[];
}

/** What a cause finds, with its texts as a report would hold them. */
export const readings = (cause: AnyCause, subject: Subject, evidence: Evidence): readonly Reading[] =>
  cause.explain(evidence, subject).map((finding) => {
    const candidates = cause.candidates(finding.detail, subject);
    return {
      finding,
      because: cause.because(finding.detail, []),
      steps: cause.steps(finding.detail, candidates[0] ?? []),
      candidates,
    };
  });

/** Texts in both languages, targets of this subject, evidence by checks that are there. */
export const expectSound = (
  cause: Cause<never> | AnyCause,
  subject: Subject,
  evidence: Evidence,
): readonly Reading[] => {
  const known = cause as AnyCause;
  const found = readings(known, subject, evidence);
  for (const { finding, because, steps, candidates } of found) {
    expect(finding.confidence).toBeGreaterThan(0);
    expect(finding.confidence).toBeLessThan(1);
    expect(finding.affects.length).toBeGreaterThan(0);
    expect(new Set(finding.affects).size).toBe(finding.affects.length);
    expect(finding.evidence.length).toBeGreaterThan(0);
    for (const { check, says } of [...finding.evidence, ...(finding.ruledOut ?? [])]) {
      expect(check.present(subject)).toBe(true);
      checkText(says);
    }
    expect(JSON.parse(JSON.stringify(finding.detail))).toEqual(finding.detail);
    checkSentence(because);
    for (const change of [[], ...candidates]) {
      checkSentence(known.because(finding.detail, change));
      for (const step of known.steps(finding.detail, change)) checkSentence(step);
    }
    expect(steps.length).toBeGreaterThan(0);
    for (const change of candidates) {
      for (const { path, to } of change) {
        expect(path.startsWith('mail.')).toBe(true);
        if (path.endsWith('.security')) expect(to).not.toBe('none');
      }
    }
  }
  return found;
};
