import type { RunbookEvent } from '../../../runbook/record.ts';
import type { Runbook } from '../../../runbook/runbook.ts';
import { tell } from '../../apply-output.ts';
import type { Context } from '../../command.ts';
import type { CommonFlags } from '../../flags.ts';
import { foundRun } from './find.ts';
import { redactorHere, runbookHere } from './place.ts';
import { tagOf } from './wanted.ts';

export interface NoteFlags extends CommonFlags {
  readonly run?: string;
  readonly tag?: readonly string[];
}

/** Writes down what a person said; 3 where that is not possible, because nothing else was asked for. */
export const written = async (runbook: Runbook, event: RunbookEvent, context: Context): Promise<number> => {
  const saved = await runbook.append(event);
  if (saved.kind === 'saved') return 0;
  tell(saved.text, context);
  return 3;
};

/** Writes a note down, with the run that it is about and tags to find it by. */
export const note = async (words: readonly string[], flags: NoteFlags, context: Context): Promise<number> => {
  const runbook = await runbookHere(flags, context);
  const redact = await redactorHere(flags, context);
  const tags = (flags.tag ?? []).map((tag) => redact(tagOf(tag)));
  const run = flags.run === undefined ? undefined : (await foundRun(runbook, flags.run)).id;
  return written(
    runbook,
    {
      kind: 'note',
      ...(run === undefined ? {} : { run }),
      text: redact(words.join(' ')),
      ...(tags.length === 0 ? {} : { tags }),
    },
    context,
  );
};
