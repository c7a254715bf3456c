import { readdir, stat } from 'node:fs/promises';
import { dirname, join, parse, sep } from 'node:path';
import { codeOf, FileFault } from './fault.ts';

const mostFiles = 10_000;
const mostVisited = 100_000;

/** `*` and `?` in one name. Linear but for the last star, to which alone it goes back. */
export const nameMatches = (pattern: string, name: string): boolean => {
  let [p, n, star, mark] = [0, 0, -1, 0];
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p;
      mark = n;
      p += 1;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === name[n])) {
      p += 1;
      n += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      n = mark;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
};

/** Letters that two names share at their ends, as a share of the longer one. */
const alike = (a: string, b: string): number => {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  const most = Math.min(x.length, y.length);
  let head = 0;
  while (head < most && x[head] === y[head]) head += 1;
  let tail = 0;
  while (tail < most - head && x[x.length - 1 - tail] === y[y.length - 1 - tail]) tail += 1;
  return (head + tail) / Math.max(x.length, y.length, 1);
};

const nearest = async (path: string): Promise<readonly string[]> => {
  try {
    const { base, dir } = parse(path);
    return (await readdir(dir))
      .slice(0, mostFiles)
      .map((name) => ({ name, near: alike(base, name) }))
      .filter(({ near }) => near >= 0.5)
      .sort((a, b) => b.near - a.near || (a.name < b.name ? -1 : 1))
      .slice(0, 3)
      .map(({ name }) => name);
  } catch {
    return [];
  }
};

const walk = async (pattern: string, signal: AbortSignal): Promise<readonly string[]> => {
  const root = parse(pattern).root;
  const steps = pattern.slice(root.length).split(sep).filter(Boolean);
  const found = new Set<string>();
  let visited = 0;
  const visit = async (directory: string, at: number): Promise<void> => {
    const step = steps[at];
    if (step === undefined || signal.aborted) return;
    const last = at === steps.length - 1;
    if (step !== '**' && !step.includes('*') && !step.includes('?')) {
      const path = join(directory, step);
      if (!last) return visit(path, at + 1);
      const info = await stat(path).catch(() => undefined);
      if (info?.isFile()) found.add(path);
      return;
    }
    if (step === '**' && !last) await visit(directory, at + 1);
    for (const entry of await readdir(directory, { withFileTypes: true }).catch(() => [])) {
      visited += 1;
      if (visited > mostVisited || found.size > mostFiles)
        throw new FileFault({ kind: 'too-large', what: pattern, says: `more than ${mostFiles} files` });
      // A name that begins with a dot is meant only where it is written so.
      if (entry.name.startsWith('.') && !step.startsWith('.')) continue;
      const path = join(directory, entry.name);
      const info = entry.isSymbolicLink() ? await stat(path).catch(() => undefined) : entry;
      if (step === '**') {
        // A link to a directory could lead back to where it stands.
        if (entry.isDirectory()) await visit(path, at);
        else if (last && info?.isFile()) found.add(path);
      } else if (nameMatches(step, entry.name)) {
        if (last && info?.isFile()) found.add(path);
        else if (!last && info?.isDirectory()) await visit(path, at + 1);
      }
    }
  };
  await visit(root, 0);
  return [...found].sort();
};

/** The files that are meant, in the order of their names. */
export const expand = async (file: string, signal: AbortSignal): Promise<readonly string[]> => {
  try {
    await stat(file);
    return [file];
  } catch (error) {
    if (!file.includes('*') && !file.includes('?')) {
      if (codeOf(error) !== 'ENOENT') throw error;
      const hint = await nearest(file);
      throw new FileFault({ kind: 'not-found', what: file, ...(hint.length > 0 ? { hint } : {}) });
    }
  }
  const found = await walk(file, signal);
  if (found.length === 0) {
    const hint = (await readdir(dirname(file)).catch(() => [])).slice(0, 3);
    throw new FileFault({ kind: 'not-found', what: file, ...(hint.length > 0 ? { hint } : {}) });
  }
  return found;
};
