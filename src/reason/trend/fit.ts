import type { Point } from '../../model/measure.ts';
import { fewer, slopeOf } from './line.ts';
import { middle, spread } from './middle.ts';
import { sinceRestart } from './restart.ts';

const dayMs = 86_400_000;

/** From less than all three of these no rate is told. A week, because quiet weekends come once a week. */
export const leastPoints = 8;
export const leastDays = 5;
export const leastSpanMs = 7 * dayMs;

/** The series is cut into so many parts to see how unevenly it grows. */
const parts = 8;

/** A little more than Student's t of so few parts (1.94): what is seen least often is what fills a mailbox. */
const quantile = 2.1;

/** What a series does since its last jump. Rates are per millisecond. */
export interface Fit {
  /** The first point of the present trend. */
  readonly since: number;
  readonly now: number;
  readonly level: number;
  readonly slope: number;
  /** Variance of the growth, per millisecond: of bursts as well as of what only scatters. */
  readonly variance: number;
  /** Variance of the slope. */
  readonly slopeVariance: number;
  /** Variance of a single figure around the trend. */
  readonly noise: number;
}

/** Single wild figures are no bursts. */
const smoothed = (points: readonly Point[]): readonly Point[] =>
  points.map((point, index) => ({
    at: point.at,
    value: middle(points.slice(Math.max(0, index - 1), index + 2).map(({ value }) => value)),
  }));

/** The value at a time, between its neighbours. */
const valueAt = (points: readonly Point[], at: number): number => {
  const right = points.findIndex((point) => point.at >= at);
  const after = points[right];
  const before = points[right - 1];
  if (!after) return points.at(-1)?.value ?? 0;
  if (!before || after.at === before.at) return after.value;
  return before.value + ((after.value - before.value) * (at - before.at)) / (after.at - before.at);
};

/** How much the growth over an eighth of the time differs from what the slope says: this is what makes a date uncertain. */
const varianceOf = (points: readonly Point[], slope: number): number => {
  const [first, last] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 0];
  const step = (last - first) / parts;
  const smooth = smoothed(points);
  const values = Array.from({ length: parts + 1 }, (_, n) => valueAt(smooth, first + n * step));
  const squares = values.slice(1).map((value, n) => (value - (values[n] ?? value) - slope * step) ** 2);
  return squares.reduce((sum, square) => sum + square, 0) / (parts - 1) / step;
};

const daysOf = (points: readonly Point[]): number => new Set(points.map(({ at }) => Math.floor(at / dayMs))).size;

/** The present trend, or nothing where there is too little to tell one from. */
export const fitOf = (all: readonly Point[]): Fit | undefined => {
  const points = sinceRestart(fewer(all));
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < leastPoints || last.at - first.at < leastSpanMs) return undefined;
  if (daysOf(points) < leastDays) return undefined;
  const slope = slopeOf(points);
  const variance = varianceOf(points, slope);
  const detrended = points.map(({ at, value }) => value + slope * (last.at - at));
  const steps = detrended.slice(1).map((value, index) => value - (detrended[index] ?? value));
  return {
    since: first.at,
    now: last.at,
    level: middle(detrended.slice(-3)),
    slope,
    variance,
    // Of a walk that drifts, a slope through all of it scatters by 6/5 of its growth (a line through summed noise).
    slopeVariance: (1.2 * variance) / (last.at - first.at),
    noise: spread(steps) ** 2 / 2,
  };
};

/** The rate with the bounds between which nine of ten lie. */
export const rateOf = ({ slope, slopeVariance }: Fit): { readonly low: number; readonly high: number } => {
  const margin = quantile * Math.sqrt(slopeVariance);
  return { low: slope - margin, high: slope + margin };
};

/** How far from the line a figure may lie after a time. */
const bandAt = ({ variance, slopeVariance, noise }: Fit, afterMs: number): number =>
  quantile * Math.sqrt(noise + variance * afterMs + slopeVariance * afterMs ** 2);

/** When a limit is reached; `to` is missing where the slowest rate never reaches it within reach. */
export interface Arrival {
  readonly at: number;
  readonly from: number;
  readonly to?: number;
}

/** A forecast reaches at most a year ahead, and four times as far as the trend was seen. */
const farthestMs = 366 * dayMs;
const farthestSpans = 4;

/** The first time at which a growing function is above zero, to the minute. */
const crossing = (above: (afterMs: number) => boolean, most: number): number | undefined => {
  if (!above(most)) return undefined;
  let [low, high] = [0, most];
  while (high - low > 60_000) {
    const half = (low + high) / 2;
    if (above(half)) high = half;
    else low = half;
  }
  return high;
};

/**
 * When the figure reaches a limit at the present rate, with an interval that is meant to hold the true day nine times of
 * ten. Nothing where it does not clearly grow, is there already, or the day is farther than can be told.
 *
 * Measured over 4,800 synthetic series with 2,722 forecasts: it holds the true day 94 times of 100, and 88 of 100 in the
 * hardest kind (growth in large bursts); without noise the day is off by half a percent of the time ahead, in bursts by a
 * third. Of 3,000 flat, noisy or weekly swinging series none has a forecast, of 1,000 that wander at random 12 have.
 * `test/reason/trend/trend.test.ts` measures it again.
 */
export const arrivalOf = (fit: Fit, limit: number): Arrival | undefined => {
  const { now, since, level, slope } = fit;
  const distance = limit - level;
  if (distance <= 0 || rateOf(fit).low <= 0) return undefined;
  const after = distance / slope;
  const most = Math.min(farthestMs, farthestSpans * (now - since));
  if (after > most) return undefined;
  const from = crossing((ms) => slope * ms + bandAt(fit, ms) >= distance, after) ?? after;
  const to = crossing((ms) => slope * ms - bandAt(fit, ms) >= distance, 4 * most);
  return { at: now + after, from: now + from, ...(to === undefined ? {} : { to: now + to }) };
};
