import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import type { PolicyDetail } from './policy-finding.ts';
import {
  joined,
  policyDetail,
  policyFact,
  policyFinding,
  refusalsOf,
  refusedText,
  visibleStep,
} from './policy-finding.ts';

interface DmarcMissing extends PolicyDetail {
  /** A record that stands at the domain itself instead of under _dmarc. */
  readonly misplaced?: string;
}

export const dmarcMissing = defineCause<DmarcMissing>({
  id: 'policy.dmarc-missing',
  title: both('The sender’s domain has no DMARC record', '差出人のドメインに DMARC レコードがありません'),
  about: both(
    'DMARC is a record in the DNS in which a domain says what receivers shall do with mail that neither SPF nor DKIM proves to be its own, and where they may report it. Gmail, Yahoo and Outlook.com ask for one from everybody who sends many messages. The mildest form (p=none) changes nothing about delivery.',
    'DMARC とは、SPF でも DKIM でも確認できないメールをどう扱ってほしいか、結果をどこに報告してほしいかを、ドメインの持ち主が DNS で示すレコードです。Gmail、Yahoo、Outlook.com は、大量に送信するドメインに必須としています。最も緩い設定 (p=none) なら、配送には影響しません。',
  ),
  explain: (evidence, subject) => {
    const fact = policyFact(evidence);
    const refusals = refusalsOf(evidence, subject, ['policy.dmarc-missing']);
    const missing = fact?.dmarc.state === 'none';
    // A server's word counts unless the DNS shows otherwise from here.
    if (!missing && (refusals.length === 0 || fact?.dmarc.state === 'record')) return [];
    const domain = policyDetail(subject).domain;
    const misplaced = fact?.dmarc.misplaced;
    return [
      policyFinding(
        { subject, refusals },
        {
          detail: { ...policyDetail(subject, refusals), ...(misplaced === undefined ? {} : { misplaced }) },
          ...(missing
            ? {
                says: both(
                  `no TXT record at _dmarc.${domain} or above it begins with v=DMARC1`,
                  `_dmarc.${domain} とその上位に v=DMARC1 で始まる TXT レコードがありません`,
                ),
              }
            : {}),
          confidence: missing ? 0.97 : 0.8,
        },
      ),
    ];
  },
  owner: 'dns-admin',
  because: (detail) =>
    joined(
      detail.misplaced === undefined
        ? both(
            `The domain ${detail.domain} of the sender ${detail.sender} publishes no DMARC record.`,
            `差出人 ${detail.sender} のドメイン ${detail.domain} に DMARC レコードがありません。`,
          )
        : both(
            `The DMARC record of ${detail.domain} stands at the domain itself, where no receiver looks for it, instead of at _dmarc.${detail.domain}.`,
            `${detail.domain} の DMARC レコードが、_dmarc.${detail.domain} ではなくドメイン自体に登録されています。ここに書いても参照されません。`,
          ),
      refusedText(detail),
    ),
  steps: ({ domain, misplaced }) => [
    misplaced === undefined
      ? both(
          `Publish a TXT record at _dmarc.${domain}, without consequences at first: v=DMARC1; p=none; rua=mailto:postmaster@${domain}`,
          `_dmarc.${domain} に TXT レコードを追加します。最初は配送に影響しない内容にします: v=DMARC1; p=none; rua=mailto:postmaster@${domain}`,
        )
      : both(
          `Move the record to _dmarc.${domain}: ${misplaced}`,
          `レコードを _dmarc.${domain} に移します: ${misplaced}`,
        ),
    both(
      'Read the reports for some weeks; when all of your own mail passes, go on to p=quarantine and p=reject.',
      '数週間レポートを確認し、自社のメールがすべて合格していれば、p=quarantine、p=reject へ段階的に強めます。',
    ),
    visibleStep(`_dmarc.${domain}`),
  ],
});
