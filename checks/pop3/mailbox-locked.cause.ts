import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const mailboxLocked = defineCause<Refused>({
  id: 'pop3.mailbox-locked',
  title: both('Another session holds the mailbox', '別の接続がメールボックスを使用中です'),
  about: both(
    'POP3 lets only one session at a time open a mailbox and locks it for that time (RFC 1939). While another program fetches, or a broken connection has not timed out yet, everybody else gets [IN-USE]. Two programs that poll the same mailbox meet sooner or later.',
    'POP3 では、メールボックスを同時に開けるのは 1 つの接続だけで、その間はロックされます (RFC 1939)。ほかのプログラムが受信中の場合や、切れた接続が残っている場合、[IN-USE] で拒否されます。2 つのプログラムが同じメールボックスを受信していると、いずれ衝突します。',
  ),
  explain: (evidence, subject) => saysSo('pop3.mailbox-locked', evidence, subject),
  owner: 'crm-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} took the password of ${detail.username} and says that the mailbox is in use: "${detail.says}".`,
      `${host}:${port} で、${detail.username} のメールボックスは使用中です。応答は「${detail.says}」です。`,
    );
  },
  steps: (detail) => [
    both(
      `Find other programs that fetch ${detail.username} (mail programs, phones, a second CRM account), and leave only one of them on POP3.`,
      `${detail.username} を受信しているほかのプログラム（メールソフト、スマートフォン、CRM の別アカウント）を探し、POP3 は 1 つだけにします。`,
    ),
    both(
      'Wait ten minutes, in case a broken connection still holds the lock, then check again.',
      '切れた接続のロックが残っている場合があるため、10 分待ってから、もう一度検査します。',
    ),
    both(
      'Use IMAP where several programs need the same mailbox.',
      '複数のプログラムで同じメールボックスを使う場合は、IMAP に切り替えます。',
    ),
  ],
});
