import { join } from 'node:path';
import { errorCode } from '../runbook/error-code.ts';
import type { Files } from '../runbook/files.ts';
import { writeWhole } from '../runbook/whole-file.ts';
import { noState, stateIn, type WatchState } from './state.ts';

/** What is kept of `watch` between rounds. */
export interface WatchStore {
  readonly directory: string;
  readonly file: string;
  /** `broken`: where a damaged file was set aside. */
  readonly read: () => Promise<{ readonly state: WatchState; readonly broken?: string }>;
  /** For a look from outside: changes nothing. */
  readonly peek: () => Promise<WatchState | 'none' | 'broken'>;
  readonly write: (state: WatchState) => Promise<void>;
}

/** No state is larger: mailboxes, alerts and notifications are bounded each. */
const mostBytes = 64 * 1024 * 1024;

const mostBroken = 3;

const brokenName = /^state\.json\.broken-/;

/** Temporary files of processes that were killed while they wrote; only who has the turn writes here. */
const leftOver = /^\.state\.json\.\d+\.tmp$/;

export const openStore = (files: Files, runbook: string, now: () => Date): WatchStore => {
  const directory = join(runbook, 'watch');
  const file = join(directory, 'state.json');
  const setAside = async (): Promise<string> => {
    const broken = `${file}.broken-${now()
      .toISOString()
      .replace(/[-:]|\.\d+/g, '')}`;
    await files.rename(file, broken);
    const all = (await files.list(directory)).filter((name) => brokenName.test(name)).toSorted();
    for (const name of all.slice(0, -mostBroken)) await files.remove(join(directory, name));
    return broken;
  };
  const peek = async (): Promise<WatchState | 'none' | 'broken'> => {
    try {
      const text = (await files.size(file)) > mostBytes ? '' : await files.read(file);
      return stateIn(text) ?? 'broken';
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return 'none';
      throw error;
    }
  };
  return {
    directory,
    file,
    peek,
    read: async () => {
      const found = await peek();
      if (found === 'none') return { state: noState };
      return found === 'broken' ? { state: noState, broken: await setAside() } : { state: found };
    },
    write: async (state) => {
      for (const name of await files.list(directory)) {
        if (leftOver.test(name)) await files.remove(join(directory, name));
      }
      await writeWhole(files, file, `${JSON.stringify(state)}\n`);
    },
  };
};
