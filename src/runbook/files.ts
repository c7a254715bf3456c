import type { FileHandle } from 'node:fs/promises';
import { lstat, lutimes, mkdir, open, readdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from './error-code.ts';

/** The few file operations of the runbook; a test hands in a disk that fails. */
export interface Files {
  readonly open: (path: string, flags: string, mode?: number) => Promise<FileHandle>;
  readonly mkdir: (path: string) => Promise<unknown>;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly remove: (path: string) => Promise<void>;
  readonly read: (path: string) => Promise<string>;
  /** In bytes. */
  readonly size: (path: string) => Promise<number>;
  /** Makes a mark that holds its maker's name from its first moment; false where there is one already. */
  readonly claim: (path: string, holder: string) => Promise<boolean>;
  /** Whose mark it is. */
  readonly holderOf: (path: string) => Promise<string>;
  readonly list: (path: string) => Promise<readonly string[]>;
  /** Milliseconds since the epoch, or undefined where there is no such file. */
  readonly modifiedAt: (path: string) => Promise<number | undefined>;
  /** Modified now; of a link, the link itself. */
  readonly touch: (path: string) => Promise<void>;
}

/** `recursive` of Node never comes back where a folder above is there and takes none (HOME below /proc). */
const makeFolder = async (path: string): Promise<void> => {
  const make = (): Promise<unknown> =>
    mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
      if (errorCode(error) !== 'EEXIST') throw error;
    });
  try {
    await make();
  } catch (error) {
    const above = dirname(path);
    if (errorCode(error) !== 'ENOENT' || above === path) throw error;
    await makeFolder(above);
    await make();
  }
};

export const realFiles: Files = {
  open,
  mkdir: makeFolder,
  rename,
  remove: (path) => rm(path, { force: true }),
  read: (path) => readFile(path, 'utf8'),
  size: async (path) => (await lstat(path)).size,
  // A symbolic link comes into being with its content; a file could be left behind empty by a kill between making and
  // writing it, and nobody would know whose it is. Windows lets few people make links, so a file has to do there.
  claim: async (path, holder) => {
    try {
      await symlink(holder, path);
      return true;
    } catch (error) {
      if (errorCode(error) === 'EEXIST') return false;
      if (!['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL'].includes(errorCode(error) ?? '')) throw error;
    }
    try {
      await withFile(open(path, 'wx', 0o600), (file) => file.writeFile(holder));
      return true;
    } catch (error) {
      if (errorCode(error) === 'EEXIST') return false;
      throw error;
    }
  },
  holderOf: (path) => readlink(path).catch(() => readFile(path, 'utf8')),
  list: async (path) => {
    try {
      return await readdir(path);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    }
  },
  touch: async (path) => {
    const now = new Date();
    await lutimes(path, now, now);
  },
  modifiedAt: async (path) => {
    try {
      return (await lstat(path)).mtimeMs;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  },
};

/** Opens, uses, and closes whatever happens. */
export const withFile = async <T>(opening: Promise<FileHandle>, use: (file: FileHandle) => Promise<T>): Promise<T> => {
  const file = await opening;
  try {
    return await use(file);
  } finally {
    await file.close();
  }
};

/** A rename or a new file survives a power cut only when its directory was synced too; not every system can. */
export const syncDirectory = async (files: Files, path: string): Promise<void> => {
  try {
    await withFile(files.open(path, 'r'), (directory) => directory.sync());
  } catch (error) {
    if (!['EISDIR', 'EPERM', 'EINVAL', 'EACCES', 'ENOTSUP'].includes(errorCode(error) ?? '')) throw error;
  }
};
