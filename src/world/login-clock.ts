/**
 * The time of one step. A library's inactivity timer starts anew with every byte, so that a server that drips one byte a
 * second is never late for it; this one is.
 */
export interface StepClock {
  readonly start: (ms: number) => void;
  readonly stop: () => void;
  /** Whether a step ran out of time. */
  readonly expired: () => boolean;
}

export const stepClock = (onLate: () => void): StepClock => {
  let timer: NodeJS.Timeout | undefined;
  let late = false;
  return {
    start: (ms) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        late = true;
        onLate();
      }, ms);
    },
    stop: () => clearTimeout(timer),
    expired: () => late,
  };
};

/** Calls back with the reason when the signal ends, at once where it has ended; the result takes the listener away. */
export const onAbort = (signal: AbortSignal, end: (reason: unknown) => void): (() => void) => {
  const listener = (): void => end(signal.reason);
  if (signal.aborted) {
    listener();
    return () => undefined;
  }
  signal.addEventListener('abort', listener, { once: true });
  return () => signal.removeEventListener('abort', listener);
};
