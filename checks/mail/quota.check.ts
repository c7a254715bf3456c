import { defineCheck } from '../../src/model/check.ts';
import type { QuotaFact } from '../../src/model/login-facts.ts';
import { fail, notApplicable, okWith, warn } from '../../src/model/outcome.ts';
import { imapAuth } from './imap-auth.check.ts';
import { serviceIn } from './service.ts';

/** Used share of the fuller of the two limits, 0 to 1 and above. */
export const quotaShare = ({ storage, messages, roots = [] }: QuotaFact): number =>
  Math.max(
    0,
    ...[storage, messages, ...roots.flatMap((root) => [root.storage, root.messages])].map((limit) =>
      limit && limit.limit > 0 ? limit.used / limit.limit : 0,
    ),
  );

/** From here on a mailbox is nearly full (CAUSES: quota.nearly-full). */
export const nearlyFullShare = 0.9;

/** How full the mailbox is (RFC 9208). */
export const mailQuota = defineCheck<QuotaFact>({
  id: 'mail.quota',
  title: { en: 'The mailbox has room', ja: 'メールボックスの容量に余裕がある' },
  needs: [imapAuth],
  costly: true,
  protocols: ['imap'],
  present: (subject) => subject.services.imap !== undefined,
  target: (subject) => serviceIn(subject, 'imap').folder,
  appliesTo: (subject) => imapAuth.appliesTo(subject),
  probe: (subject, { mail }, signal) => mail.imapQuota(serviceIn(subject, 'imap'), subject, signal),
  judge: (fact) => {
    if (!fact.supported || (!fact.storage && !fact.messages)) {
      return notApplicable({
        en: 'the server tells no quota, so that its fullness cannot be seen from here',
        ja: 'サーバーが容量の情報を公開していないため、ここからは確認できません',
      });
    }
    const share = quotaShare(fact);
    const percent = Math.floor(share * 100);
    if (share >= 1)
      return fail({ en: `the mailbox is full (${percent} %)`, ja: `メールボックスがいっぱいです (${percent} %)` });
    if (share >= nearlyFullShare) {
      return warn({ en: `the mailbox is ${percent} % full`, ja: `メールボックスの使用率が ${percent} % です` });
    }
    return okWith({ en: `${percent} % used`, ja: `使用率 ${percent} %` });
  },
});
