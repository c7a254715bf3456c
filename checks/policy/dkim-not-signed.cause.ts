import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';
import { senderPolicy } from '../mail/sender-policy.check.ts';
import type { PolicyDetail } from './policy-finding.ts';
import { joined, policyDetail, policyFact, policyFinding, refusalsOf, refusedText } from './policy-finding.ts';

interface NotSigned extends PolicyDetail {
  readonly selectors: readonly string[];
}

export const dkimNotSigned = defineCause<NotSigned>({
  id: 'policy.dkim-not-signed',
  title: both('The mail is not signed with DKIM', 'メールに DKIM 署名が付いていません'),
  about: both(
    'DKIM is a signature that the sending server puts into every message and that proves the domain behind it. Gmail and others refuse unsigned mail. A key in the DNS is not enough: the server, or the sending service that the CRM uses, has to be told to sign for this domain.',
    'DKIM とは、送信元のドメインを証明するために、送信サーバーがメールに付ける電子署名です。Gmail などは署名のないメールを拒否することがあります。DNS に鍵を置くだけでは足りず、送信サーバー、または CRM が使う配信サービスで、このドメインの署名を有効にする必要があります。',
  ),
  unless: ['policy.dkim-missing', 'policy.dkim-key-invalid'],
  explain: (evidence, subject) => {
    const refusals = refusalsOf(evidence, subject, ['policy.dkim-not-signed']);
    const fact = policyFact(evidence);
    const good = (fact?.dkim ?? []).filter(({ state }) => state === 'good').map(({ selector }) => selector);
    const arrived = evidence.fact(mailRoundTrip)?.found?.dkim;
    // Many servers do not sign what stays inside; so it takes a key that is there and ought to be used.
    const unsigned = arrived?.length === 0 && good.length > 0;
    if (refusals.length === 0 && !unsigned) return [];
    const finding = policyFinding(
      { subject, refusals },
      {
        detail: { ...policyDetail(subject, refusals), selectors: good },
        seen: unsigned
          ? [
              {
                check: mailRoundTrip,
                says: both('the test message carries no DKIM-Signature', 'テストメールに DKIM-Signature がありません'),
              },
            ]
          : [],
        confidence: refusals.length > 0 ? 0.9 : 0.7,
        ruledOut: good.map((selector) => ({
          cause: 'policy.dkim-missing',
          check: senderPolicy,
          says: both(
            `the key of the selector ${selector} is in the DNS`,
            `セレクター ${selector} の公開鍵は DNS にあります`,
          ),
        })),
      },
    );
    // The message has stayed inside, where signing may not be wanted: worth knowing, and no fault that was seen.
    return [refusals.length > 0 ? finding : { ...finding, severity: 'info' }];
  },
  owner: 'mail-admin',
  because: (detail) =>
    joined(
      both(
        `The mail of ${detail.sender} carries no DKIM signature of ${detail.domain}${detail.selectors.length > 0 ? `, although the key ${detail.selectors.join(', ')} is in the DNS` : ''}.`,
        `${detail.sender} のメールに ${detail.domain} の DKIM 署名がありません${detail.selectors.length > 0 ? `（鍵 ${detail.selectors.join('、')} は DNS にあります）` : ''}。`,
      ),
      refusedText(detail),
    ),
  steps: ({ domain }) => [
    both(
      `Switch DKIM signing for ${domain} on in the mail server or in the service that sends for the CRM.`,
      `メールサーバー、または CRM が使う配信サービスで、${domain} の DKIM 署名を有効にします。`,
    ),
    both(
      'Some servers do not sign mail between their own mailboxes: send to an address elsewhere too, and look for dkim=pass in the header there.',
      '同じサーバー内のメールには署名しないサーバーもあります。外部のアドレスにも送り、ヘッダーに dkim=pass があるか確認します。',
    ),
    both(
      'Check again with a round trip (crm-doctor mail --send).',
      '往復テスト（crm-doctor mail --send）で確認します。',
    ),
  ],
});
