/** Lets a few go on at a time; the others wait in the order in which they came, or until their signal ends. */
export const turnsOf = (most: number): (<Value>(act: () => Promise<Value>, signal: AbortSignal) => Promise<Value>) => {
  let free = most;
  const waiting = new Set<() => void>();

  const enter = (signal: AbortSignal): Promise<void> | undefined => {
    signal.throwIfAborted();
    if (free > 0) {
      free -= 1;
      return undefined;
    }
    return new Promise((resolve, reject) => {
      const go = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        waiting.delete(go);
        reject(signal.reason);
      };
      waiting.add(go);
      signal.addEventListener('abort', leave, { once: true });
    });
  };

  const exit = (): void => {
    const [next] = waiting;
    if (!next) {
      free += 1;
      return;
    }
    waiting.delete(next);
    next();
  };

  return async (act, signal) => {
    await enter(signal);
    try {
      return await act();
    } finally {
      exit();
    }
  };
};
