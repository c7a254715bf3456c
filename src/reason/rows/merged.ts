import type { ComparisonView, RowPair, SeenRow } from '../../model/sync/view.ts';
import { wasGivenOut } from './key-sequence.ts';
import { countAmong, matchColumns, matchKey } from './matches.ts';
import { oncePerView } from './memo.ts';

const fewest = 20;
/** How much more often than among present records it must be. */
const muchMore = 5;

/** Whether another record that is still on the left has the same e-mail or telephone. */
export const survives = (view: ComparisonView, row: SeenRow, pair?: RowPair): boolean =>
  matchColumns(view).some((match) => {
    // Whoever it was merged into may be missing on the right by itself.
    const n = countAmong(view, 'present-left', row, match) + countAmong(view, 'missing', row, match);
    const own =
      pair !== undefined &&
      matchKey(pair.left[match.at] ?? '', match.type) === matchKey(pair.right[match.at] ?? '', match.type);
    return n > (own ? 1 : 0) && n <= 4;
  });

/** Extra records that the left side once had and whose person it still has; none where present records share as much. */
export const mergedRows = oncePerView((view): ReadonlySet<SeenRow> => {
  const gone = view.extra.filter((row) => wasGivenOut(view, row));
  const merged = gone.filter((row) => survives(view, row));
  if (merged.length < fewest) return new Set();
  const usual = view.present.filter(({ pair, right }) => survives(view, right, pair)).length;
  const usualShare = usual / Math.max(1, view.present.length);
  return new Set(merged.length >= muchMore * usualShare * gone.length ? merged : []);
});
