import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from './refusals.ts';
import { saysSo } from './refusals.ts';
import { both, placesText } from './words.ts';

export const networkNotAllowed = defineCause<Refused>({
  id: 'auth.network-not-allowed',
  title: both('Logins from this network are refused', 'このネットワークからのログインが拒否されています'),
  about: both(
    'Some servers take logins only from known addresses or from one country: Japanese hosting companies such as Xserver block SMTP logins from abroad by default, companies allow their own networks only. A CRM in a cloud abroad is then refused, while the same password works from the office.',
    'サーバーによっては、決められた IP アドレスや国からのログインだけを許可しています。たとえばエックスサーバーは、国外からの SMTP 認証を初期設定で制限しています。国外のクラウドで動く CRM は拒否され、社内からは同じパスワードでログインできる、という形で現れます。',
  ),
  unless: ['net.egress-ip-changed'],
  explain: (evidence, subject) => saysSo('auth.network-not-allowed', evidence, subject),
  owner: 'mail-admin',
  because: ({ username, places, says }) => {
    const where = placesText(places);
    return both(
      `${where.en} refuses ${username} because of where the login comes from. The server says "${says}".`,
      `${where.ja} は、接続元のネットワークを理由に ${username} のログインを拒否しました。サーバーの応答は「${says}」です。`,
    );
  },
  steps: ({ provider, places }) => [
    ...(provider === 'xserver'
      ? [
          both(
            'In the Xserver server panel open SMTP authentication: access from abroad, and lift the restriction for the domain.',
            'エックスサーバーのサーバーパネルで［SMTP認証の国外アクセス制限設定］を開き、対象ドメインの制限を「OFF」にします。',
          ),
        ]
      : provider === 'sakura'
        ? [
            both(
              'In the Sakura control panel open the filter for access from abroad, and allow the mail access that the CRM needs.',
              'さくらのコントロールパネルで［国外IPアドレスフィルタ］を開き、CRM に必要なアクセスを許可します。',
            ),
          ]
        : []),
    both(
      'Find out the public IP address from which the CRM connects.',
      'CRM がどのグローバル IP アドレスから接続しているかを調べます。',
    ),
    both(
      `Ask the administrator of ${places[0]?.host ?? ''} to allow this address, and only this one.`,
      `${places[0]?.host ?? ''} の管理者に、その IP アドレスだけを許可するよう依頼します。`,
    ),
    both(
      'Run crm-doctor on the host of the CRM as well: it may be let in from there.',
      'CRM のホストでも crm-doctor を実行し、そこからはログインできるかどうかを確かめます。',
    ),
  ],
});
