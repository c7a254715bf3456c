import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { oncePerView } from './memo.ts';

/** In which order rows are neighbours. */
export type NeighbourOrder = 'key' | 'file';

/** How far the value was taken from: the row before, or the row after. */
export type Lag = -1 | 1;

const byRank = (order: NeighbourOrder) =>
  oncePerView((view): ReadonlyMap<number, SeenRow> => {
    const rows = [...view.present.map(({ left }) => left), ...view.missing, ...view.repeated.left.flat()];
    return new Map(
      rows.flatMap((row) => {
        const rank = row.ranks[order];
        return rank === undefined ? [] : [[rank, row] as const];
      }),
    );
  });

const ranked = { key: byRank('key'), file: byRank('file') };

/** The left record that stands beside this one; undefined at an end, or where the sample does not hold it. */
export const besideOf = (view: ComparisonView, row: SeenRow, order: NeighbourOrder, lag: Lag): SeenRow | undefined => {
  const rank = row.ranks[order];
  return rank === undefined ? undefined : ranked[order](view).get(rank + lag);
};
