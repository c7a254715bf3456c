import { sides } from '../../model/sync/side.ts';
import type { SyncSubject } from '../../model/sync/subject.ts';
import type { SyncTimes } from '../../model/sync/view.ts';
import type { JobLogs } from '../../sync/logs/runs.ts';
import type { Comparing, Sources } from './comparing.ts';
import { milliseconds, printable } from './printable.ts';

const timeOf = (value: string | undefined): number | undefined =>
  value === undefined ? undefined : milliseconds(value);

/** The times that differences are held against: of the sides, the last sync and the runs of its job. */
export const timesOf = (
  { config }: SyncSubject,
  sources: Sources,
  { runs }: Pick<JobLogs, 'runs'>,
  now: number,
): SyncTimes => {
  const lastSync = timeOf(config.lastSync);
  const [leftAt, rightAt] = sides.map((side) => timeOf(sources[side].facts.at));
  return {
    now,
    ...(lastSync === undefined ? {} : { lastSync }),
    ...(config.intervalMs === undefined ? {} : { intervalMs: config.intervalMs }),
    runs,
    ...(leftAt === undefined ? {} : { leftAt }),
    ...(rightAt === undefined ? {} : { rightAt }),
  };
};

export const noLogs: JobLogs = { runs: [], logged: [], failures: [] };

/** A job is at home where the systems are that it syncs: times without an offset are of their zone, where both are of one mind. */
const logZone = ({ left, right }: SyncSubject['config']): string | undefined =>
  left.timeZone === undefined || right.timeZone === undefined || left.timeZone === right.timeZone
    ? (left.timeZone ?? right.timeZone)
    : undefined;

/** What the logs of the job tell. */
export const logsOf = async (config: SyncSubject['config'], { signal }: Comparing): Promise<JobLogs> => {
  const { logs = [] } = config;
  if (logs.length === 0) return noLogs;
  const timeZone = logZone(config);
  const { readJobLogs } = await import('../../sync/logs/runs.ts');
  return readJobLogs(logs, { printable, signal, ...(timeZone === undefined ? {} : { timeZone }) });
};
