import type { WatchState } from '../../watch/state.ts';
import type { WatchStore } from '../../watch/store.ts';

/** The state of one turn. What cannot be written is still known to this process. */
export interface Keeper {
  readonly state: WatchState;
  /** Why the state on the disk is not this one. */
  readonly failure: unknown;
  /** False: it is not on the disk. */
  readonly save: (next: WatchState) => Promise<boolean>;
}

export const keeperOf = (store: WatchStore, read: WatchState): Keeper => {
  let state = read;
  let failure: unknown;
  return {
    get state() {
      return state;
    },
    get failure() {
      return failure;
    },
    save: async (next) => {
      state = next;
      try {
        await store.write(next);
        failure = undefined;
      } catch (error) {
        failure = error;
      }
      return failure === undefined;
    },
  };
};
