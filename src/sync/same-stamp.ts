import type { FileStamp } from '../model/sync/source.ts';

/** Whether a file is still the one that was opened, as far as its size, time and number tell. */
export const sameStamp = (a: FileStamp, b: FileStamp): boolean =>
  a.size === b.size && a.mtimeMs === b.mtimeMs && a.ino === b.ino;
