import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const clientRefused = defineCause<Refused>({
  id: 'smtp.client-refused',
  title: both('The server refuses this client by its address', '接続元の IP アドレスが拒否されています'),
  about: both(
    'The server greeted, and refused the client later for its IP address or host name ("Client host rejected"). Such rules keep ports for servers, or for the own network, free of others. With some providers a login on the submission port lifts the refusal.',
    'サーバーは最初の応答のあとで、接続元の IP アドレスやホスト名を理由に拒否しました（「Client host rejected」など）。サーバー同士の通信や社内専用のポートを守るための規則です。提供元によっては、サブミッションポートでログインすると受け付けられます。',
  ),
  unless: ['net.egress-ip-changed', 'auth.missing'],
  explain: (evidence, subject) => saysSo('smtp.client-refused', evidence, subject),
  owner: 'mail-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} refuses mail because of the address from which it comes: "${detail.says}". ${detail.loggedIn ? `The login as ${detail.username} was accepted before.` : 'No login was made in this session.'}`,
      `${host}:${port} は、接続元を理由にメールを拒否しました。応答は「${detail.says}」です。${detail.loggedIn ? `${detail.username} でのログインは成功しています。` : 'この接続ではログインしていません。'}`,
    );
  },
  steps: (detail) => [
    both(
      'Let the CRM send on port 587 or 465 with SMTP authentication, if it does not yet.',
      'CRM が 587 または 465 番ポートで SMTP 認証を使っていない場合は、そのように設定します。',
    ),
    both(
      `Find out the public IP address of the CRM and ask the administrator of ${firstPlace(detail).host} to admit it (Postfix: smtpd_client_restrictions).`,
      `CRM のグローバル IP アドレスを調べ、${firstPlace(detail).host} の管理者に許可を依頼します（Postfix は smtpd_client_restrictions）。`,
    ),
  ],
});
