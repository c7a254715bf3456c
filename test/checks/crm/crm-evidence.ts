import { expect } from '@jest/globals';
import { allCauses } from '../../../checks/all-causes.ts';
import { type CrmConnectFact, crmConnect } from '../../../checks/crm/connect.check.ts';
import { findAll, withoutSymptoms } from '../../../src/diagnose/findings.ts';
import type { Finding } from '../../../src/model/cause.ts';
import type { AnyCheck, Evidence } from '../../../src/model/check.ts';
import { evidenceOf, keyOf } from '../../../src/model/check.ts';
import type { CrmIdentity } from '../../../src/model/crm/answers.ts';
import type { CrmFailure } from '../../../src/model/crm/failure.ts';
import type { CrmReach, WebPage } from '../../../src/model/crm/reach.ts';
import { type CrmConfig, type CrmSubject, crmSubjectsOf } from '../../../src/model/crm/subject.ts';
import type { Outcome } from '../../../src/model/outcome.ts';
import type { SecretShape } from '../../../src/model/world.ts';
import { done } from '../evidence.ts';
import { checkSentence, checkText } from '../sound-text.ts';

export const at = '2026-11-24T00:00:00.000Z';
export const host = 'crm.aozora.test';

export const crm = (over: Partial<CrmConfig> = {}): CrmSubject => {
  const [subject] = crmSubjectsOf({
    type: 'espocrm',
    url: `https://${host}`,
    username: 'api',
    secret: { secret: 'crm.secret' },
    ...over,
  });
  if (!subject) throw new Error('one configuration is one subject');
  return subject;
};

/** A way on which all is well, unless it is said otherwise. */
export const reach = (over: Partial<CrmReach> = {}): CrmReach => ({
  at,
  host,
  port: 443,
  secure: true,
  lookup: { kind: 'found', addresses: [{ address: '198.51.100.20', family: 4 }], ms: 1 },
  contacts: [{ address: '198.51.100.20', family: 4, connect: { kind: 'open', ms: 2 } }],
  siblings: [],
  tls: { handshake: done() },
  elsewhere: [],
  ...over,
});

export const page = (over: Partial<WebPage> = {}): NonNullable<CrmReach['page']> => ({
  kind: 'page',
  page: {
    status: 200,
    url: `https://${host}/`,
    contentType: 'text/html',
    date: 'Tue, 24 Nov 2026 00:00:01 GMT',
    asksPassword: false,
    ms: 4,
    ...over,
  },
});

export const failure = (over: Partial<CrmFailure> & Pick<CrmFailure, 'kind'>): CrmFailure => ({
  what: '/api/v1/App/user',
  says: '',
  ...over,
});

export const identity = (over: Partial<CrmIdentity> = {}): CrmIdentity => ({
  product: 'espocrm',
  name: 'EspoCRM',
  version: '10.0.0',
  user: { login: 'api' },
  ...over,
});

const names: Readonly<Record<string, string>> = { espocrm: 'EspoCRM', odoo: 'Odoo', salesforce: 'Salesforce' };

/** What crm.connect saw: a failure, or the identity. */
export const connectFact = (
  subject: CrmSubject,
  came: CrmFailure | CrmIdentity,
  way: CrmReach | undefined = reach(),
): CrmConnectFact => ({
  at,
  url: subject.config.url,
  product: names[subject.config.type] ?? subject.config.type,
  type: subject.config.type,
  reply: 'kind' in came ? { kind: 'failed', failure: came } : { kind: 'answered', value: came },
  ...(way ? { reach: way } : {}),
});

/** Evidence of facts about one CRM, judged by the checks themselves; what waits for a bad one is blocked. */
export const crmEvidence = (subject: CrmSubject, facts: readonly (readonly [AnyCheck, unknown])[]): Evidence => {
  const outcomes = new Map<string, Outcome<unknown>>();
  for (const [check, fact] of facts) {
    const by = check.needs
      .map((need) => keyOf(need, subject))
      .filter((key) => {
        const outcome = outcomes.get(key);
        return outcome?.kind === 'observed' && outcome.verdict.grade === 'fail';
      });
    outcomes.set(
      keyOf(check, subject),
      by.length > 0 ? { kind: 'blocked', by } : { kind: 'observed', fact, verdict: check.judge(fact, subject) },
    );
  }
  return evidenceOf(outcomes, subject);
};

/** What all causes together make of it, each fit to print in both languages. */
export const foundIn = (
  subject: CrmSubject,
  evidence: Evidence,
): readonly { id: string; finding: Finding<unknown>; text: string }[] =>
  withoutSymptoms(findAll(allCauses, evidence, subject)).map(({ cause, finding }) => {
    for (const text of [cause.title, cause.about]) checkSentence(text);
    expect(JSON.parse(JSON.stringify(finding.detail))).toEqual(finding.detail);
    expect(finding.evidence.length).toBeGreaterThan(0);
    for (const { says } of [...finding.evidence, ...(finding.ruledOut ?? [])]) checkText(says);
    const steps = cause.steps(finding.detail, []);
    expect(steps.length).toBeGreaterThan(0);
    const texts = [cause.because(finding.detail, []), ...steps];
    for (const text of texts) checkSentence(text);
    expect(cause.owner(finding.detail)).toBeTruthy();
    return { id: cause.id, finding, text: texts.map(({ en }) => en).join('\n') };
  });

/** The causes of a login that did not come about (or did). */
export const causesOf = (
  subject: CrmSubject,
  came: CrmFailure | CrmIdentity,
  way?: CrmReach,
  secret?: Partial<SecretShape>,
) => {
  const plain = { empty: false, placeholder: false, outerBlanks: false, nonAscii: false, controlCharacters: false };
  const fact = { ...connectFact(subject, came, way), ...(secret ? { secret: { ...plain, ...secret } } : {}) };
  return foundIn(subject, crmEvidence(subject, [[crmConnect, fact]]));
};
