import type { Report } from '../../model/report.ts';
import type { Language } from '../../model/text.ts';
import type { Context } from '../command.ts';
import type { KeptRun } from '../commands/runbook/find.ts';
import type { CommonFlags } from '../flags.ts';
import { canBeDiagnosed, diagnosedAgain, isEvidence } from './evidence.ts';

const causesOf = ({ diagnoses }: Report): string =>
  JSON.stringify(diagnoses.map(({ cause, mailbox }) => `${mailbox} ${cause}`).toSorted());

/** Nothing of a second look is seen. */
const silent = (context: Context, language: Language): Context => {
  const nowhere = { write: () => {}, isTTY: false, columns: 80 };
  return {
    ...context,
    language,
    io: { ...context.io, out: nowhere, err: nowhere, env: { ...context.io.env, CI: 'true' } },
  };
};

/**
 * A run in another language than it was recorded in: its evidence diagnosed again, as long as that comes to the same
 * causes. Else the run as it was recorded.
 */
export const runIn = async (
  { report, evidence }: Pick<KeptRun, 'report' | 'evidence'>,
  language: Language,
  context: Context,
): Promise<Report> => {
  if (report.run.language === language || !isEvidence(evidence) || !canBeDiagnosed(evidence)) return report;
  const flags: CommonFlags = { failOn: 'fail', quiet: true, input: false };
  let spoken: Report | undefined;
  try {
    await diagnosedAgain(evidence, undefined, flags, silent(context, language), async (fresh) => {
      spoken = fresh;
      return { report: fresh, code: 0 };
    });
  } catch {
    // Evidence of another version: the recorded words are as true.
    return report;
  }
  if (!spoken || causesOf(spoken) !== causesOf(report)) return report;
  const { id, command, target, startedAt, durationMs } = report.run;
  return { ...spoken, run: { ...spoken.run, id, command, target, startedAt, durationMs } };
};
