import type { Finding } from '../../src/model/cause.ts';
import { defineCrmCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { CrmSubject } from '../../src/model/crm/subject.ts';
import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import type { Logged } from '../logs/log-says.ts';
import { logSentence } from '../logs/log-says.ts';
import type { Standing, Way } from './account-standing.ts';
import { standingOf } from './account-standing.ts';
import { orFromCrmLogs } from './crm-log-says.ts';
import { jobStopped } from './job-stopped.cause.ts';
import type { JobTrouble } from './job-troubles.ts';
import { isGrave } from './job-troubles.ts';
import { jobTroubleText } from './job-words.ts';
import { crmJobs, jobTroublesOf } from './jobs.check.ts';
import { explainStep, meaningText } from './speaks-of.ts';

interface Seen {
  readonly kind: 'seen';
  readonly product: string;
  readonly trouble: JobTrouble;
  /** How the system starts jobs, for the steps. */
  readonly startedBy: Text;
  /** A job that fails because its account fails: the account is diagnosed on its own. */
  readonly account: Standing;
  /** `lastRun` moves with failed runs too, so that it proves nothing of the mailbox. */
  readonly evenIfFailed: boolean;
}

const wayOf = (trouble: JobTrouble): Way | undefined => {
  if (trouble.kind === 'scheduler') return undefined;
  return trouble.job.purpose === 'fetch-mail' ? 'fetch' : trouble.job.purpose === 'send-mail' ? 'send' : undefined;
};

/** Both ways suffer from a scheduler that is dead; each from its own job. */
const affectedBy = (trouble: JobTrouble, label: string): readonly string[] => {
  const way = wayOf(trouble);
  if (trouble.kind === 'scheduler') return [label, `${label} outgoing`, `${label} incoming`];
  return [label, ...(way === 'send' ? [`${label} outgoing`] : way === 'fetch' ? [`${label} incoming`] : [])];
};

const explain = (evidence: Evidence, subject: CrmSubject): readonly Finding<Seen>[] => {
  const fact = evidence.fact(crmJobs);
  if (fact?.jobs.kind !== 'answered') return [];
  const { product, jobs } = fact;
  const { startedBy, lastRunEvenIfFailed } = jobs.value;
  return jobTroublesOf(fact).map((trouble) => {
    const way = wayOf(trouble);
    const failing = trouble.kind === 'failing' && way !== undefined;
    const account: Standing = failing
      ? standingOf(evidence, subject, { account: trouble.job.account, way })
      : { kind: 'untried' };
    const follows = account.kind === 'fails';
    return {
      detail: { kind: 'seen', product, trouble, startedBy, account, evenIfFailed: lastRunEvenIfFailed === true },
      severity: follows ? ('info' as const) : isGrave(trouble) ? ('critical' as const) : ('warning' as const),
      confidence: trouble.kind === 'scheduler' && trouble.how === 'told' ? 0.97 : 0.92,
      affects: affectedBy(trouble, subject.label),
      evidence: [{ check: crmJobs, says: jobTroubleText(trouble, product) }],
      ...(account.kind === 'works'
        ? {
            ruledOut: [
              {
                cause: 'auth.wrong-credentials',
                check: crmJobs,
                says: both(
                  `the account ${account.label} was let in just now`,
                  `アカウント ${account.label} のログインは今回の検査で成功しました`,
                ),
              },
            ],
          }
        : {}),
    };
  });
};

const because = (detail: Seen): Text => {
  const { product, trouble, account, evenIfFailed } = detail;
  const says = jobTroubleText(trouble, product);
  const head = both(`${says.en.charAt(0).toUpperCase()}${says.en.slice(1)}.`, `${says.ja}。`);
  switch (trouble.kind) {
    case 'scheduler':
      return both(
        `${head.en} All jobs are affected alike, so it is not one of them: what starts them (cron, worker, service) does not run.`,
        `${head.ja}すべてのジョブが同じ状態のため、個々のジョブではなく、ジョブを起動する仕組み（cron、ワーカー、サービス）が動いていません。`,
      );
    case 'inactive': {
      const { failures } = trouble.job;
      return (failures ?? 0) >= 2
        ? both(
            `${head.en} ${product} counts ${failures} failures in a row: it was switched off after them. Mail accounts that need it are in use.`,
            `${head.ja}${failures} 回続けて失敗した記録があり、そのために無効になっています。このジョブを必要とするメールアカウントは使用中です。`,
          )
        : both(
            `${head.en} Mail accounts that need it are in use, so nothing is fetched or sent.`,
            `${head.ja}このジョブを必要とするメールアカウントは使用中のため、メールの送受信が行われません。`,
          );
    }
    case 'never-ran':
    case 'overdue':
      return both(
        `${head.en} Other jobs of ${product} do run, so this one is held up by itself.`,
        `${head.ja}ほかのジョブは実行されているため、このジョブだけが止まっています。`,
      );
    case 'stuck':
      return both(
        `${head.en} While it hangs, it is not started again, and nothing is fetched or sent by it.`,
        `${head.ja}終わるまで次の実行は始まらないため、このジョブによる送受信が止まっています。`,
      );
    case 'failing': {
      const { speaksOf } = trouble;
      const means = speaksOf === undefined ? both('', '') : meaningText(speaksOf);
      const deeper = speaksOf === undefined ? both('', '') : both(` That is: ${means.en}.`, `${means.ja}。`);
      if (account.kind === 'fails') {
        return both(
          `${head.en}${deeper.en} It follows from the account ${account.label}, which fails in this check as well (${account.target}); its cause is named there.`,
          `${head.ja}${deeper.ja}アカウント ${account.label} も今回の検査で失敗しているため（${account.target}）、その結果です。原因はそちらに示しています。`,
        );
      }
      const caution = evenIfFailed
        ? both(
            ` The time of the last run moves also when a run fails, so it proves nothing.`,
            `最終実行日時は失敗したときも更新されるため、正常な証明にはなりません。`,
          )
        : both('', '');
      const from =
        account.kind === 'works'
          ? both(
              ` From here the same account works (${account.label}), so the fault is on the way from the CRM's host, or in what the CRM has stored.`,
              `同じアカウント（${account.label}）はここからは動作するため、CRM のマシンからの経路か、CRM に保存された値に問題があります。`,
            )
          : both('', '');
      return both(`${head.en}${deeper.en}${from.en}${caution.en}`, `${head.ja}${deeper.ja}${from.ja}${caution.ja}`);
    }
  }
};

const steps = ({ product, trouble, startedBy, account }: Seen): readonly Text[] => {
  if (trouble.kind === 'scheduler') {
    return [
      both(
        `Jobs of ${product} are started by: ${startedBy.en}. Look whether that is there and runs, on the CRM's host.`,
        `${product} のジョブを起動する仕組み: ${startedBy.ja}。CRM のマシンで、これが設定され、動いているかを確認します。`,
      ),
      both(
        'Set it up or start it again, as the user that the CRM runs as.',
        '設定または再起動します。実行ユーザーは CRM と同じにします。',
      ),
      both(
        'Wait for some minutes and run the check again: crm-doctor check --only crm.jobs',
        '数分待って、もう一度検査します: crm-doctor check --only crm.jobs',
      ),
    ];
  }
  const { place } = trouble.job;
  const open = both(`In ${product}, open: ${place.en}.`, `${product} で次の画面を開きます: ${place.ja}。`);
  const again = both(
    'Start it once by hand where the screen offers that, and run the check again: crm-doctor check --only crm.jobs',
    '画面に手動実行があれば一度実行し、もう一度検査します: crm-doctor check --only crm.jobs',
  );
  switch (trouble.kind) {
    case 'inactive':
      return [
        open,
        ...((trouble.job.failures ?? 0) >= 2
          ? [
              both(
                'Find out first why it failed (the log of the CRM at that time), or it will be switched off again.',
                '先に失敗した理由を CRM のログで確認します。直さずに有効にすると、再び無効になります。',
              ),
            ]
          : []),
        both('Switch it on.', 'ジョブを有効にします。'),
        again,
      ];
    case 'failing':
      return [
        ...(account.kind === 'fails'
          ? [
              both(
                `Mend the account ${account.label} first, as its own diagnosis says.`,
                `先に、アカウント ${account.label} の原因を解消します。`,
              ),
            ]
          : trouble.speaksOf === undefined
            ? [
                both(
                  'Read the log of the CRM at the time of the failure; `crm-doctor explain "THE WORDS"` knows many of them.',
                  '失敗した時刻の CRM のログを確認します。crm-doctor explain "エラーの文" で意味を調べられます。',
                ),
              ]
            : [explainStep(trouble.speaksOf)]),
        open,
        again,
      ];
    case 'stuck':
      return [
        open,
        both(
          "End the hanging process on the CRM's host (or restart the worker), and set the job's state back to waiting where the screen shows it as running.",
          'CRM のマシンで止まっているプロセスを終了（またはワーカーを再起動）し、画面で「実行中」のままなら待機に戻します。',
        ),
        again,
      ];
    case 'never-ran':
    case 'overdue':
      return [
        open,
        both(
          'Look whether its schedule and its next date are right, and whether it waits behind another job that does not end.',
          '実行間隔と次回の日時が正しいか、終わらない別のジョブを待っていないかを確認します。',
        ),
        both(`Jobs are started by: ${startedBy.en}.`, `ジョブを起動する仕組み: ${startedBy.ja}。`),
        again,
      ];
  }
};

/** What the CRM itself tells of its jobs, else what its log shows of them. */
export const stoppedJob = defineCrmCause<Seen | Logged>({
  id: jobStopped.id,
  title: both('Scheduled jobs of the CRM do not do their work', 'CRM の定期ジョブが正しく実行されていません'),
  about: jobStopped.about,
  owner: 'crm-admin',
  explain: (evidence, subject) => orFromCrmLogs(explain(evidence, subject), jobStopped.id, evidence, subject),
  because: (detail) => {
    if (detail.kind === 'seen') return because(detail);
    const says = logSentence(detail.log);
    return both(
      `The CRM does not run a job to its end. ${says.en}`,
      `CRM の定期ジョブが最後まで実行されていません。${says.ja}`,
    );
  },
  steps: (detail) => (detail.kind === 'seen' ? steps(detail) : jobStopped.steps(detail.log, [])),
});
