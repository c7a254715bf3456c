import { both } from '../auth/words.ts';
import { loggedCause } from '../logs/logged-cause.ts';

export const routingNoMatch = loggedCause({
  id: 'crm.routing-no-match',
  title: both(
    'The CRM does not know where incoming mail belongs',
    '受信メールが CRM のどの振り分け先にも当てはまりません',
  ),
  about: both(
    'The CRM does fetch the message, but none of its rules, aliases or groups takes it: the address it was sent to is no alias of the CRM, it is no reply to a known message, and there is no default. The message is dropped or bounced, and from outside mail seems to work.',
    'CRM はメールを取り込んでいるものの、どのルール、エイリアス、グループにも当てはまらない状態です。宛先が CRM のエイリアスではなく、既存メールへの返信でもなく、既定の振り分け先もありません。メールは破棄されるか差出人に返され、外からはメールが正常に見えます。',
  ),
  owner: 'crm-admin',
  means: () =>
    both(
      'The CRM fetched mail and found no rule or alias for it.',
      'CRM が取り込んだメールに、当てはまるルールやエイリアスがありません。',
    ),
  steps: ({ place, mailboxes }) => [
    both(
      `Look in ${place} for the address that the mail was sent to${mailboxes.length > 0 ? ` (${mailboxes.join(', ')})` : ''}.`,
      `${place} で、メールの宛先${mailboxes.length > 0 ? `（${mailboxes.join('、')}）` : ''}を確認します。`,
    ),
    both(
      'Give the CRM an alias for this address, or a record type that the incoming server creates by default (Odoo: "Create a New Record" of the incoming mail server).',
      'この宛先のエイリアスを CRM に追加するか、受信サーバーの既定の作成先を設定します（Odoo では受信メールサーバーの［新規レコードを作成］）。',
    ),
    both(
      'Is the alias domain that the CRM writes into replies the domain of this mailbox?',
      'CRM が返信先に書くエイリアスのドメインが、このメールボックスのドメインと同じか確認します。',
    ),
    both(
      'Send a message to the address and see that a record is made.',
      'その宛先にメールを送り、レコードが作成されることを確認します。',
    ),
  ],
});
