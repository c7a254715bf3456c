import type { Point } from '../../model/measure.ts';
import { misfitOf } from './line.ts';
import { middle, spread } from './middle.ts';

/** Steps that are looked at closely, the latest first. */
const mostCandidates = 6;

/** A step so many times as large as steps usually scatter, and as they are on average, is none of them. */
const unusual = 8;
const unusualOnAverage = 4;

/** Smaller ones are never a new beginning: of the limit, or of the figure itself where it has none. */
const leastOfLimit = 0.02;
const leastOfFigure = 0.1;

/** So much of the misfit has to go when the line is broken at the step: a staircase is a line, one big step is none. */
const gain = 0.5;

const stepsOf = (points: readonly Point[]) => {
  const pairs = points.slice(1).map((point, index) => ({ point, before: points[index] ?? point }));
  const usual = middle(
    pairs.map(({ point, before }) => (point.value - before.value) / Math.max(1, point.at - before.at)),
  );
  // What came about in the time between the two is no step: after a gap it is much.
  return pairs.map(({ point, before }) => point.value - before.value - usual * (point.at - before.at));
};

const near = (points: readonly Point[]): number => middle(points.map(({ value }) => value));

/**
 * Where the present trend begins: behind the last lasting jump (a mailbox that was cleaned, a server that was replaced). A
 * single wild figure is none, unless it is the newest, of which nobody knows yet what it is. For figures that run
 * towards a limit every lasting fall is a new beginning, a rise only where one line fits badly without it.
 */
export const sinceRestart = (points: readonly Point[]): readonly Point[] => {
  if (points.length < 3) return points;
  const steps = stepsOf(points);
  const limit = points.at(-1)?.limit;
  const least = limit === undefined ? leastOfFigure * Math.abs(near(points)) : leastOfLimit * limit;
  const average = steps.reduce((sum, step) => sum + Math.abs(step), 0) / steps.length;
  const threshold = Math.max(unusual * spread(steps), unusualOnAverage * average, least);
  const candidates = steps
    .flatMap((step, index) => (Math.abs(step) > threshold ? [{ step, start: index + 1 }] : []))
    .slice(-mostCandidates)
    .toReversed();
  for (const { step, start } of candidates) {
    const [before, after] = [points.slice(0, start), points.slice(start)];
    if (after.length === 1) return after;
    const shift = near(after.slice(0, 3)) - near(before.slice(-3));
    const lasts = Math.sign(shift) === Math.sign(step) && Math.abs(shift) > threshold / 2;
    if (!lasts) continue;
    if (step < 0 && limit !== undefined) return after;
    if (misfitOf(before) + misfitOf(after) < gain * misfitOf(points)) return after;
  }
  return points;
};
