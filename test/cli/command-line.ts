import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Io } from '../../src/cli/io.ts';
import { runCommandLine } from '../../src/cli/main.ts';

/** A directory of one's own with a home in it; `remove` takes it away. */
export const workplace = () => {
  const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-cli-'));
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
};

/** Runs a command line in this process and returns what it wrote. */
export const commandLine = async (
  argv: readonly string[],
  where: {
    readonly cwd: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly columns?: number;
    readonly tty?: boolean;
    readonly onInterrupt?: Io['onInterrupt'];
  },
) => {
  const written = { out: '', err: '' };
  const stream = (name: 'out' | 'err') => ({
    write: (text: string) => {
      written[name] += text;
    },
    isTTY: name === 'out' && where.tty === true,
    columns: where.columns ?? 80,
  });
  const code = await runCommandLine(argv, {
    out: stream('out'),
    err: stream('err'),
    env: { HOME: where.cwd, XDG_STATE_HOME: join(where.cwd, 'state'), ...where.env },
    cwd: where.cwd,
    onInterrupt: where.onInterrupt ?? (() => () => {}),
  });
  return { code, ...written };
};
