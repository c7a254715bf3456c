import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';

interface SpamFolder {
  readonly address: string;
  readonly sender: string;
  readonly folder: string;
}

export const spamFolder = defineCause<SpamFolder>({
  id: 'deliver.spam-folder',
  title: both('Mail of the CRM lands in the junk folder', 'CRM からのメールが迷惑メールに入っています'),
  about: both(
    'Receivers sort mail that they do not trust into the junk folder. It is delivered, so that no error comes back, and nobody reads it. The reasons are mostly missing proof of the sender (SPF, DKIM, DMARC: the authentication of sending domains), the content, or the reputation of the sending address.',
    '受信側は、信頼できないと判断したメールを迷惑メールフォルダーに入れます。配信自体は成功するためエラーは戻らず、気付かれません。送信ドメイン認証（SPF・DKIM・DMARC）の不足、本文の内容、送信元 IP アドレスの評価が主な原因です。',
  ),
  explain: (evidence, subject) => {
    const found = evidence.fact(mailRoundTrip)?.found;
    if (found?.role !== 'junk') return [];
    return [
      {
        detail: { address: subject.address, sender: subject.from, folder: found.folder },
        severity: 'warning',
        confidence: 0.95,
        affects: [subject.address],
        evidence: [
          { check: mailRoundTrip, says: both(`found in ${found.folder}`, `${found.folder} で見つかりました`) },
        ],
        ruledOut: [
          {
            cause: 'deliver.not-received',
            check: mailRoundTrip,
            says: both('the message did arrive', 'メール自体は届いています'),
          },
        ],
      },
    ];
  },
  owner: 'dns-admin',
  because: ({ address, sender, folder }) =>
    both(
      `A test message from ${sender} to ${address} arrived in the folder ${folder}. Replies and notifications of the CRM are likely to end there too.`,
      `${sender} から ${address} へのテストメールが、${folder} フォルダーに入りました。CRM の返信や通知も、同じように迷惑メールになる可能性があります。`,
    ),
  steps: ({ sender, folder }) => [
    both(
      `Check SPF, DKIM and DMARC of the domain of ${sender} (dig DOMAIN TXT, dig _dmarc.DOMAIN TXT), and mend what is missing.`,
      `${sender} のドメインの SPF・DKIM・DMARC を確認し（dig ドメイン名 TXT、dig _dmarc.ドメイン名 TXT）、不足を補います。`,
    ),
    both(
      `Mark the message in ${folder} as "not junk", and add ${sender} to the safe senders.`,
      `${folder} 内のメールを「迷惑メールではない」に設定し、${sender} を信頼できる差出人に追加します。`,
    ),
    both(
      'Then repeat the round trip (crm-doctor mail --send).',
      'そのあと、往復テストをもう一度行います（crm-doctor mail --send）。',
    ),
  ],
});
