import { link, lstat, open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Text } from '../../model/text.ts';
import { errorCode } from '../../runbook/error-code.ts';
import { realFiles, syncDirectory, withFile } from '../../runbook/files.ts';
import { backupOf, readExactly, replaceFile, targetAt } from '../apply-file.ts';
import { diskWords } from '../unwritten.ts';

export type Written = { readonly kind: 'written' } | { readonly kind: 'refused'; readonly text: Text };

/** Whether there is something of that name, be it a link that leads nowhere. */
export const isThere = async (file: string): Promise<boolean> =>
  lstat(file).then(
    () => true,
    () => false,
  );

const cannotLink = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** A name that is taken stays as it is: a link to it fails, and so does making the file where links are unknown. */
const putThere = async (temporary: string, file: string, text: string): Promise<void> => {
  try {
    await link(temporary, file);
  } catch (error) {
    if (!cannotLink.has(errorCode(error) ?? '')) throw error;
    await withFile(open(file, 'wx', 0o644), (handle) => handle.writeFile(text));
  }
};

/** Writes a new file, whole or not at all; one that came into being in the meantime stays as it is. */
export const createFile = async (file: string, text: string): Promise<Written> => {
  const directory = dirname(file);
  const temporary = join(directory, `.${basename(file)}.${process.pid}.tmp`);
  try {
    await rm(temporary, { force: true });
    await withFile(open(temporary, 'wx', 0o644), async (handle) => {
      await handle.writeFile(text);
      await handle.sync();
    });
    await putThere(temporary, file, text);
    await rm(temporary, { force: true });
    await syncDirectory(realFiles, directory);
    return { kind: 'written' };
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (errorCode(error) === undefined) throw error;
    const { en, ja } = diskWords(error);
    return {
      kind: 'refused',
      text: { en: `${file} was not written: ${en}`, ja: `${file} に書き込めませんでした: ${ja}` },
    };
  }
};

/** Puts a new text in the place of a file that is there; the old one stays beside it. */
export const replaceWhole = async (file: string, text: string, run: string): Promise<Written> => {
  const target = await targetAt(file);
  if (target.kind === 'refused') return target;
  const before = await readExactly(file);
  return replaceFile(target, { before, after: text, backup: backupOf(target, run) });
};
