import { resolve } from 'node:path';
import { tell } from './apply-output.ts';
import type { Context } from './command.ts';
import { runbookHere } from './commands/runbook/place.ts';
import type { CommonFlags } from './flags.ts';

/**
 * Writes a file as a whole, and what is about to be done into the runbook before. Where that cannot be written down it
 * is said, and the file is written all the same: it was asked for, and what stood there is kept beside it.
 */
export const recordedFile = async <Result extends { readonly kind: string }>(
  {
    by,
    run,
    where,
    backup,
  }: { readonly by: string; readonly run?: string; readonly where: string; readonly backup?: string },
  write: () => Promise<Result>,
  flags: CommonFlags,
  context: Context,
): Promise<Result> => {
  const runbook = await runbookHere(flags, context);
  const about = {
    by,
    ...(run === undefined ? {} : { run }),
    where: resolve(context.io.cwd, where),
    ...(backup === undefined ? {} : { backup }),
  };
  const intended = await runbook.append({ kind: 'file-intended', ...about });
  if (intended.kind === 'failed') tell(intended.text, context);
  const result = await write();
  if (result.kind === 'written') await runbook.append({ kind: 'file-written', ...about });
  return result;
};
