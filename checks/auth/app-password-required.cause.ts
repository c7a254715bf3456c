import { defineCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import type { Refused } from './refusals.ts';
import { saysSo } from './refusals.ts';
import { both, placesText } from './words.ts';

const creation = ({ provider, username }: Refused): Text => {
  switch (provider) {
    case 'google':
      return both(
        `Sign in as ${username} at myaccount.google.com > Security > 2-Step Verification > App passwords, and create one named "CRM".`,
        `${username} で myaccount.google.com にサインインし、［セキュリティ］>［2 段階認証プロセス］>［アプリ パスワード］で「CRM」という名前のアプリパスワードを作成します。`,
      );
    case 'icloud':
      return both(
        `Sign in as ${username} at account.apple.com > Sign-In and Security > App-Specific Passwords, and create one.`,
        `${username} で account.apple.com にサインインし、［サインインとセキュリティ］>［App 用パスワード］で作成します。`,
      );
    case 'netease':
      return both(
        'In the webmail open Settings > POP3/SMTP/IMAP, switch the service on and create an authorisation code.',
        'Web メールの設定画面で POP3/SMTP/IMAP を有効にし、認証コード（授权码）を作成します。',
      );
    case 'zoho':
      return both(
        'At accounts.zoho.com open Security > App Passwords, and create one.',
        'accounts.zoho.com の［セキュリティ］>［アプリケーション固有のパスワード］で作成します。',
      );
    default:
      return both(
        `In the security settings of the account ${username}, create an app password.`,
        `アカウント ${username} のセキュリティ設定で、アプリパスワードを作成します。`,
      );
  }
};

export const appPasswordRequired = defineCause<Refused>({
  id: 'auth.app-password-required',
  title: both('The provider wants an app password', 'アプリパスワードが必要です'),
  about: both(
    'An app password is a second password that a provider makes for one program. Accounts with two-step verification (a code besides the password) do not take their normal password from mail programs, which cannot ask for the code. Some providers call it authorisation code or app-specific password.',
    'アプリパスワードとは、提供元が特定のプログラム用に発行する専用のパスワードです。2 段階認証（パスワードに加えてコードで確認する方式）が有効なアカウントでは、コードを入力できないメールソフトから通常のパスワードでログインできません。提供元によっては「認証コード」「App 用パスワード」とも呼ばれます。',
  ),
  explain: (evidence, subject) => saysSo('auth.app-password-required', evidence, subject),
  owner: 'user',
  because: ({ username, places, says }) => {
    const where = placesText(places);
    return both(
      `${where.en} does not take the normal password of ${username}; it asks for an app password. The server says "${says}".`,
      `${where.ja} では、${username} の通常のパスワードでログインできず、アプリパスワードが求められています。サーバーの応答は「${says}」です。`,
    );
  },
  steps: (detail) => [
    creation(detail),
    both(
      'Enter it, without blanks, as the password in the CRM and in crm-doctor.yaml.',
      '作成したパスワードを、空白を除いて CRM と crm-doctor.yaml に設定します。',
    ),
    ...(detail.provider === 'google'
      ? [
          both(
            'If the menu is missing, the administrator of the organisation has forbidden app passwords: connect the CRM with OAuth ("Sign in with Google") instead.',
            'このメニューがない場合は、組織の管理者がアプリパスワードを禁止しています。代わりに OAuth（「Google でログイン」）で CRM を接続します。',
          ),
        ]
      : []),
  ],
});
