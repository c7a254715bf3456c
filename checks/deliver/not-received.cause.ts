import { defineCause } from '../../src/model/cause.ts';
import { both, saidBy } from '../auth/words.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';

interface NotReceived {
  readonly address: string;
  readonly seconds: number;
  readonly messageId: string;
  /** What the outgoing server answered; often the id in its queue. */
  readonly says: string;
  readonly host: string;
}

export const notReceived = defineCause<NotReceived>({
  id: 'deliver.not-received',
  title: both('Accepted for sending, but not in the mailbox', '送信は受け付けられましたが、メールが届いていません'),
  about: both(
    'The answer 250 of an outgoing server means that it has put a message into its queue (the list of what is to be sent), not that it was delivered. Afterwards the message can wait for a next server, be taken by a filter, or be returned. The log of the server tells which, by the id in its answer.',
    '送信サーバーの応答 250 は、メールを送信待ち（キュー）に入れたことを示し、届いたことを示すものではありません。その後、次のサーバーを待っている、フィルターで除かれた、不達で戻された、などの可能性があります。応答に含まれる ID を使って、サーバーのログで確認できます。',
  ),
  unless: ['quota.exceeded', 'dns.mx-stale', 'dns.null-mx', 'dns.mx-unresolvable'],
  explain: (evidence, subject) => {
    const fact = evidence.fact(mailRoundTrip);
    if (fact?.sent.kind !== 'accepted' || fact.found || fact.lookupFailed) return [];
    if (fact.through === 'none' || !fact.sameMailbox) return [];
    // A report says what became of it, and a mailbox that somebody else empties does too.
    if (fact.reports?.some(({ kind }) => kind !== 'other')) return [];
    if (fact.passage && (fact.passage.taken > 0 || fact.passage.vanishedFrom !== undefined)) return [];
    const says = saidBy(fact.sent.reply);
    const seconds = Math.round(fact.waitedMs / 1000);
    return [
      {
        detail: {
          address: subject.address,
          seconds,
          messageId: fact.messageId,
          says,
          host: subject.services.smtp?.host ?? '',
        },
        severity: 'critical',
        confidence: 0.75,
        affects: [subject.address],
        evidence: [
          { check: mailRoundTrip, says: both(`sent: "${says}"`, `送信時の応答:「${says}」`) },
          {
            check: mailRoundTrip,
            says: both(`in no folder within ${seconds} s`, `${seconds} 秒待っても、どのフォルダーにもありません`),
          },
        ],
        ruledOut: [
          {
            cause: 'deliver.spam-folder',
            check: mailRoundTrip,
            says:
              fact.through === 'imap'
                ? both('the junk folder was searched as well', '迷惑メールフォルダーも探しました')
                : both('POP3 shows the inbox only', 'POP3 では受信トレイだけを確認しています'),
          },
        ].slice(0, fact.through === 'imap' ? 1 : 0),
      },
    ];
  },
  owner: 'mail-admin',
  because: ({ address, seconds, says, host }) =>
    both(
      `${host} accepted a test message from ${address} to itself ("${says}"), and it did not arrive within ${seconds} s.`,
      `${host} は、${address} から自分宛てのテストメールを受け付けましたが（応答:「${says}」）、${seconds} 秒以内に届きませんでした。`,
    ),
  steps: ({ address, messageId, host }) => [
    both(
      `Look into the mailbox of ${address} once more in some minutes: it may only be late.`,
      `遅れているだけの可能性があるため、数分後に ${address} のメールボックスをもう一度確認します。`,
    ),
    both(
      `Ask the administrator of ${host} to follow the message ${messageId} in the log (Postfix: grep the queue id; mailq shows what waits).`,
      `${host} の管理者に、メッセージ ID ${messageId} をログで追跡するよう依頼します（Postfix はキュー ID で検索、mailq で送信待ちを確認）。`,
    ),
    both(
      `Look for rules, filters and forwarding of ${address} that take mail away.`,
      `${address} の振り分けルール、フィルター、転送設定を確認します。`,
    ),
    both(
      'In Microsoft 365 the message trace (Exchange admin center > Mail flow) shows where it went; in Google Workspace the email log search does.',
      'Microsoft 365 では Exchange 管理センターの［メール フロー］>［メッセージ追跡］、Google Workspace では［メールログ検索］で行き先を確認できます。',
    ),
  ],
});
