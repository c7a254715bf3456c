import type { Finding, RuledOut, Seen } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import type { SenderPolicyFact } from '../../src/model/policy-facts.ts';
import type { Text } from '../../src/model/text.ts';
import { type Refusal, refusalsIn } from '../auth/refusals.ts';
import { answerText, both, saidBy } from '../auth/words.ts';
import { domainOf } from '../mail/dns-questions.ts';
import { senderPolicy } from '../mail/sender-policy.check.ts';

/** A server that turned the mail away because of it. */
export interface RefusedBy {
  readonly host: string;
  readonly port: number;
  readonly says: string;
}

/** What every text about the sender's domain needs. */
export interface PolicyDetail {
  readonly domain: string;
  readonly sender: string;
  readonly refused?: RefusedBy;
}

/** What the DNS says about the sender's domain, where it says anything. */
export const policyFact = (evidence: Evidence): SenderPolicyFact | undefined => {
  const fact = evidence.fact(senderPolicy);
  return fact?.relevant ? fact : undefined;
};

const refusedBy = ({ service, reply }: Refusal): RefusedBy => ({
  host: service.host,
  port: service.port,
  says: saidBy(reply),
});

export const policyDetail = (subject: Subject, refusals: readonly Refusal[] = []): PolicyDetail => {
  const [first] = refusals;
  return { domain: domainOf(subject.from), sender: subject.from, ...(first ? { refused: refusedBy(first) } : {}) };
};

/** Refusals whose words speak of one of these causes. */
export const refusalsOf = (evidence: Evidence, subject: Subject, causes: readonly string[]): readonly Refusal[] =>
  refusalsIn(evidence, subject).filter(({ reading }) => reading !== undefined && causes.includes(reading.cause));

/** While mail is taken it is a warning; a server that refuses because of it makes it critical (CONTRACT: severity). */
export const policyFinding = <Detail extends PolicyDetail>(
  { subject, refusals = [] }: { readonly subject: Subject; readonly refusals?: readonly Refusal[] },
  {
    detail,
    says,
    confidence,
    seen = [],
    ruledOut = [],
  }: {
    readonly detail: Detail;
    /** What the DNS showed; absent where only a server's words speak. */
    readonly says?: Text;
    readonly confidence: number;
    readonly seen?: readonly Seen[];
    readonly ruledOut?: readonly RuledOut[];
  },
): Finding<Detail> => ({
  detail,
  severity: refusals.length > 0 ? 'critical' : 'warning',
  confidence,
  affects: [...new Set([domainOf(subject.from), ...refusals.map(({ service }) => targetOf(service))])],
  evidence: [
    ...(says ? [{ check: senderPolicy, says }] : []),
    ...seen,
    ...refusals.map(({ check, step, reply }) => ({ check, says: answerText(step, saidBy(reply)) })),
  ],
  ruledOut,
});

/** How a refusal is told at the end of an explanation. */
export const refusedText = ({ refused }: PolicyDetail): Text =>
  refused
    ? both(
        ` ${refused.host}:${refused.port} refuses the mail because of it: "${refused.says}".`,
        `${refused.host}:${refused.port} は、これを理由にメールを拒否しています。応答は「${refused.says}」です。`,
      )
    : both(
        ' Mail is still accepted here; other receivers may refuse it or put it into the junk folder.',
        'ここではまだ受け付けられていますが、相手によっては拒否されたり、迷惑メールに分類されたりします。',
      );

/** Two texts, one after the other. */
export const joined = (...texts: readonly Text[]): Text => ({
  en: texts.map(({ en }) => en).join(''),
  ja: texts.map(({ ja }) => ja).join(''),
});

/** How a change in the DNS is checked. */
export const visibleStep = (name: string): Text =>
  both(
    `Wait until the change is visible (dig ${name} TXT shows it), and run the check again.`,
    `反映されるまで待ち（dig ${name} TXT で確認できます）、もう一度検査します。`,
  );
