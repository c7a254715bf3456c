import { defineCrmCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import type { Standing } from './account-standing.ts';
import { standingOf } from './account-standing.ts';
import { queueTroubleText } from './job-words.ts';
import { crmJobs, queueTroublesOf } from './jobs.check.ts';
import type { QueueTrouble } from './queue-troubles.ts';
import { isStandstill } from './queue-troubles.ts';
import { explainStep, meaningText } from './speaks-of.ts';

interface Stuck {
  readonly product: string;
  readonly trouble: QueueTrouble;
  readonly place: Text;
  readonly account: Standing;
  /** The CRM tells of its jobs, and they are well. */
  readonly jobsKnown: boolean;
}

export const queueStuck = defineCrmCause<Stuck>({
  id: 'crm.queue-stuck',
  title: both('Messages are stuck in the outgoing queue of the CRM', 'CRM の送信待ちにメールが残っています'),
  about: both(
    'Whoever sends from the CRM sees a message as sent once it stands in the queue; a job takes it from there to the mail server. Messages stay there when the job does not run, when the mail server refuses them, or when an earlier message blocks the others. The CRM keeps the reason beside each message.',
    'CRM で送信したメールは、いったん送信待ち（キュー）に入り、定期ジョブがメールサーバーに渡します。ジョブが動かない、メールサーバーが拒否する、先のメールで処理が止まる、のどれかが起こるとキューに残ります。失敗の理由は、CRM がメールごとに記録しています。',
  ),
  // What waits because nobody takes it away is no root of its own.
  unless: ['crm.job-stopped', 'crm.outbound-restricted', 'crm.no-mail-account', 'crm.mail-disabled'],
  owner: 'crm-admin',
  explain: (evidence, subject) => {
    const fact = evidence.fact(crmJobs);
    if (fact?.queue.kind !== 'answered') return [];
    const { product } = fact;
    const { place } = fact.queue.value;
    return queueTroublesOf(fact).map((trouble) => {
      const account = standingOf(evidence, subject, {
        account: trouble.kind === 'failed' ? trouble.account : undefined,
        way: 'send',
      });
      const follows = account.kind === 'fails';
      return {
        detail: { product, trouble, place, account, jobsKnown: fact.jobs.kind === 'answered' },
        severity: follows ? ('info' as const) : isStandstill(trouble) ? ('critical' as const) : ('warning' as const),
        confidence: 0.9,
        affects: [`${subject.label} outgoing`],
        evidence: [{ check: crmJobs, says: queueTroubleText(trouble) }],
      };
    });
  },
  because: ({ product, trouble, account, jobsKnown }) => {
    const says = queueTroubleText(trouble);
    const head = both(`${product}: ${says.en}.`, `${product}: ${says.ja}。`);
    const from =
      account.kind === 'fails'
        ? both(
            ` It follows from the account ${account.label}, which fails in this check as well (${account.target}); its cause is named there.`,
            `アカウント ${account.label} も今回の検査で失敗しているため（${account.target}）、その結果です。原因はそちらに示しています。`,
          )
        : both('', '');
    if (trouble.kind === 'waiting') {
      if (account.kind === 'fails') return both(`${head.en}${from.en}`, `${head.ja}${from.ja}`);
      return jobsKnown
        ? both(
            `${head.en} The jobs of the CRM show no fault, so the sending itself does not get on.`,
            `${head.ja}定期ジョブに異常は見られないため、送信処理そのものが進んでいません。`,
          )
        : both(
            `${head.en} Whether the job that sends them runs, this CRM does not tell.`,
            `${head.ja}送信を行うジョブが動いているかは、この CRM からは分かりません。`,
          );
    }
    const { speaksOf, domain, othersPass } = trouble;
    const means = speaksOf === undefined ? both('', '') : meaningText(speaksOf);
    const deeper = speaksOf === undefined ? both('', '') : both(` That is: ${means.en}.`, `${means.ja}。`);
    const one =
      domain === undefined
        ? both('', '')
        : both(
            ` All of them went to ${domain}, so it is a matter of that domain.`,
            `宛先がすべて ${domain} のため、この宛先ドメインに限った問題です。`,
          );
    const others = othersPass
      ? both(' Messages to others were sent after that.', 'その後、ほかの宛先への送信は成功しています。')
      : both('', '');
    return both(
      `${head.en}${deeper.en}${one.en}${others.en}${from.en}`,
      `${head.ja}${deeper.ja}${one.ja}${others.ja}${from.ja}`,
    );
  },
  steps: ({ product, trouble, place, account }) => [
    ...(account.kind === 'fails'
      ? [
          both(
            `Mend the account ${account.label} first, as its own diagnosis says.`,
            `先に、アカウント ${account.label} の原因を解消します。`,
          ),
        ]
      : trouble.kind === 'failed' && trouble.speaksOf !== undefined
        ? [explainStep(trouble.speaksOf)]
        : []),
    both(
      `In ${product}, open: ${place.en}. Look at the reason that stands beside the newest messages.`,
      `${product} で次の画面を開き、新しいメールの失敗の理由を確認します: ${place.ja}。`,
    ),
    ...(trouble.kind === 'failed' && trouble.domain !== undefined
      ? [
          both(
            `Ask the recipients at ${trouble.domain}, or their mail administrator, why mail from you is refused.`,
            `${trouble.domain} の受信者またはメール管理者に、拒否された理由を問い合わせます。`,
          ),
        ]
      : []),
    both(
      'Once the reason is gone, let the messages be sent again there; delete those that have become pointless first.',
      '原因を解消したら、その画面から再送します。不要になったメールは先に削除します。',
    ),
  ],
});
