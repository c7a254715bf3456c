import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseConfig } from '../../../config/document.ts';
import { findConfig } from '../../../config/read.ts';
import type { Runbook } from '../../../runbook/runbook.ts';
import { openRunbook, runbookDirectory } from '../../../runbook/runbook.ts';
import type { Context } from '../../command.ts';
import type { CommonFlags } from '../../flags.ts';

/**
 * Only the key `runbook:` is looked at: reading the log must not need the passwords of the mailboxes, nor a
 * configuration without mistakes.
 */
const configured = async (flags: CommonFlags, { io }: Context): Promise<string | undefined> => {
  const explicit = flags.config === undefined ? {} : { explicit: flags.config };
  const file = await findConfig({ ...explicit, cwd: io.cwd, env: io.env });
  if (file === undefined) return undefined;
  try {
    const value: unknown = parseConfig(await readFile(file, 'utf8')).yaml.get('runbook');
    return typeof value === 'string' && value !== '' && !value.includes('${')
      ? resolve(dirname(resolve(file)), value)
      : undefined;
  } catch {
    return undefined;
  }
};

/** The runbook that a run in this place would write into. */
export const runbookHere = async (flags: CommonFlags, context: Context): Promise<Runbook> => {
  const config = flags.runbook === undefined ? await configured(flags, context) : undefined;
  return openRunbook(runbookDirectory({ flag: flags.runbook, config, env: context.io.env }));
};
