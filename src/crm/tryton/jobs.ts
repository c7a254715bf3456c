import type { CrmJob, CrmJobPurpose, CrmJobs } from '../../model/crm/answers.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { booleanIn, idIn, type Json, numberIn, textIn } from '../reading.ts';
import type { Rpc } from './rpc.ts';
import { momentIn } from './value.ts';
import { menu, onlyFirst, schedulerMenu } from './words.ts';

const minute = 60_000;
const lengths: Readonly<Record<string, number>> = {
  minutes: minute,
  hours: 60 * minute,
  days: 1440 * minute,
  weeks: 7 * 1440 * minute,
  months: 30 * 1440 * minute,
};

/** What the methods of the scheduled actions are for; all others are the business of other modules. */
const purposes: Readonly<Record<string, CrmJobPurpose>> = {
  'ir.trigger|trigger_time': 'workflow',
  'marketing.automation.scenario|trigger': 'workflow',
  'marketing.automation.record.activity|process': 'send-mail',
};

const startedBy: Text = {
  en: 'the program trytond-cron, a service of its own beside trytond (on Debian: systemctl enable --now tryton-server-cron@DATABASE)',
  ja: 'trytond とは別のサービスで動く trytond-cron（Debian では systemctl enable --now tryton-server-cron@データベース名）',
};

/** trytond-cron looks once a minute (trytond.cron); a long job holds up the others. */
const patience = 60 * minute;

const jobOf = (row: Json, printable: Rpc['printable']): CrmJob | undefined => {
  const id = idIn(row.id);
  const method = textIn(row.method);
  if (id === undefined || method === undefined) return undefined;
  const every = lengths[textIn(row.interval_type) ?? ''];
  const count = numberIn(row.interval_number);
  const nextRun = momentIn(row.next_call);
  // The scheduler writes next_call as the user 0; whoever else changed the row last was a person.
  const lastRun = nextRun !== undefined && row.write_uid === 0 ? momentIn(row.write_date) : undefined;
  return {
    id,
    name: printable(method, 120),
    purpose: Object.hasOwn(purposes, method) ? (purposes[method] ?? 'other') : 'other',
    active: booleanIn(row.active) ?? true,
    ...(lastRun === undefined ? {} : { lastRun }),
    ...(nextRun === undefined ? {} : { nextRun }),
    ...(every === undefined || count === undefined ? {} : { intervalMs: every * count }),
    place: menu(`${schedulerMenu} > ${printable(method, 120)}`),
  };
};

/** Whether trytond-cron runs, from what it leaves in the rows. */
const schedulerOf = (jobs: readonly CrmJob[], created: readonly string[], now: Date): CrmJobs['scheduler'] => {
  const active = jobs.filter((job) => job.active);
  const due = active.flatMap(({ nextRun }) => (nextRun === undefined ? [] : [nextRun])).toSorted();
  const last = due.at(-1);
  if (last !== undefined) {
    const late = due.filter((at) => now.getTime() - new Date(at).getTime() > patience);
    // One row in the future is enough only as long as no other one waits in vain.
    const alive = late.length === 0;
    return { alive, says: alive ? `next_call ${due[0]}` : `next_call ${late[0]}` };
  }
  const oldest = created.toSorted()[0];
  const isNew = oldest === undefined || now.getTime() - new Date(oldest).getTime() < patience;
  return active.length === 0 || isNew
    ? undefined
    : { alive: false, says: 'next_call is empty in every scheduled action' };
};

const unknownLastRun: Text = {
  en: 'Tryton keeps no time of the last run: where a person changed a scheduled action last, only its next run is known',
  ja: 'Tryton は最後の実行日時を保存しません。最後に人が変更した Scheduled Action については、次回の実行予定だけが分かります',
};

const most = 500;

const actions: Text = { en: 'scheduled actions', ja: 'Scheduled Action' };

export const readJobs = async (rpc: Rpc, now: Date, signal: AbortSignal): Promise<CrmReply<CrmJobs>> => {
  const fields = [
    'method',
    'interval_number',
    'interval_type',
    'next_call',
    'active',
    'write_date',
    'write_uid',
    'create_date',
  ];
  const rows = await rpc.search('ir.cron', { fields, limit: most, inactiveToo: true }, signal);
  if (rows.kind === 'failed') return rows;
  const jobs = rows.value.flatMap((row) => jobOf(row, rpc.printable) ?? []);
  const created = rows.value.flatMap((row) => momentIn(row.create_date) ?? []);
  const scheduler = schedulerOf(jobs, created, now);
  const knowsLastRun = jobs.every(
    ({ active, lastRun, nextRun }) => !active || lastRun !== undefined || nextRun === undefined,
  );
  const gaps = [
    ...(knowsLastRun ? [] : [unknownLastRun]),
    ...(rows.value.length < most ? [] : [onlyFirst(actions, most)]),
  ];
  return {
    kind: 'answered',
    value: {
      jobs,
      knowsLastRun,
      // trytond moves next_call on after a job that failed as well.
      lastRunEvenIfFailed: true,
      ...(scheduler === undefined ? {} : { scheduler }),
      startedBy,
    },
    ...(gaps.length > 0 ? { gaps } : {}),
  };
};
