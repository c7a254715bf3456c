import { defineCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import { protocolName } from '../mail/service.ts';
import type { Refused } from './refusals.ts';
import { firstPlace, saysSo } from './refusals.ts';
import { both, placesText } from './words.ts';

const microsoftScope = { smtp: 'SMTP.Send', imap: 'IMAP.AccessAsUser.All', pop3: 'POP.AccessAsUser.All' } as const;

const wanted = (detail: Refused): Text => {
  const { protocol } = firstPlace(detail);
  if (detail.provider === 'google') {
    return both(
      'Add the scope https://mail.google.com/ to the OAuth app.',
      'OAuth アプリに https://mail.google.com/ のスコープを追加します。',
    );
  }
  const scope = `https://outlook.office.com/${microsoftScope[protocol]}`;
  return detail.provider === 'microsoft'
    ? both(
        `Add the delegated permission ${scope} to the app registration (scopes of Microsoft Graph do not count for ${protocolName[protocol]}).`,
        `アプリの登録に、委任されたアクセス許可 ${scope} を追加します（Microsoft Graph のスコープは ${protocolName[protocol]} には使えません）。`,
      )
    : both(
        `Add the provider's scope for ${protocolName[protocol]} to the OAuth app.`,
        `OAuth アプリに、提供元が定める ${protocolName[protocol]} 用のスコープを追加します。`,
      );
};

export const oauthScope = defineCause<Refused>({
  id: 'auth.oauth-scope',
  title: both(
    'The OAuth token lacks the permission for this protocol',
    'OAuth トークンに必要な権限（スコープ）がありません',
  ),
  about: both(
    'A scope is what an OAuth token (a temporary pass) permits. IMAP, POP3 and SMTP each need their own; a token for the calendar or for the web API of the same provider does not open the mailbox.',
    'スコープとは、OAuth トークン（一時的な通行証）で許可される操作の範囲です。IMAP・POP3・SMTP にはそれぞれ専用のスコープが必要で、同じ提供元の予定表や Web API 用のトークンではメールボックスを開けません。',
  ),
  explain: (evidence, subject) => saysSo('auth.oauth-scope', evidence, subject),
  owner: 'crm-admin',
  because: ({ username, places, says }) => {
    const where = placesText(places);
    return both(
      `${where.en} knows the token of ${username}, but it does not permit this protocol. The server says "${says}".`,
      `${where.ja} では、${username} のトークンにこのプロトコルの権限がありません。サーバーの応答は「${says}」です。`,
    );
  },
  steps: (detail) => [
    wanted(detail),
    both(
      `Sign in again as ${detail.username} in the CRM and consent to the new permission.`,
      `CRM から ${detail.username} でもう一度サインインし、追加した権限に同意します。`,
    ),
  ],
});
