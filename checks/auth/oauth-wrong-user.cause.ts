import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import { firstPlace, loginFact, type Refused, saysSo } from './refusals.ts';
import { both, placesText } from './words.ts';

interface WrongUser extends Refused {
  readonly owner: string;
}

const ownerOf = (detail: Refused, evidence: Evidence): string =>
  loginFact(evidence, firstPlace(detail).protocol)?.token?.claims?.user ?? '';

export const oauthWrongUser = defineCause<WrongUser>({
  id: 'auth.oauth-wrong-user',
  title: both('The OAuth token belongs to another user', 'OAuth トークンが別のユーザーのものです'),
  about: both(
    'A login by OAuth names a mailbox (user=) and shows a token, and the token belongs to whoever signed in. Where the two differ, the server refuses, unless the owner of the token has been given full access to that mailbox. It happens when the browser was still signed in to somebody else while the CRM was connected.',
    'OAuth によるログインでは、メールボックスの名前 (user=) とトークンを示します。トークンは、サインインした本人のものです。両者が異なる場合、そのメールボックスへのフルアクセスがない限り拒否されます。CRM を接続したときに、ブラウザーが別のユーザーでサインインしたままだった場合によく起こります。',
  ),
  explain: (evidence, subject) =>
    saysSo('auth.oauth-wrong-user', evidence, subject).map((finding) => ({
      ...finding,
      detail: { ...finding.detail, owner: ownerOf(finding.detail, evidence) },
    })),
  owner: 'crm-admin',
  because: ({ username, owner, places, says }) => {
    const where = placesText(places);
    return both(
      `The login at ${where.en} names ${username}, but the token belongs to ${owner}. The server says "${says}".`,
      `${where.ja} へのログインは ${username} の名前ですが、トークンは ${owner} のものです。サーバーの応答は「${says}」です。`,
    );
  },
  steps: (detail) => [
    both(
      `In the CRM, disconnect the mail account, sign out in the browser (or use a private window), and sign in as ${detail.username}.`,
      `CRM でメールアカウントの接続を解除し、ブラウザーでサインアウトして（またはプライベート ウィンドウを使い）、${detail.username} でサインインします。`,
    ),
    ...(detail.provider === 'microsoft'
      ? [
          both(
            `If ${detail.username} is a shared mailbox that ${detail.owner} reads: Add-MailboxPermission -Identity ${detail.username} -User ${detail.owner} -AccessRights FullAccess (for sending also Add-RecipientPermission -AccessRights SendAs).`,
            `${detail.username} が共有メールボックスで、${detail.owner} が読む場合は、Add-MailboxPermission -Identity ${detail.username} -User ${detail.owner} -AccessRights FullAccess を実行します（送信には Add-RecipientPermission -AccessRights SendAs も必要です）。`,
          ),
        ]
      : []),
    both(
      `If the mailbox of ${detail.owner} is the one that is meant, set that as the user name.`,
      `使いたいのが ${detail.owner} のメールボックスであれば、ユーザー名をそれに変更します。`,
    ),
  ],
});
