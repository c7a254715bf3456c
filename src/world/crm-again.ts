import { setTimeout as sleep } from 'node:timers/promises';
import { retryAfterMs } from '../reason/retry-after.ts';
import type { Broken, Incoming } from './crm-exchange.ts';

/** So often a question is asked in all. */
export const tries = 3;

/** Nobody waits longer than this for one answer; who wants to be left alone for longer is. */
const longestWaitMs = 20_000;

/** How long to wait before the same question is asked again; undefined: it is not. */
export const waitAfter = (came: Incoming | Broken, tried: number, now: Date): number | undefined => {
  const backOff = 2 ** (tried - 1);
  if (came.kind !== 'answered') return came.dropped ? 250 * backOff : undefined;
  if (came.status !== 429 && came.status !== 503) return undefined;
  const { 'retry-after': wanted, date } = came.headers;
  const ms = retryAfterMs(wanted, { date, now }) ?? 1_000 * backOff;
  return ms <= longestWaitMs ? ms : undefined;
};

export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

/** Waits, and ends at once with the run. */
export const pause: Pause = async (ms, signal) => {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
};
