import type { CheckReport, CheckStatus, Report, ReportStatus } from '../../model/report.ts';

const statuses: readonly CheckStatus[] = ['pass', 'warn', 'fail', 'skip', 'unknown', 'error'];

const count = (checks: readonly CheckReport[], wanted: CheckStatus): number =>
  checks.filter(({ status }) => status === wanted).length;

/** The worst first: what was found counts more than what could not be looked at. */
const order: readonly ReportStatus[] = ['fail', 'error', 'unknown', 'warn', 'pass'];

/** Of two exit codes the one that says more: a signal, a problem, something unknown, nothing. */
const codes: readonly number[] = [143, 130, 1, 2, 3, 0];

const first = <Item>(ranking: readonly Item[], ...items: readonly Item[]): Item | undefined =>
  ranking.find((one) => items.includes(one));

/** Two parts of one run in one report. */
export const joinReports = (left: Report, right: Report): Report => {
  const checks = [...left.checks, ...right.checks];
  return {
    ...left,
    ...right,
    run: { ...left.run, durationMs: Math.max(left.run.durationMs, right.run.durationMs) },
    status: first(order, left.status, right.status) ?? 'error',
    // Each status has its number.
    summary: Object.fromEntries(statuses.map((status) => [status, count(checks, status)])) as Report['summary'],
    checks,
    diagnoses: [...left.diagnoses, ...right.diagnoses],
    unexplained: [...left.unexplained, ...right.unexplained],
    prevention: [...left.prevention, ...right.prevention],
    exitCode: first(codes, left.exitCode, right.exitCode) ?? 3,
  };
};
