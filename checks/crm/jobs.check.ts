import { defineCrmCheck } from '../../src/model/check.ts';
import type { CrmJobs, CrmMailAccount, CrmMailSettings, CrmQueue } from '../../src/model/crm/answers.ts';
import type { CrmReply } from '../../src/model/crm/failure.ts';
import type { TextCause } from '../../src/model/log-facts.ts';
import type { Verdict } from '../../src/model/outcome.ts';
import { fail, notApplicable, okWith, unknown, warn } from '../../src/model/outcome.ts';
import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import { crmConnect } from './connect.check.ts';
import { failureWords } from './failure-words.ts';
import type { JobTrouble, Needed } from './job-troubles.ts';
import { isGrave, jobTroubles } from './job-troubles.ts';
import { jobTroubleText, queueTroubleText } from './job-words.ts';
import type { QueueTrouble } from './queue-troubles.ts';
import { isStandstill, queueTroubles } from './queue-troubles.ts';

/** The scheduled jobs of the CRM, and what waits in its outgoing queue because of them or failed. */
export interface CrmJobsFact {
  /** RFC 3339 */
  readonly at: string;
  readonly product: string;
  readonly jobs: CrmReply<CrmJobs>;
  readonly queue: CrmReply<CrmQueue>;
  /** Which jobs somebody needs; absent where the CRM does not tell of its accounts. */
  readonly needed?: Needed;
  /** What the words of failed jobs and messages speak of. */
  readonly meanings: Readonly<Record<string, TextCause | null>>;
}

const inUse = ({ enabled, unused }: CrmMailAccount): boolean => enabled && unused === undefined;

const neededBy = ({ accounts, otherWay }: CrmMailSettings): Needed => ({
  incoming: accounts.some((one) => inUse(one) && (one.services.imap ?? one.services.pop3) !== undefined),
  outgoing: accounts.some((one) => inUse(one) && one.services.smtp !== undefined) || otherWay?.outgoing !== undefined,
});

export const jobTroublesOf = ({ at, jobs, needed, meanings }: CrmJobsFact): readonly JobTrouble[] =>
  jobs.kind === 'answered' ? jobTroubles({ at, jobs: jobs.value, needed, meanings }) : [];

export const queueTroublesOf = ({ at, queue, meanings }: CrmJobsFact): readonly QueueTrouble[] =>
  queue.kind === 'answered' ? queueTroubles({ at, queue: queue.value, meanings }) : [];

const wellText = ({ jobs, queue }: CrmJobsFact): Text => {
  const parts: Text[] = [];
  if (jobs.kind === 'answered') {
    const active = jobs.value.jobs.filter((job) => job.active).length;
    parts.push(
      jobs.value.knowsLastRun
        ? both(`${active} active jobs, none of them late`, `有効なジョブ ${active} 件に遅れはありません`)
        : both(
            `${active} active jobs; the CRM does not tell when they ran`,
            `有効なジョブ ${active} 件。実行日時は CRM から取得できません`,
          ),
    );
  }
  if (queue.kind === 'answered') {
    const { waiting, failed } = queue.value;
    parts.push(
      failed === 0
        ? both(`${waiting} messages wait`, `送信待ち ${waiting} 件`)
        : both(`${waiting} messages wait, ${failed} old failures`, `送信待ち ${waiting} 件、以前の失敗 ${failed} 件`),
    );
  }
  return both(parts.map(({ en }) => en).join('; '), parts.map(({ ja }) => ja).join('。'));
};

const judge = (fact: CrmJobsFact): Verdict => {
  const { jobs, queue, product } = fact;
  const [ofJobs, ofQueue] = [jobTroublesOf(fact), queueTroublesOf(fact)];
  const grave = ofJobs.find(isGrave);
  if (grave) return fail(jobTroubleText(grave, product));
  const standstill = ofQueue.find(isStandstill);
  if (standstill) return fail(queueTroubleText(standstill));
  // A half that could not be seen is not made well by the other half.
  const unseen = [jobs, queue].find((reply) => reply.kind === 'failed');
  if (unseen?.kind === 'failed') return unknown(failureWords(unseen.failure));
  const [late] = ofJobs;
  if (late) return warn(jobTroubleText(late, product));
  const [some] = ofQueue;
  if (some) return warn(queueTroubleText(some));
  if (jobs.kind === 'not-offered' && queue.kind === 'not-offered') return notApplicable(jobs.why);
  return okWith(wellText(fact));
};

const textsOf = (jobs: CrmReply<CrmJobs>, queue: CrmReply<CrmQueue>): readonly string[] => {
  const said = [
    ...(jobs.kind === 'answered' ? jobs.value.jobs.flatMap(({ says }) => says ?? []) : []),
    ...(queue.kind === 'answered' ? queue.value.messages.flatMap(({ says }) => says ?? []) : []),
  ];
  return [...new Set(said)];
};

/** Whether the CRM's jobs run, and whether its outgoing mail gets away. */
export const crmJobs = defineCrmCheck<CrmJobsFact>({
  id: 'crm.jobs',
  title: {
    en: 'The scheduled jobs run and the outgoing queue moves',
    ja: '定期ジョブが実行され、送信待ちが処理されている',
  },
  needs: [crmConnect],
  past: true,
  probe: async (subject, { clock, crm, logs }, signal) => {
    const [product, jobs, queue, mail] = await Promise.all([
      crm.product(subject.config.type),
      crm.ask(subject, 'jobs', signal),
      crm.ask(subject, 'queue', signal),
      crm.ask(subject, 'mail', signal),
    ]);
    const texts = textsOf(jobs, queue);
    const causes = texts.length > 0 ? await logs.causesOf(texts) : [];
    return {
      at: clock.now().toISOString(),
      product: product?.name ?? subject.config.type,
      jobs,
      queue,
      ...(mail.kind === 'answered' ? { needed: neededBy(mail.value) } : {}),
      meanings: Object.fromEntries(texts.map((text, index) => [text, causes[index] ?? null])),
    };
  },
  judge,
});
