import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const restrictedSenders = defineCause<Refused>({
  id: 'mailbox.restricted-senders',
  title: both(
    'The mailbox takes mail from internal or listed senders only',
    'メールボックスが社内または登録済みの差出人に限定されています',
  ),
  about: both(
    'A mailbox or distribution list can be set to take mail from people of the organisation only, or from listed senders only. A CRM outside, or customers who reply, are then refused (5.7.124, 5.7.133 and the like).',
    'メールボックスや配布リストは、組織内または登録済みの差出人からのメールだけを受け取る設定にできます。この場合、外部の CRM やお客様からのメールは拒否されます（5.7.124、5.7.133 など）。',
  ),
  explain: (evidence, subject) => saysSo('mailbox.restricted-senders', evidence, subject),
  owner: 'mail-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} does not let ${detail.sender} write to ${detail.recipient}: "${detail.says}".`,
      `${host}:${port} は、${detail.sender} から ${detail.recipient} へのメールを許可していません。応答は「${detail.says}」です。`,
    );
  },
  steps: (detail) => [
    both(
      'In the Exchange admin center open the recipient > Mail flow settings > Message delivery restrictions, and allow senders outside the organisation.',
      'Exchange 管理センターで受信者を開き、［メール フローの設定］>［メッセージ配信の制限］で、組織外の差出人を許可します。',
    ),
    both(
      `Or add ${detail.sender} to its list of allowed senders.`,
      `または、許可する差出人の一覧に ${detail.sender} を追加します。`,
    ),
  ],
});
