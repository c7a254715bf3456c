import { describe, expect, test } from '@jest/globals';
import { serverSkewed } from '../../../checks/clock/server-skewed.cause.ts';
import { skewed } from '../../../checks/clock/skewed.cause.ts';
import { timezoneWrong } from '../../../checks/clock/timezone-wrong.cause.ts';
import { mailClock } from '../../../checks/mail/clock.check.ts';
import { mailPort } from '../../../checks/mail/port.check.ts';
import { mailRoundTrip } from '../../../checks/mail/round-trip.check.ts';
import { mailTls } from '../../../checks/mail/tls.check.ts';
import { certificateExpired } from '../../../checks/tls/certificate-expired.cause.ts';
import { certificateNotYetValid } from '../../../checks/tls/certificate-not-yet-valid.cause.ts';
import { withoutSymptoms } from '../../../src/diagnose/findings.ts';
import type { AnyCause } from '../../../src/model/cause.ts';
import type { AnyCheck } from '../../../src/model/check.ts';
import { evidenceOf, keyOf } from '../../../src/model/check.ts';
import type { ClockFact } from '../../../src/model/clock-facts.ts';
import type { Greeting } from '../../../src/model/contact-facts.ts';
import type { Outcome } from '../../../src/model/outcome.ts';
import type { Certificate } from '../../../src/model/tls-facts.ts';
import type { RoundTripFact } from '../../../src/model/trip-facts.ts';
import { plan } from '../../../src/plan/plan.ts';
import { run } from '../../../src/run/run.ts';
import { options } from '../../engine.ts';
import { accepted, certificate, contact, done, greeted, mailbox, open, port, tls } from '../evidence.ts';

const now = new Date('2026-11-25T09:00:30Z');
const start = '2026-11-25T09:00:00.000Z';

const subject = mailbox({
  smtp: { host: 'smtp.aozora.test', port: 587, security: 'starttls' },
  imap: { host: 'imap.kaede.test', port: 993, security: 'tls' },
});

const minutes = (value: number): number => value * 60_000;

/** RFC 5322 date this far from the start. */
const stamp = (ms: number): string => new Date(Date.parse(start) + ms).toUTCString().replace('GMT', '+0000');

const says = (protocol: 'smtp' | 'imap', ms: number | undefined): Greeting =>
  greeted(
    protocol,
    5,
    protocol === 'smtp'
      ? `220 smtp.aozora.test ESMTP Exim 4.99${ms === undefined ? '' : ` ${stamp(ms)}`}`
      : `* OK imap.kaede.test IMAP4rev1 2007e.404 at ${ms === undefined ? '' : stamp(ms)}`,
  );

interface Heard {
  readonly smtp?: number;
  readonly imap?: number;
  readonly hops?: readonly (readonly [string, number])[];
  readonly smtpCertificate?: Partial<Certificate>;
  readonly imapCertificate?: Partial<Certificate>;
  readonly future?: true;
}

const trip = ({ hops, future }: Heard): RoundTripFact => ({
  messageId: '<1@crm>',
  sent: accepted(),
  bytes: 900,
  through: 'imap',
  sentAt: start,
  found: {
    folder: 'INBOX',
    role: 'inbox',
    afterMs: 1_000,
    hops: (hops ?? []).map(([by, ms]) => ({ by, at: new Date(Date.parse(start) + ms).toISOString() })),
    subjectIntact: true,
    bodyIntact: true,
    messageIdKept: true,
    ...(future ? { dkim: [{ domain: 'aozora.test', selector: 's', result: 'fail', why: 'from-the-future' }] } : {}),
  },
  waitedMs: 1_000,
  removed: true,
  sameMailbox: true,
});

/** The evidence of a run in which this was heard, with the clock's fact derived as the engine does. */
const evidenceFor = (heard: Heard) => {
  const outcomes = new Map<string, Outcome<unknown>>();
  const add = <Fact>(check: AnyCheck, fact: Fact): void => {
    outcomes.set(keyOf(check, subject), { kind: 'observed', fact, verdict: check.judge(fact, subject) });
  };
  for (const protocol of ['smtp', 'imap'] as const) {
    const talk = says(protocol, heard[protocol]);
    const over = heard[`${protocol}Certificate`];
    add(mailPort[protocol], port([contact(open, talk)]));
    add(
      mailTls[protocol],
      tls(subject, protocol, {
        address: protocol === 'smtp' ? '198.51.100.10' : '203.0.113.20',
        at: start,
        greeting: talk,
        ...(over ? { handshake: done({}, certificate({ fingerprint: protocol, ...over })) } : {}),
      }),
    );
  }
  if (heard.hops || heard.future) add(mailRoundTrip, trip(heard));
  const fact = mailClock.derive?.(evidenceOf(outcomes, subject), subject, now);
  add(mailClock, fact);
  return { fact: fact as ClockFact, evidence: evidenceOf(outcomes, subject) };
};

const causes: readonly AnyCause[] = [skewed, serverSkewed, timezoneWrong, certificateExpired, certificateNotYetValid];

const named = (heard: Heard): readonly string[] => {
  const { evidence } = evidenceFor(heard);
  const found = causes.flatMap((cause) => cause.explain(evidence, subject).map((finding) => ({ cause, finding })));
  for (const { cause, finding } of found) {
    for (const text of [cause.because(finding.detail, []), ...cause.steps(finding.detail, [])]) {
      expect(`${text.en}${text.ja}`).not.toMatch(/undefined|NaN/);
    }
  }
  return withoutSymptoms(found).map(({ cause, finding }) => `${cause.id} ${finding.severity}`);
};

