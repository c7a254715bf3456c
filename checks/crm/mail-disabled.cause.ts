import { both } from '../auth/words.ts';
import { loggedCause } from '../logs/logged-cause.ts';

export const mailDisabled = loggedCause({
  id: 'crm.mail-disabled',
  title: both('The mail account is switched off in the CRM', 'CRM でメールアカウントが無効になっています'),
  about: both(
    'A CRM can keep the settings of a mail account and still not use it: somebody archived or deactivated it, or the CRM switched it off after repeated failures. The mail server is not asked at all, so every check from outside looks fine. The CRM writes into its log that it may not use the account.',
    'CRM には、メールアカウントの設定を残したまま使わない状態があります。だれかがアーカイブや無効化をした場合や、失敗が続いて CRM が自動で止めた場合です。メールサーバーには接続しないため、外からの検査はすべて正常に見えます。CRM のログには、そのアカウントを使えないことが記録されます。',
  ),
  owner: 'crm-admin',
  means: () =>
    both(
      'The CRM does not use this mail account because it is switched off.',
      'このメールアカウントは CRM で無効になっているため、使われていません。',
    ),
  steps: ({ place }) => [
    both(
      'Open the list of mail servers in the CRM with archived and inactive entries shown (Odoo: Settings > Technical > Outgoing Mail Servers / Incoming Mail Servers, filter "Archived").',
      'CRM のメールサーバー一覧を、アーカイブ済みや無効のものも含めて表示します（Odoo では［設定］→［技術］→［送信メールサーバー］［受信メールサーバー］で「アーカイブ済み」を絞り込み）。',
    ),
    both(
      'Find out why it was switched off: the lines of the log before the first failure tell. If the login failed, mend that first, or the CRM will switch it off again.',
      '無効になった理由を、最初の失敗より前のログで確認します。ログインの失敗が原因なら、先にそれを直してください。直さないと、CRM が再び無効にします。',
    ),
    both('Activate the account again and run its connection test.', 'アカウントを有効に戻し、接続テストを実行します。'),
    both(
      `Send one message from the CRM and see that ${place} has no new line of this kind.`,
      `CRM から 1 通送信し、${place} に同じ行が増えないことを確認します。`,
    ),
  ],
});
