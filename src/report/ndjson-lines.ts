import type { Report } from '../model/report.ts';
import { comparisonsOf } from './comparison/classes.ts';
import { jsonOf } from './json-text.ts';

type Line = Readonly<Record<string, unknown>>;

const told = (lines: readonly Line[]): string => lines.map((line) => `${jsonOf(line)}\n`).join('');

const ofChecks = ({ run, checks, diagnoses }: Report): readonly Line[] => [
  ...checks.map((check) => ({ type: 'check', run: run.id, ...check })),
  ...diagnoses.map((diagnosis) => ({ type: 'diagnosis', run: run.id, ...diagnosis })),
];

/** A mailbox that is finished, while others are not: its checks, its diagnoses, and what it comes to. */
export const ndjsonOfMailbox = (
  part: Report,
  mailbox: { readonly label: string; readonly tenant?: string },
): string => {
  const { run, status, summary } = part;
  const { label, tenant } = mailbox;
  return told([
    ...ofChecks(part),
    {
      type: 'mailbox',
      run: run.id,
      mailbox: label,
      ...(tenant === undefined ? {} : { tenant }),
      status,
      summary,
      durationMs: run.durationMs,
    },
  ]);
};

/**
 * One line a check, one a diagnosis, finding, simulated sample and comparison, the rest of the report as the last one. What
 * was told of mailboxes before is left out.
 */
export const ndjsonOf = (report: Report, before: ReadonlySet<string> = new Set()): string => {
  const { checks, diagnoses, findings = [], simulation = [], comparison: _one, comparisons: _all, ...rest } = report;
  const open = <Item extends { readonly mailbox: string }>(items: readonly Item[]): readonly Item[] =>
    items.filter(({ mailbox }) => !before.has(mailbox));
  return told([
    ...ofChecks({ ...report, checks: open(checks), diagnoses: open(diagnoses) }),
    ...findings.map((finding) => ({ type: 'finding', run: report.run.id, ...finding })),
    ...simulation.map((sample) => ({ type: 'simulation', run: report.run.id, ...sample })),
    ...comparisonsOf(report).map((comparison) => ({ type: 'comparison', run: report.run.id, ...comparison })),
    { type: 'summary', ...rest },
  ]);
};