const early = { notBefore: '2026-11-27T00:00:00.000Z', notAfter: '2027-11-27T00:00:00.000Z' };
const otherIssuer = { ...early, issuer: 'O=Another Authority' };
const ended = { notBefore: '2025-11-24T00:00:00.000Z', notAfter: '2026-11-24T00:00:00.000Z' };

describe('whose clock it is', () => {
  test.each<[string, Heard, readonly string[]]>([
    ['all agree', { smtp: 1_000, imap: 2_000, hops: [['mx.aozora.test', 500]] }, []],
    ['nobody tells a time', {}, []],
    ['seconds are nothing', { smtp: 60_000, imap: 2_000 }, []],
    ['two servers agree against us', { smtp: minutes(47), imap: minutes(47) }, ['clock.skewed warning']],
    ['the same, behind', { smtp: -minutes(47), imap: -minutes(47) }, ['clock.skewed warning']],
    ['one server differs, the other agrees', { smtp: minutes(47), imap: 0 }, ['clock.server-skewed warning']],
    ['a hop differs', { smtp: 0, hops: [['mx.kaede.test', minutes(7)]] }, ['clock.server-skewed warning']],
    ['two servers differ from us and from one another', { smtp: minutes(47), imap: minutes(7) }, []],
    ['one source alone proves nothing', { smtp: minutes(47) }, []],
    ['a greeting and a hop may be one machine', { smtp: minutes(47), hops: [['mx.aozora.test', minutes(47)]] }, []],
    [
      'hops of two domains are two',
      {
        hops: [
          ['mx.aozora.test', minutes(47)],
          ['mx.kaede.test', minutes(47)],
        ],
      },
      ['clock.skewed warning'],
    ],
    [
      'one source, and a certificate that it makes good',
      { smtp: minutes(60 * 24 * 3 + 7), imapCertificate: early },
      ['clock.skewed critical'],
    ],
    [
      'the same for one that counts as expired',
      { smtp: -minutes(60 * 24 * 3 + 7), imapCertificate: ended },
      ['clock.skewed critical'],
    ],
    [
      'a certificate that it does not make good',
      { smtp: minutes(47), imapCertificate: early },
      ['tls.certificate-not-yet-valid critical'],
    ],
    [
      'a certificate that signed itself is of the same clock',
      { smtp: minutes(60 * 24 * 3 + 7), imapCertificate: { ...early, selfSigned: true } },
      ['tls.certificate-not-yet-valid critical'],
    ],
    [
      'certificates of two authorities to come',
      { smtpCertificate: early, imapCertificate: otherIssuer },
      ['clock.skewed critical'],
    ],
    [
      'of one authority they may be early',
      { smtpCertificate: early, imapCertificate: early },
      ['tls.certificate-not-yet-valid critical', 'tls.certificate-not-yet-valid critical'],
    ],
    ['a signature from the future', { smtp: 0, future: true }, ['clock.server-skewed warning']],
    ['nine hours, both', { smtp: minutes(540), imap: minutes(540) }, ['clock.timezone-wrong warning']],
    ['nine hours, one of two', { smtp: minutes(540), imap: 0 }, ['clock.timezone-wrong warning']],
    ['five hours and a half, one alone', { smtp: -minutes(330) }, ['clock.timezone-wrong warning']],
    ['a day is no zone', { smtp: minutes(1_440), imap: minutes(1_440) }, ['clock.skewed warning']],
  ])('%s', (_name, heard, expected) => expect(named(heard)).toEqual(expected));
});

describe('mail.clock', () => {
  test.each<[string, Heard, string]>([
    ['nobody told a time', {}, 'skip'],
    ['agreement', { smtp: 1_000 }, 'ok'],
    ['one differs', { smtp: minutes(3) }, 'warn'],
    ['the signature is ahead', { smtp: 0, future: true }, 'warn'],
  ])('%s', (_name, heard, grade) => {
    expect(mailClock.judge(evidenceFor(heard).fact, subject)).toMatchObject({ grade });
  });

  test.each<[string, string, number]>([
    ['Sendmail', '220 x ESMTP Sendmail 8.15.2; Wed, 25 Nov 2026 18:47:00 +0900', 47],
    ['Exchange', '220 x Microsoft ESMTP MAIL Service ready at Wed, 25 Nov 2026 09:47:00 +0000', 47],
    ['no zone, no time', '220 x ESMTP Wed, 25 Nov 2026 09:47:00', 0],
    ['a date that is none', '220 x ESMTP 99 Nov 2026 99:99:99 +0000', 0],
  ])('the greeting of %s', (_name, line, expected) => {
    const outcomes = new Map<string, Outcome<unknown>>();
    const fact = tls(subject, 'smtp', { at: start });
    outcomes.set(keyOf(mailTls.smtp, subject), { kind: 'observed', fact, verdict: { grade: 'ok' } });
    const talk = port([contact(open, greeted('smtp', 5, line))]);
    outcomes.set(keyOf(mailPort.smtp, subject), { kind: 'observed', fact: talk, verdict: { grade: 'ok' } });
    const heard = mailClock.derive?.(evidenceOf(outcomes, subject), subject, now);
    expect(Math.round((heard?.readings[0]?.offsetMs ?? 0) / 60_000)).toBe(expected);
  });

  test('in a run it waits for its needs, bad ones too, and asks nothing itself', async () => {
    const planned = plan([subject], [mailClock]).map((one) => ({
      ...one,
      check:
        one.check === mailClock
          ? mailClock
          : {
              ...one.check,
              probe: async () => port([contact(open, says('smtp', 0))]),
              judge: () => ({ grade: 'fail', symptom: { en: '', ja: '' } }) as const,
            },
    }));
    const outcomes = await run(planned, options().options);
    expect(outcomes.get(keyOf(mailClock, subject))?.outcome).toMatchObject({
      kind: 'observed',
      verdict: { grade: 'skip' },
    });
  });
});
