import { visible } from '../../i18n/visible.ts';
import type { ManyReport } from '../../model/many.ts';
import type { CheckReport, Report } from '../../model/report.ts';
import { statusOf, summaryOf } from '../../model/report.ts';
import { exitCodeOf, severityOrder } from '../../prove/assemble.ts';
import { groupsOf } from '../../reason/groups.ts';
import { savedReport } from '../bundle/saved.ts';
import { UsageError } from '../command.ts';
import { unexplainedIn } from './tenants.ts';

const newestFirst = (one: Report, other: Report): number => (one.run.startedAt < other.run.startedAt ? 1 : -1);

/** Parts of a list that nobody has handed over, for each number of parts that is among them. */
const missingIn = (reports: readonly Report[]): readonly string[] => {
  const seen = new Map<number, Set<number>>();
  for (const { many } of reports) {
    if (!many?.shard) continue;
    const { index, of } = many.shard;
    seen.set(of, (seen.get(of) ?? new Set()).add(index));
  }
  return [...seen].flatMap(([of, parts]) =>
    Array.from({ length: of }, (_, at) => at + 1)
      .filter((index) => !parts.has(index))
      .map((index) => `${index}/${of}`),
  );
};

const tenantsIn = (reports: readonly Report[]): Readonly<Record<string, readonly string[]>> | undefined => {
  const all = new Map<string, Set<string>>();
  for (const { many } of reports) {
    for (const [tenant, mailboxes] of Object.entries(many?.tenants ?? {})) {
      const known = all.get(tenant) ?? new Set();
      for (const mailbox of mailboxes) known.add(mailbox);
      all.set(tenant, known);
    }
  }
  return all.size === 0 ? undefined : Object.fromEntries([...all].map(([tenant, names]) => [tenant, [...names]]));
};

const isMailbox = (mailbox: string): boolean => mailbox !== '' && !/^(?:crm|sync)(?::|$)/.test(mailbox);

/** One report of several: of a mailbox that several of them have, the latest counts. */
export const merged = (given: readonly Report[], failOn: 'warn' | 'fail'): Report => {
  const reports = given.toSorted(newestFirst);
  const [newest] = reports;
  if (!newest) throw new Error('nothing to put together');
  const owner = new Map<string, Report>();
  const twice = new Set<string>();
  for (const report of reports) {
    for (const mailbox of new Set(report.checks.map((check) => check.mailbox))) {
      if (owner.has(mailbox)) twice.add(mailbox);
      else owner.set(mailbox, report);
    }
  }
  // What the first of several jobs looked at besides (a CRM, records) goes with its report, in the order of the parts.
  const inOrder = reports.toSorted((one, other) => (one.many?.shard?.index ?? 0) - (other.many?.shard?.index ?? 0));
  const own = <Item extends { readonly mailbox: string }>(report: Report, items: readonly Item[]): readonly Item[] =>
    items.filter(({ mailbox }) => (owner.get(mailbox) ?? report) === report);
  const checks: readonly CheckReport[] = inOrder.flatMap((report) => own(report, report.checks));
  const diagnoses = inOrder
    .flatMap((report) => own(report, report.diagnoses))
    .toSorted((left, right) => severityOrder[left.severity] - severityOrder[right.severity]);
  const unexplained = inOrder.flatMap((report) => unexplainedIn(own(report, report.checks), report.unexplained));
  const missing = missingIn(reports);
  const worst = statusOf(checks);
  // A part that is missing has not been looked at.
  const status = missing.length > 0 && (worst === 'pass' || worst === 'warn') ? 'unknown' : worst;
  const mailboxes = new Set([...owner.keys()].filter(isMailbox));
  const tenants = tenantsIn(reports);
  const files = new Set(reports.flatMap(({ many }) => many?.file ?? []));
  const [file, other] = files;
  const comparisons = inOrder.flatMap((report) => [
    ...(report.comparison ? [report.comparison] : []),
    ...(report.comparisons ?? []),
  ]);
  const findings = inOrder.flatMap((report) => report.findings ?? []);
  const many: ManyReport = {
    mailboxes: mailboxes.size,
    disabled: Math.max(0, ...reports.map((report) => report.many?.disabled ?? 0)),
    ...(file !== undefined && other === undefined ? { file } : {}),
    groups: groupsOf({ checks, diagnoses, unexplained }),
    ...(tenants ? { tenants } : {}),
    withEvidence: reports.reduce((sum, report) => sum + (report.many?.withEvidence ?? 0), 0),
    merged: {
      runs: reports.map(({ run }) => run.id),
      missing,
      duplicates: [...twice].filter(isMailbox),
      versions: [...new Set(reports.map(({ tool }) => tool.version))],
    },
  };
  const interrupted = reports.find(({ run }) => run.interrupted)?.run.interrupted;
  return {
    schema: 'crm-doctor/report/v1',
    tool: newest.tool,
    run: {
      id: newest.run.id,
      command: newest.run.command,
      target: [...new Set(inOrder.map(({ run }) => run.target.replace(/, shard \d+\/\d+$/, '')))]
        .slice(0, 5)
        .join(', '),
      startedAt: reports.at(-1)?.run.startedAt ?? newest.run.startedAt,
      durationMs: Math.max(...reports.map(({ run }) => run.durationMs)),
      language: newest.run.language,
      ...(interrupted ? { interrupted } : {}),
    },
    status,
    summary: summaryOf(checks),
    checks,
    diagnoses,
    unexplained,
    prevention: inOrder.flatMap(({ prevention }) => prevention),
    ...(findings.length > 0 ? { findings } : {}),
    ...(comparisons.length > 0 ? { comparisons } : {}),
    many,
    exitCode: exitCodeOf(status, failOn, interrupted),
  };
};

/** Reads reports from files and puts them together. */
export const mergedFrom = async (files: readonly string[], failOn: 'warn' | 'fail'): Promise<Report> => {
  const reports: Report[] = [];
  for (const file of files) {
    const report = await savedReport(file);
    if (!report) {
      throw new UsageError({
        en: `${visible(file)} holds no report; --merge takes what --format json or --json wrote`,
        ja: `${visible(file)} にはレポートがありません。--merge には --format json や --json の出力を指定してください`,
      });
    }
    // The same run twice is one.
    if (!reports.some(({ run }) => run.id === report.run.id)) reports.push(report);
  }
  return merged(reports, failOn);
};
