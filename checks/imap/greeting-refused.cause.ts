import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const imapGreetingRefused = defineCause<Refused>({
  id: 'imap.greeting-refused',
  title: both('The incoming server turns this client away at the greeting', '受信サーバーが接続直後に拒否しています'),
  about: both(
    'An incoming server greets with OK. With "* BYE" (IMAP) or "-ERR" (POP3) in its place, it closes the door before any login: it is being shut down, or does not want this address. Many mail programs hide the words and only say that the connection was closed.',
    '受信サーバーは、接続されると通常 OK と応答します。代わりに「* BYE」(IMAP) や「-ERR」(POP3) が返る場合は、ログイン前に断られています。停止の準備中か、接続元の IP アドレスが許可されていません。多くのメールソフトはこの応答を表示せず、「接続が切断されました」とだけ表示します。',
  ),
  explain: (evidence, subject) => saysSo('imap.greeting-refused', evidence, subject),
  owner: 'mail-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} answers the connection with a refusal: "${detail.says}". It came before any login, so that user name and password play no part in it.`,
      `${host}:${port} は、接続直後に「${detail.says}」と応答して拒否しました。ログイン前の応答のため、ユーザー名やパスワードは関係ありません。`,
    );
  },
  steps: (detail) => [
    both(
      'Try again in some minutes, in case the server is being restarted.',
      'サーバーが再起動中の可能性があるため、数分後にもう一度検査します。',
    ),
    both(
      `Give the words of the server and the public IP address of the CRM to the administrator of ${firstPlace(detail).host}.`,
      `${firstPlace(detail).host} の管理者に、サーバーの応答と CRM のグローバル IP アドレスを伝えます。`,
    ),
    both(
      'On your own server, read its log at this time (Dovecot: doveadm log errors) and its access lists (tcpwrappers, allow_nets).',
      '自社サーバーの場合は、この時刻のログ（Dovecot は doveadm log errors）と接続制限（tcpwrappers、allow_nets）を確認します。',
    ),
  ],
});
