import type { Example, OpenStretch } from '../../model/sync/comparison.ts';
import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { orders, type Run, ranksOf, runsOf } from '../../reason/rows/positions.ts';

/** Of fewer rows a stretch is no more than a coincidence, and it has to hold most of them. */
const fewest = 20;
const most = 0.8;

const longestOf = (runs: readonly Run[]): Run | undefined =>
  runs.toSorted((a, b) => b.end - b.start - (a.end - a.start))[0];

/** Where most of the missing records stand one after another. Not a cause, and yet no chance. */
export const openStretch = (
  { missing, unread = [], counts }: Pick<ComparisonView, 'missing' | 'unread' | 'counts'>,
  keyOf: (row: SeenRow) => Example,
): OpenStretch | undefined => {
  const of = counts.missing;
  if (of < fewest || missing.length + unread.length !== of) return undefined;
  for (const order of orders) {
    const run = longestOf(runsOf([...ranksOf(missing, order), ...ranksOf(unread, order)]));
    if (!run || run.end - run.start < Math.max(fewest, most * of)) continue;
    const at = (rank: number): Example | undefined => {
      const row = missing.find(({ ranks }) => ranks[order] === rank);
      return row && keyOf(row);
    };
    const [first, last] = [at(run.start), at(run.end - 1)];
    const ends = first && last ? [first, last] : [];
    return { order, n: run.end - run.start, toTheEnd: run.end === counts.left, ends };
  }
  return undefined;
};
