import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const senderRefused = defineCause<Refused>({
  id: 'smtp.sender-refused',
  title: both('The server refuses the sender address', '差出人アドレスが拒否されています'),
  about: both(
    'Before a message, a client names its sender by MAIL FROM. Servers refuse it when its domain does not exist in the DNS (the directory of names), when the address is badly formed, or when a rule of theirs forbids it.',
    '送信時には、まず MAIL FROM で差出人アドレスを伝えます。ドメインが DNS（名前の台帳）に存在しない、アドレスの書き方が正しくない、サーバーの規則で禁止されている、などの場合に拒否されます。',
  ),
  unless: ['config.sender-mismatch', 'config.malformed-value', 'config.sender-malformed'],
  explain: (evidence, subject) => saysSo('smtp.sender-refused', evidence, subject),
  owner: 'crm-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} refuses ${detail.sender} as the sender: "${detail.says}".`,
      `${host}:${port} は、差出人 ${detail.sender} を拒否しました。応答は「${detail.says}」です。`,
    );
  },
  steps: (detail) => [
    both(
      `Look for a typing fault in the sender address ${detail.sender} in the CRM.`,
      `CRM に設定した差出人アドレス ${detail.sender} に入力間違いがないかを確認します。`,
    ),
    both(
      'See that its domain has an MX or address record (crm-doctor mail --only mail.dns).',
      '差出人のドメインに MX レコードまたは A レコードがあることを確認します（crm-doctor mail --only mail.dns）。',
    ),
    both(
      `If both are right, ask the administrator of ${firstPlace(detail).host} which rule refuses it.`,
      `どちらも正しい場合は、拒否した規則を ${firstPlace(detail).host} の管理者に確認します。`,
    ),
  ],
});
