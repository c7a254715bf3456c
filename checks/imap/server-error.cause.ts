import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const imapServerError = defineCause<Refused>({
  id: 'imap.server-error',
  title: both('The incoming server has a fault of its own', '受信サーバー自身に問題があります'),
  about: both(
    '[SERVERBUG], [UNAVAILABLE] and words such as "internal error" or "corrupt index" tell that the server could not do its own work. Often the index of one folder is damaged, or the storage behind it is away. Settings of the CRM do not cause it.',
    '[SERVERBUG]、[UNAVAILABLE] や「internal error」「corrupt index」といった応答は、サーバー内部の失敗を示します。フォルダーの索引の破損や、保存領域の停止がよくある原因で、CRM の設定が原因ではありません。',
  ),
  explain: (evidence, subject) => saysSo('imap.server-error', evidence, subject),
  owner: 'mail-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} failed in its own work: "${detail.says}". The login as ${detail.username} is not the reason.`,
      `${host}:${port} の内部でエラーが起きています。応答は「${detail.says}」です。${detail.username} のログインが原因ではありません。`,
    );
  },
  steps: (detail) => [
    both(
      `Give the words of the server and the time to the administrator of ${firstPlace(detail).host}; the log says more.`,
      `${firstPlace(detail).host} の管理者に、サーバーの応答と時刻を伝えます。詳細はサーバーのログに記録されています。`,
    ),
    both(
      `On your own Dovecot rebuild the index (doveadm force-resync -u ${detail.username} ${detail.folder}) and look at space and permissions.`,
      `自社の Dovecot の場合は、索引を再構築し（doveadm force-resync -u ${detail.username} ${detail.folder}）、容量と権限を確認します。`,
    ),
  ],
});
