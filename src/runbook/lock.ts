import { setTimeout as delay } from 'node:timers/promises';
import type { Files } from './files.ts';
import { holderIn, lifeOf, ownHolder } from './holder.ts';

const patienceMs = 3000;
const staleMs = 10_000;

/** A holder that was killed leaves its lock: its process is gone, or the lock is older than any write takes. */
const isStale = async (files: Files, path: string): Promise<boolean> => {
  const modifiedAt = await files.modifiedAt(path);
  if (modifiedAt === undefined) return false;
  if (Date.now() - modifiedAt > staleMs) return true;
  const holder = holderIn(await files.holderOf(path).catch(() => ''));
  return holder !== undefined && lifeOf(holder) === 'dead';
};

/** Where no mark can be made (a read-only folder, a file system without links), nobody else can make one either. */
const take = (files: Files, path: string): Promise<'held' | 'taken' | 'impossible'> =>
  files.claim(path, ownHolder()).then(
    (made) => (made ? 'held' : 'taken'),
    () => 'impossible',
  );

let moved = 0;

/**
 * Takes a stale mark away. It is moved aside first: of two processes that saw it, one moves it, and the other must not
 * take away the mark that was made in the meantime.
 */
const takeAway = async (files: Files, path: string): Promise<void> => {
  const stale = await files.holderOf(path).catch(() => undefined);
  if (stale === undefined || !(await isStale(files, path))) return;
  moved += 1;
  const aside = `${path}.${process.pid}.${moved}`;
  try {
    await files.rename(path, aside);
  } catch {
    return;
  }
  const other = await files.holderOf(aside).catch(() => undefined);
  if (other === stale) await files.remove(aside);
  else await files.rename(aside, path);
};

/**
 * One process at a time, as far as a file can promise it. After three seconds the work is done without the lock:
 * a record is never given up for it, and O_APPEND keeps lines whole even then. Work that needs to be alone asks `held`.
 */
export const withLock = async <T>(files: Files, path: string, work: (held: boolean) => Promise<T>): Promise<T> => {
  const until = Date.now() + patienceMs;
  let lock = await take(files, path);
  while (lock === 'taken' && Date.now() < until) {
    if (await isStale(files, path)) await takeAway(files, path).catch(() => undefined);
    else await delay(1 + Math.random() * 4);
    lock = await take(files, path);
  }
  try {
    return await work(lock === 'held');
  } finally {
    // What was written stays written, even where the lock cannot be removed; it goes stale by itself.
    if (lock === 'held') await files.remove(path).catch(() => undefined);
  }
};
