import { defineCheck } from '../../src/model/check.ts';
import { notApplicable, okWith, unknown, warn } from '../../src/model/outcome.ts';
import type { SenderPolicyFact } from '../../src/model/policy-facts.ts';
import type { Text } from '../../src/model/text.ts';
import { spfEnd } from '../../src/reason/spf-faults.ts';
import { spfLines } from '../../src/reason/spf-lines.ts';
import { nodesOf } from '../../src/reason/spf-verdict.ts';
import { mailConfig } from './config.check.ts';
import { domainOf } from './dns-questions.ts';
import { policyProblems } from './policy-problems.ts';
import { askPolicy } from './sender-questions.ts';

/** More lines than this nobody reads. */
const mostLines = 60;

/** What the DNS did not tell, in the order in which it matters. */
const openQuestions = ({ spf, dkim, dmarc }: SenderPolicyFact): readonly string[] => [
  ...(nodesOf(spf).some((node) => node.state === 'unreachable' || node.terms.some(({ open }) => open === 'dns'))
    ? ['SPF']
    : []),
  ...(dmarc.state === 'unreachable' ? ['DMARC'] : []),
  ...(dkim.some(({ state }) => state === 'unreachable') ? ['DKIM'] : []),
];

const summary = ({ spf, lookups, dkim, dmarc, mtaSts }: SenderPolicyFact): Text => {
  const end = spfEnd(spf);
  const keys = dkim.map(({ selector, bits }) => `DKIM ${selector} ${bits ?? ''}`.trim());
  const policy = dmarc.policy ? [`DMARC ${dmarc.policy.effective}`] : [];
  const sts = mtaSts ? [`MTA-STS ${mtaSts.mode ?? ''}`.trim()] : [];
  const rest = [...keys, ...policy, ...sts].map((part) => `, ${part}`).join('');
  return {
    en: `SPF ${end === '' ? 'without all' : end} (${lookups} of 10 lookups)${rest}`,
    ja: `SPF ${end === '' ? 'all なし' : end}（問い合わせ ${lookups}/10 回）${rest.replaceAll(', ', '、')}`,
  };
};

/** May the CRM's mail be sent in the name of its domain, as receivers read it in the DNS? Runs beside the logins. */
export const senderPolicy = defineCheck<SenderPolicyFact>({
  id: 'mail.sender-policy',
  title: {
    en: "The sender's domain vouches for its mail (SPF, DKIM, DMARC)",
    ja: '送信元ドメインの認証設定 (SPF、DKIM、DMARC) が正しい',
  },
  needs: [mailConfig],
  present: (subject) => subject.services.smtp !== undefined,
  target: (subject) => domainOf(subject.from),
  shown: ({ relevant, spf }) => (relevant ? spfLines(spf).slice(0, mostLines) : []),
  probe: (subject, world, signal) => askPolicy(subject, world, signal),
  judge: (fact, subject) => {
    if (!fact.relevant) {
      return notApplicable({
        en: 'no host of this mailbox, or not the domain of its sender, comes from the DNS',
        ja: 'このメールボックスのホストまたは差出人のドメインが DNS にないため、判断の材料がありません',
      });
    }
    const [first, ...more] = policyProblems(fact, subject.services.smtp?.host);
    if (first) {
      return warn(
        more.length === 0
          ? first
          : { en: `${first.en}, and ${more.length} more`, ja: `${first.ja}（ほか ${more.length} 件）` },
      );
    }
    const open = openQuestions(fact);
    if (open.length > 0) {
      return unknown({
        en: `the DNS did not answer about ${open.join(', ')} of ${fact.domain}`,
        ja: `${fact.domain} の ${open.join('、')} について DNS から応答が得られませんでした`,
      });
    }
    return okWith(summary(fact));
  },
});
