import { defineCause } from '../../src/model/cause.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { both } from '../auth/words.ts';
import { imapAuth, lacksIdle } from '../mail/imap-auth.check.ts';

interface IdleNotSupported {
  readonly host: string;
  readonly port: number;
}

export const idleNotSupported = defineCause<IdleNotSupported>({
  id: 'imap.idle-not-supported',
  title: both('The server does not announce new mail (IDLE)', 'サーバーが新着通知 (IDLE) に対応していません'),
  about: both(
    'With IDLE (RFC 2177) a client stays connected and the server tells it at once of new mail. A CRM that waits for that, on a server that cannot do it, gets no new mail until it connects again, or reports an error.',
    'IDLE (RFC 2177) は、接続したまま待つクライアントに、サーバーが新着をすぐに知らせる機能です。対応していないサーバーで CRM が通知を待っていると、次に接続し直すまで新着が取り込まれないか、エラーになります。',
  ),
  explain: (evidence, subject) => {
    const { imap } = subject.services;
    const fact = evidence.fact(imapAuth);
    if (!imap || !fact?.capabilities || !lacksIdle(fact, subject)) return [];
    return [
      {
        detail: { host: imap.host, port: imap.port },
        severity: 'warning',
        confidence: 0.97,
        affects: [targetOf(imap)],
        evidence: [
          {
            check: imapAuth,
            says: both(
              `IDLE is not among the ${fact.capabilities.length} capabilities after the login`,
              `ログイン後の機能一覧（${fact.capabilities.length} 件）に IDLE がありません`,
            ),
          },
        ],
        ruledOut: [
          {
            cause: 'auth.protocol-disabled',
            check: imapAuth,
            says: both('the login works, only this feature is missing', 'ログインはでき、この機能だけがありません'),
          },
        ],
      },
    ];
  },
  owner: 'crm-admin',
  because: ({ host, port }) =>
    both(
      `The CRM waits for new mail by IDLE (mail.imap.idle: true), and ${host}:${port} does not offer IDLE.`,
      `CRM は IDLE で新着を待つ設定（mail.imap.idle: true）ですが、${host}:${port} は IDLE に対応していません。`,
    ),
  steps: ({ host }) => [
    both(
      'Let the CRM look for new mail at intervals (every one to five minutes) in place of waiting.',
      'CRM を、待ち受けではなく定期的な確認（1〜5 分間隔）に切り替えます。',
    ),
    both(
      `Or ask the administrator of ${host} to switch IDLE on (a proxy in front of the server may hide it).`,
      `または、${host} の管理者に IDLE の有効化を依頼します（手前のプロキシが隠していることがあります）。`,
    ),
    both(
      'Send a message to the mailbox, and see that the CRM has it after one interval.',
      'メールボックスにメールを送り、設定した間隔のあとに CRM に取り込まれることを確認します。',
    ),
  ],
});
