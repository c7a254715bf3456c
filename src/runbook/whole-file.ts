import { dirname, join } from 'node:path';
import type { Files } from './files.ts';
import { syncDirectory, withFile } from './files.ts';

/** Writes a file so that after a crash there is the whole of it or what was there before. */
export const writeWhole = async (files: Files, path: string, text: string): Promise<void> => {
  const directory = dirname(path);
  const temporary = join(directory, `.${path.slice(directory.length + 1)}.${process.pid}.tmp`);
  try {
    await withFile(files.open(temporary, 'w', 0o600), async (file) => {
      await file.writeFile(text);
      await file.sync();
    });
    await files.rename(temporary, path);
  } catch (error) {
    await files.remove(temporary).catch(() => undefined);
    throw error;
  }
  await syncDirectory(files, directory);
};
