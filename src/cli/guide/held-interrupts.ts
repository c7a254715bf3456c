import type { Io } from '../io.ts';

type Signal = 'SIGINT' | 'SIGTERM';

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Signals of a conversation. Between two questions nobody hears: a Ctrl+C of that moment is kept for who hears next, so
 * that it ends the conversation with its answers kept, and a second one ends the process at once.
 */
export const holdInterrupts = (io: Io, exit: (code: number) => void = process.exit) => {
  const hearing = new Set<(signal: Signal) => void>();
  let held: Signal | undefined;
  const deaf = io.onInterrupt((signal) => {
    if (hearing.size > 0) for (const hear of hearing) hear(signal);
    else if (held === undefined) held = signal;
    else exit(exitCodes[signal]);
  });
  const inner: Io = {
    ...io,
    onInterrupt: (hear) => {
      hearing.add(hear);
      const signal = held;
      held = undefined;
      // Not before the one who hears has what it needs to stop hearing.
      if (signal !== undefined) queueMicrotask(() => hear(signal));
      return () => hearing.delete(hear);
    },
  };
  return { io: inner, deaf };
};
