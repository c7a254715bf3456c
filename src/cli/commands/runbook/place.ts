import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseConfig } from '../../../config/document.ts';
import { findConfig } from '../../../config/read.ts';
import type { SecretSource } from '../../../model/config.ts';
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

const mostSecretBytes = 64 * 1024;

const secretIn = async (source: SecretSource): Promise<string | undefined> => {
  if (source.kind === 'value') return source.value;
  if (source.kind === 'command') return undefined;
  const text = await readFile(source.file, 'utf8').catch(() => '');
  return text.length > mostSecretBytes ? undefined : text.split(/\r?\n/)[0];
};

/** Takes the secrets of the configuration out of what a person writes down, as far as they can be read here. */
export const redactorHere = async (flags: CommonFlags, { io }: Context): Promise<(text: string) => string> => {
  const explicit = flags.config === undefined ? {} : { explicit: flags.config };
  const { createRedactor } = await import('../../../reason/redact.ts');
  try {
    const file = await findConfig({ ...explicit, cwd: io.cwd, env: io.env });
    if (file === undefined) return createRedactor([]);
    const { readConfigText } = await import('../../../config/read.ts');
    const { secrets } = readConfigText(await readFile(file, 'utf8'), file, io.env);
    const values = await Promise.all([...secrets.values()].map(secretIn));
    return createRedactor(values.flatMap((value) => value || []));
  } catch {
    // A configuration with a mistake, or without its passwords, keeps nobody from writing a note.
    return createRedactor([]);
  }
};

/** The runbook that a run in this place would write into. */
export const runbookHere = async (flags: CommonFlags, context: Context): Promise<Runbook> => {
  const config = flags.runbook === undefined ? await configured(flags, context) : undefined;
  return openRunbook(runbookDirectory({ flag: flags.runbook, config, env: context.io.env }));
};
