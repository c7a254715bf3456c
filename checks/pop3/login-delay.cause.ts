import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const loginDelay = defineCause<Refused>({
  id: 'pop3.login-delay',
  title: both('The mailbox is polled too often', '受信の間隔が短すぎます'),
  about: both(
    'Some POP3 servers want a pause between two logins and announce it as LOGIN-DELAY (RFC 2449). A client that comes earlier is refused, although its password is right.',
    'POP3 サーバーによっては、ログインの間隔に下限があり、LOGIN-DELAY として示されます (RFC 2449)。それより早いログインは、パスワードが正しくても拒否されます。',
  ),
  explain: (evidence, subject) => saysSo('pop3.login-delay', evidence, subject),
  owner: 'crm-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} refuses ${detail.username} because the last login was too short a time ago: "${detail.says}".`,
      `${host}:${port} は、前回のログインからの間隔が短いため、${detail.username} を拒否しました。応答は「${detail.says}」です。`,
    );
  },
  steps: () => [
    both(
      'Set the polling interval of the CRM above the pause that the server wants; five minutes are usually enough.',
      'CRM の受信間隔を、サーバーが求める時間より長くします。通常は 5 分あれば十分です。',
    ),
    both(
      'See that no second program fetches the same mailbox.',
      '同じメールボックスを受信している別のプログラムがないことを確認します。',
    ),
  ],
});
