import { measuresIn } from '../../../checks/measures.ts';
import type { Subject } from '../../model/mailbox.ts';
import { servicesOf } from '../../model/mailbox.ts';
import type { ManyReport, ManySpan } from '../../model/many.ts';
import type { Measure } from '../../model/measure.ts';
import type { Report } from '../../model/report.ts';
import { groupsOf } from '../../reason/groups.ts';
import { createRedactor } from '../../reason/redact.ts';
import type { OpenSecrets } from '../../world/secrets.ts';
import type { MailboxPart } from '../mail-run-task.ts';
import { redactReport } from '../redact-report.ts';
import type { Stream } from './stream.ts';

/** Of so many mailboxes that have the same the evidence is kept; the others are told by their cause. */
const mostAlike = 3;

/** What all kept evidence may come to, as text. */
const mostEvidence = 4 * 1024 * 1024;

/** Takes the parts of a run as they come. */
export interface Parts {
  readonly take: (part: MailboxPart) => Promise<Report>;
  /** What was measured; the evidence that it was read from may be gone. */
  readonly measures: () => readonly Measure[];
  readonly manyOf: (report: Report) => ManyReport | undefined;
}

interface Options {
  readonly many: ManySpan | undefined;
  readonly subjects: readonly Subject[];
  readonly secrets: OpenSecrets | undefined;
  /** For everything that is not one mailbox's own. */
  readonly redact: (text: string) => string;
  readonly stream: Stream | undefined;
  /** Adds what the runbook knows. */
  readonly withSolutions: (report: Report) => Promise<Report>;
}

const refsOf = (subject: Subject) => [
  ...(subject.config.password ? [subject.config.password] : []),
  ...servicesOf(subject).flatMap(({ password }) => password ?? []),
];

/** What is wrong with a mailbox, in a word: equal ones need not all be shown in full. */
const illnessOf = (report: Report): string =>
  JSON.stringify([
    ...new Set([
      ...report.diagnoses.map(({ cause, affects }) => `${cause} ${affects.length > 1 ? '' : (affects[0] ?? '')}`),
      ...report.checks.flatMap(({ id, status }) =>
        status === 'unknown' || status === 'error' ? [`${id} ${status}`] : [],
      ),
    ]),
  ]);

const withoutEvidence = (report: Report): Report => ({
  ...report,
  checks: report.checks.map((check) => (check.evidence.length === 0 ? check : { ...check, evidence: [] })),
});

export const openParts = ({ many, subjects, secrets, redact, stream, withSolutions }: Options): Parts => {
  const measures: Measure[] = [];
  const alike = new Map<string, number>();
  let [room, kept] = [mostEvidence, 0];

  /** The mailbox's own secrets in every form; all others in those that are always written alike. */
  const redactorOf = (subject: Subject): ((text: string) => string) => {
    if (!many || !secrets) return redact;
    const own = createRedactor(secrets.valuesOf(refsOf(subject)));
    return (text) => redact(own(text));
  };

  const isKept = (report: Report): boolean => {
    if (report.status === 'pass' && report.diagnoses.length === 0) return false;
    const illness = illnessOf(report);
    const before = alike.get(illness) ?? 0;
    alike.set(illness, before + 1);
    if (before >= mostAlike || room <= 0) return false;
    room -= JSON.stringify(report.checks).length;
    return room > 0;
  };

  return {
    take: async ({ subject, report: raw, keep }) => {
      const report = await withSolutions(redactReport(raw, redactorOf(subject)));
      await stream?.mailbox(report, subject);
      if (!many) {
        keep();
        return report;
      }
      measures.push(...measuresIn(report));
      if (!isKept(report)) return withoutEvidence(report);
      kept += 1;
      keep();
      return report;
    },
    measures: () => measures,
    manyOf: (report) => {
      if (!many) return undefined;
      const tenants = new Map<string, string[]>();
      for (const { label, config } of subjects) {
        const tenant = config.row?.tenant;
        if (tenant === undefined) continue;
        const labels = tenants.get(tenant);
        if (labels) labels.push(label);
        else tenants.set(tenant, [label]);
      }
      return {
        ...many,
        groups: groupsOf(report),
        ...(tenants.size > 0 ? { tenants: Object.fromEntries(tenants) } : {}),
        withEvidence: kept,
      };
    },
  };
};
