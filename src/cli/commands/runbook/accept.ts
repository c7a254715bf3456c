import { tell } from '../../apply-output.ts';
import type { Context } from '../../command.ts';
import type { CommonFlags } from '../../flags.ts';
import { lastFinished } from './diff.ts';
import { foundRun } from './find.ts';
import { written } from './note.ts';
import { redactorHere, runbookHere } from './place.ts';

/** From here on runs of the same command and target are compared with this one. */
export const accept = async (
  wanted: string,
  flags: CommonFlags & { readonly note?: string },
  context: Context,
): Promise<number> => {
  const runbook = await runbookHere(flags, context);
  const { report } = await foundRun(runbook, wanted === 'last' ? await lastFinished(runbook) : wanted);
  const { id, command, target } = report.run;
  const note = flags.note === undefined ? undefined : (await redactorHere(flags, context))(flags.note);
  const code = await written(
    runbook,
    { kind: 'baseline-accepted', run: id, command, target, ...(note === undefined ? {} : { note }) },
    context,
  );
  if (code === 0) {
    tell(
      {
        en: `from here on, runs of \`crm-doctor ${command}\` on ${target} are compared with ${id}`,
        ja: `以後、${target} の \`crm-doctor ${command}\` は ${id} と比べます`,
      },
      context,
    );
  }
  return code;
};
