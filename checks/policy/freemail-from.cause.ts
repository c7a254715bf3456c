import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import { sentAsFreemail } from '../mail/policy-problems.ts';
import type { PolicyDetail } from './policy-finding.ts';
import { joined, policyDetail, policyFact, policyFinding, refusalsOf, refusedText } from './policy-finding.ts';

interface FreemailFrom extends PolicyDetail {
  readonly host: string;
  readonly policy: string;
}

export const freemailFrom = defineCause<FreemailFrom>({
  id: 'policy.freemail-from',
  title: both(
    'A free-mail address is sent through a foreign server',
    'フリーメールのアドレスを別のサーバーから送信しています',
  ),
  about: both(
    'Addresses of Gmail, Yahoo and other free-mail services may be sent by these services’ own servers only: their domains say by DMARC that receivers shall refuse anything else. A CRM that writes such a sender and sends through another server is refused or lands in the junk folder.',
    'Gmail や Yahoo などのフリーメールのアドレスは、そのサービスのサーバーからしか送れません。ドメイン側が DMARC で「それ以外は拒否」と宣言しているためです。CRM がこのような差出人を使い、別のサーバーから送ると、拒否されるか、迷惑メールに分類されます。',
  ),
  explain: (evidence, subject) => {
    const fact = policyFact(evidence);
    const host = subject.services.smtp?.host;
    const policy = fact?.dmarc.policy?.effective;
    if (!fact || host === undefined || !policy || !sentAsFreemail(fact, host)) return [];
    const refusals = refusalsOf(evidence, subject, ['policy.dmarc-unaligned', 'policy.spf-not-listed']);
    if (policy === 'none' && refusals.length === 0) return [];
    return [
      policyFinding(
        { subject, refusals },
        {
          detail: { ...policyDetail(subject, refusals), host, policy },
          says: both(
            `DMARC of ${fact.domain}: ${fact.dmarc.record ?? ''}; the mail is sent through ${host}`,
            `${fact.domain} の DMARC: ${fact.dmarc.record ?? ''}、送信サーバー: ${host}`,
          ),
          confidence: 0.93,
        },
      ),
    ];
  },
  owner: 'crm-admin',
  because: (detail) =>
    joined(
      both(
        `The CRM writes ${detail.sender} as the sender and sends through ${detail.host}, which does not belong to ${detail.domain}. That domain asks receivers to treat such mail as forged (DMARC p=${detail.policy}).`,
        `CRM の差出人は ${detail.sender} ですが、送信サーバー ${detail.host} は ${detail.domain} のサーバーではありません。${detail.domain} は、このようなメールをなりすましとして扱うよう求めています（DMARC p=${detail.policy}）。`,
      ),
      refusedText(detail),
    ),
  steps: ({ sender }) => [
    both(
      `Use an address of your own domain as the sender of the CRM, and put ${sender} into Reply-To where replies shall go there.`,
      `CRM の差出人を自社ドメインのアドレスに変更します。返信を ${sender} で受けたい場合は、Reply-To に設定します。`,
    ),
    both(
      `Or send ${sender} through the service's own SMTP server, with that account.`,
      `または、${sender} を提供しているサービスの SMTP サーバーに、そのアカウントでログインして送信します。`,
    ),
  ],
});
