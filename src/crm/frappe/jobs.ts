import type { CrmJob, CrmJobPurpose, CrmJobs } from '../../model/crm/answers.ts';
import type { Text } from '../../model/text.ts';
import { longestWaitOf } from '../cron-interval.ts';
import { booleanIn, type Json, objectIn, textIn } from '../reading.ts';
import { type Found, unlessRefused } from '../refusal.ts';
import { lastLine, momentIn, type Site } from './site.ts';

const wanted = ['name', 'method', 'stopped', 'frequency', 'cron_format', 'last_execution'];

const purposes: readonly (readonly [pattern: RegExp, purpose: CrmJobPurpose])[] = [
  [/email_account\.pull$/, 'fetch-mail'],
  [/email\.queue\.flush$/, 'send-mail'],
  [/notification\.|auto_repeat\.|assignment_rule\.|server_script/, 'workflow'],
];

const minute = 60_000;
const day = 24 * 60 * minute;

/** `All` is every four minutes (scheduler_interval); the long ones and those of maintenance keep the time of their name. */
const intervals: readonly (readonly [pattern: RegExp, ms: number])[] = [
  [/^All$/, 4 * minute],
  [/^Hourly/, 60 * minute],
  [/^Daily/, day],
  [/^Weekly/, 7 * day],
  [/^Monthly/, 31 * day],
  [/^(?:Yearly|Annual)/, 366 * day],
];

const intervalOf = (row: Json): number | undefined => {
  const frequency = textIn(row.frequency) ?? '';
  // Frappe writes `0/10` where crontab wants `*/10`; both mean the same there.
  if (frequency === 'Cron') return longestWaitOf((textIn(row.cron_format) ?? '').replace(/^0\//, '*/'));
  return intervals.find(([pattern]) => pattern.test(frequency))?.[1];
};

const startedBy: Text = {
  en: 'bench schedule and the workers (bench worker), kept running by supervisor or systemd; bench doctor shows them',
  ja: 'bench schedule とワーカー (bench worker)。supervisor または systemd が起動し、bench doctor で確認できます',
};

const place = (name: string): Text => ({
  en: `Scheduled Job Type > ${name}`,
  ja: `スケジュールジョブタイプ (Scheduled Job Type) > ${name}`,
});

const noZone: Text = {
  en: 'when jobs ran: their times stand in the time zone of System Settings, which this user may not read',
  ja: 'ジョブの実行時刻（システム設定のタイムゾーンで記録されていますが、このユーザーには読む権限がありません）',
};

const most = 500;

/** Scheduled jobs, how their newest run ended, and whether the scheduler is switched off. */
export const jobsOf = async (site: Site, signal: AbortSignal): Promise<Found<CrmJobs>> => {
  const { frappe, client } = site;
  const fields = await site.among('Scheduled Job Type', wanted, signal);
  const rows = await frappe.list('Scheduled Job Type', { fields, limit: most }, signal);
  const logged = { fields: ['scheduled_job_type', 'status', 'details'], order: 'creation desc', limit: most };
  const tolerated = ['permission', 'not-found', 'server-error'] as const;
  const logs =
    (await unlessRefused(
      () => frappe.list('Scheduled Job Log', logged, signal),
      tolerated,
      () => {},
    )) ?? [];
  const status = await unlessRefused(
    async () => objectIn(await frappe.method('frappe.utils.scheduler.get_scheduler_status', signal)),
    tolerated,
    () => {},
  );
  const zone = await site.zone(signal);
  const jobs = rows.map((row): CrmJob => {
    const id = textIn(row.name) ?? '';
    const method = client.printable(textIn(row.method) ?? id, 200);
    const own = logs.filter((log) => log.scheduled_job_type === id);
    const newest = own[0];
    const failed = newest?.status === 'Failed';
    const says = failed ? lastLine(textIn(newest.details)) : undefined;
    const firstGood = own.findIndex((log) => log.status !== 'Failed');
    const lastRun = momentIn(row.last_execution, zone);
    const intervalMs = intervalOf(row);
    return {
      id,
      name: method,
      purpose: purposes.find(([pattern]) => pattern.test(method))?.[1] ?? 'other',
      active: booleanIn(row.stopped) !== true,
      ...(lastRun === undefined ? {} : { lastRun }),
      ...(intervalMs === undefined ? {} : { intervalMs }),
      ...(newest ? { state: failed ? 'failed' : newest.status === 'Start' ? 'running' : 'ok' } : {}),
      ...(says === undefined ? {} : { says: client.printable(says) }),
      ...(failed ? { failures: firstGood < 0 ? own.length : firstGood } : {}),
      place: place(method),
    };
  });
  return {
    value: {
      jobs,
      knowsLastRun: zone !== undefined,
      // It is written when the job starts.
      lastRunEvenIfFailed: true,
      ...(status?.status === 'inactive'
        ? { scheduler: { alive: false, says: 'frappe.utils.scheduler.get_scheduler_status: inactive' } }
        : {}),
      startedBy,
    },
    gaps: zone === undefined ? [noZone] : [],
  };
};
