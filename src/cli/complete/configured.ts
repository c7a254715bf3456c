import { open } from 'node:fs/promises';
import { parse } from 'yaml';
import { findConfig } from '../../config/find.ts';

type Entry = Readonly<Record<string, unknown>>;

/** A configuration that is larger is none that a person completes names from. */
const largest = 1024 * 1024;

const listOf = (value: unknown): readonly Entry[] => {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  // Whatever else stands in a file has no names in it.
  return all.filter((one): one is Entry => typeof one === 'object' && one !== null);
};

/** The entries of a key of the configuration; none where the file is missing or broken, which a key press does not say. */
export const entriesOf = async (
  key: 'mail' | 'sync' | 'crm',
  where: {
    readonly file: string | undefined;
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly cwd: string;
  },
): Promise<readonly Entry[]> => {
  try {
    const { file: explicit, env, cwd } = where;
    const path = await findConfig({ ...(explicit === undefined ? {} : { explicit }), cwd, env });
    if (path === undefined) return [];
    const file = await open(path, 'r');
    try {
      const about = await file.stat();
      if (!about.isFile() || about.size > largest) return [];
      const value: unknown = parse(await file.readFile('utf8'), { maxAliasCount: 0, logLevel: 'silent' });
      if (typeof value !== 'object' || value === null) return [];
      return Object.entries(value).flatMap(([name, entries]) => (name === key ? listOf(entries) : []));
    } finally {
      await file.close();
    }
  } catch {
    return [];
  }
};
