import { defineCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import type { TokenRefused } from './oauth-endpoint.ts';
import { saidOfToken, serverText } from './oauth-endpoint.ts';
import { both, placesText } from './words.ts';

const grant = ({ provider, clientId, codes, username }: TokenRefused): readonly Text[] => {
  if (provider === 'google') {
    return [
      both(
        `Sign in again as ${username} and tick the access to Gmail on the consent page.`,
        `${username} でもう一度サインインし、同意画面で Gmail へのアクセスにチェックを付けます。`,
      ),
      both(
        `For domain-wide delegation: in the Google Admin console open Security > Access and data control > API controls > Manage domain-wide delegation, and add the client id ${clientId} with the scope https://mail.google.com/.`,
        `ドメイン全体の委任を使う場合は、Google 管理コンソールの［セキュリティ］>［アクセスとデータ管理］>［API の制御］>［ドメイン全体の委任を管理］で、クライアント ID ${clientId} にスコープ https://mail.google.com/ を追加します。`,
      ),
    ];
  }
  if (provider === 'microsoft' || codes.length > 0) {
    return [
      both(
        `In the Entra admin center open Enterprise applications > the app ${clientId} > Permissions, and choose "Grant admin consent".`,
        `Entra 管理センターの［エンタープライズ アプリケーション］>アプリ ${clientId} >［アクセス許可］で［管理者の同意を与えます］を選びます。`,
      ),
      both(
        `Or sign in once as ${username} and agree on the consent page; where users may not agree themselves, an administrator has to.`,
        `または ${username} で一度サインインし、同意画面で承諾します。利用者による同意が許可されていない組織では、管理者の同意が必要です。`,
      ),
    ];
  }
  return [
    both(
      `Have the administrator of the authorization server allow the client ${clientId} for ${username}.`,
      `認可サーバーの管理者に、${username} についてクライアント ${clientId} の許可を依頼します。`,
    ),
  ];
};

export const oauthConsent = defineCause<TokenRefused>({
  id: 'auth.oauth-consent',
  title: both('Consent for the OAuth app is missing', 'OAuth アプリへの同意がありません'),
  about: both(
    'Before an OAuth app may use a mailbox, the user or an administrator has to agree to what it asks for (consent). It is missing when nobody has agreed yet, when the app asks for more than before, when an administrator has taken it back, or when users of the organisation may not agree themselves.',
    'OAuth アプリがメールボックスを使うには、利用者または管理者が、アプリの求める権限に同意する必要があります。まだ同意していない、アプリの求める権限が増えた、管理者が同意を取り消した、組織で利用者自身の同意が許可されていない、といった場合に不足します。',
  ),
  explain: (evidence, subject) => saidOfToken('auth.oauth-consent', evidence, subject),
  owner: 'mail-admin',
  because: (detail) => {
    const server = serverText(detail);
    const where = placesText(detail.places);
    return both(
      `${server.en} gives the app ${detail.clientId} no token for ${detail.username}, since its permissions have not been agreed to. It says "${detail.says}". So ${where.en} cannot be logged in to.`,
      `アプリ ${detail.clientId} への同意がないため、${server.ja} が ${detail.username} のトークンを発行しません。応答は「${detail.says}」です。そのため、${where.ja} にログインできません。`,
    );
  },
  steps: (detail) => [
    ...grant(detail),
    both(
      'Then connect the mail account in the CRM again, and check again (`crm-doctor mail --login` signs crm-doctor in).',
      'そのあと CRM でメールアカウントを接続し直し、もう一度検査します（crm-doctor のサインインは `crm-doctor mail --login`）。',
    ),
  ],
});
