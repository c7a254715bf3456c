import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import { acceptedTrip } from '../deliver/trip-words.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';

interface RuleMovesMail {
  readonly address: string;
  readonly polled: string;
  readonly folder: string;
  readonly trash: boolean;
  /** Flags that a rule or another client has set. */
  readonly flags: readonly string[];
}

export const ruleMovesMail = defineCause<RuleMovesMail>({
  id: 'mailbox.rule-moves-mail',
  title: both(
    'A rule moves mail out of the folder that is fetched',
    '受信ルールが、取得対象のフォルダーからメールを移動しています',
  ),
  about: both(
    'Rules of the mailbox (Sieve, Outlook rules, Gmail filters) sort mail on arrival, before the CRM looks. A CRM that fetches one folder never sees what a rule puts into another one: no error appears anywhere.',
    'メールボックスの振り分けルール（Sieve、Outlook の仕分けルール、Gmail のフィルター）は、CRM が見る前に、届いた時点で働きます。CRM が 1 つのフォルダーだけを取得していると、別のフォルダーに振り分けられたメールは取り込まれません。エラーはどこにも出ません。',
  ),
  explain: (evidence, subject) => {
    const found = acceptedTrip(evidence)?.found;
    const { imap } = subject.services;
    if (!imap || found?.role !== 'other') return [];
    return [
      {
        detail: {
          address: subject.address,
          polled: imap.folder,
          folder: found.folder,
          trash: found.specialUse === '\\Trash',
          flags: (found.flags ?? []).filter((flag) => flag !== '\\Recent'),
        },
        severity: 'warning',
        confidence: 0.95,
        affects: [subject.address],
        evidence: [
          {
            check: mailRoundTrip,
            says: both(
              `found in ${found.folder}, not in ${imap.folder}`,
              `${imap.folder} ではなく ${found.folder} で見つかりました`,
            ),
          },
        ],
        ruledOut: [
          {
            cause: 'deliver.not-received',
            check: mailRoundTrip,
            says: both('the message did arrive', 'メール自体は届いています'),
          },
          {
            cause: 'deliver.spam-folder',
            check: mailRoundTrip,
            says: both(
              `${found.folder} is not the junk folder`,
              `${found.folder} は迷惑メールフォルダーではありません`,
            ),
          },
        ],
      },
    ];
  },
  owner: 'user',
  because: ({ address, polled, folder, trash, flags }) => {
    const marked =
      flags.length === 0
        ? both('', '')
        : both(` It was flagged ${flags.join(', ')}.`, `フラグ ${flags.join('、')} が付いていました。`);
    return both(
      `A test message to ${address} arrived in ${folder}${trash ? ', the trash,' : ''} while the CRM fetches ${polled}. A rule of the mailbox puts it there.${marked.en}`,
      `CRM は ${polled} を取得しますが、${address} 宛てのテストメールは ${folder}${trash ? '（ゴミ箱）' : ' '}に入りました。メールボックスの振り分けルールによるものです。${marked.ja}`,
    );
  },
  steps: ({ address, polled, folder, trash }) => [
    both(
      `Open the rules and filters of ${address} (webmail > rules; Sieve: doveadm sieve list -u ${address}), and find the one that moves to ${folder}.`,
      `${address} のルールとフィルターを開き（Web メールのルール設定。Sieve は doveadm sieve list -u ${address}）、${folder} に移動するものを探します。`,
    ),
    trash
      ? both(
          'Delete the rule or except this mail from it: what lies in the trash is removed after some time.',
          'そのルールを削除するか、このメールを対象から外します。ゴミ箱のメールは一定期間後に消えます。',
        )
      : both(
          `Change the rule, or let the CRM fetch ${folder} in place of ${polled}.`,
          `ルールを変更するか、CRM の取得フォルダーを ${polled} から ${folder} に変更します。`,
        ),
    both(
      `Repeat the round trip: it has to arrive in the folder that is fetched (crm-doctor mail --send).`,
      '往復テストをもう一度行い、取得対象のフォルダーに届くことを確認します（crm-doctor mail --send）。',
    ),
  ],
});
