import { defineCause } from '../../src/model/cause.ts';
import { expiredAt } from './oauth.ts';
import type { Refused } from './refusals.ts';
import { firstPlace, loginFact, saysSo } from './refusals.ts';
import { both, placesText } from './words.ts';

interface TokenExpired extends Refused {
  /** RFC 3339, by the token's own word. */
  readonly expired?: string;
  /** It says that it is still valid, so that somebody has withdrawn it or it is not for this server. */
  readonly validUntil?: string;
}

export const oauthTokenExpired = defineCause<TokenExpired>({
  id: 'auth.oauth-token-expired',
  title: both('The OAuth token has expired or was revoked', 'OAuth のアクセストークンが期限切れか、取り消されています'),
  about: both(
    'With OAuth 2.0 a program logs in by an access token, a temporary pass of about one hour, and gets a new one by its refresh token. When it does not fetch a new one in time, or a person or an administrator has revoked it, the server refuses the old one.',
    'OAuth 2.0 では、プログラムはアクセストークン（約 1 時間有効な一時的な通行証）でログインし、期限が来る前に更新トークンで新しいものを取得します。更新されなかった場合や、本人または管理者が取り消した場合、サーバーは古いトークンを拒否します。',
  ),
  explain: (evidence, subject) =>
    saysSo('auth.oauth-token-expired', evidence, subject).map((finding) => {
      const token = loginFact(evidence, firstPlace(finding.detail).protocol)?.token;
      const expired = token && expiredAt(token);
      const until = token?.claims?.expires;
      return {
        ...finding,
        detail: {
          ...finding.detail,
          ...(expired === undefined ? {} : { expired }),
          ...(expired === undefined && until !== undefined ? { validUntil: until } : {}),
        },
      };
    }),
  owner: 'crm-admin',
  because: ({ username, places, says, expired, validUntil }) => {
    const where = placesText(places);
    if (expired !== undefined) {
      return both(
        `The token of ${username} ended at ${expired} and is refused by ${where.en}. The server says "${says}".`,
        `${username} のトークンの有効期限は ${expired} で、すでに切れています。${where.ja} の応答は「${says}」です。`,
      );
    }
    if (validUntil !== undefined) {
      return both(
        `The token of ${username} is refused by ${where.en} as not valid, although by its own word it would be until ${validUntil}: it was revoked, or was not issued for this server. The server says "${says}".`,
        `${where.ja} が ${username} のトークンを無効として拒否しました。トークン自体の有効期限は ${validUntil} のため、取り消されたか、このサーバー用に発行されたものではありません。サーバーの応答は「${says}」です。`,
      );
    }
    return both(
      `The token of ${username} is refused by ${where.en}. The server says "${says}".`,
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
    both(
      'If crm-doctor.yaml holds a fixed oauth.accessToken, give a fresh one, or let crm-doctor fetch it (oauth.provider, clientId, refreshToken).',
      'crm-doctor.yaml の oauth.accessToken に固定の値を書いている場合は、新しいトークンに差し替えるか、crm-doctor が取得できるように設定します（oauth.provider、clientId、refreshToken）。',
    ),
  ],
});
