import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const bulkSenderRules = defineCause<Refused>({
  id: 'policy.bulk-sender-rules',
  title: both('The rules of the receiver for bulk senders are not met', '受信側の送信者ガイドラインを満たしていません'),
  about: both(
    'Gmail, Yahoo and Outlook.com ask everybody who sends many messages for SPF, DKIM and DMARC (three proofs that the domain stands behind the mail), TLS, a reverse name of the sending address and an easy way to unsubscribe. What is missing stands in the refusal.',
    'Gmail、Yahoo、Outlook.com は、大量に送信するドメインに対し、SPF・DKIM・DMARC（送信ドメイン認証）、TLS、送信元 IP アドレスの逆引き、簡単な配信停止の手段などを求めています。不足している項目は、拒否の応答に書かれています。',
  ),
  explain: (evidence, subject) => saysSo('policy.bulk-sender-rules', evidence, subject),
  owner: 'dns-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} refuses mail from ${detail.sender} by its rules for senders: "${detail.says}".`,
      `${host}:${port} は、送信者向けの規則により ${detail.sender} からのメールを拒否しました。応答は「${detail.says}」です。`,
    );
  },
  steps: (detail) => [
    both(
      'Read in the answer which of SPF, DKIM and DMARC did not pass.',
      '応答から、SPF・DKIM・DMARC のどれが不合格かを読み取ります。',
    ),
    both(
      `Publish or correct the records of the domain of ${detail.sender} (dig DOMAIN TXT and dig _dmarc.DOMAIN TXT show them).`,
      `${detail.sender} のドメインのレコードを追加または修正します（dig ドメイン名 TXT と dig _dmarc.ドメイン名 TXT で確認できます）。`,
    ),
    both('Wait until the records are visible, and send again.', 'レコードが反映されてから、もう一度送信します。'),
  ],
});
