import type { ComparisonView } from '../../model/sync/view.ts';
import { oncePerView } from './memo.ts';

type Run = ComparisonView['times']['runs'][number];

const sortedRuns = oncePerView(({ times }): readonly Run[] => times.runs.toSorted((a, b) => a.start - b.start));

/** The place of the first run that starts at this time or later. */
const nextAt = (runs: readonly Run[], time: number): number => {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle]?.start ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Milliseconds from this time until the next run starts; undefined where the log knows of none. */
export const untilNextRun = (view: ComparisonView, time: number): number | undefined => {
  const runs = sortedRuns(view);
  const next = runs[nextAt(runs, time)];
  return next && next.start - time;
};

/** The run that copies what was changed at this time, and how far into its records that is: 0 the oldest, 1 the newest. */
export const runFor = (
  view: ComparisonView,
  time: number,
): { readonly run: Run; readonly phase: number } | undefined => {
  const runs = sortedRuns(view);
  const at = nextAt(runs, time);
  const [before, run] = [runs[at - 1], runs[at]];
  if (!before || !run || run.start <= before.start) return undefined;
  return { run, phase: (time - before.start) / (run.start - before.start) };
};
