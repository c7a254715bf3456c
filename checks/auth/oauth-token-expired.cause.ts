import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from './refusals.ts';
import { saysSo } from './refusals.ts';
import { both, placesText } from './words.ts';

export const oauthTokenExpired = defineCause<Refused>({
  id: 'auth.oauth-token-expired',
  title: both('The OAuth token has expired or was revoked', 'OAuth のアクセストークンが期限切れか、取り消されています'),
  about: both(
    'With OAuth 2.0 a program logs in by an access token, a temporary pass of about one hour, and gets a new one by its refresh token. When it does not fetch a new one in time, or a person or an administrator has revoked it, the server refuses the old one.',
    'OAuth 2.0 では、プログラムはアクセストークン（約 1 時間有効な一時的な通行証）でログインし、期限が来る前に更新トークンで新しいものを取得します。更新されなかった場合や、本人または管理者が取り消した場合、サーバーは古いトークンを拒否します。',
  ),
  explain: (evidence, subject) => saysSo('auth.oauth-token-expired', evidence, subject),
  owner: 'crm-admin',
  because: ({ username, places, says }) => {
    const where = placesText(places);
    return both(
      `${where.en} refuses the token of ${username}. The server says "${says}".`,
      `${where.ja} が ${username} のトークンを拒否しました。サーバーの応答は「${says}」です。`,
    );
  },
  steps: ({ username }) => [
    both(
      `In the CRM, disconnect the mail account ${username} and sign in again.`,
      `CRM でメールアカウント ${username} の接続をいったん解除し、もう一度サインインします。`,
    ),
    both(
      'See that the CRM asks for offline access (offline_access at Microsoft, access_type=offline at Google), without which it cannot renew the token.',
      'CRM がオフライン アクセス（Microsoft では offline_access、Google では access_type=offline）を要求していることを確認します。これがないと、トークンを更新できません。',
    ),
    both(
      'See that the scheduled job of the CRM that renews tokens runs.',
      'CRM でトークンを更新する定期処理が動いていることを確認します。',
    ),
  ],
});
