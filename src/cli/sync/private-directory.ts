import { readdirSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NoPlace } from '../../sync/files/fault.ts';

const prefix = 'crm-doctor-sync-';

const isAlive = (process_: number): boolean => {
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** What a run that was killed outright could not clear away itself; another user's cannot be removed, and stays. */
const clearAbandoned = (place: string): void => {
  try {
    for (const name of readdirSync(place)) {
      const owner = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
      if (owner === undefined || isAlive(Number(owner))) continue;
      try {
        rmSync(join(place, name), { recursive: true, force: true });
      } catch {}
    }
  } catch {}
};

/** A directory that only this user can read, made when it is first asked for, gone on any exit. */
export const privateDirectory = (
  place = tmpdir(),
): { readonly path: () => Promise<string>; readonly remove: () => Promise<void> } => {
  let made: Promise<string> | undefined;
  let known: string | undefined;
  // Nothing asynchronous runs any more when the process ends.
  const atExit = (): void => {
    if (known !== undefined) rmSync(known, { recursive: true, force: true });
  };
  return {
    path: () => {
      made ??= (async () => {
        clearAbandoned(place);
        known = await mkdtemp(join(place, `${prefix}${process.pid}-`)).catch(() => {
          throw new NoPlace(place);
        });
        process.once('exit', atExit);
        return known;
      })();
      return made;
    },
    remove: async () => {
      if (made === undefined) return;
      const path = await made.catch(() => undefined);
      process.off('exit', atExit);
      if (path !== undefined) await rm(path, { recursive: true, force: true });
      made = undefined;
      known = undefined;
    },
  };
};
