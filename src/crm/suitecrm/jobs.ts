import type { CrmJob, CrmJobPurpose, CrmJobs, CrmLog } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { longestWait } from '../cron-interval.ts';
import { textIn, timeIn, utcIn } from '../reading.ts';
import { type Found, unlessRefused } from '../refusal.ts';
import type { Door, Row } from './door.ts';

/** Times come with a zone mark from the API, and without one from older versions. */
export const momentIn = (value: unknown): string | undefined => utcIn(value) ?? timeIn(value);

const purposes: readonly (readonly [pattern: RegExp, purpose: CrmJobPurpose])[] = [
  [/pollMonitoredInboxes|pollMonitoredInboxesForBouncedCampaignEmails/i, 'fetch-mail'],
  [/runMassEmailCampaign|sendEmailReminders|processQueue/i, 'send-mail'],
  [/processAOW_Workflow/i, 'workflow'],
];

const runFields = ['name', 'scheduler_id', 'status', 'resolution', 'message', 'execute_time', 'date_entered'];

/** The newest entries of the job queue; undefined where this login may not see it. */
const runsOf = async (door: Door, signal: AbortSignal, missed: () => void): Promise<readonly Row[] | undefined> =>
  unlessRefused(
    async () => (await door.list('SchedulersJobs', { fields: runFields, sort: '-execute_time' }, signal)).rows,
    ['permission', 'not-found'],
    missed,
  );

const outcome = (own: readonly Row[], client: CrmClient): Partial<CrmJob> => {
  const done = own.filter(({ status }) => status === 'done');
  const good = done.findIndex(({ resolution }) => resolution !== 'failure');
  const failures = good === -1 ? done.length : good;
  const [newest] = done;
  if (own.some(({ status }) => status === 'running')) return { state: 'running' };
  if (!newest) return {};
  if (failures === 0) return { state: 'ok' };
  const says = textIn(newest.message);
  const first = momentIn(done[failures - 1]?.execute_time);
  return {
    state: 'failed',
    failures,
    ...(says === undefined ? {} : { says: client.printable(says) }),
    ...(first === undefined ? {} : { firstFailure: first }),
  };
};

const jobOf = (row: Row, runs: readonly Row[], client: CrmClient): CrmJob => {
  const name = client.printable(textIn(row.name) ?? row.id, 100);
  const job = (textIn(row.job) ?? '').slice(0, 200);
  const lastRun = momentIn(row.last_run);
  const intervalMs = longestWait((textIn(row.job_interval) ?? '').slice(0, 200).split('::'));
  return {
    id: row.id,
    name,
    purpose: purposes.find(([pattern]) => pattern.test(job))?.[1] ?? 'other',
    active: row.status === 'Active',
    ...(lastRun === undefined ? {} : { lastRun }),
    ...(intervalMs === undefined ? {} : { intervalMs }),
    ...outcome(
      runs.filter(({ scheduler_id }) => scheduler_id === row.id),
      client,
    ),
    place: { en: `Admin > Schedulers > ${name}`, ja: `管理 > スケジューラー > ${name}` },
  };
};

const runsUnknown: Text = {
  en: 'the job queue could not be read, so what became of each run is not known',
  ja: 'ジョブキューを読み取れないため、各実行の結果は不明です',
};

export const jobsOf = async (door: Door, client: CrmClient, signal: AbortSignal): Promise<Found<CrmJobs>> => {
  const gaps: Text[] = [];
  const legacy = (await door.root(signal)) !== '';
  const { rows } = await door.all(
    'Schedulers',
    { fields: ['name', 'job', 'job_interval', 'last_run', 'status'], sort: 'name' },
    signal,
  );
  const runs = (await runsOf(door, signal, () => gaps.push(runsUnknown))) ?? [];
  const jobs = rows.map((row) => jobOf(row, runs, client));
  const folder = legacy ? '/path/to/suitecrm/public/legacy' : '/path/to/suitecrm';
  const line = `* * * * * cd ${folder}; php -f cron.php > /dev/null 2>&1`;
  const active = jobs.filter((job) => job.active);
  const never = active.length > 0 && active.every(({ lastRun }) => lastRun === undefined);
  return {
    value: {
      jobs,
      knowsLastRun: true,
      lastRunEvenIfFailed: true,
      ...(never ? { scheduler: { alive: false, says: 'no scheduler ever ran' } } : {}),
      startedBy: {
        en: `a line in the crontab of the web server's user: ${line}`,
        ja: `Web サーバーのユーザーの crontab の行: ${line}`,
      },
    },
    gaps,
  };
};

const onDisk: Text = {
  en: 'SuiteCRM writes its log to suitecrm.log on the server; the API shows only the job queue',
  ja: 'SuiteCRM のログはサーバーの suitecrm.log に書かれます。API で見えるのはジョブキューだけです',
};

export const logOf = async (door: Door, client: CrmClient, signal: AbortSignal): Promise<Found<CrmLog>> => {
  const { rows } = await door.list(
    'SchedulersJobs',
    { fields: runFields, filter: [['resolution', 'eq', 'failure']], sort: '-execute_time' },
    signal,
  );
  return {
    value: {
      lines: rows.map((row) => {
        const at = momentIn(row.execute_time) ?? momentIn(row.date_entered);
        const says = textIn(row.message);
        return {
          ...(at === undefined ? {} : { at }),
          level: 'error',
          source: 'SchedulersJobs',
          text: client.printable([`${textIn(row.name) ?? 'job'} failed`, says].filter(Boolean).join(': '), 1_000),
        };
      }),
      limits: [onDisk],
    },
  };
};
