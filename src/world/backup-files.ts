import type { Stats } from 'node:fs';
import { lstat, opendir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BackupEntry, BackupPlace, BackupTrouble } from '../model/backup-facts.ts';
import { isDatedFolder, mayBeBackup } from '../reason/backup-names.ts';
import { isWild, pathsLike } from '../reason/file-glob.ts';

/** A backup with what finds it again. */
export interface FoundBackup extends BackupEntry {
  /** Not escaped, to be opened. */
  readonly file: string;
}

/** What was found at a configured path. */
export interface FoundPlace extends Pick<BackupPlace, 'trouble' | 'passedOver' | 'more'> {
  readonly backups: readonly FoundBackup[];
}

const mostNames = 20_000;
const mostInside = 2_000;
const deepest = 3;

/** What was written to this short a time ago may not be at its end. */
const quietMs = 2 * 60_000;

export const troubleOf = (error: unknown): { readonly kind: BackupTrouble; readonly code: string } => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'EIO';
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'absent', code };
  return { kind: code === 'EACCES' || code === 'EPERM' ? 'denied' : 'failed', code };
};

/** The names in a folder, and whether there are more than are looked at. */
const namesIn = async (folder: string, most: number): Promise<{ names: readonly string[]; more: boolean }> => {
  const names: string[] = [];
  for await (const { name } of await opendir(folder, { bufferSize: 256 })) {
    if (names.length >= most) return { names, more: true };
    names.push(name);
  }
  return { names, more: false };
};

/** Every account gets to a file that all may read when all may pass through the folders above it. */
const isOpenTo = async (folder: string, known: Map<string, Promise<boolean>>): Promise<boolean> => {
  const asked =
    known.get(folder) ??
    stat(folder).then(
      async ({ mode }) =>
        (mode & 0o001) !== 0 && (dirname(folder) === folder || (await isOpenTo(dirname(folder), known))),
      () => false,
    );
  known.set(folder, asked);
  return asked;
};

class Search {
  readonly #now: number;
  readonly #backups: FoundBackup[] = [];
  readonly #seen = new Set<string>();
  readonly #open = new Map<string, Promise<boolean>>();
  passedOver = 0;
  more = false;
  /** A folder below that could not be looked into. */
  trouble: FoundPlace['trouble'];

  constructor(now: number) {
    this.#now = now;
  }

  get backups(): readonly FoundBackup[] {
    return this.#backups;
  }

  async file(file: string, found: Stats): Promise<void> {
    // `latest` is often a link to one of the others.
    const once = `${found.dev}:${found.ino}`;
    if (found.ino !== 0 && this.#seen.has(once)) return;
    this.#seen.add(once);
    const readable = process.platform !== 'win32' && (found.mode & 0o004) !== 0;
    this.#backups.push({
      file,
      path: file,
      bytes: found.size,
      modified: found.mtime.toISOString(),
      ...(this.#now - found.mtimeMs < quietMs ? { growing: true } : {}),
      ...(readable && (await isOpenTo(dirname(file), this.#open)) ? { exposed: true } : {}),
    });
  }

  /** A folder that is one backup: as large as all in it, as new as the newest; its largest file stands for its content. */
  async unit(folder: string): Promise<void> {
    const inside = new Search(this.#now);
    await inside.#all(folder, deepest, true);
    this.more ||= inside.more;
    this.trouble ??= inside.trouble;
    const largest = inside.backups.toSorted((left, right) => right.bytes - left.bytes)[0];
    if (!largest) return;
    const times = inside.backups.map(({ modified }) => modified).toSorted();
    this.#backups.push({
      file: largest.file,
      path: folder,
      folder: true,
      bytes: inside.backups.reduce((sum, { bytes }) => sum + bytes, 0),
      modified: times.at(-1) ?? largest.modified,
      ...(inside.backups.some(({ growing }) => growing) ? { growing: true } : {}),
      ...(largest.exposed ? { exposed: true } : {}),
    });
  }

  /** Files in a folder, and in its shelves (`daily`, `weekly`); a folder of a day is a backup as a whole. */
  async #all(folder: string, depth: number, isUnit: boolean): Promise<void> {
    const { names, more } = await namesIn(folder, isUnit ? mostInside : mostNames);
    this.more ||= more;
    for (const name of names) {
      const path = join(folder, name);
      const found = await stat(path).catch((error: unknown) => this.unseen(path, error));
      if (found?.isDirectory() && !name.startsWith('.')) {
        if (depth === 0) this.more = true;
        else if (isUnit || !isDatedFolder(name)) await this.within(path, () => this.#all(path, depth - 1, isUnit));
        else await this.within(path, () => this.unit(path));
      } else if (found?.isFile() && (isUnit || mayBeBackup(name))) await this.file(path, found);
      else this.passedOver += 1;
    }
  }

  /** A folder may show its names and let nobody look at the files (r without x): what is there was not seen. */
  unseen(path: string, error: unknown): undefined {
    const trouble = troubleOf(error);
    if (trouble.kind !== 'denied') return;
    this.more = true;
    this.trouble ??= { ...trouble, at: path };
  }

  async within(folder: string, look: () => Promise<void>): Promise<void> {
    try {
      await look();
    } catch (error) {
      this.more = true;
      this.trouble ??= { ...troubleOf(error), at: folder };
    }
  }

  folder(folder: string): Promise<void> {
    return this.#all(folder, deepest, false);
  }
}

const nothing = (at: string, error: unknown): FoundPlace => ({
  backups: [],
  passedOver: 0,
  more: false,
  trouble: { ...troubleOf(error), at },
});

const byGlob = async (pattern: string, search: Search): Promise<void> => {
  const paths = await pathsLike(pattern, (folder) =>
    namesIn(folder, mostNames).then(
      ({ names, more }) => {
        search.more ||= more;
        return names;
      },
      (error) => {
        search.trouble ??= { ...troubleOf(error), at: folder };
        return [];
      },
    ),
  );
  for (const path of paths) {
    const found = await stat(path).catch((error: unknown) => search.unseen(path, error));
    if (found?.isDirectory()) await search.within(path, () => search.unit(path));
    else if (found?.isFile() && mayBeBackup(path.slice(path.lastIndexOf('/') + 1))) await search.file(path, found);
    else search.passedOver += 1;
  }
};

/** Looks for the backups at a path: a file, a folder, or a pattern with `*` and `?`. */
export const backupsAt = async (path: string, now: number): Promise<FoundPlace> => {
  const search = new Search(now);
  try {
    // A name may hold a star itself.
    const found = isWild(path) ? await stat(path).catch(() => undefined) : await stat(path);
    if (!found) await byGlob(path, search);
    else if (found.isDirectory()) await search.folder(path);
    else await search.file(path, found);
  } catch (error) {
    // A link to what is gone is there, and leads nowhere.
    const link = await lstat(path).catch(() => undefined);
    return nothing(path, link?.isSymbolicLink() ? Object.assign(new Error('a link'), { code: 'ELINK' }) : error);
  }
  const { backups, passedOver, more, trouble } = search;
  return { backups, passedOver, more, ...(trouble && backups.length === 0 ? { trouble } : {}) };
};
