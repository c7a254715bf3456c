import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import { noWaysIn } from './mechanisms.ts';
import type { Provider } from './provider.ts';
import { providerOf } from './provider.ts';
import { loginCheck, placeOf, saysSo } from './refusals.ts';
import type { Place } from './words.ts';
import { both, placesText } from './words.ts';

interface BasicDisabled {
  readonly places: readonly Place[];
  readonly username: string;
  /** The server's answer, or the mechanisms that it offers. */
  readonly says: string;
  readonly seenIn: 'reply' | 'offer';
  readonly provider?: Provider;
}

const fromReplies = (evidence: Evidence, subject: Subject): readonly Finding<BasicDisabled>[] =>
  saysSo('auth.basic-disabled', evidence, subject).map((finding) => {
    const { places, username, says, provider } = finding.detail;
    return { ...finding, detail: { places, username, says, seenIn: 'reply', ...(provider ? { provider } : {}) } };
  });

const fromOffers = (evidence: Evidence, subject: Subject): readonly Finding<BasicDisabled>[] =>
  noWaysIn(evidence, subject)
    .filter(({ kind }) => kind === 'oauth-only')
    .map(({ service, shows }) => {
      const provider = providerOf(service.host, '');
      return {
        detail: {
          places: [placeOf(service)],
          username: service.username,
          says: shows,
          seenIn: 'offer',
          ...(provider ? { provider } : {}),
        },
        severity: 'critical',
        confidence: 0.93,
        affects: [targetOf(service)],
        evidence: [
          {
            check: loginCheck[service.protocol],
            says: both(`offers only ${shows}`, `提示されたログイン方式は ${shows} だけです`),
          },
        ],
        ruledOut: [
          {
            cause: 'auth.mechanism-unsupported',
            check: loginCheck[service.protocol],
            says: both('every mechanism that is offered is OAuth', '提示された方式はすべて OAuth です'),
          },
        ],
      };
    });

const providerSteps = ({ provider, username, places }: BasicDisabled): readonly Text[] => {
  switch (provider) {
    case 'microsoft':
      return [
        both(
          `Set the mail account of the CRM to "Microsoft 365 (OAuth)" or "modern authentication", and sign in once as ${username}.`,
          `CRM のメールアカウント設定で「Microsoft 365 (OAuth)」または「先進認証」を選び、${username} で一度サインインします。`,
        ),
        ...(places.some(({ protocol }) => protocol === 'smtp')
          ? [
              both(
                'Until then: an administrator can re-enable password logins for sending (SMTP AUTH); they are off by default from the end of December 2026 in existing tenants, and the date of their removal is announced in the second half of 2027.',
                '移行までの間は、管理者が送信用のパスワード認証 (SMTP AUTH) を再び有効にできます。既存テナントでは 2026 年 12 月末から既定で無効になり、廃止日は 2027 年後半に発表される予定です。',
              ),
              both(
                'If the CRM cannot do OAuth, send through a relay connector of Exchange Online or another relay that the company runs.',
                'CRM が OAuth に対応していない場合は、Exchange Online のコネクタ（中継設定）または自社の中継サーバーを経由して送信します。',
              ),
            ]
          : [
              both(
                'A password cannot be allowed again for IMAP and POP3: Exchange Online has removed it since October 2022.',
                'IMAP と POP3 のパスワード認証は 2022 年 10 月に廃止されており、再び有効にすることはできません。',
              ),
            ]),
      ];
    case 'google':
      return [
        both(
          `Connect the CRM with "Sign in with Google" (OAuth) as ${username}, or use an app password where 2-Step Verification is on.`,
          `CRM から「Google でログイン」(OAuth) で ${username} を接続します。2 段階認証が有効なら、アプリパスワードも使えます。`,
        ),
      ];
    default:
      return [
        both(
          `Set the mail account of the CRM to OAuth 2.0 (often called "modern authentication") and sign in once as ${username}.`,
          `CRM のメールアカウントの認証方式を OAuth 2.0（先進認証）に変更し、${username} で一度サインインします。`,
        ),
      ];
  }
};

export const basicDisabled = defineCause<BasicDisabled>({
  id: 'auth.basic-disabled',
  title: both('The provider takes no passwords here any more', 'パスワードだけの認証（基本認証）が廃止されています'),
  about: both(
    'Basic authentication means logging in with a user name and a password only. Providers such as Microsoft and Google have retired it for mail programs and ask for OAuth 2.0 (also "modern authentication"), where a person signs in once in the browser and the program gets a token, a temporary pass. No password helps then, be it right or wrong.',
    '基本認証とは、ユーザー名とパスワードだけでログインする方式です。Microsoft や Google などはメールソフト向けの基本認証を廃止し、OAuth 2.0（先進認証）を求めています。OAuth では、最初に一度ブラウザーでサインインし、プログラムはトークン（一時的な通行証）を使います。この場合、正しいパスワードを設定してもログインできません。',
  ),
  explain: (evidence, subject) => [...fromReplies(evidence, subject), ...fromOffers(evidence, subject)],
  owner: 'crm-admin',
  because: ({ places, username, says, seenIn }) => {
    const where = placesText(places);
    return seenIn === 'offer'
      ? both(
          `${where.en} takes no password from ${username}: it offers only ${says}, which are OAuth 2.0.`,
          `${where.ja} では、${username} のパスワードでログインできません。サーバーが提示する方式は ${says} だけで、いずれも OAuth 2.0 です。`,
        )
      : both(
          `${where.en} takes no password from ${username}: the provider has retired basic authentication for this. The server says "${says}".`,
          `${where.ja} では、${username} のパスワードでログインできません。提供元が基本認証（パスワードだけの認証）を廃止しています。サーバーの応答は「${says}」です。`,
        );
  },
  steps: (detail) => [
    ...providerSteps(detail),
    both('Check again after the CRM has received its token.', 'CRM がトークンを取得したら、もう一度検査します。'),
  ],
});
