import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const mailboxDisabled = defineCause<Refused>({
  id: 'mailbox.disabled',
  title: both('The mailbox is suspended and takes no mail', 'メールボックスが停止されています'),
  about: both(
    'The server knows the mailbox and refuses mail for it (550 5.2.1): it was suspended by the administrator, its licence has ended, or it was not used for a long time. Mail of customers comes back to them.',
    'サーバーはメールボックスを認識していますが、メールを受け取りません (550 5.2.1)。管理者による停止、ライセンスの終了、長期間の未使用などが原因です。お客様からのメールはエラーで戻ります。',
  ),
  explain: (evidence, subject) => saysSo('mailbox.disabled', evidence, subject),
  owner: 'mail-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} takes no mail for ${detail.recipient}: "${detail.says}".`,
      `${host}:${port} は、${detail.recipient} 宛てのメールを受け取りません。応答は「${detail.says}」です。`,
    );
  },
  steps: (detail) => [
    both(
      `Ask the administrator of ${firstPlace(detail).host} to enable ${detail.recipient} again, or to renew its licence.`,
      `${firstPlace(detail).host} の管理者に、${detail.recipient} の再開またはライセンスの更新を依頼します。`,
    ),
    both('Send a message to it from outside afterwards.', '再開後、外部からテストメールを送って確認します。'),
  ],
});
