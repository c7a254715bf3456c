import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const rateLimited = defineCause<Refused>({
  id: 'smtp.rate-limited',
  title: both('The sending limit of the server is reached', '送信数または接続数の制限に達しています'),
  about: both(
    'Servers limit how many messages, recipients or connections one account or address may use in a time. Above that they answer with a temporary or final refusal until the time is over. CRMs reach such limits by campaigns, or by opening many connections at once.',
    'サーバーは、アカウントや IP アドレスごとに、一定時間内のメール数・宛先数・接続数を制限しています。上限を超えると、時間が経つまで拒否されます。CRM では、一斉配信や、多数の同時接続が原因になりがちです。',
  ),
  explain: (evidence, subject) => saysSo('smtp.rate-limited', evidence, subject),
  owner: 'crm-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} names a limit that is used up: "${detail.says}".`,
      `${host}:${port} は、上限に達したと応答しています。応答は「${detail.says}」です。`,
    );
  },
  steps: () => [
    both(
      'Stop the bulk jobs of the CRM and wait: minutes for connections, up to a day for daily limits.',
      'CRM の一斉配信を止めて待ちます。接続数の制限は数分、1 日単位の制限は最大 1 日で解除されます。',
    ),
    both(
      'Lower the number of connections and messages per minute in the CRM.',
      'CRM の同時接続数と、1 分あたりの送信数を減らします。',
    ),
    both(
      'For campaigns use a sending service that is made for them, not the mailbox.',
      '一斉配信には、メールボックスではなく配信専用のサービスを使います。',
    ),
  ],
});
