import { defineCause } from '../../src/model/cause.ts';
import { sizeText } from '../../src/model/figure.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { both } from '../auth/words.ts';
import { mailQuota, nearlyFullShare, quotaShare } from '../mail/quota.check.ts';
import { cleaningSteps } from './steps.ts';

interface NearlyFull {
  readonly mailbox: string;
  readonly host: string;
  readonly percent: number;
  readonly storage?: { readonly used: number; readonly limit: number };
  readonly messages?: { readonly used: number; readonly limit: number };
}

export const nearlyFull = defineCause<NearlyFull>({
  id: 'quota.nearly-full',
  title: both('The mailbox is nearly full', 'メールボックスの容量が残りわずかです'),
  about: both(
    'A quota is the storage, or the number of messages, that a mailbox may hold. From 90 percent on it will not take long until new mail is refused, since one large attachment or one busy day is enough.',
    '容量上限（クォータ）とは、メールボックスに保存できる容量または通数です。使用率が 90 % を超えると、大きな添付ファイルやメールの多い日があれば、まもなく新しいメールが届かなくなります。',
  ),
  unless: ['quota.exceeded', 'quota.message-count'],
  explain: (evidence, subject) => {
    const { imap } = subject.services;
    const fact = evidence.fact(mailQuota);
    if (!imap || !fact?.supported) return [];
    const share = quotaShare(fact);
    if (share < nearlyFullShare || share >= 1) return [];
    const percent = Math.floor(share * 100);
    const { storage, messages } = fact;
    return [
      {
        detail: {
          mailbox: subject.address,
          host: imap.host,
          percent,
          ...(storage ? { storage } : {}),
          ...(messages ? { messages } : {}),
        },
        severity: 'warning',
        confidence: 0.97,
        affects: [targetOf(imap)],
        evidence: [{ check: mailQuota, says: both(`${percent} % of the quota is used`, `使用率は ${percent} % です`) }],
      },
    ];
  },
  owner: 'user',
  because: ({ mailbox, host, percent, storage, messages }) => {
    const parts = [
      ...(storage
        ? [
            both(
              `${sizeText(storage.used)} of ${sizeText(storage.limit)}`,
              `${sizeText(storage.limit)} のうち ${sizeText(storage.used)}`,
            ),
          ]
        : []),
      ...(messages
        ? [both(`${messages.used} of ${messages.limit} messages`, `${messages.limit} 通のうち ${messages.used} 通`)]
        : []),
    ];
    return both(
      `The mailbox ${mailbox} on ${host} is ${percent} % full (${parts.map(({ en }) => en).join(', ')}). Mail still arrives; at 100 % it is refused.`,
      `${host} のメールボックス ${mailbox} の使用率は ${percent} % です（${parts.map(({ ja }) => ja).join('、')}）。まだ受信できますが、100 % になるとメールが届かなくなります。`,
    );
  },
  steps: ({ mailbox, host }) => cleaningSteps(mailbox, host),
});
