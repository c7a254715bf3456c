import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Files } from '../runbook/files.ts';
import { type Holder, holderIn, lifeOf, ownHolder } from '../runbook/holder.ts';

/** A holder of whom nothing can be told from here (another machine) is gone when it has not shown itself for so long. */
const silentMs = 5 * 60_000;
const shownEveryMs = 30_000;

/** Two that came at the same moment both step back, and try again after a pause of their own. */
const tries = 6;
const pauseMs = 40;

const isMark = (name: string): boolean => /^lock-[0-9a-f]{16}$/.test(name);

/** The marks of this very process, which outlives what it could not take away. */
const held = new Set<string>();

/** The only one that may look now, or who that is. */
export type Turn =
  | { readonly kind: 'mine'; readonly release: () => Promise<void> }
  | { readonly kind: 'taken'; readonly holder: Holder | undefined };

const isDead = async (files: Files, path: string): Promise<boolean> => {
  const holder = holderIn(await files.holderOf(path).catch(() => ''));
  const life = holder ? lifeOf(holder) : 'unknown';
  if (life === 'alive' && holder?.pid === process.pid) return !held.has(path);
  if (life !== 'unknown') return life === 'dead';
  const shownAt = await files.modifiedAt(path);
  return shownAt === undefined || Date.now() - shownAt > silentMs;
};

/** Who else holds a mark and lives; the marks of the dead are taken away. A name is never used again, so nobody else's can be hit. */
const othersIn = async (files: Files, directory: string, own?: string): Promise<readonly string[]> => {
  const living: string[] = [];
  for (const name of await files.list(directory)) {
    if (!isMark(name) || name === own) continue;
    const path = join(directory, name);
    if (await isDead(files, path)) await files.remove(path);
    else living.push(path);
  }
  return living;
};

const holderAt = async (files: Files, path: string | undefined): Promise<Holder | undefined> =>
  path === undefined ? undefined : holderIn(await files.holderOf(path).catch(() => ''));

/**
 * One at a time, in one process or several. Each leaves a mark with a name of its own and then looks for others: of two, the one
 * that marked later sees the other and steps back, so that never both go on. A holder that was killed is known to be dead by
 * its process, its start and its machine's; from another machine by its silence.
 */
export const takeTurn = async (files: Files, directory: string): Promise<Turn> => {
  let other: string | undefined;
  for (let left = tries; left > 0; left -= 1) {
    const name = `lock-${randomBytes(8).toString('hex')}`;
    const path = join(directory, name);
    const release = async (): Promise<void> => {
      held.delete(path);
      await files.remove(path).catch(() => undefined);
    };
    held.add(path);
    if (!(await files.claim(path, ownHolder()))) continue;
    [other] = await othersIn(files, directory, name).catch(async (error: unknown) => {
      await release();
      throw error;
    });
    if (other === undefined) {
      const showing = setInterval(() => void files.touch(path).catch(() => undefined), shownEveryMs);
      showing.unref();
      return {
        kind: 'mine',
        release: () => {
          clearInterval(showing);
          return release();
        },
      };
    }
    await release();
    if (left > 1) await delay(Math.random() * pauseMs);
  }
  return { kind: 'taken', holder: await holderAt(files, other) };
};

/** Who holds it, for a look from outside. */
export const turnHolder = async (files: Files, directory: string): Promise<Holder | undefined> => {
  for (const name of await files.list(directory)) {
    const path = join(directory, name);
    if (isMark(name) && !(await isDead(files, path))) return holderAt(files, path);
  }
  return undefined;
};
