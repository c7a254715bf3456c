import type { Runbook } from '../../../runbook/runbook.ts';
import type { Context } from '../../command.ts';
import { UsageError } from '../../command.ts';
import type { CommonFlags } from '../../flags.ts';
import { foundRun } from './find.ts';
import { written } from './note.ts';
import { redactorHere, runbookHere } from './place.ts';
import { recordsCalled } from './records.ts';
import { tagOf } from './wanted.ts';

/** The id of a run, or of a record of its own. */
const idOf = async (runbook: Runbook, wanted: string): Promise<string> => {
  const { records } = await recordsCalled(runbook, wanted);
  const [record] = records;
  return record?.id ?? (await foundRun(runbook, wanted)).id;
};

/** Gives tags to a run or a note, or takes them away; nothing that was written before is touched. */
export const tag = async (
  wanted: string,
  given: readonly string[],
  flags: CommonFlags & { readonly remove?: readonly string[] },
  context: Context,
): Promise<number> => {
  const redact = await redactorHere(flags, context);
  const add = given.map((one) => redact(tagOf(one)));
  const remove = (flags.remove ?? []).map(tagOf);
  if (add.length + remove.length === 0) {
    throw new UsageError({
      en: 'name the tags: `crm-doctor runbook tag last certificate`, or --remove TAG',
      ja: 'タグを指定してください（例: `crm-doctor runbook tag last certificate`、外すときは --remove タグ）',
    });
  }
  const runbook = await runbookHere(flags, context);
  const of = await idOf(runbook, wanted);
  return written(
    runbook,
    { kind: 'tagged', of, ...(add.length > 0 ? { add } : {}), ...(remove.length > 0 ? { remove } : {}) },
    context,
  );
};
