import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const tooManyRecipients = defineCause<Refused>({
  id: 'smtp.too-many-recipients',
  title: both('More recipients in one message than the server takes', '1 通あたりの宛先数が上限を超えています'),
  about: both(
    'A server limits how many recipients one message may have. Above that it answers 452 4.5.3 for each further one. The limit is per message; the same people can be reached by several messages.',
    'サーバーは 1 通のメールに指定できる宛先数を制限しており、超えた分には 452 4.5.3 で応答します。制限は 1 通ごとのため、分割すれば同じ人数に送れます。',
  ),
  explain: (evidence, subject) => saysSo('smtp.too-many-recipients', evidence, subject),
  owner: 'crm-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} takes no further recipient in this message: "${detail.says}".`,
      `${host}:${port} は、このメールにこれ以上の宛先を受け付けません。応答は「${detail.says}」です。`,
    );
  },
  steps: () => [
    both(
      'Let the CRM send one message a recipient, or in smaller batches.',
      'CRM の設定で、宛先ごとに 1 通ずつ、または少人数に分けて送信します。',
    ),
    both(
      'On your own Postfix the limit is smtpd_recipient_limit.',
      '自社の Postfix の場合、上限は smtpd_recipient_limit で設定されています。',
    ),
  ],
});
