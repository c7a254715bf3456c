import type { Runbook } from '../../../runbook/runbook.ts';
import type { Context } from '../../command.ts';
import { UsageError } from '../../command.ts';
import type { CommonFlags } from '../../flags.ts';
import { meant } from '../../suggest.ts';
import { foundRun } from './find.ts';
import { written } from './note.ts';
import { redactorHere, runbookHere } from './place.ts';

const known = async (): Promise<ReadonlySet<string>> => {
  const [{ allCauses }, { allSyncCauses }] = await Promise.all([
    import('../../../../checks/registry.ts'),
    import('../../../../checks/all-sync-causes.ts'),
  ]);
  return new Set([...allCauses, ...allSyncCauses].map(({ id }) => id));
};

/** The last run that found a cause. */
const lastRunWith = async (runbook: Runbook, cause: string): Promise<string | undefined> => {
  for await (const record of runbook.read({ backward: true, holding: JSON.stringify(cause) })) {
    if (record.kind === 'run-finished' && record.causes.some((one) => one.cause === cause)) return record.run;
  }
  return undefined;
};

/** Writes down how a cause was solved, so that it is offered when the cause is back. */
export const solved = async (
  cause: string,
  words: readonly string[],
  flags: CommonFlags & { readonly run?: string },
  context: Context,
): Promise<number> => {
  const runbook = await runbookHere(flags, context);
  const run = flags.run === undefined ? await lastRunWith(runbook, cause) : (await foundRun(runbook, flags.run)).id;
  // A cause that a run has found is one, whatever this version knows.
  if (run === undefined || flags.run !== undefined) {
    const ids = await known();
    if (!ids.has(cause)) {
      const near = meant(cause, [...ids]);
      throw new UsageError({
        en: `there is no cause called ${JSON.stringify(cause)}${near.en}; \`crm-doctor runbook list\` shows those that were found`,
        ja: `${JSON.stringify(cause)} という原因はありません${near.ja}。見つかった原因は \`crm-doctor runbook list\` で確認できます`,
      });
    }
  }
  const text = (await redactorHere(flags, context))(words.join(' '));
  return written(runbook, { kind: 'resolution', ...(run === undefined ? {} : { run }), cause, text }, context);
};
