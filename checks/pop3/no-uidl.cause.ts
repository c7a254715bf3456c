import { defineCause } from '../../src/model/cause.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { both } from '../auth/words.ts';
import { pop3Auth } from '../mail/pop3-auth.check.ts';

interface NoUidl {
  readonly host: string;
  readonly port: number;
  readonly messages: number;
}

export const noUidl = defineCause<NoUidl>({
  id: 'pop3.no-uidl',
  title: both(
    'The server gives messages no lasting identity (UIDL)',
    'サーバーが UIDL（メールの固有番号）に対応していません',
  ),
  about: both(
    'UIDL is the POP3 command that gives each message an identity which stays the same from one login to the next (RFC 1939). Programs that leave messages on the server remember by it what they have fetched. Without it a CRM imports the same messages again, or has to delete them after fetching.',
    'UIDL は、ログインが変わっても同じ値になる、メール固有の番号を返す POP3 の命令です (RFC 1939)。サーバーにメールを残すプログラムは、これで受信済みかどうかを判断します。対応していないと、CRM が同じメールを何度も取り込むか、受信後に削除するしかありません。',
  ),
  explain: (evidence, subject) => {
    const { pop3 } = subject.services;
    const fact = evidence.fact(pop3Auth);
    if (!pop3 || fact?.uidl !== 'no') return [];
    return [
      {
        detail: { host: pop3.host, port: pop3.port, messages: fact.messages ?? 0 },
        severity: 'warning',
        confidence: 0.95,
        affects: [targetOf(pop3)],
        evidence: [{ check: pop3Auth, says: both('UIDL is not answered', 'UIDL に応答しません') }],
      },
    ];
  },
  owner: 'mail-admin',
  because: ({ host, port, messages }) =>
    both(
      `${host}:${port} lets the CRM in, but does not answer UIDL for the ${messages} messages in the mailbox, so that fetched ones cannot be told from new ones.`,
      `${host}:${port} にはログインできますが、メールボックス内の ${messages} 通に対して UIDL に応答しません。受信済みと新着を区別できない状態です。`,
    ),
  steps: ({ host }) => [
    both(
      `Fetch by IMAP in place of POP3, if ${host} offers it.`,
      `${host} が IMAP に対応していれば、POP3 の代わりに IMAP で受信します。`,
    ),
    both(
      'Until then let the CRM delete each message after it has been imported safely.',
      'それまでは、CRM で「取り込みに成功したメールをサーバーから削除する」設定にします。',
    ),
    both('Ask the administrator to update the POP3 server.', 'POP3 サーバーの更新を管理者に依頼します。'),
  ],
});
