import type { CrmJob, CrmJobPurpose, CrmJobs } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { booleanIn, idIn, type Json, numberIn, textIn, utcIn } from '../reading.ts';
import { type Found, unlessRefused } from '../refusal.ts';
import { archivedToo, searchRead } from './calls.ts';
import type { OdooDoor } from './door.ts';
import type { OdooFields } from './fields.ts';
import { modulesOf } from './identity.ts';
import { cronPlace } from './places.ts';

const wanted = [
  'name',
  'cron_name',
  'active',
  'interval_number',
  'interval_type',
  'nextcall',
  'lastcall',
  'model_name',
  // Since 18: five failures in a row over more than seven days switch a job off.
  'failure_count',
  'first_failure_date',
];

/** The jobs of Odoo's own modules, known by the model that they run on; whoever wrote them, their names are translated. */
const purposes: Readonly<Record<string, CrmJobPurpose>> = {
  'fetchmail.server': 'fetch-mail',
  'mail.mail': 'send-mail',
  'mailing.mailing': 'send-mail',
  'base.automation': 'workflow',
};

const minute = 60_000;
const day = 24 * 60 * minute;

const intervals: Readonly<Record<string, number>> = {
  minutes: minute,
  hours: 60 * minute,
  days: day,
  work_days: day,
  weeks: 7 * day,
  months: 30 * day,
};

const startedBy: Text = {
  en: 'the Odoo service itself, in its cron threads (max_cron_threads in odoo.conf must be above 0, and with several databases db_name or dbfilter must name this one)',
  ja: 'Odoo のサービス自身が cron スレッドで実行します（odoo.conf の max_cron_threads が 1 以上で、複数のデータベースがある場合は db_name か dbfilter でこのデータベースが指定されている必要があります）',
};

const jobOf = (row: Json, client: CrmClient): CrmJob => {
  const name = client.printable(textIn(row.name) ?? textIn(row.cron_name) ?? '', 150);
  const lastRun = utcIn(row.lastcall);
  const nextRun = utcIn(row.nextcall);
  const interval = intervals[textIn(row.interval_type) ?? ''];
  const amount = numberIn(row.interval_number);
  const failures = numberIn(row.failure_count);
  const firstFailure = utcIn(row.first_failure_date);
  return {
    id: `ir.cron,${idIn(row.id)}`,
    name,
    purpose: purposes[textIn(row.model_name) ?? ''] ?? 'other',
    active: booleanIn(row.active) === true,
    ...(lastRun === undefined ? {} : { lastRun }),
    ...(nextRun === undefined ? {} : { nextRun }),
    ...(interval === undefined || amount === undefined ? {} : { intervalMs: interval * amount }),
    ...(failures === undefined ? {} : { failures, ...(failures > 0 ? { state: 'failed' } : {}) }),
    ...(firstFailure === undefined ? {} : { firstFailure }),
    place: cronPlace(name),
  };
};

const most = 300;

/** The scheduled actions; while modules wait for an upgrade, Odoo starts none of them. */
export const jobsOf = async (
  door: OdooDoor,
  { client, fields }: { readonly client: CrmClient; readonly fields: OdooFields },
  signal: AbortSignal,
): Promise<Found<CrmJobs>> => {
  const { calls } = door;
  const names = await fields.among('ir.cron', wanted, signal);
  const rows = await searchRead(calls, 'ir.cron', { domain: [archivedToo], fields: names, limit: most + 1 }, signal);
  const modules = await unlessRefused(
    () => modulesOf(door, client, signal),
    ['permission', 'server-error'],
    () => {},
  );
  const waiting = modules?.waiting ?? [];
  return {
    value: {
      jobs: rows.slice(0, most).map((row) => jobOf(row, client)),
      knowsLastRun: true,
      lastRunEvenIfFailed: true,
      ...(waiting.length > 0
        ? { scheduler: { alive: false, says: `ir.module.module: ${waiting.slice(0, 5).join(', ')}` } }
        : {}),
      startedBy,
    },
    gaps:
      rows.length > most
        ? [
            {
              en: `more than ${most} scheduled actions: only the first ${most} were read`,
              ja: `スケジュール済アクションが ${most} 件を超えるため、最初の ${most} 件だけを読みました`,
            },
          ]
        : [],
  };
};
