import { both } from '../auth/words.ts';
import { loggedCause } from '../logs/logged-cause.ts';

export const internalHostBlocked = loggedCause({
  id: 'crm.internal-host-blocked',
  title: both('The CRM itself refuses internal mail servers', 'CRM 自身が社内のメールサーバーへの接続を拒否しています'),
  about: both(
    'To keep its users from reaching into the internal network, a CRM may refuse servers whose address is private (10.x, 172.16-31.x, 192.168.x, localhost). It then does not connect at all and says so in its log; from outside the mail server answers as it should.',
    'CRM には、利用者が社内ネットワークに入り込むのを防ぐため、プライベートアドレス（10.x、172.16〜31.x、192.168.x、localhost）のサーバーを拒否する機能があります。この場合は接続自体が行われず、ログにその旨が残ります。外から調べると、メールサーバーは正常に応答します。',
  ),
  owner: 'crm-admin',
  means: ({ hosts }) =>
    both(
      `The CRM refuses to connect to ${hosts.length > 0 ? hosts.join(', ') : 'the mail server'} because its address is internal.`,
      `CRM が、${hosts.length > 0 ? hosts.join('、') : 'メールサーバー'} のアドレスを社内のものと判断し、接続を拒否しています。`,
    ),
  steps: () => [
    both(
      'Allow this one server in the CRM (EspoCRM: emailServerAllowedAddressList with "host:port" in data/config.php). Do not switch the guard off as a whole.',
      'CRM でこのサーバーだけを許可します（EspoCRM は data/config.php の emailServerAllowedAddressList に「ホスト:ポート」を追加）。保護機能全体を無効にはしないでください。',
    ),
    both(
      'Or use a name of the mail server that resolves to its public address, where the CRM may reach that.',
      'または、CRM から到達できるなら、公開アドレスに解決されるメールサーバーの名前を使います。',
    ),
    both("Run the CRM's connection test again.", 'CRM の接続テストをもう一度実行します。'),
  ],
});
