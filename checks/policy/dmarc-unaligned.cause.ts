import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import type { PolicyDetail } from './policy-finding.ts';
import { policyDetail, policyFact, policyFinding, refusalsOf } from './policy-finding.ts';
import { receiversWord } from './receivers-word.ts';

interface Unaligned extends PolicyDetail {
  /** What the domain asks for, where the DNS told. */
  readonly policy?: string;
}

export const dmarcUnaligned = defineCause<Unaligned>({
  id: 'policy.dmarc-unaligned',
  title: both('DMARC refuses the sender of the CRM', 'DMARC により、CRM からのメールが拒否されています'),
  about: both(
    'DMARC is the rule that a domain publishes for mail in its name: the sender that people see has to agree with the domain proven by SPF (list of sending servers) or DKIM (signature). That agreement is called alignment. Mail of a CRM fails when it is sent by a server that proves another domain.',
    'DMARC とは、ドメインの持ち主が公開する、なりすまし対策のしくみです。表示される差出人のドメインが、SPF（送ってよいサーバーの一覧）または DKIM（電子署名）で確認されたドメインと一致（アライメント）している必要があります。別のドメインで認証されるサーバーから CRM が送信すると、両者が一致しないため拒否されます。',
  ),
  unless: ['policy.freemail-from'],
  explain: (evidence, subject) => {
    const refusals = refusalsOf(evidence, subject, ['policy.dmarc-unaligned']);
    const word = receiversWord(evidence, 'dmarc', ['fail']);
    if (refusals.length === 0 && !word) return [];
    const fact = policyFact(evidence);
    const policy = fact?.dmarc.policy?.effective;
    return [
      policyFinding(
        { subject, refusals },
        {
          detail: { ...policyDetail(subject, refusals), ...(policy ? { policy } : {}) },
          ...(fact?.dmarc.record === undefined
            ? {}
            : {
                says: both(
                  `_dmarc.${fact.dmarc.domain}: ${fact.dmarc.record}`,
                  `_dmarc.${fact.dmarc.domain}: ${fact.dmarc.record}`,
                ),
              }),
          seen: word ? [word] : [],
          confidence: Math.max(...refusals.map(({ reading }) => reading?.confidence ?? 0.5), word ? 0.9 : 0),
        },
      ),
    ];
  },
  owner: 'dns-admin',
  because: ({ refused, sender, domain, policy }) => {
    const asks = policy
      ? both(` ${domain} asks for it (p=${policy}).`, `${domain} のポリシーは p=${policy} です。`)
      : both('', '');
    return refused
      ? both(
          `${refused.host}:${refused.port} refuses mail from ${sender} by the DMARC policy of its domain: "${refused.says}".${asks.en}`,
          `${refused.host}:${refused.port} は、差出人ドメインの DMARC ポリシーにより、${sender} からのメールを拒否しました。応答は「${refused.says}」です。${asks.ja}`,
        )
      : both(
          `The test message from ${sender} arrived, but DMARC failed on it: neither SPF nor DKIM proves the domain ${domain}.${asks.en}`,
          `${sender} からのテストメールは届きましたが、DMARC の判定は不合格 (fail) でした。SPF でも DKIM でも、ドメイン ${domain} が確認できていません。${asks.ja}`,
        );
  },
  steps: ({ sender }) => [
    both(
      `Send through the mail server of the domain of ${sender}, or let the sending service sign with DKIM for this domain.`,
      `${sender} のドメインのメールサーバーから送信するか、配信サービスでこのドメインの DKIM 署名を設定します。`,
    ),
    both(
      'Never use a free-mail address as the sender of the CRM.',
      'CRM の差出人に、フリーメールのアドレスは使わないようにします。',
    ),
    both(
      'Check again with a round trip (crm-doctor mail --send).',
      '往復テスト（crm-doctor mail --send）で確認します。',
    ),
  ],
});
