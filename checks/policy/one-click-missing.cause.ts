import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const oneClickMissing = defineCause<Refused>({
  id: 'policy.one-click-missing',
  title: both('Newsletters lack one-click unsubscribe', 'ワンクリックの配信停止がありません'),
  about: both(
    'Gmail and Yahoo ask of newsletters that people can leave them with one click in the mail program (since June 2024). Two header fields do that: List-Unsubscribe with a web address, and List-Unsubscribe-Post (RFC 8058); the DKIM signature has to cover both.',
    'Gmail と Yahoo は、メールマガジンを受信画面から 1 回のクリックで停止できることを求めています（2024 年 6 月から）。必要なのは、URL を書いた List-Unsubscribe と、List-Unsubscribe-Post の 2 つのヘッダーで (RFC 8058)、どちらも DKIM 署名の対象に含めます。',
  ),
  explain: (evidence, subject) => saysSo('policy.one-click-missing', evidence, subject),
  owner: 'crm-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} refuses the message since it lacks the header fields for unsubscribing: "${detail.says}".`,
      `${host}:${port} は、配信停止用のヘッダーがないため、メールを拒否しました。応答は「${detail.says}」です。`,
    );
  },
  steps: () => [
    both(
      'Switch one-click unsubscribe (RFC 8058) on in the newsletter settings of the CRM or the sending service.',
      'CRM または配信サービスのメールマガジンの設定で、ワンクリック配信停止 (RFC 8058) を有効にします。',
    ),
    both(
      'Both header fields are needed: List-Unsubscribe: <https://crm.example.co.jp/unsubscribe> and List-Unsubscribe-Post: List-Unsubscribe=One-Click.',
      '必要なヘッダーは、List-Unsubscribe: <https://crm.example.co.jp/unsubscribe> と List-Unsubscribe-Post: List-Unsubscribe=One-Click の 2 つです。',
    ),
    both(
      'Send again, and see in the received message that the DKIM signature (h=) names both.',
      'もう一度送信し、届いたメールの DKIM 署名 (h=) に両方が含まれていることを確認します。',
    ),
  ],
});
