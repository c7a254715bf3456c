import { defineCause } from '../../src/model/cause.ts';
import type { TokenRefused } from './oauth-endpoint.ts';
import { saidOfToken, serverText } from './oauth-endpoint.ts';
import { both, placesText } from './words.ts';

export const oauthRefreshRevoked = defineCause<TokenRefused>({
  id: 'auth.oauth-refresh-revoked',
  title: both(
    'The refresh token is no longer valid: somebody has to sign in again',
    '更新トークンが無効になっており、もう一度サインインが必要です',
  ),
  about: both(
    'With OAuth 2.0 a program keeps a refresh token (a permit to fetch new access tokens without asking again). It ends when the password is changed, when the user or an administrator withdraws it, when it was not used for a long time (90 days at Microsoft, 6 months at Google), or after 7 days where the Google app is still in testing; and it counts for the app only that it was issued to. The authorization server then says invalid_grant, and only a person can sign in again.',
    'OAuth 2.0 では、プログラムは更新トークン（リフレッシュトークン。再度のサインインなしで新しいアクセストークンを取得するための許可証）を保管します。パスワードの変更、本人や管理者による取り消し、長期間の未使用（Microsoft は 90 日、Google は 6 か月）、Google の「テスト」状態のアプリでは 7 日の経過によって無効になります。また、発行を受けたアプリ以外では使えません。その場合、認可サーバーは invalid_grant と応答し、人がもう一度サインインする必要があります。',
  ),
  explain: (evidence, subject) => saidOfToken('auth.oauth-refresh-revoked', evidence, subject),
  owner: 'crm-admin',
  because: (detail) => {
    const where = placesText(detail.places);
    const server = serverText(detail);
    return both(
      `${server.en} gives no new access token for ${detail.username}, so that ${where.en} cannot be logged in to. It says "${detail.says}".`,
      `${server.ja} が ${detail.username} の新しいアクセストークンを発行しないため、${where.ja} にログインできません。応答は「${detail.says}」です。`,
    );
  },
  steps: ({ username, provider, codes }) => [
    both(
      `In the CRM, disconnect the mail account ${username}, connect it again and sign in as ${username}.`,
      `CRM でメールアカウント ${username} の接続を解除し、もう一度接続して ${username} でサインインします。`,
    ),
    both(
      'For crm-doctor itself sign in with `crm-doctor mail --login`; oauth.tokenFile keeps its token for the next run.',
      'crm-doctor 用のトークンは `crm-doctor mail --login` でサインインすると取得できます。oauth.tokenFile を設定すると、次回以降も使えます。',
    ),
    ...(provider === 'google'
      ? [
          both(
            'If it ends again after 7 days, the app is in testing: in the Google Cloud console open Google Auth Platform > Audience and publish it.',
            '7 日後にまた無効になる場合は、アプリがテスト状態です。Google Cloud コンソールの［Google Auth Platform］>［対象］でアプリを公開します。',
          ),
        ]
      : []),
    ...(provider === 'microsoft' || codes.length > 0
      ? [
          both(
            `Why it ended stands in the Entra admin center: Users > ${username} > Sign-in logs > "User sign-ins (non-interactive)".`,
            `無効になった理由は、Entra 管理センターの［ユーザー］> ${username} >［サインイン ログ］>［ユーザーのサインイン (非対話型)］で確認できます。`,
          ),
        ]
      : []),
  ],
});
