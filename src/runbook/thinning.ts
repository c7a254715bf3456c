import type { Point } from '../model/measure.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Up to an age, one figure each so many milliseconds is kept; 0: all. */
type Rule = readonly [ageMs: number, everyMs: number];

/** Gentle first; the later ones are for a file that is too large after the first. */
export const thinnings: readonly (readonly Rule[])[] = [
  [
    [2 * dayMs, 0],
    [60 * dayMs, hourMs],
    [Number.POSITIVE_INFINITY, dayMs],
  ],
  [
    [dayMs, hourMs],
    [14 * dayMs, 6 * hourMs],
    [60 * dayMs, dayMs],
    [Number.POSITIVE_INFINITY, 7 * dayMs],
  ],
  [
    [7 * dayMs, dayMs],
    [Number.POSITIVE_INFINITY, 14 * dayMs],
  ],
];

/**
 * Of the points of one series, the last one of each hour, day or week, by their age. The buckets are fixed in time, so
 * that thinning again takes nothing more away; points from the future (a clock that was wrong) stay as they are.
 */
export const thinned = (points: readonly Point[], now: number, rules: readonly Rule[]): readonly Point[] => {
  const kept = new Map<string, Point>();
  for (const point of points.toSorted((left, right) => left.at - right.at)) {
    const [, everyMs] = rules.find(([ageMs]) => now - point.at <= ageMs) ?? [0, dayMs];
    const bucket = everyMs === 0 ? `=${point.at}` : `${everyMs}:${Math.floor(point.at / everyMs)}`;
    kept.set(bucket, point);
  }
  return [...kept.values()];
};
