import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { allChecks } from '../../checks/registry.ts';
import { commands } from '../../src/cli/commands.generated.ts';

const folder = fileURLToPath(new URL('../../checks/', import.meta.url));
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const);

const help = readFileSync(fileURLToPath(new URL('../../src/cli/commands/mail.ts', import.meta.url)), 'utf8');

/** Advice that names a command, a flag or a check has to name one that is there. */
test.each(sources)('%s advises only what exists', (_file, source) => {
  for (const [, ids = ''] of source.matchAll(/--only ((?:[a-z]+\.[a-z0-9-]+ ?)+)/g)) {
    for (const id of ids.trim().split(' ')) expect(allChecks.map((check) => check.id)).toContain(id);
  }
  for (const [, name] of source.matchAll(/`crm-doctor ([a-z]+)|\(crm-doctor ([a-z]+)|（crm-doctor ([a-z]+)/g)) {
    if (name !== undefined) expect(commands.map((command) => command.name)).toContain(name);
  }
  for (const [, flag] of source.matchAll(/crm-doctor mail (--[a-z-]+)/g)) {
    if (flag !== '--only') expect(help).toContain(flag);
  }
});
