import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';
import { mailQuota } from '../mail/quota.check.ts';

interface MessageCount {
  readonly mailbox: string;
  readonly messages?: { readonly used: number; readonly limit: number };
  readonly says?: string;
}

const explain = (evidence: Evidence, subject: Subject): readonly Finding<MessageCount>[] => {
  const { imap } = subject.services;
  const messages = evidence.fact(mailQuota)?.messages;
  const full = messages && messages.limit > 0 && messages.used >= messages.limit ? messages : undefined;
  const said = saysSo('quota.message-count', evidence, subject);
  if (!full && said.length === 0) return [];
  const says = said[0]?.detail.says;
  return [
    {
      detail: {
        mailbox: subject.address,
        ...(full ? { messages: full } : {}),
        ...(says === undefined ? {} : { says }),
      },
      severity: 'critical',
      confidence: full ? 0.97 : 0.85,
      affects: [...new Set([...(full && imap ? [targetOf(imap)] : []), ...said.flatMap(({ affects }) => affects)])],
      evidence: [
        ...(full
          ? [
              {
                check: mailQuota,
                says: both(
                  `${full.used} of ${full.limit} messages`,
                  `${full.limit} 通のうち ${full.used} 通を使用しています`,
                ),
              },
            ]
          : []),
        ...said.flatMap((finding) => finding.evidence),
      ],
      ruledOut: full
        ? [
            {
              cause: 'quota.exceeded',
              check: mailQuota,
              says: both('it is the number of messages that is used up', '上限に達しているのは通数です'),
            },
          ]
        : [],
    },
  ];
};

export const messageCount = defineCause<MessageCount>({
  id: 'quota.message-count',
  title: both('The mailbox holds as many messages as it may', 'メールの通数が上限に達しています'),
  about: both(
    'Besides the storage, some servers limit the number of messages in a mailbox (the quota resource MESSAGE of RFC 9208). Many small messages, such as notifications of a CRM, reach it while much storage is left. New mail is refused then.',
    'サーバーによっては、容量とは別に、メールボックス内の通数にも上限があります（RFC 9208 の MESSAGE）。CRM の通知のような小さなメールが多いと、容量が余っていても通数の上限に達し、新しいメールが届かなくなります。',
  ),
  explain,
  owner: 'user',
  because: ({ mailbox, messages, says }) => {
    const count = messages
      ? both(
          `${messages.used} of ${messages.limit} messages`,
          `上限 ${messages.limit} 通に対し、${messages.used} 通あります`,
        )
      : both(`the server says "${says ?? ''}"`, `サーバーの応答は「${says ?? ''}」です`);
    return both(
      `The mailbox ${mailbox} is full by number: ${count.en}. New mail is refused, although storage may be left.`,
      `メールボックス ${mailbox} の通数が上限に達しています。${count.ja}。容量が残っていても、新しいメールは届きません。`,
    );
  },
  steps: ({ mailbox }) => [
    both(
      `Delete or move old messages of ${mailbox}, notifications first, and empty the trash.`,
      `${mailbox} の古いメールを、通知メールから順に削除または移動し、ゴミ箱を空にします。`,
    ),
    both(
      'Let the CRM delete or move what it has imported.',
      'CRM で、取り込み済みのメールを削除または移動する設定にします。',
    ),
    both(
      'Or raise the limit at the provider (Dovecot: quota_rule = *:messages=…).',
      'または、提供元で通数の上限を増やします（Dovecot は quota_rule = *:messages=…）。',
    ),
  ],
});
