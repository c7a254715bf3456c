import { defineCause } from '../../src/model/cause.ts';
import { saidByEndpoint, serverText, type TokenRefused } from './oauth-endpoint.ts';
import type { Refused } from './refusals.ts';
import { saysSo } from './refusals.ts';
import { both, placesText } from './words.ts';

export const conditionalAccess = defineCause<Refused | TokenRefused>({
  id: 'auth.conditional-access',
  title: both(
    'A Conditional Access policy refuses the sign-in',
    '条件付きアクセス ポリシーがサインインを拒否しています',
  ),
  about: both(
    'Conditional Access is the rule book of Microsoft Entra ID (the directory behind Microsoft 365): it lets a sign-in pass only from certain places or devices, or with multi-factor authentication (a second proof besides the password). The password may be right, and the rule still says no.',
    '条件付きアクセスは、Microsoft Entra ID（Microsoft 365 の認証基盤）のルールです。特定の場所や端末から、または多要素認証（パスワード以外の確認を加える方式）でのサインインだけを許可できます。パスワードが正しくても、条件を満たさないと拒否されます。',
  ),
  explain: (evidence, subject) => [
    ...saysSo('auth.conditional-access', evidence, subject),
    ...saidByEndpoint('auth.conditional-access', evidence, subject),
  ],
  owner: 'mail-admin',
  because: (detail) => {
    const { username, places, says } = detail;
    const where = placesText(places);
    if ('seenIn' in detail) {
      const server = serverText(detail);
      return both(
        `${server.en} gives no token for ${username}: a rule of the organisation asks for more. It says "${says}". So ${where.en} cannot be logged in to.`,
        `組織のルールで追加の条件が求められているため、${server.ja} が ${username} のトークンを発行しません。応答は「${says}」です。そのため、${where.ja} にログインできません。`,
      );
    }
    return both(
      `${where.en} refuses ${username} by a rule of the organisation. The server says "${says}".`,
      `${where.ja} で、組織のルールにより ${username} のサインインが拒否されました。サーバーの応答は「${says}」です。`,
    );
  },
  steps: (detail) => [
    ...('seenIn' in detail
      ? [
          both(
            `Where a second factor is asked for (AADSTS50076, AADSTS50079), sign in again as ${detail.username} and complete it: in the CRM, and for crm-doctor with \`crm-doctor mail --login\`.`,
            `多要素認証が求められている場合（AADSTS50076、AADSTS50079）は、${detail.username} でもう一度サインインして認証を完了します。CRM と、crm-doctor（\`crm-doctor mail --login\`）の両方で行います。`,
          ),
        ]
      : []),
    both(
      `In the Entra admin center open the sign-in logs of ${detail.username}, and read the tab "Conditional Access" of the refused entry.`,
      `Entra 管理センターで ${detail.username} のサインイン ログを開き、失敗した記録の［条件付きアクセス］タブで該当ポリシーを確認します。`,
    ),
    both(
      'Connect the CRM by OAuth, and give its address or its app an exception that is as narrow as possible in that policy.',
      'CRM を OAuth で接続し、必要に応じて、そのポリシーに CRM の IP アドレスまたはアプリだけを対象とする最小限の例外を追加します。',
    ),
  ],
});
