import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import { acceptedTrip, reportOf } from '../deliver/trip-words.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';

interface MessageConsumed {
  readonly address: string;
  readonly through: 'IMAP' | 'POP3';
  readonly folder: string;
  /** Ours was seen, and gone at the next look. */
  readonly vanished: boolean;
  /** Messages that came or lay there and were gone. */
  readonly taken: number;
}

const countOf = (taken: number): string => (taken === 1 ? '1 message was' : `${taken} messages were`);

export const messageConsumed = defineCause<MessageConsumed>({
  id: 'pop3.message-consumed',
  title: both('Another program takes the mail away first', '別のプログラムが先にメールを取り出しています'),
  about: both(
    'A program that fetches by POP3 usually deletes what it has fetched. Where two programs fetch the same mailbox (an old CRM, a mail program on a forgotten computer, a telephone), whoever comes first has the message, and the other finds the mailbox empty. No error appears.',
    'POP3 で受信するプログラムは、通常、受信したメールをサーバーから削除します。同じメールボックスを 2 つのプログラムが受信していると（旧 CRM、使われなくなったパソコンのメールソフト、スマートフォンなど）、先に接続した側だけがメールを受け取り、もう一方には何も残りません。エラーは出ません。',
  ),
  explain: (evidence, subject) => {
    const fact = acceptedTrip(evidence);
    const { passage } = fact ?? {};
    if (!fact || fact.found || fact.lookupFailed || !passage || reportOf(fact, 'failed')) return [];
    const vanished = passage.vanishedFrom !== undefined;
    if (!vanished && passage.taken === 0) return [];
    const through = fact.through === 'pop3' ? 'POP3' : 'IMAP';
    const folder = passage.vanishedFrom ?? subject.services.imap?.folder ?? 'INBOX';
    return [
      {
        detail: { address: subject.address, through, folder, vanished, taken: passage.taken },
        severity: 'critical',
        confidence: vanished ? 0.95 : 0.8,
        affects: [subject.address],
        evidence: [
          vanished
            ? {
                check: mailRoundTrip,
                says: both(
                  `the test message lay in ${folder} and was gone a moment later`,
                  `テストメールは ${folder} にありましたが、直後に消えました`,
                ),
              }
            : {
                check: mailRoundTrip,
                says: both(
                  `${countOf(passage.taken)} gone from ${folder} by the end of the test, and crm-doctor took none`,
                  `テスト中に ${folder} から ${passage.taken} 通がなくなりました。crm-doctor が削除したものではありません`,
                ),
              },
        ],
        ruledOut: [
          {
            cause: 'deliver.not-received',
            check: mailRoundTrip,
            says: both(
              'messages do come into the mailbox, and leave it again',
              'メールはメールボックスに届いており、そのあと取り出されています',
            ),
          },
        ],
      },
    ];
  },
  owner: 'user',
  because: ({ address, through, folder, vanished, taken }) =>
    vanished
      ? both(
          `The test message to ${address} was in ${folder} when crm-doctor looked by ${through}, and somebody else had taken it away before it could be read.`,
          `crm-doctor が ${through} で確認した時点で、${address} 宛てのテストメールは ${folder} にありましたが、読み取る前に別のプログラムが取り出しました。`,
        )
      : both(
          `The test message to ${address} is in no folder, while ${countOf(taken)} taken from ${folder} during the test: another program empties the mailbox.`,
          `${address} 宛てのテストメールはどのフォルダーにもなく、テスト中に ${folder} から ${taken} 通が消えました。別のプログラムがメールボックスからメールを取り出しています。`,
        ),
  steps: ({ address }) => [
    both(
      `Find who else logs in as ${address} (log of the server; "recent activity" of the webmail): addresses other than that of the CRM.`,
      `${address} にログインしているほかのプログラムを探します（サーバーのログ、Web メールの「最近のアクティビティ」）。CRM 以外の接続元が手掛かりです。`,
    ),
    both(
      'Let that program leave messages on the server, or take the account out of it.',
      'そのプログラムを「サーバーにメールを残す」設定にするか、アカウントを削除します。',
    ),
    both(
      'If it is not known, change the password of the mailbox and enter the new one in the CRM only.',
      '特定できない場合は、メールボックスのパスワードを変更し、新しいパスワードを CRM だけに設定します。',
    ),
    both('Repeat the round trip (crm-doctor mail --send).', '往復テストをもう一度行います（crm-doctor mail --send）。'),
  ],
});
