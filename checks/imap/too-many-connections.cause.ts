import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const tooManyConnections = defineCause<Refused>({
  id: 'imap.too-many-connections',
  title: both('Too many connections at the same time', '同時接続数が上限に達しています'),
  about: both(
    'Incoming servers limit how many connections one user or address may hold at the same time (Dovecot 10, Gmail 15). A CRM with several workers, phones and mail programs share this number; whoever comes last is refused, and it works again as soon as one leaves.',
    '受信サーバーは、利用者または IP アドレスごとに同時接続数を制限しています（Dovecot の初期値は 10、Gmail は 15）。CRM の複数の処理、スマートフォン、メールソフトがこの数を分け合い、最後に接続したものが拒否されます。どれかが切断すれば、また接続できます。',
  ),
  explain: (evidence, subject) => saysSo('imap.too-many-connections', evidence, subject),
  owner: 'crm-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} takes no further connection of ${detail.username}: "${detail.says}".`,
      `${host}:${port} は、${detail.username} の新たな接続を受け付けません。応答は「${detail.says}」です。`,
    );
  },
  steps: (detail) => [
    both(
      'Lower the number of parallel mail jobs in the CRM, and let it close connections after each fetch.',
      'CRM の並列処理数を減らし、受信のたびに接続を閉じるようにします。',
    ),
    both(
      `Find out who holds the connections (Dovecot: doveadm who ${detail.username}), and end what hangs.`,
      `接続しているものを調べ（Dovecot は doveadm who ${detail.username}）、残ったままの接続を切断します。`,
    ),
    both(
      'On your own Dovecot raise mail_max_userip_connections, if the number is needed.',
      '必要であれば、自社の Dovecot の mail_max_userip_connections を増やします。',
    ),
  ],
});
