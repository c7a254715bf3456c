import type { Io } from '../io.ts';

type Signal = 'SIGINT' | 'SIGTERM';

/** The signals of a process that runs for long: each round hears those that end it, and the pause between rounds those that wake it. */
export const interruptsOf = (io: Io) => {
  const ending = new AbortController();
  let waking = new AbortController();
  let by: Signal | undefined;
  let hungUp = false;
  const hearing = new Set<(signal: Signal) => void>();
  const deaf = io.onInterrupt(
    (signal) => {
      by ??= signal;
      ending.abort();
      waking.abort();
      for (const hear of hearing) hear(signal);
    },
    () => {
      hungUp = true;
      waking.abort();
    },
  );
  const inner: Io = {
    ...io,
    onInterrupt: (hear) => {
      hearing.add(hear);
      return () => hearing.delete(hear);
    },
  };
  return {
    /** For the rounds. */
    io: inner,
    ending: ending.signal,
    /** What ends a pause; a new one for each. */
    waking: (): AbortSignal => {
      if (waking.signal.aborted && !ending.signal.aborted && !hungUp) waking = new AbortController();
      return waking.signal;
    },
    by: () => by,
    /** Whether the configuration is to be read again. */
    takeHangup: (): boolean => {
      const taken = hungUp;
      hungUp = false;
      return taken;
    },
    deaf,
  };
};
