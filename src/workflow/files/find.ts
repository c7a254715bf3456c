import { readdir, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Text } from '../../model/text.ts';
import { baseOf, globPattern, isGlob } from './glob.ts';
import { codeOf, filesUnder, type Walked } from './walk.ts';
import { globWithoutFiles, noSuchPath, tooManyFiles } from './words.ts';

/** A file that is to be read. */
export interface Wanted {
  readonly path: string;
  /**
   * `named`: on the command line or in the configuration; `found`: in a folder, where much else may be; `beside`: read for what it
   * says of the schema and of permissions only.
   */
  readonly how: 'named' | 'found' | 'beside';
}

/** A path that was named and cannot be used: an error of the call. */
export interface WrongPath {
  readonly path: string;
  readonly text: Text;
}

export interface Found {
  readonly wanted: readonly Wanted[];
  readonly unreadable: readonly Extract<Walked, { readonly kind: 'unreadable' }>[];
  readonly wrong: readonly WrongPath[];
}

/** Far more than the definitions of any CRM. */
const mostFiles = 200_000;

export const slashed = (path: string): string => (sep === '/' ? path : path.replaceAll(sep, '/'));

const excluding = (directory: string, globs: readonly string[]): ((path: string) => boolean) => {
  const patterns = globs.map(globPattern);
  return (path) => {
    const name = slashed(relative(directory, path));
    return patterns.some((pattern) => pattern.test(name));
  };
};

/** What kintone keeps in files of their own beside the process. */
const sideFile = /(?:field|acl|right|permission)[^/]*\.json$/i;

const besideOf = async (path: string): Promise<readonly string[]> => {
  if (!/\.json$/i.test(path)) return [];
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => sideFile.test(name))
    .toSorted()
    .map((name) => join(folder, name));
};

interface One {
  readonly wanted: readonly Wanted[];
  readonly unreadable?: Found['unreadable'];
  readonly wrong?: WrongPath;
}

const walked = async (
  folder: string,
  leftOut: (path: string) => boolean,
  fits: (path: string) => boolean,
): Promise<One> => {
  const found = await filesUnder(folder, leftOut, mostFiles);
  if (found.length >= mostFiles) {
    return { wanted: [], wrong: { path: folder, text: tooManyFiles(slashed(folder), mostFiles) } };
  }
  return {
    wanted: found.flatMap(({ kind, path }) => (kind === 'file' && fits(path) ? [{ path, how: 'found' } as const] : [])),
    unreadable: found.filter((one) => one.kind === 'unreadable'),
  };
};

const findOne = async (given: string, directory: string, leftOut: (path: string) => boolean): Promise<One> => {
  const path = resolve(directory, given);
  try {
    const about = await stat(path);
    if (about.isDirectory()) return await walked(path, leftOut, () => true);
    const beside = (await besideOf(path)).map((one) => ({ path: one, how: 'beside' }) as const);
    return { wanted: [{ path, how: 'named' }, ...beside] };
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'ENOENT' || !isGlob(given))
      return { wanted: [], wrong: { path: given, text: noSuchPath(given, code) } };
  }
  const base = resolve(directory, baseOf(given));
  const pattern = globPattern(slashed(path));
  const one = await walked(base, leftOut, (file) => pattern.test(slashed(file)));
  const nothing = one.wanted.length === 0 && !one.wrong;
  // A folder on the way that cannot be read may be the reason; the pattern's own base is not such a folder when it is missing.
  return nothing ? { wanted: [], wrong: { path: given, text: globWithoutFiles(given) } } : one;
};

const rank = { named: 0, found: 1, beside: 2 } as const;

/** The files that paths, folders and globs mean, each once, in the order of their names. */
export const findFiles = async (
  paths: readonly string[],
  { directory, exclude }: { readonly directory: string; readonly exclude: readonly string[] },
): Promise<Found> => {
  const leftOut = excluding(directory, exclude);
  const wanted = new Map<string, Wanted>();
  const unreadable = new Map<string, Found['unreadable'][number]>();
  const wrong: WrongPath[] = [];
  for (const path of paths) {
    const one = await findOne(path, directory, leftOut);
    for (const file of one.wanted) {
      const known = wanted.get(file.path);
      if (!known || rank[file.how] < rank[known.how]) wanted.set(file.path, file);
    }
    for (const folder of one.unreadable ?? []) unreadable.set(folder.path, folder);
    if (one.wrong) wrong.push(one.wrong);
  }
  const inOrder = [...wanted.values()].toSorted((one, other) => (one.path < other.path ? -1 : 1));
  return { wanted: inOrder, unreadable: [...unreadable.values()], wrong };
};
