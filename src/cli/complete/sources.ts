import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { visible } from '../../i18n/visible.ts';
import { runbookDirectory } from '../../runbook/directory.ts';
import { isRunId } from '../../runbook/run-id.ts';
import type { Sources } from './complete.ts';
import type { Named } from './tree.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const mostRuns = 50;
/** The end of the log holds the records of the latest runs. */
const tailSize = 256 * 1024;

const flagIn = (words: readonly string[], flag: string): string | undefined => {
  const at = words.indexOf(flag);
  return at < 0 ? words.find((word) => word.startsWith(`${flag}=`))?.slice(flag.length + 1) : words[at + 1];
};

const textOf = (value: unknown): string => (typeof value === 'string' ? visible(value) : '');

/** Command, target and verdict of the runs whose records stand at the end of the log. */
const recentRuns = async (log: string): Promise<ReadonlyMap<string, string>> => {
  const about = new Map<string, string>();
  const file = await open(log, 'r').catch(() => undefined);
  if (!file) return about;
  try {
    const { size } = await file.stat();
    const buffer = Buffer.alloc(Math.min(size, tailSize));
    await file.read(buffer, 0, buffer.length, size - buffer.length);
    for (const line of buffer.toString('utf8').split('\n')) {
      if (!line.includes('run-finished')) continue;
      try {
        const { kind, run, command, target, status } = JSON.parse(line) as Readonly<Record<string, unknown>>;
        if (kind !== 'run-finished' || typeof run !== 'string') continue;
        about.set(run, [command, target, status].map(textOf).filter(Boolean).join(' '));
      } catch {
        // The first line of the tail is a part of one; a torn line is none.
      }
    }
  } finally {
    await file.close();
  }
  return about;
};

const runs = async (words: readonly string[], env: Environment, last: string): Promise<readonly Named[]> => {
  const flag = flagIn(words, '--runbook') ?? (env.CRM_DOCTOR_RUNBOOK || undefined);
  const directory = runbookDirectory({ flag, env });
  const [files, about] = await Promise.all([
    readdir(join(directory, 'runs')).catch((): string[] => []),
    recentRuns(join(directory, 'runbook.jsonl')),
  ]);
  const ids = files
    .flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : []))
    .filter(isRunId)
    .toSorted()
    .slice(-mostRuns)
    .toReversed();
  return ids.length === 0
    ? []
    : [{ name: 'last', about: last }, ...ids.map((name) => ({ name, about: about.get(name) ?? '' }))];
};

/** Read only where a name of the file is asked for: the parser takes as long as all the rest. */
const configured = async (
  key: 'mail' | 'sync' | 'crm',
  words: readonly string[],
  env: Environment,
  cwd: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  const { entriesOf } = await import('./configured.ts');
  return entriesOf(key, { file: flagIn(words, '--config'), env, cwd });
};

/** The user's own names: runs of the runbook, what the configuration describes, variables of the environment. */
export const sourcesIn = (env: Environment, cwd: string, words: { readonly last: string }): Sources => ({
  runs: (typed) => runs(typed, env, words.last),
  mailboxes: async (typed) =>
    (await configured('mail', typed, env, cwd)).flatMap(({ name, address }) => {
      const called = textOf(name) || textOf(address);
      return called === '' ? [] : [{ name: called, about: textOf(name) === '' ? '' : textOf(address) }];
    }),
  comparisons: async (typed) =>
    (await configured('sync', typed, env, cwd)).flatMap(({ name }) =>
      textOf(name) === '' ? [] : [{ name: textOf(name), about: '' }],
    ),
  crms: async (typed) =>
    (await configured('crm', typed, env, cwd)).flatMap(({ name, type }) =>
      textOf(name) === '' ? [] : [{ name: textOf(name), about: textOf(type) }],
    ),
  variables: async () =>
    Object.keys(env)
      .filter((name) => /^[A-Za-z_]\w*$/.test(name))
      .toSorted()
      .map((name) => ({ name, about: '' })),
});
