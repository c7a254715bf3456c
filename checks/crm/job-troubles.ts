import type { CrmJob, CrmJobs } from '../../src/model/crm/answers.ts';
import type { TextCause } from '../../src/model/log-facts.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Accounts in use, so far as the CRM tells; nothing is said of a job that nobody needs. */
export interface Needed {
  readonly incoming: boolean;
  readonly outgoing: boolean;
}

/** What is wrong with the jobs. */
export type JobTrouble =
  /** None of them is started: cron, worker or service. */
  | {
      readonly kind: 'scheduler';
      readonly how: 'told' | 'never-ran' | 'stopped';
      readonly says: string;
      readonly jobs: number;
      readonly last?: string;
    }
  | { readonly kind: 'inactive'; readonly job: CrmJob }
  | { readonly kind: 'never-ran'; readonly job: CrmJob }
  | { readonly kind: 'overdue'; readonly job: CrmJob; readonly due: string; readonly lateMs: number }
  | { readonly kind: 'stuck'; readonly job: CrmJob; readonly since: string }
  | { readonly kind: 'failing'; readonly job: CrmJob; readonly speaksOf?: string };

export interface JobsSeen {
  readonly at: string;
  readonly jobs: CrmJobs;
  readonly needed: Needed | undefined;
  /** What the words of failed jobs speak of. */
  readonly meanings: Readonly<Record<string, TextCause | null>>;
}

const time = (at: string | undefined): number | undefined => {
  const ms = at === undefined ? Number.NaN : Date.parse(at);
  return Number.isNaN(ms) ? undefined : ms;
};

/** So late is no longer just busy: schedulers start jobs within minutes, and a long job of another kind may hold them up. */
const patienceOf = ({ intervalMs }: CrmJob): number =>
  intervalMs === undefined ? 24 * hour : Math.min(Math.max(intervalMs, 15 * minute), 6 * hour);

/** When it should have been started; undefined where nothing tells. */
const dueOf = (job: CrmJob, { knowsLastRun }: CrmJobs): number | undefined => {
  const next = time(job.nextRun);
  if (next !== undefined) return next;
  const last = knowsLastRun ? time(job.lastRun) : undefined;
  // The interval is the longest wait of a schedule; one more of it is allowed before it counts as missed.
  return last === undefined || job.intervalMs === undefined ? undefined : last + 2 * job.intervalMs;
};

const isRunning = ({ state }: CrmJob): boolean => state === 'running';

const overdue = (job: CrmJob, { at, jobs }: JobsSeen): JobTrouble | undefined => {
  const due = dueOf(job, jobs);
  const late = due === undefined ? 0 : Date.parse(at) - due;
  if (due === undefined || late <= patienceOf(job) || isRunning(job)) return undefined;
  return { kind: 'overdue', job, due: new Date(due).toISOString(), lateMs: late };
};

const neverRan = (job: CrmJob, { jobs }: JobsSeen): boolean =>
  jobs.knowsLastRun && job.lastRun === undefined && !isRunning(job) && job.state !== 'ok' && job.state !== 'failed';

/** Not run yet, and it is not known to be due later only. */
const missedFirst = (job: CrmJob, seen: JobsSeen): boolean => {
  const next = time(job.nextRun);
  return neverRan(job, seen) && (next === undefined || Date.parse(seen.at) - next > patienceOf(job));
};

const schedulerTrouble = (seen: JobsSeen): JobTrouble | undefined => {
  const { jobs } = seen;
  const active = jobs.jobs.filter((job) => job.active);
  const last = active
    .flatMap(({ lastRun }) => lastRun ?? [])
    .toSorted()
    .at(-1);
  const lastRun = last === undefined ? {} : { last };
  if (jobs.scheduler && !jobs.scheduler.alive) {
    return { kind: 'scheduler', how: 'told', says: jobs.scheduler.says, jobs: active.length, ...lastRun };
  }
  // A scheduler that says that it lives outweighs what can be reckoned.
  if (active.length < 2 || jobs.scheduler?.alive) return undefined;
  if (active.every((job) => neverRan(job, seen)) && active.some((job) => missedFirst(job, seen))) {
    return { kind: 'scheduler', how: 'never-ran', says: '', jobs: active.length };
  }
  const timed = active.filter((job) => dueOf(job, jobs) !== undefined);
  if (timed.length < 2 || timed.some((job) => isRunning(job))) return undefined;
  // Those that are not due yet tell nothing: all that were due are late.
  const wereDue = timed.filter((job) => (dueOf(job, jobs) ?? 0) < Date.parse(seen.at));
  const allLate = wereDue.length >= 2 && wereDue.every((job) => overdue(job, seen));
  return allLate ? { kind: 'scheduler', how: 'stopped', says: '', jobs: wereDue.length, ...lastRun } : undefined;
};

const isNeeded = ({ purpose }: CrmJob, needed: Needed | undefined): boolean =>
  purpose === 'fetch-mail' ? needed?.incoming === true : purpose === 'send-mail' ? needed?.outgoing === true : false;

/** A run that has lasted for so long will not come to its end. */
const longestRun = ({ intervalMs }: CrmJob): number => Math.max(2 * hour, 6 * (intervalMs ?? 0));

const ofJob = (job: CrmJob, seen: JobsSeen): JobTrouble | undefined => {
  const { at, jobs, needed, meanings } = seen;
  if (!job.active) {
    // Products have several jobs for one purpose, of which some may well be off.
    const another = jobs.jobs.some((other) => other.active && other.purpose === job.purpose);
    const switchedOff = (job.failures ?? 0) >= 2;
    return isNeeded(job, needed) && (!another || switchedOff) ? { kind: 'inactive', job } : undefined;
  }
  if (job.purpose === 'other') return undefined;
  const started = time(job.lastRun);
  if (isRunning(job)) {
    const stuck = started !== undefined && Date.parse(at) - started > longestRun(job);
    return stuck ? { kind: 'stuck', job, since: job.lastRun ?? '' } : undefined;
  }
  // What does not run at all cannot fail: the older news gives way.
  const late = overdue(job, seen);
  if (late) return late;
  if (missedFirst(job, seen)) return isNeeded(job, needed) ? { kind: 'never-ran', job } : undefined;
  if (job.state !== 'failed' && (job.failures ?? 0) === 0) return undefined;
  const meant = meanings[job.says ?? ''];
  return { kind: 'failing', job, ...(meant ? { speaksOf: meant.cause } : {}) };
};

/** What is wrong with the jobs that matter for mail and workflows; a scheduler that is dead explains all of it. */
export const jobTroubles = (seen: JobsSeen): readonly JobTrouble[] => {
  const whole = schedulerTrouble(seen);
  if (whole) return [whole];
  return seen.jobs.jobs.flatMap((job) => ofJob(job, seen) ?? []);
};

/** A single failure may pass by itself; a workflow is not what brings mail in. */
export const isGrave = (trouble: JobTrouble): boolean => {
  if (trouble.kind === 'scheduler') return true;
  if (trouble.job.purpose === 'workflow') return false;
  return trouble.kind !== 'failing' || (trouble.job.failures ?? 2) >= 2;
};
