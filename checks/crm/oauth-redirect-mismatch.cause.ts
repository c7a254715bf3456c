import { both } from '../auth/words.ts';
import { loggedCause } from '../logs/logged-cause.ts';

export const oauthRedirectMismatch = loggedCause({
  id: 'crm.oauth-redirect-mismatch',
  title: both(
    'The registered redirect URI is not the address of the CRM',
    '登録されたリダイレクト URI が CRM のものと一致しません',
  ),
  about: both(
    'When somebody connects a mailbox with OAuth 2.0, the provider sends the browser back to an address of the CRM, the redirect URI, and only to one that is registered for the application, letter by letter: scheme, host, port, path and the final slash count. After a move of the CRM to another name, or behind a proxy that hides https, the two differ, and no token is issued (AADSTS50011, redirect_uri_mismatch).',
    'OAuth 2.0 でメールボックスを接続するとき、認可のあとにブラウザーは CRM のアドレス（リダイレクト URI）へ戻されます。戻せるのは、アプリに登録された URI と 1 文字も違わない場合だけで、スキーム、ホスト名、ポート、パス、末尾のスラッシュまで区別されます。CRM の URL を変えた場合や、プロキシの内側で https が http と認識される場合は一致せず、トークンが発行されません (AADSTS50011、redirect_uri_mismatch)。',
  ),
  owner: 'crm-admin',
  means: () =>
    both(
      'The provider refuses to send the sign-in back to the CRM: the address is not registered.',
      'CRM のリダイレクト URI が登録されていないため、プロバイダーが認可を拒否しています。',
    ),
  steps: ({ place }) => [
    both(
      `Take the redirect URI that the CRM sent from the message in ${place}, or from the page of its mail account.`,
      `${place} のメッセージか、CRM のメールアカウントの画面で、CRM が使うリダイレクト URI を確認します。`,
    ),
    both(
      'Register exactly this URI (Microsoft: Entra admin center > App registrations > Authentication; Google: Google Cloud console > Credentials).',
      'その URI をそのまま登録します（Microsoft は Entra 管理センターの［アプリの登録］→［認証］、Google は Google Cloud コンソールの［認証情報］）。',
    ),
    both(
      "If it begins with http or names an old host: correct the CRM's own base URL (Odoo: web.base.url; others: site URL), and let the proxy pass X-Forwarded-Proto on.",
      'http で始まる場合や古いホスト名の場合は、CRM のベース URL（Odoo は web.base.url、ほかはサイト URL）を直し、プロキシが X-Forwarded-Proto を渡すようにします。',
    ),
    both('Connect the mailbox again in the CRM.', 'CRM でメールボックスの接続をやり直します。'),
  ],
});
