import { crm } from './crm.bench.ts';
import { logs } from './logs.bench.ts';
import { mail } from './mail.bench.ts';
import { mailboxes } from './mailboxes.bench.ts';
import { runbook } from './runbook.bench.ts';
import { startup } from './startup.bench.ts';
import { sync } from './sync.bench.ts';
import { syncCauses } from './sync-causes.bench.ts';
import { syncDiagnosis } from './sync-diagnosis.bench.ts';
import { syncDuplicates } from './sync-duplicates.bench.ts';
import { syncTables } from './sync-tables.bench.ts';
import { workflow } from './workflow.bench.ts';

/** One figure with what it should not exceed. */
export interface Line {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  readonly note: string;
}

interface Options {
  /** Real definitions in place of made ones. */
  readonly corpus?: string;
  /** Where FEBRL's sets of persons lie. */
  readonly febrl?: string;
  /** Sizes that take many minutes and gigabytes of disk as well. */
  readonly large: boolean;
  /** What is drawn at random is drawn anew with another one. */
  readonly seed: number;
}

const benches: Readonly<Record<string, (root: string, options: Options) => Promise<readonly Line[]>>> = {
  startup,
  mail,
  mailboxes: (root) => mailboxes(root),
  logs: (root) => logs(root),
  crm: () => crm(),
  runbook: (root) => runbook(root),
  workflow: (root, { corpus }) => workflow(root, corpus),
  sync: (root, { large }) => sync(root, large),
  'sync-causes': (_, { seed }) => syncCauses(seed),
  'sync-tables': (root) => syncTables(root),
  'sync-duplicates': (_, { febrl }) => syncDuplicates(febrl),
  'sync-diagnosis': (root, { large }) => syncDiagnosis(root, large),
};

/** The word after a flag, and the words without both. */
const taken = (
  words: readonly string[],
  flag: string,
): { readonly value?: string; readonly rest: readonly string[] } => {
  const at = words.indexOf(flag);
  const value = words[at + 1];
  return at < 0 || value === undefined
    ? { rest: words }
    : { value, rest: [...words.slice(0, at), ...words.slice(at + 2)] };
};

const optionsOf = (given: readonly string[]): { readonly names: readonly string[]; readonly options: Options } => {
  const { value: corpus, rest } = taken(
    given.filter((word) => word !== '--large'),
    '--corpus',
  );
  const { value: seed = '1', rest: others } = taken(rest, '--seed');
  const { value: febrl, rest: names } = taken(others, '--febrl');
  return {
    names,
    options: {
      ...{ large: given.includes('--large'), seed: Number(seed) },
      ...(corpus === undefined ? {} : { corpus }),
      ...(febrl === undefined ? {} : { febrl }),
    },
  };
};

/** Runs the benches that are named, or all; exit code 1 when a figure is above its limit. */
export const main = async (root: string, words: readonly string[]): Promise<number> => {
  const { names, options } = optionsOf(words);
  const unknown = names.filter((name) => !Object.hasOwn(benches, name));
  if (unknown.length > 0) {
    process.stderr.write(`no such bench: ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}\n`);
    return 2;
  }
  let above = 0;
  for (const [name, bench] of Object.entries(benches)) {
    if (names.length > 0 && !names.includes(name)) continue;
    for (const { name: what, value, limit, note } of await bench(root, options)) {
      const good = value <= limit;
      if (!good) above += 1;
      process.stdout.write(`${good ? 'ok   ' : 'ABOVE'} ${what}: ${value.toFixed(2)} (at most ${limit})  ${note}\n`);
    }
  }
  return above === 0 ? 0 : 1;
};
