import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { movedIn } from './as-read.ts';
import { oncePerView } from './memo.ts';
import { type PassedOrder, placeIn, placesIn, runsAmong, waysOf } from './passed.ts';
import { pageRuns, pageSizes, type Run, runAt } from './positions.ts';

/** No smaller page is read; of other losses hardly so many stand side by side. */
const shortest = 50;

/** The share of records that lack for another reason than as a page. */
const lostBesides = ({ counts }: ComparisonView, runs: readonly Run[]): number => {
  const single = runs.filter(({ start, end }) => end - start < 0.9 * shortest);
  const lost = single.reduce((total, { start, end }) => total + end - start, 0);
  return lost / Math.max(1, lost + counts.matched);
};

const knownPages = oncePerView(() => new Map<string, readonly Run[]>());

/** Runs of missing records that are whole pages of this size, in an order. */
export const pagesIn = (view: ComparisonView, inOrder: PassedOrder, page: number): readonly Run[] => {
  const known = knownPages(view);
  const name = `${inOrder.order} ${inOrder.asRead} ${inOrder.passed === true} ${page}`;
  const before = known.get(name);
  if (before) return before;
  const runs = runsAmong(view, inOrder);
  const found = pageRuns(runs, page, {
    rows: placesIn(view, inOrder),
    moved: movedIn(view, inOrder),
    lost: lostBesides(view, runs),
  });
  known.set(name, found);
  return found;
};

/** Whether most of these missing records lie in whole pages of the order of the updates. */
export const arePages = (view: ComparisonView, rows: readonly SeenRow[]): boolean =>
  waysOf(view, 'updated').some((inOrder) => {
    return pageSizes(view).some((page) => {
      const pages = pagesIn(view, inOrder, page).toSorted((a, b) => a.start - b.start);
      const inside = rows.filter((row) => {
        const rank = placeIn(view, row, inOrder);
        return rank !== undefined && runAt(pages, rank) !== undefined;
      });
      return inside.length >= 0.7 * rows.length;
    });
  });
