import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { both } from '../auth/words.ts';
import { type Logged, logSentence, orFromLogs } from '../logs/log-says.ts';
import { imapAuth } from '../mail/imap-auth.check.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';
import { acceptedTrip } from './trip-words.ts';

interface Copies {
  readonly kind: 'mailbox';
  readonly address: string;
  readonly folder: string;
  readonly copies: number;
}

const seen = (evidence: Evidence, subject: Subject): readonly Finding<Copies>[] => {
  const fact = acceptedTrip(evidence);
  const { found, copies = [] } = fact ?? {};
  const same = copies.filter(({ folder }) => folder === found?.folder).length;
  if (!found || same === 0) return [];
  const imap = evidence.fact(imapAuth);
  return [
    {
      detail: { kind: 'mailbox', address: subject.address, folder: found.folder, copies: same + 1 },
      severity: 'warning',
      confidence: 0.96,
      affects: [subject.address],
      evidence: [
        {
          check: mailRoundTrip,
          says: both(
            `one message was sent, ${same + 1} arrived in ${found.folder}`,
            `1 通の送信に対し、${found.folder} に ${same + 1} 通届きました`,
          ),
        },
      ],
      ruledOut: imap
        ? [
            {
              cause: 'imap.uidvalidity-changed',
              check: imapAuth,
              says: both(
                'the copies lie in the mailbox itself: the CRM does not fetch one message twice',
                'メールボックス自体に複数届いており、CRM が同じメールを重ねて取り込んでいるのではありません',
              ),
            },
          ]
        : [],
    },
  ];
};

export const duplicate = defineCause<Copies | Logged>({
  id: 'deliver.duplicate',
  title: both('One message arrives more than once', '同じメールが複数届いています'),
  about: both(
    'When an address leads to one mailbox on two ways (an alias beside the mailbox, a group that holds it twice, a forwarding back, a filter that hands mail on twice), each way brings a copy. A CRM makes a case of each, unless it compares the Message-ID.',
    '1 つのアドレスが 2 つの経路で同じメールボックスにつながっている場合（別名の重複、グループへの二重登録、転送の折り返し、フィルターの二重処理）、経路ごとに 1 通ずつ届きます。CRM がメッセージ ID を照合しないと、それぞれが別の案件として登録されます。',
  ),
  explain: (evidence, subject) =>
    orFromLogs(seen(evidence, subject), 'deliver.duplicate', evidence, subject, { severity: 'warning' }),
  owner: 'mail-admin',
  because: (detail) => {
    if (detail.kind === 'log') {
      const says = logSentence(detail.log);
      return both(
        `The CRM meets messages that it has imported already. ${says.en}`,
        `CRM が、すでに取り込んだメールをもう一度受け取っています。${says.ja}`,
      );
    }
    const { address, folder, copies } = detail;
    return both(
      `One test message to ${address} arrived ${copies} times in ${folder}. crm-doctor has removed all of them.`,
      `${address} 宛てのテストメール 1 通が、${folder} に ${copies} 通届きました。すべて削除済みです。`,
    );
  },
  steps: (detail) => [
    ...(detail.kind === 'mailbox'
      ? [
          both(
            `Look for a second way to the mailbox of ${detail.address}: aliases, groups, forwarding, rules that copy (Postfix: postmap -q ${detail.address} with virtual_alias_maps).`,
            `${detail.address} のメールボックスに届く 2 つ目の経路を探します。別名、グループ、転送、コピーするルールを確認します（Postfix は virtual_alias_maps を postmap -q ${detail.address} で確認）。`,
          ),
          both(
            'Compare the Received lines of two copies: the first line in which they differ is where they part.',
            '届いた 2 通の Received 行を比べます。最初に異なる行が、分岐した場所です。',
          ),
        ]
      : [
          both(
            'See that only one account, one server and one schedule of the CRM fetches this mailbox.',
            'このメールボックスを取り込む CRM のアカウント、サーバー、スケジュールが 1 つだけであることを確認します。',
          ),
        ]),
    both(
      'Let the CRM skip a Message-ID that it knows, where it has such a setting.',
      'CRM に、既知のメッセージ ID を取り込まない設定があれば有効にします。',
    ),
    both('Repeat the round trip (crm-doctor mail --send).', '往復テストをもう一度行います（crm-doctor mail --send）。'),
  ],
});
