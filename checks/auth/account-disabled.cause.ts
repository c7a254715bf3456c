import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from './refusals.ts';
import { saysSo } from './refusals.ts';
import { both, placesText } from './words.ts';

const expired = ({ says }: Refused): boolean => /\[EXPIRED\]|password.{0,30}expired/i.test(says);

export const accountDisabled = defineCause<Refused>({
  id: 'auth.account-disabled',
  title: both('The account is locked, disabled or expired', 'アカウントがロックされているか、無効になっています'),
  about: both(
    'The server knows the account and does not let it in: an administrator has disabled it, it was locked after failures, or its password has passed its age limit. A right password does not help until the account is opened again.',
    'サーバーはアカウントを認識していますが、ログインを許可していません。管理者による無効化、ログイン失敗によるロック、パスワードの有効期限切れなどが考えられます。解除されるまでは、正しいパスワードでもログインできません。',
  ),
  explain: (evidence, subject) => saysSo('auth.account-disabled', evidence, subject),
  owner: 'mail-admin',
  because: (detail) => {
    const where = placesText(detail.places);
    return expired(detail)
      ? both(
          `The password of ${detail.username} has passed its age limit, and ${where.en} refuses it. The server says "${detail.says}".`,
          `${detail.username} のパスワードの有効期限が切れているため、${where.ja} にログインできません。サーバーの応答は「${detail.says}」です。`,
        )
      : both(
          `${where.en} does not let ${detail.username} in: the account itself is locked or disabled. The server says "${detail.says}".`,
          `${where.ja} に ${detail.username} でログインできません。アカウント自体がロックされているか、無効になっています。サーバーの応答は「${detail.says}」です。`,
        );
  },
  steps: (detail) => [
    expired(detail)
      ? both(
          `Set a new password for ${detail.username}, and enter it in the CRM and in crm-doctor.yaml.`,
          `${detail.username} のパスワードを変更し、CRM と crm-doctor.yaml に設定します。`,
        )
      : both(
          `Ask the administrator of the mail server to unlock or enable ${detail.username}, and give the server's words.`,
          `メールサーバーの管理者に、サーバーの応答を伝えて ${detail.username} のロック解除または有効化を依頼します。`,
        ),
    both(
      'Find programs and devices that still log in with an old password; they would lock it again.',
      '古いパスワードでログインし続けている機器やソフトを探して停止します。残っていると、再びロックされます。',
    ),
    ...(detail.provider === 'microsoft'
      ? [
          both(
            `In the Microsoft 365 admin center open Users > Active users > ${detail.username}, and see whether the sign-in is blocked.`,
            `Microsoft 365 管理センターの［ユーザー］>［アクティブなユーザー］> ${detail.username} で、サインインがブロックされていないかを確認します。`,
          ),
        ]
      : []),
  ],
});
