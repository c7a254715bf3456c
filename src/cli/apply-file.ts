import type { Stats } from 'node:fs';
import { access, constants, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Text } from '../model/text.ts';
import { errorCode } from '../runbook/error-code.ts';
import { realFiles, syncDirectory, withFile } from '../runbook/files.ts';

/** Why a file is left as it is. */
export interface Refusal {
  readonly kind: 'refused';
  readonly text: Text;
}

/** A file that may be replaced: the one behind a symbolic link, and what has to stay as it is. */
export interface Target {
  readonly kind: 'target';
  readonly file: string;
  readonly real: string;
  readonly about: Stats;
}

const refused = (text: Text): Refusal => ({ kind: 'refused', text });

const reasons: Readonly<Record<string, Text>> = {
  EACCES: { en: 'no permission to write there', ja: '書き込む権限がありません' },
  EPERM: { en: 'no permission to write there', ja: '書き込む権限がありません' },
  EROFS: { en: 'the file system is read-only', ja: 'ファイルシステムが読み取り専用です' },
  ENOSPC: { en: 'the disk is full', ja: 'ディスクの空き容量がありません' },
  EDQUOT: { en: 'the disk quota is used up', ja: 'ディスクの割り当て容量を使い切っています' },
  ENOENT: { en: 'there is no such file any more', ja: 'ファイルがなくなっています' },
  EEXIST: { en: 'the backup is there already', ja: 'バックアップがすでにあります' },
};

const failed = (error: unknown, file: string): Refusal => {
  const code = errorCode(error);
  // An error without a code is a fault of ours and is not made a sentence of.
  if (code === undefined) throw error;
  const { en, ja } = reasons[code] ?? { en: code, ja: code };
  return refused({ en: `${file} was not changed: ${en}`, ja: `${file} は変更していません: ${ja}` });
};

/** The text with a byte order mark where it has one: what is written back has to be what was read. */
export const readExactly = (file: string): Promise<string> => readFile(file, 'utf8');

export const editedMeanwhile = (file: string): Refusal =>
  refused({
    en: `${file} was edited in the meantime and was not changed; run the check again`,
    ja: `${file} は診断の間に編集されたため、変更していません。もう一度診断してください`,
  });

/** Looks at a file without touching it. */
export const targetAt = async (file: string): Promise<Target | Refusal> => {
  try {
    const real = await realpath(file);
    const about = await stat(real);
    if (!about.isFile()) {
      return refused({ en: `${file} is no ordinary file`, ja: `${file} は通常のファイルではありません` });
    }
    // A rename would succeed all the same, and root may write anything; read-only is a wish.
    if ((about.mode & 0o222) === 0) {
      return refused({
        en: `${file} is read-only and was not changed; allow writing (chmod u+w) and run this again`,
        ja: `${file} は読み取り専用のため、変更していません。書き込みを許可 (chmod u+w) してから、もう一度実行してください`,
      });
    }
    await access(real, constants.W_OK);
    return { kind: 'target', file, real, about };
  } catch (error) {
    return failed(error, file);
  }
};

const writeWhole = async (path: string, text: string, about: Stats): Promise<void> =>
  withFile(open(path, 'wx', 0o600), async (handle) => {
    // Owner and mode before the words are in it. Where the owner cannot be kept, no other group gets to read it.
    const foreign =
      process.getuid !== undefined && (about.uid !== process.getuid() || about.gid !== process.getgid?.());
    const kept =
      !foreign ||
      (await handle.chown(about.uid, about.gid).then(
        () => true,
        () => false,
      ));
    await handle.chmod(about.mode & (kept ? 0o7777 : 0o7707));
    await handle.writeFile(text);
    await handle.sync();
  });

/** Where the text of before is kept: beside the file itself, not beside a link to it. */
export const backupOf = ({ real }: Target, run: string): string => `${real}.bak-${run}`;

/**
 * Puts the new text in the place of the old one: there is the old file or the whole new one, whatever happens. The old
 * text goes into `backup` first, where one is wanted.
 */
export const replaceFile = async (
  { file, real, about }: Target,
  { before, after, backup }: { readonly before: string; readonly after: string; readonly backup?: string },
): Promise<{ readonly kind: 'written' } | Refusal> => {
  const directory = dirname(real);
  const temporary = join(directory, `.${basename(real)}.${process.pid}.tmp`);
  try {
    if (backup !== undefined) {
      await writeWhole(backup, before, about);
      await syncDirectory(realFiles, directory);
    }
    await rm(temporary, { force: true });
    await writeWhole(temporary, after, about);
    if ((await readExactly(real)) !== before) {
      await rm(temporary, { force: true });
      return editedMeanwhile(file);
    }
    await rename(temporary, real);
    await syncDirectory(realFiles, directory);
    return { kind: 'written' };
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    return failed(error, file);
  }
};
