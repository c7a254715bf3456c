import { both } from '../auth/words.ts';
import { loggedCause } from '../logs/logged-cause.ts';

export const noMailAccount = loggedCause({
  id: 'crm.no-mail-account',
  title: both('The CRM has no mail account to send with', 'CRM に送信用のメールアカウントが設定されていません'),
  about: both(
    'The CRM wants to send, but none of its mail accounts is meant for that: no outgoing server is set, none is the default, or none fits the sender. The mail server is never asked. It often follows a restore, a new company, or a deleted user whose account was the default.',
    'CRM が送信しようとしても、使えるメールアカウントがない状態です。送信サーバーが未設定、既定のものがない、差出人に合うものがない、のいずれかです。メールサーバーへの接続は行われません。データの復元、会社の追加、既定のアカウントを持っていたユーザーの削除のあとによく起こります。',
  ),
  owner: 'crm-admin',
  means: () =>
    both('The CRM found no mail account to send with.', 'CRM に、送信に使えるメールアカウントがありません。'),
  steps: () => [
    both(
      'Set the outgoing account in the CRM (Odoo: Settings > Technical > Outgoing Mail Servers; EspoCRM: Administration > Outbound Emails; SuiteCRM: Admin > Email Settings).',
      'CRM で送信用アカウントを設定します（Odoo は［設定］→［技術］→［送信メールサーバー］、EspoCRM は［管理］→［送信メール］、SuiteCRM は［管理］→［メール設定］）。',
    ),
    both(
      'Take the values that crm-doctor has found to work: host, port, security, user name, and the sender.',
      'crm-doctor で動作を確認できた値（ホスト名、ポート、暗号化、ユーザー名、差出人）を入力します。',
    ),
    both(
      'Mark it as the default, or allow it for the users and companies that send.',
      '既定のアカウントにするか、送信するユーザーや会社に使用を許可します。',
    ),
    both('Send one message from the CRM.', 'CRM から 1 通送信して確認します。'),
  ],
});
