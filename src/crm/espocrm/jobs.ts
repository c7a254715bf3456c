import type { CrmJob, CrmJobPurpose, CrmJobs } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { longestWaitOf } from '../cron-interval.ts';
import { idIn, type Json, textIn, utcIn } from '../reading.ts';
import { type Found, unlessRefused } from '../refusal.ts';
import { adminNeeded, type Door } from './door.ts';
import { scheduledJobs } from './places.ts';

const purposes: Readonly<Record<string, CrmJobPurpose>> = {
  CheckInboundEmails: 'fetch-mail',
  CheckEmailAccounts: 'fetch-mail',
  SendEmailNotifications: 'send-mail',
  SendEmailReminders: 'send-mail',
  SendScheduledEmails: 'send-mail',
  ProcessMassEmail: 'send-mail',
  // The Advanced Pack's.
  RunScheduledWorkflows: 'workflow',
  ProcessPendingProcessFlows: 'workflow',
  ReportTargetListSync: 'workflow',
};

const newestRuns = async (door: Door, signal: AbortSignal): Promise<readonly Json[]> => {
  const { items } = await door.list(
    'ScheduledJobLogRecord',
    { select: ['id', 'status', 'executionTime', 'scheduledJobId'], orderBy: 'executionTime', order: 'desc' },
    signal,
    adminNeeded,
  );
  return items;
};

/** Runs of the job, the newest first: how many failed in a row, and since when. */
const outcome = (id: string, runs: readonly Json[]): Partial<Pick<CrmJob, 'state' | 'failures' | 'firstFailure'>> => {
  const own = runs.filter((run) => run.scheduledJobId === id);
  if (own.length === 0) return {};
  const good = own.findIndex(({ status }) => status === 'Success');
  const failures = good === -1 ? own.length : good;
  if (failures === 0) return { state: 'ok' };
  const first = utcIn(own[failures - 1]?.executionTime);
  return { state: 'failed', failures, ...(first === undefined ? {} : { firstFailure: first }) };
};

const jobOf = (row: Json, runs: readonly Json[], running: readonly Json[], client: CrmClient): CrmJob | undefined => {
  const id = idIn(row.id);
  if (id === undefined) return undefined;
  const job = textIn(row.job) ?? '';
  const name = client.printable(textIn(row.name) ?? job, 100);
  const lastRun = utcIn(row.lastRun);
  const intervalMs = longestWaitOf(textIn(row.scheduling) ?? '');
  const now = running.find((one) => one.scheduledJobId === id && one.status === 'Running');
  const since = utcIn(now?.startedAt);
  return {
    id,
    name,
    purpose: Object.hasOwn(purposes, job) ? (purposes[job] ?? 'other') : 'other',
    active: row.status === 'Active',
    ...(lastRun === undefined ? {} : { lastRun }),
    ...(intervalMs === undefined ? {} : { intervalMs }),
    ...outcome(id, runs),
    ...(now ? { state: 'running', ...(since === undefined ? {} : { says: `running since ${since}` }) } : {}),
    place: scheduledJobs(name),
  };
};

const hour = 60 * 60_000;

/** EspoCRM itself takes cron for dead where nothing was executed within an hour. */
const schedulerOf = (
  executed: string | undefined,
  notices: readonly Json[],
  waiting: number,
  now: Date,
): NonNullable<CrmJobs['scheduler']> => {
  const notice = notices.find(({ type }) => type === 'cronIsNotConfigured' || type === 'cronIsDisabled');
  const alive = notice === undefined && executed !== undefined && now.getTime() - Date.parse(executed) < hour;
  const facts = [
    notice && textIn(notice.type),
    executed === undefined ? 'no job was ever executed' : `last execution ${executed}`,
    ...(waiting > 0 ? [`${waiting} jobs wait`] : []),
  ];
  return { alive, says: facts.filter(Boolean).join(', ') };
};

const notRead: Text = {
  en: 'the log of the scheduled jobs could not be read, so what became of each run is not known',
  ja: 'スケジュール済ジョブの実行ログを読み取れないため、各実行の結果は不明です',
};

export const jobsOf = async (
  door: Door,
  notices: readonly Json[],
  client: CrmClient,
  clock: () => Date,
  signal: AbortSignal,
): Promise<Found<CrmJobs>> => {
  const gaps: Text[] = [];
  const { items } = await door.all(
    'ScheduledJob',
    { select: ['id', 'name', 'job', 'status', 'scheduling', 'lastRun'], orderBy: 'name' },
    signal,
    1_000,
  );
  const runs = await unlessRefused(
    () => newestRuns(door, signal),
    ['permission', 'not-found'],
    () => gaps.push(notRead),
  );
  const open = await door.list(
    'Job',
    {
      select: ['id', 'status', 'scheduledJobId', 'executeTime', 'startedAt'],
      where: [{ type: 'in', attribute: 'status', value: ['Pending', 'Ready', 'Running'] }],
      orderBy: 'executeTime',
    },
    signal,
    adminNeeded,
  );
  const last = await door.list(
    'Job',
    {
      select: ['id', 'executedAt'],
      where: [{ type: 'isNotNull', attribute: 'executedAt' }],
      orderBy: 'executedAt',
      order: 'desc',
      maxSize: 1,
    },
    signal,
    adminNeeded,
  );
  const now = clock();
  const due = open.items.filter(({ status, executeTime }) => {
    const at = utcIn(executeTime);
    return status !== 'Running' && (at === undefined || Date.parse(at) < now.getTime() - 10 * 60_000);
  });
  const setup = await unlessRefused(
    () => door.object('/Admin/action/cronMessage', signal),
    ['permission', 'not-found', 'server-error'],
    () => undefined,
  );
  const command = textIn(setup?.command);
  const line = client.printable(command ?? '* * * * * cd /path/to/espocrm; php -f cron.php > /dev/null 2>&1', 300);
  return {
    value: {
      jobs: items.flatMap((row) => jobOf(row, runs ?? [], open.items, client) ?? []),
      knowsLastRun: true,
      // Moved by every run, whatever came of it.
      lastRunEvenIfFailed: true,
      scheduler: schedulerOf(utcIn(last.items[0]?.executedAt), notices, due.length, now),
      startedBy: {
        en: `a line in the crontab of the web server's user (crontab -e -u www-data): ${line}`,
        ja: `Web サーバーのユーザーの crontab（crontab -e -u www-data）の行: ${line}`,
      },
    },
    gaps,
  };
};
