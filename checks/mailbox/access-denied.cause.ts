import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const mailboxAccessDenied = defineCause<Refused>({
  id: 'mailbox.access-denied',
  title: both(
    'The login is right, but may not open this mailbox',
    'ログインはできますが、メールボックスを開く権限がありません',
  ),
  about: both(
    'Authentication (who you are) and authorisation (what you may) are two steps. Here the first passed and the second did not: the mailbox is a shared one without rights for this user, has no licence, or the folder belongs to somebody else.',
    '認証（本人確認）と認可（権限の許可）は別の段階です。今回は認証に成功しましたが、認可されていません。共有メールボックスの権限がない、ライセンスがない、他人のフォルダーである、などが考えられます。',
  ),
  explain: (evidence, subject) => saysSo('mailbox.access-denied', evidence, subject),
  owner: 'mail-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} knows ${detail.username}, but does not open the mailbox: "${detail.says}".`,
      `${host}:${port} は ${detail.username} を認証しましたが、メールボックスを開けません。応答は「${detail.says}」です。`,
    );
  },
  steps: (detail) => [
    both(
      `In the Exchange admin center open Recipients > Mailboxes > the mailbox > Delegation, and give ${detail.username} "Full access"; on other servers ask the administrator for the right to read it.`,
      `Exchange 管理センターの［受信者］>［メールボックス］>対象>［委任］で、${detail.username} に「フル アクセス」を付与します。ほかのサーバーでは、管理者に読み取り権限を依頼します。`,
    ),
    both(
      'See that the mailbox has a licence with Exchange Online, where it is one of Microsoft 365.',
      'Microsoft 365 の場合は、メールボックスに Exchange Online を含むライセンスがあることを確認します。',
    ),
    both(
      'Rights take up to an hour to arrive; check again then.',
      '権限の反映には最大 1 時間ほどかかります。そのあとで、もう一度検査します。',
    ),
  ],
});
