import type { ScheduleFact } from '../model/sync/comparison.ts';
import type { SyncTimes } from '../model/sync/view.ts';

/** A pause counts as a gap when it is longer than this many intervals: one run may always come late. */
const lateIntervals = 2;
const mostRuns = 200;

const iso = (ms: number): string => new Date(ms).toISOString();

/** The value below which `part` of the sorted values lie. */
const quantile = (values: readonly number[], part: number): number | undefined => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
};

/** What was updated on each side, in milliseconds since 1970, of the records that are on both and equal. */
export interface UpdatedPair {
  readonly left?: number;
  readonly right?: number;
}

const newestOf = (pairs: readonly UpdatedPair[], side: 'left' | 'right'): number | undefined =>
  pairs.reduce<number | undefined>((newest, pair) => {
    const at = pair[side];
    return at !== undefined && (newest === undefined || at > newest) ? at : newest;
  }, undefined);

/** What the log could not tell, and up to when the records of the left side are known. */
interface Besides {
  readonly logFailures?: ScheduleFact['logFailures'];
  /** Milliseconds since 1970. Absent: up to now. */
  readonly knownUntil?: number;
}

/** Runs, gaps and lag of the sync job, from its log and from when records were updated. Pure. */
export const scheduleOf = (
  { now, lastSync, intervalMs, runs }: SyncTimes,
  pairs: readonly UpdatedPair[],
  { logFailures = [], knownUntil = now }: Besides = {},
): ScheduleFact => {
  const newest = { left: newestOf(pairs, 'left'), right: newestOf(pairs, 'right') };
  const ends = runs.filter(({ failed }) => !failed).map(({ start }) => start);
  const last = lastSync === undefined ? ends.at(-1) : Math.max(lastSync, ends.at(-1) ?? lastSync);
  // Records that are newer than the last run tell when they were read; without any, it is taken for now.
  const until = last !== undefined && knownUntil > last ? Math.min(knownUntil, now) : now;
  // From one good run to the next, and from the last one to then.
  const stops = [...ends, ...(last === undefined || ends.includes(last) ? [] : [last]), until].toSorted(
    (a, b) => a - b,
  );
  const gaps =
    intervalMs === undefined || last === undefined
      ? []
      : stops.flatMap((to, at) => {
          const from = stops[at - 1];
          return from !== undefined && to - from > lateIntervals * intervalMs ? [{ from: iso(from), to: iso(to) }] : [];
        });
  const lags = pairs.flatMap(({ left, right }) =>
    left !== undefined && right !== undefined && right >= left ? [right - left] : [],
  );
  const lagMs = quantile(lags, 0.95);
  return {
    ...(last === undefined ? {} : { lastSync: iso(last) }),
    ...(intervalMs === undefined ? {} : { intervalMs }),
    now: iso(now),
    runs: runs.slice(-mostRuns).map(({ start, end, failed, throttled, says }) => ({
      start: iso(start),
      ...(end === undefined ? {} : { end: iso(end) }),
      failed,
      throttled,
      ...(says === undefined ? {} : { says }),
    })),
    newest: {
      ...(newest.left === undefined ? {} : { left: iso(newest.left) }),
      ...(newest.right === undefined ? {} : { right: iso(newest.right) }),
    },
    gaps,
    ...(lagMs === undefined ? {} : { lagMs }),
    logFailures,
  };
};
