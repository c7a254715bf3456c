import type { Report } from '../model/report.ts';
import type { OpenCause, RunbookEvent } from '../runbook/record.ts';
import type { Runbook } from '../runbook/runbook.ts';

/** One line of a report has room for so much. */
const longest = 300;

const shortened = (text: string): string => {
  const characters = [...text.slice(0, longest * 4)];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : text;
};

/** The report with what the runbook knows of how its causes went away the last time. */
export const withLastSolutions = async (report: Report, runbook: Runbook | undefined): Promise<Report> => {
  if (!runbook || report.diagnoses.length === 0) return report;
  const { lastSolutions } = await import('../runbook/solutions.ts');
  const known = await lastSolutions(
    runbook,
    report.diagnoses.map(({ cause }) => cause),
  );
  if (known.size === 0) return report;
  const diagnoses = report.diagnoses.map((diagnosis) => {
    const solution = known.get(diagnosis.cause);
    if (!solution) return diagnosis;
    const { at, run, text } = solution;
    const says = shortened(text[report.run.language]);
    return { ...diagnosis, lastSolution: { ...(run === undefined ? {} : { run }), at, says } };
  });
  return { ...report, diagnoses };
};

/** Writes down which causes of the runs before are gone. */
export const recordResolutions = async (
  runbook: Runbook,
  report: Report,
  gone: readonly OpenCause[],
): Promise<readonly RunbookEvent[]> => {
  if (gone.length === 0) return [];
  const { resolutionsOf } = await import('../runbook/solved.ts');
  // What cannot be read is not explained; the failure to write was told with the run's own record.
  const events = await resolutionsOf(runbook, report, gone, new Date().toISOString()).catch(() => []);
  for (const event of events) await runbook.append(event);
  return events;
};
