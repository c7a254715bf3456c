import { performance } from 'node:perf_hooks';

/** Whole milliseconds since it was made. */
export const stopwatch = (): (() => number) => {
  const start = performance.now();
  return () => Math.round(performance.now() - start);
};

/** A time of `performance.now()`, for the deadlines of Lines. */
export const deadlineIn = (ms: number): number => performance.now() + ms;
