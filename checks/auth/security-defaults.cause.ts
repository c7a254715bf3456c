import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from './refusals.ts';
import { saysSo } from './refusals.ts';
import { both, placesText } from './words.ts';

export const securityDefaults = defineCause<Refused>({
  id: 'auth.security-defaults',
  title: both(
    'Security defaults of the tenant refuse password logins',
    'テナントのセキュリティの既定値群がパスワード認証を拒否しています',
  ),
  about: both(
    'Security defaults are a bundle of protections that Microsoft Entra ID (the directory behind Microsoft 365) switches on for a tenant, the contract of an organisation. They refuse every login with a password only, which is what a mail program without OAuth makes.',
    'セキュリティの既定値群とは、Microsoft Entra ID（Microsoft 365 の認証基盤）がテナント（組織の契約単位）に一括で適用する保護設定です。有効な場合、OAuth を使わないメールソフトのような、パスワードだけのログインはすべて拒否されます。',
  ),
  explain: (evidence, subject) => saysSo('auth.security-defaults', evidence, subject),
  owner: 'mail-admin',
  because: ({ username, places, says }) => {
    const where = placesText(places);
    return both(
      `${where.en} refuses ${username} because the sign-in does not meet the rules of the tenant, not because of the password. The server says "${says}".`,
      `${where.ja} で ${username} のログインが拒否されました。パスワードの間違いではなく、サインイン方法がテナントの条件を満たしていません。サーバーの応答は「${says}」です。`,
    );
  },
  steps: ({ username }) => [
    both(
      `Connect the CRM by OAuth ("modern authentication") as ${username}; security defaults allow that.`,
      `CRM を OAuth（先進認証）で ${username} に接続します。セキュリティの既定値群が有効でも OAuth は使えます。`,
    ),
    both(
      'If the CRM cannot do OAuth, send through a relay connector of Exchange Online, which needs no login of a user.',
      'CRM が OAuth に対応していない場合は、ユーザーのログインが不要な Exchange Online のコネクタ（中継設定）経由で送信します。',
    ),
    both(
      'In the Entra admin center open Identity > Monitoring > Sign-in logs, filter by "Legacy authentication" and see which rule refused it.',
      'Entra 管理センターの［監視と正常性］>［サインイン ログ］で「レガシ認証」を絞り込み、どの条件で拒否されたかを確認します。',
    ),
  ],
});
