import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import { sizeText } from '../../src/model/figure.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';
import { mailQuota } from '../mail/quota.check.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';
import { cleaningSteps } from './steps.ts';

interface Exceeded {
  readonly mailbox: string;
  readonly host: string;
  /** Bytes, where the server tells them. */
  readonly storage?: { readonly used: number; readonly limit: number };
  /** The refusal, where there was one. */
  readonly says?: string;
}

/** QUOTA of IMAP and refusals of SMTP speak of the one mailbox: one finding. */
const explain = (evidence: Evidence, subject: Subject): readonly Finding<Exceeded>[] => {
  const { imap, smtp, pop3 } = subject.services;
  const storage = evidence.fact(mailQuota)?.storage;
  const full = storage && storage.limit > 0 && storage.used >= storage.limit ? storage : undefined;
  const said = saysSo('quota.exceeded', evidence, subject);
  if (!full && said.length === 0) return [];
  const trip = evidence.fact(mailRoundTrip);
  const lost = trip?.sent.kind === 'accepted' && !trip.found && !trip.lookupFailed;
  const says = said[0]?.detail.says;
  return [
    {
      detail: {
        mailbox: subject.address,
        host: (full ? imap : (smtp ?? imap ?? pop3))?.host ?? '',
        ...(full ? { storage: full } : {}),
        ...(says === undefined ? {} : { says }),
      },
      severity: 'critical',
      confidence: full ? 0.98 : Math.max(...said.map(({ confidence }) => confidence)),
      affects: [
        ...new Set([
          ...(full && imap ? [targetOf(imap)] : []),
          ...said.flatMap(({ affects }) => affects),
          ...(lost ? [subject.address] : []),
        ]),
      ],
      evidence: [
        ...(full
          ? [
              {
                check: mailQuota,
                says: both(
                  `${sizeText(full.used)} of ${sizeText(full.limit)} are used`,
                  `${sizeText(full.limit)} のうち ${sizeText(full.used)} を使用しています`,
                ),
              },
            ]
          : []),
        ...said.flatMap((finding) => finding.evidence),
      ],
      ruledOut:
        said.length > 0
          ? [
              {
                cause: 'smtp.disk-full',
                check: said[0]?.evidence[0]?.check ?? mailQuota,
                says: both(
                  'the answer speaks of this mailbox, not of the server',
                  '応答はサーバー全体ではなく、このメールボックスの容量を示しています',
                ),
              },
            ]
          : [],
    },
  ];
};

export const exceeded = defineCause<Exceeded>({
  id: 'quota.exceeded',
  title: both('The mailbox is full', 'メールボックスがいっぱいです'),
  about: both(
    'A quota is the storage that a mailbox may use. When it is used up, the server refuses new mail for it (452 4.2.2, 552 5.2.2) or lets it wait, and a CRM cannot store copies of sent mail. Customers get their messages back, while fetching what is there still works.',
    '容量上限（クォータ）とは、メールボックスが使える容量です。上限に達すると、サーバーは新しいメールを拒否 (452 4.2.2、552 5.2.2) または保留し、CRM は送信済みメールの控えも保存できなくなります。お客様のメールはエラーで戻りますが、すでにあるメールの受信はできます。',
  ),
  explain,
  owner: 'user',
  because: ({ mailbox, host, storage, says }) => {
    const used = storage
      ? both(
          `${sizeText(storage.used)} of ${sizeText(storage.limit)} are used`,
          `容量上限 ${sizeText(storage.limit)} に対し、${sizeText(storage.used)} を使用しています`,
        )
      : undefined;
    const quote = says === undefined ? undefined : both(`the server says "${says}"`, `サーバーの応答は「${says}」です`);
    const parts = [used, quote].filter((part) => part !== undefined);
    return both(
      `The mailbox ${mailbox} on ${host} is full: ${parts.map(({ en }) => en).join(', and ')}. New mail is refused.`,
      `${host} のメールボックス ${mailbox} がいっぱいです。${parts.map(({ ja }) => `${ja}。`).join('')}新しいメールは届きません。`,
    );
  },
  steps: ({ mailbox, host }) => cleaningSteps(mailbox, host),
});
