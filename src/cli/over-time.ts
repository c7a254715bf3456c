import { trendsOf } from '../../checks/trends/trends.ts';
import type { Measure } from '../model/measure.ts';
import type { Baseline, Report } from '../model/report.ts';
import { lookBack } from '../runbook/drift/baseline.ts';
import type { Drift } from '../runbook/drift/drift.ts';
import { driftOf, driftReport } from '../runbook/drift/drift.ts';
import { reportOfRun } from '../runbook/kept-report.ts';
import type { MeasureStore } from '../runbook/measures.ts';
import type { Runbook } from '../runbook/runbook.ts';

/** Of so many mailboxes at most it is told how things have gone so far: the history of more is more than a run should hold. */
const mostWithTrends = 200;

/** The run before, and the one that a run is compared with, as far as it is still there. */
export const remembered = async (runbook: Runbook, run: Pick<Report['run'], 'command' | 'target'>) => {
  const { previous, baseline: since } = await lookBack(runbook, run);
  const report = since && (await reportOfRun(runbook.directory, since.run));
  return { previous, baseline: report && { since, report } };
};

interface Past {
  readonly baseline?: { readonly since: Baseline; readonly report: Report } | undefined;
  readonly store: MeasureStore | undefined;
  /** How many there are in the run. */
  readonly mailboxes: number;
}

/** A report with how its figures have gone so far, and with what is other than in the last good run. */
export const overTime = async (
  told: Report,
  measures: readonly Measure[],
  { baseline, store, mailboxes }: Past,
): Promise<{ readonly report: Report; readonly drift?: readonly Drift[] }> => {
  const known = () => store?.read([...new Set(measures.map(({ mailbox }) => mailbox))]);
  const series = mailboxes <= mostWithTrends ? await known() : undefined;
  const drift = baseline && driftOf(told, baseline.report);
  const report: Report = {
    ...told,
    ...(series ? trendsOf(told, measures, series) : {}),
    ...(drift ? driftReport(drift, baseline.since, told.run.language) : {}),
  };
  return { report, ...(drift ? { drift } : {}) };
};
