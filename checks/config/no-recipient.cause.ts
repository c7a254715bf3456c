import { both } from '../auth/words.ts';
import { loggedCause } from '../logs/logged-cause.ts';

export const noRecipient = loggedCause({
  id: 'config.no-recipient',
  title: both('The CRM sends a message without a recipient', 'CRM が宛先のないメールを送ろうとしています'),
  about: both(
    'The CRM built a message for which it had no address: the contact has no e-mail address, a template refers to an empty field, or a rule sends to a group without members. The mail library refuses it before any server is asked, so nothing is wrong with the mail settings.',
    'CRM が、宛先のアドレスがないままメールを作成しています。取引先にメールアドレスが登録されていない、テンプレートが空の項目を参照している、メンバーのいないグループ宛てになっている、などの場合です。サーバーに接続する前にメール送信ライブラリで止まるため、メールの設定には問題がありません。',
  ),
  owner: 'crm-admin',
  means: () =>
    both(
      'The CRM tried to send a message whose list of recipients is empty.',
      'CRM が、宛先が空のメールを送信しようとしました。',
    ),
  steps: () => [
    both(
      'Find the record that was to be mailed at the time of the log line, and enter its e-mail address.',
      'ログの時刻に送信しようとしたレコードを特定し、メールアドレスを登録します。',
    ),
    both(
      'Look at the template or workflow that sends: its To must name a field that is always filled, and it should skip records without an address.',
      '送信に使われたテンプレートやワークフローを確認します。宛先には必ず値が入る項目を指定し、アドレスのないレコードは送信対象から除外します。',
    ),
    both('Send it again to that record.', '同じレコードにもう一度送信して確認します。'),
  ],
});
