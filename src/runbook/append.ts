import type { FileHandle } from 'node:fs/promises';
import type { Files } from './files.ts';
import { withFile } from './files.ts';

const lineEnd = 0x0a;

/** A crash or a full disk in the middle of a write leaves a line without its end. */
const isTorn = async (file: FileHandle): Promise<boolean> => {
  const { size } = await file.stat();
  if (size === 0) return false;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return bytesRead === 1 && buffer[0] !== lineEnd;
};

/**
 * Appends whole lines: one write at the end of the file, then fsync. A torn last line gets its line end first, in the
 * same write, and `afterTorn` behind it; nothing that was written before is touched. Whoever calls it holds the lock.
 */
export const appendLines = (files: Files, path: string, lines: string, afterTorn = ''): Promise<void> =>
  withFile(files.open(path, 'a+', 0o600), async (file) => {
    const before = (await isTorn(file)) ? `\n${afterTorn}` : '';
    const bytes = Buffer.from(before + lines);
    const { bytesWritten } = await file.write(bytes, 0, bytes.length);
    if (bytesWritten < bytes.length) {
      // The rest would be no single write any more; the line is torn and the next append says so.
      throw Object.assign(new Error('only a part of the record was written'), { code: 'ENOSPC' });
    }
    await file.sync();
  });
