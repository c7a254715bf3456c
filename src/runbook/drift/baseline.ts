import type { Report } from '../../model/report.ts';
import { isGoodRun } from '../good.ts';
import type { KnownBaseline, RecordOf } from '../record.ts';
import type { Runbook } from '../runbook.ts';

type Finished = RecordOf<'run-finished'>;

/** What the log knows of the runs of one command and target. */
export interface Past {
  /** The last one. */
  readonly previous?: Finished;
  /** What a new one is compared with. */
  readonly baseline?: KnownBaseline;
}

const goodChecks = (summary: Finished['summary'] = {}): number => (summary.pass ?? 0) + (summary.warn ?? 0);

type Outcome = Pick<Finished, 'run' | 'at' | 'status' | 'exitCode' | 'summary' | 'interrupted'>;

const dayMs = 86_400_000;

/** A run that looked at fewer checks takes the place of one that is older than this, for then that is all there is. */
const longMs = 14 * dayMs;

/**
 * With what the run after this one is compared: what a person accepted, else the last good run that saw as much. Each run
 * writes it down, so that nobody has to look for it in a long log.
 */
const baselineAfter = (before: KnownBaseline | undefined, run: Outcome): KnownBaseline | undefined => {
  if (before?.accepted || !isGoodRun(run)) return before;
  const own = { run: run.run, at: run.at, accepted: false, checks: goodChecks(run.summary) };
  if (!before || own.checks >= before.checks) return own;
  const isOld = Date.parse(run.at) - Date.parse(before.at) > longMs;
  return isOld && own.checks >= before.checks / 2 ? own : before;
};

export const nextBaseline = (
  before: KnownBaseline | undefined,
  { run, status, exitCode, summary }: Pick<Report, 'run' | 'status' | 'exitCode' | 'summary'>,
): KnownBaseline | undefined =>
  baselineAfter(before, {
    run: run.id,
    at: run.startedAt,
    status,
    exitCode,
    summary,
    ...(run.interrupted ? { interrupted: run.interrupted } : {}),
  });

/** Of logs in which no run wrote its baseline down, so many runs are looked at. */
const mostRuns = 50;

/** From the end of the log to the last run of the same command and target: one look for both, and seldom a long one. */
export const lookBack = async (
  runbook: Pick<Runbook, 'read'>,
  { command, target }: Pick<Report['run'], 'command' | 'target'>,
): Promise<Past> => {
  let previous: Finished | undefined;
  let baseline: KnownBaseline | undefined;
  let runs = 0;
  try {
    for await (const record of runbook.read({ backward: true, holding: JSON.stringify(target) })) {
      const isOurs =
        (record.kind === 'run-finished' || record.kind === 'baseline-accepted') &&
        record.command === command &&
        record.target === target;
      if (!isOurs) continue;
      if (record.kind === 'baseline-accepted') {
        baseline ??= { run: record.run, at: record.at, accepted: true, checks: 0 };
      } else {
        previous ??= record;
        baseline ??= record.baseline ?? baselineAfter(undefined, record);
        runs += 1;
      }
      if (previous && (baseline || runs >= mostRuns)) break;
    }
  } catch {
    // A log that cannot be read remembers nothing; what writes into it says so.
  }
  return { ...(previous ? { previous } : {}), ...(baseline ? { baseline } : {}) };
};
