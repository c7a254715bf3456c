import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const imapThrottled = defineCause<Refused>({
  id: 'imap.throttled',
  title: both('The provider slows this account down', '提供元の利用制限により、アクセスが制限されています'),
  about: both(
    'Providers limit the commands and the bytes that one account may use in a time (throttling). A CRM that searches whole folders at every run, or fetches all attachments again, uses it up; then even small commands are refused for a while.',
    '提供元は、アカウントごとに一定時間内の操作回数や通信量を制限しています（スロットリング）。毎回フォルダー全体を検索したり、添付ファイルを再取得したりする CRM では上限に達し、しばらくは小さな操作も拒否されます。',
  ),
  explain: (evidence, subject) => saysSo('imap.throttled', evidence, subject),
  owner: 'crm-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} holds ${detail.username} back because of its usage: "${detail.says}".`,
      `${host}:${port} は、利用量を理由に ${detail.username} のアクセスを制限しています。応答は「${detail.says}」です。`,
    );
  },
  steps: () => [
    both(
      'Stop the mail jobs of the CRM for the time that the answer names, else for an hour.',
      '応答に書かれた時間（なければ 1 時間）、CRM の受信処理を止めます。',
    ),
    both(
      'Lengthen the polling interval, and let the CRM fetch new messages only.',
      '受信間隔を延ばし、新着メールだけを取得するように設定します。',
    ),
  ],
});
