import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import { protocolName } from '../mail/service.ts';
import { microsoftScope, type ScopeGap, scopeGap } from './oauth.ts';
import { saidByEndpoint, serverText, type TokenRefused } from './oauth-endpoint.ts';
import type { Refused } from './refusals.ts';
import { firstPlace, loginFact, saysSo } from './refusals.ts';
import { both, placesText } from './words.ts';

/** A mail server refused what the token permits, or the authorization server what was asked for. */
type OAuthScope = (Refused & { readonly seenIn: 'reply'; readonly gap?: ScopeGap }) | TokenRefused;

const explain = (evidence: Evidence, subject: Subject): readonly Finding<OAuthScope>[] => [
  ...saysSo('auth.oauth-scope', evidence, subject).map((finding): Finding<OAuthScope> => {
    const { protocol } = firstPlace(finding.detail);
    const service = subject.services[protocol];
    const fact = loginFact(evidence, protocol);
    const gap = service && fact ? scopeGap(service, fact) : undefined;
    return { ...finding, detail: { ...finding.detail, seenIn: 'reply', ...(gap ? { gap } : {}) } };
  }),
  ...saidByEndpoint('auth.oauth-scope', evidence, subject),
];

const gapText = ({ wanted, has, audience }: ScopeGap): Text => {
  const list = has.slice(0, 6).join(' ');
  if (audience !== undefined) {
    return both(
      ` The token is for ${audience}, not for the mail service.`,
      `トークンは ${audience} 用で、メール用ではありません。`,
    );
  }
  return list
    ? both(` It permits ${list}; ${wanted} is missing.`, `許可されているのは ${list} で、${wanted} がありません。`)
    : both(` ${wanted} is missing.`, `${wanted} がありません。`);
};

const wanted = (detail: OAuthScope): Text => {
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

export const oauthScope = defineCause<OAuthScope>({
  id: 'auth.oauth-scope',
  title: both(
    'The OAuth token lacks the permission for this protocol',
    'OAuth トークンに必要な権限（スコープ）がありません',
  ),
  about: both(
    'A scope is what an OAuth token (a temporary pass) permits. IMAP, POP3 and SMTP each need their own; a token for the calendar or for the web API of the same provider does not open the mailbox.',
    'スコープとは、OAuth トークン（一時的な通行証）で許可される操作の範囲です。IMAP・POP3・SMTP にはそれぞれ専用のスコープが必要で、同じ提供元の予定表や Web API 用のトークンではメールボックスを開けません。',
  ),
  explain,
  owner: 'crm-admin',
  because: (detail) => {
    const { username, places, says } = detail;
    const where = placesText(places);
    if (detail.seenIn === 'endpoint') {
      const server = serverText(detail);
      return both(
        `${server.en} does not know the scopes that were asked for: "${says}". Without a token ${where.en} cannot be logged in to.`,
        `${server.ja} は、要求されたスコープを受け付けません。応答は「${says}」です。トークンを取得できないため、${where.ja} にログインできません。`,
      );
    }
    const gap = detail.gap ? gapText(detail.gap) : both('', '');
    return both(
      `The token of ${username} does not permit this at ${where.en}.${gap.en} The server says "${says}".`,
      `${where.ja} では、${username} のトークンにこのプロトコルの権限がありません。${gap.ja}サーバーの応答は「${says}」です。`,
    );
  },
  steps: (detail) => [
    wanted(detail),
    ...(detail.seenIn === 'endpoint'
      ? [
          both(
            'Where oauth.scopes is set in crm-doctor.yaml, compare it with what the provider documents, or leave it out.',
            'crm-doctor.yaml に oauth.scopes を設定している場合は、提供元の説明と照らし合わせるか、設定を外します。',
          ),
        ]
      : []),
    both(
      `Sign in again as ${detail.username} in the CRM and consent to the new permission.`,
      `CRM から ${detail.username} でもう一度サインインし、追加した権限に同意します。`,
    ),
  ],
});
