import { expect } from '@jest/globals';
import { withoutSymptoms } from '../../../src/diagnose/findings.ts';
import type { AnyCause, Finding } from '../../../src/model/cause.ts';
import type { AnySubject, Check, Evidence, SeenElsewhere } from '../../../src/model/check.ts';
import { evidenceOf, keyOf } from '../../../src/model/check.ts';
import type { CrmMailAccount } from '../../../src/model/crm/answers.ts';
import type { CrmSubject } from '../../../src/model/crm/subject.ts';
import { crmSubjectsOf } from '../../../src/model/crm/subject.ts';
import type { Subject } from '../../../src/model/mailbox.ts';
import { subjectAt } from '../../../src/model/mailbox.ts';
import type { Outcome } from '../../../src/model/outcome.ts';
import { verbatim } from '../../../src/model/text.ts';
import { checkSentence } from '../sound-text.ts';

export const now = '2026-11-24T12:00:00.000Z';

/** So many minutes before the run. */
export const ago = (minutes: number): string => new Date(Date.parse(now) - minutes * 60_000).toISOString();

export const crmSubject = (): CrmSubject => {
  const [one] = crmSubjectsOf({ type: 'odoo', url: 'https://crm.example.co.jp' });
  if (!one) throw new Error('no subject');
  return one;
};

/** What was seen of one subject: facts judged as the run does. */
export const seen = (
  subject: AnySubject,
  // Methods are bivariant; each pair is made by `fact`.
  facts: readonly (readonly [Check<unknown, AnySubject>, unknown])[],
  others: readonly SeenElsewhere[] = [],
): Evidence =>
  evidenceOf(
    new Map(
      facts.map(([check, fact]): [string, Outcome<unknown>] => [
        keyOf(check, subject),
        { kind: 'observed', fact, verdict: check.judge(fact, subject) },
      ]),
    ),
    subject,
    others,
  );

export const factOf = <Fact, About extends AnySubject>(
  check: Check<Fact, About>,
  fact: Fact,
): readonly [Check<unknown, AnySubject>, unknown] => [check as unknown as Check<unknown, AnySubject>, fact];

export const account = (over: Partial<CrmMailAccount> = {}): CrmMailAccount => ({
  id: '1',
  name: 'Sales',
  address: 'sales@example.co.jp',
  services: {
    imap: {
      host: 'imap.example.co.jp',
      port: 993,
      security: 'tls',
      username: 'sales@example.co.jp',
      login: 'password',
    },
  },
  enabled: true,
  place: { en: 'Settings > Incoming > Sales', ja: '設定 > 受信 > Sales' },
  writable: [],
  ...over,
});

/** A mailbox that the CRM holds, with a known password. */
export const accountMailbox = (over: Partial<CrmMailAccount> = {}): Subject => {
  const one = account(over);
  return subjectAt(
    {
      address: 'sales@example.co.jp',
      password: { secret: 'crm.logins.0.password' },
      imap: { host: 'imap.example.co.jp', port: 993, security: 'tls' },
    },
    {
      path: `crm.mail[${one.id}]`,
      label: 'sales@example.co.jp',
      crm: { label: 'crm:odoo', path: 'crm', product: 'Odoo', account: one, password: 'given' },
    },
  );
};

/** The findings that stand, with every text looked at. */
export const findings = (
  causes: readonly AnyCause[],
  evidence: Evidence,
  subject: AnySubject,
): readonly { readonly id: string; readonly finding: Finding<unknown>; readonly en: string; readonly ja: string }[] => {
  const found = causes
    .filter(({ on }) => on === subject.kind)
    .flatMap((cause) => cause.explain(evidence, subject).map((finding) => ({ cause, finding })));
  return withoutSymptoms(found).map(({ cause, finding }) => {
    const because = cause.because(finding.detail, []);
    const steps = cause.steps(finding.detail, []);
    for (const text of [cause.title, cause.about, because, ...steps]) checkSentence(text);
    expect(steps.length).toBeGreaterThan(0);
    expect(finding.evidence.length).toBeGreaterThan(0);
    return {
      id: cause.id,
      finding,
      en: [because.en, ...steps.map(({ en }) => en)].join('\n'),
      ja: [because.ja, ...steps.map(({ ja }) => ja)].join('\n'),
    };
  });
};

export const place = verbatim('Settings > Technical');
