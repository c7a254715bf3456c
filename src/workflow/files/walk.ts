import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A file of a folder, or something in it that could not be looked at. */
export type Walked =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'unreadable'; readonly path: string; readonly code: string };

// Installed packages and what tools keep for themselves (.git, .sfdx) hold no definitions of the user.
const isSkipped = (name: string): boolean => name === 'node_modules' || name.startsWith('.');

const inOrder = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : 'EIO';

/**
 * All files under a folder, always in the same order. Links to files are followed and links to folders are not: they lead round in
 * circles, or out of the project.
 */
export const filesUnder = async (
  folder: string,
  leftOut: (path: string) => boolean,
  most: number,
): Promise<readonly Walked[]> => {
  const found: Walked[] = [];
  const todo = [folder];
  for (let path = todo.pop(); path !== undefined && found.length < most; path = todo.pop()) {
    const here = path;
    try {
      const entries = (await readdir(here, { withFileTypes: true })).toSorted((one, other) =>
        inOrder(one.name, other.name),
      );
      const folders: string[] = [];
      for (const entry of entries) {
        const inner = join(here, entry.name);
        if (isSkipped(entry.name) || leftOut(inner)) continue;
        if (entry.isDirectory()) folders.push(inner);
        else if (entry.isFile() || entry.isSymbolicLink()) found.push({ kind: 'file', path: inner });
      }
      todo.push(...folders.toReversed());
    } catch (error) {
      found.push({ kind: 'unreadable', path: here, code: codeOf(error) });
    }
  }
  return found;
};
