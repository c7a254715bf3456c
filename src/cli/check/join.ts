import type { Report } from '../../model/report.ts';
import { statusOf, summaryOf } from '../../model/report.ts';

/** Of two exit codes the one that says more: a signal, a problem, an error of the call, something unknown, nothing. */
const codes: readonly number[] = [143, 130, 1, 2, 3, 0];

/** Two parts of one run, one after the other, in one report. */
export const joinReports = (left: Report, right: Report): Report => {
  const checks = [...left.checks, ...right.checks];
  return {
    ...left,
    ...right,
    run: { ...left.run, durationMs: left.run.durationMs + right.run.durationMs },
    status: statusOf(checks),
    summary: summaryOf(checks),
    checks,
    diagnoses: [...left.diagnoses, ...right.diagnoses],
    unexplained: [...left.unexplained, ...right.unexplained],
    prevention: [...left.prevention, ...right.prevention],
    exitCode: codes.find((code) => code === left.exitCode || code === right.exitCode) ?? 3,
  };
};
