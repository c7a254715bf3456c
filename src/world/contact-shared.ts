/** Work that several callers wait for, each with a signal of its own. */
export interface Shared<Work> {
  readonly work: Work;
  /** Waits for a part of the work; rejects with the signal's reason when this caller gives up. */
  readonly join: <Answer>(answer: Promise<Answer>, signal: AbortSignal) => Promise<Answer>;
  /** Whether it was stopped: what it says then is no fact, and who asks again starts anew. */
  readonly stopped: () => boolean;
}

/**
 * Starts work for callers who come and go: one who gives up is let go at once, and the work is stopped when the last
 * one has given up. So the deadline of mail.port does not end what mail.tls still waits for.
 */
const share = <Work>(start: (signal: AbortSignal) => Work): Shared<Work> => {
  const controller = new AbortController();
  let waiting = 0;
  return {
    work: start(controller.signal),
    stopped: () => controller.signal.aborted,
    join: (answer, signal) =>
      new Promise((resolve, reject) => {
        waiting += 1;
        const giveUp = (): void => {
          waiting -= 1;
          if (waiting === 0) controller.abort(signal.reason);
          reject(signal.reason);
        };
        const leave = (): void => {
          if (signal.aborted) return;
          waiting -= 1;
          signal.removeEventListener('abort', giveUp);
        };
        answer.then(
          (value) => {
            leave();
            resolve(value);
          },
          (error: unknown) => {
            leave();
            reject(error);
          },
        );
        if (signal.aborted) giveUp();
        else signal.addEventListener('abort', giveUp, { once: true });
      }),
  };
};

/** Shared work by key, for as long as the run lasts or until it is forgotten; stopped work is forgotten. */
export interface Shelf<Work> {
  (key: string, start: (signal: AbortSignal) => Work): Shared<Work>;
  readonly forget: (key: string) => void;
}

export const shelf = <Work>(): Shelf<Work> => {
  const all = new Map<string, Shared<Work>>();
  const take = (key: string, start: (signal: AbortSignal) => Work): Shared<Work> => {
    const known = all.get(key);
    if (known && !known.stopped()) return known;
    const shared = share(start);
    all.set(key, shared);
    return shared;
  };
  return Object.assign(take, { forget: (key: string) => void all.delete(key) });
};
