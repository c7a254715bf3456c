import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const recipientRefused = defineCause<Refused>({
  id: 'smtp.recipient-refused',
  title: both('The server does not know the mailbox as a recipient', '宛先のメールボックスが見つかりません'),
  about: both(
    'By RCPT TO a client names the recipient. crm-doctor names the mailbox of the CRM itself and sends nothing. A server that answers 550 5.1.1 or "user unknown" has no such mailbox: it was deleted or renamed, its address is mistyped, or the domain is set up on another server.',
    '送信時には、RCPT TO で宛先を伝えます。crm-doctor は CRM 自身のメールボックスを宛先として伝え、実際の送信は行いません。550 5.1.1 や「user unknown」の応答は、メールボックスの削除や改名、アドレスの入力間違い、ドメインが別のサーバーにある、などを示します。',
  ),
  unless: ['config.malformed-value', 'config.placeholder', 'mailbox.not-provisioned'],
  explain: (evidence, subject) => saysSo('smtp.recipient-refused', evidence, subject),
  owner: 'mail-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} does not take mail for ${detail.recipient}: "${detail.says}". Replies of customers to this address would come back.`,
      `${host}:${port} は、${detail.recipient} 宛てのメールを受け付けません。応答は「${detail.says}」です。お客様がこのアドレスに返信しても、エラーで戻ります。`,
    );
  },
  steps: (detail) => [
    both(
      `Look for a typing fault in mail.address (${detail.recipient}).`,
      `mail.address（${detail.recipient}）に入力間違いがないかを確認します。`,
    ),
    both(
      `Ask the administrator of ${firstPlace(detail).host} whether the mailbox or alias exists, and create it if not.`,
      `${firstPlace(detail).host} の管理者に、メールボックスまたはエイリアス（別名）があるかを確認し、なければ作成を依頼します。`,
    ),
    both(
      'If the mail of the domain was moved, remove it from the local domains of the old server (Postfix: mydestination, virtual_mailbox_domains).',
      'ドメインのメールを移転した場合は、旧サーバーのローカルドメイン設定から削除します（Postfix は mydestination、virtual_mailbox_domains）。',
    ),
  ],
});
