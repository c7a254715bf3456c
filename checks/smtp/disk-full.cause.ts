import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const diskFull = defineCause<Refused>({
  id: 'smtp.disk-full',
  title: both('The mail server is out of storage', 'メールサーバーのディスク容量が不足しています'),
  about: both(
    'Before taking a message, a server looks whether its disk has room for it. With 452 4.3.1 it says that its own storage is used up. This concerns every user of the server and has nothing to do with the mailbox of the recipient.',
    'サーバーはメールを受け取る前に、自身のディスクに空きがあるかを確認します。452 4.3.1 は、サーバー全体の容量不足を示します。すべての利用者に影響し、宛先のメールボックスの容量とは関係ありません。',
  ),
  explain: (evidence, subject) => saysSo('smtp.disk-full', evidence, subject),
  owner: 'mail-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} takes no mail because its own storage is full: "${detail.says}".`,
      `${host}:${port} は、自身のディスク容量が足りないため、メールを受け付けていません。応答は「${detail.says}」です。`,
    );
  },
  steps: (detail) => [
    both(
      `Tell the administrator of ${firstPlace(detail).host}, with the words of the server.`,
      `${firstPlace(detail).host} の管理者に、サーバーの応答を伝えます。`,
    ),
    both(
      'On your own server free space where the queue lies (df -h /var/spool/postfix, df -i), old logs first.',
      '自社サーバーの場合は、送信待ち領域のディスクを空けます（df -h /var/spool/postfix、df -i で確認。まず古いログから）。',
    ),
    both(
      'On Postfix see that queue_minfree is below the free space and above 1.5 times message_size_limit.',
      'Postfix では、queue_minfree が空き容量より小さく、message_size_limit の 1.5 倍以上であることを確認します。',
    ),
  ],
});
