import type { Report } from '../model/report.ts';
import type { OpenCause, RunbookEvent } from '../runbook/record.ts';
import type { Runbook } from '../runbook/runbook.ts';
import type { Solution } from '../runbook/solutions.ts';

/** One line of a report has room for so much. */
const longest = 300;

/** What is left over is another one each time: that it went away says nothing about the next. */
const isCause = (id: string): boolean => id !== 'sync.unexplained';

const shortened = (text: string): string => {
  const characters = [...text.slice(0, longest * 4)];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : text;
};

/** Adds to a report what the runbook knows of how its causes went away the last time; each cause is looked up once. */
export const solutionsIn = (runbook: Runbook | undefined): ((report: Report) => Promise<Report>) => {
  const known = new Map<string, Promise<Solution | undefined>>();
  const lookUp = async (causes: readonly string[], target: string | undefined): Promise<void> => {
    if (!runbook || causes.length === 0) return;
    const { lastSolutions } = await import('../runbook/solutions.ts');
    const found = lastSolutions(runbook, causes, { target });
    for (const cause of causes)
      known.set(
        cause,
        found.then((all) => all.get(cause)),
      );
  };
  return async (report) => {
    if (!runbook || report.diagnoses.length === 0) return report;
    await lookUp(
      [...new Set(report.diagnoses.map(({ cause }) => cause))].filter((cause) => isCause(cause) && !known.has(cause)),
      report.run.target,
    );
    const diagnoses = await Promise.all(
      report.diagnoses.map(async (diagnosis) => {
        const solution = diagnosis.lastSolution ? undefined : await known.get(diagnosis.cause);
        if (!solution) return diagnosis;
        const { at, run, text } = solution;
        const says = shortened(text[report.run.language]);
        return { ...diagnosis, lastSolution: { ...(run === undefined ? {} : { run }), at, says } };
      }),
    );
    return { ...report, diagnoses };
  };
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
