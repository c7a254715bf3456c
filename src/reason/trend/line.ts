import type { Point } from '../../model/measure.ts';
import { middle } from './middle.ts';

/** More points than these are put together first, so that pairs stay few: 60 points have 1770. */
const mostPoints = 60;

/** Neighbours put together, each group by its median in value; the order and the ends in time stay. */
export const fewer = (points: readonly Point[], most = mostPoints): readonly Point[] => {
  if (points.length <= most) return points;
  const size = points.length / most;
  return Array.from({ length: most }, (_, n) => {
    const group = points.slice(Math.round(n * size), Math.round((n + 1) * size));
    const sorted = group.toSorted((left, right) => left.value - right.value);
    // The very last figure is the one that counts now.
    return n === most - 1 ? group.at(-1) : sorted[Math.floor(sorted.length / 2)];
  })
    .filter((point) => point !== undefined)
    .toSorted((left, right) => left.at - right.at);
};

/** Theil–Sen: the median of the slopes of all pairs, per millisecond; a third of the points may be anything. */
export const slopeOf = (points: readonly Point[]): number => {
  const slopes: number[] = [];
  points.forEach((left, index) => {
    for (const right of points.slice(index + 1)) {
      if (right.at > left.at) slopes.push((right.value - left.value) / (right.at - left.at));
    }
  });
  return middle(slopes);
};

/** How far the points lie from their line, on average: large ones count no more than they are large. */
export const misfitOf = (points: readonly Point[]): number => {
  const slope = slopeOf(points);
  if (!Number.isFinite(slope)) return 0;
  const [first] = points;
  const rest = points.map(({ at, value }) => value - slope * (at - (first?.at ?? 0)));
  const level = middle(rest);
  return rest.reduce((sum, value) => sum + Math.abs(value - level), 0);
};
