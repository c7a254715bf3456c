import type { Step } from '../model/login-facts.ts';
import type { RoundTripFact, TripSurroundings } from '../model/trip-facts.ts';

/** What looking for the message brought. */
export interface Search extends TripSurroundings {
  readonly found?: NonNullable<RoundTripFact['found']>;
  readonly lookupFailed?: Step;
  /** The message as it lay there, for what has to be verified on its bytes. */
  readonly raw?: Buffer;
  /** Everything that proved to be ours is gone again. */
  readonly removed: boolean;
}

/** Waits, unless the run ends. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
