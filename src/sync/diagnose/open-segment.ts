import type { OpenSegment } from '../../model/sync/comparison.ts';
import type { ComparisonView } from '../../model/sync/view.ts';
import { wilson } from '../../reason/rows/statistics.ts';
import { inSegment, isCategory, isScope, segments } from '../../reason/rows/stump.ts';

/** Of the extra records, so many have to be of the segment. */
const most = 0.8;

/** What sets most extra records apart from all others. Why they are not on the left nobody can tell from it, and yet it is no chance. */
export const openSegment = (view: ComparisonView): OpenSegment | undefined => {
  const [found] = segments(view, 'right', (field) => isScope(field) || isCategory(field), { deep: false });
  if (!found) return undefined;
  const of = view.extra.length;
  const n = view.extra.filter((row) => inSegment(view, 'right', row, found)).length;
  return n < most * of ? undefined : { column: found.column, value: found.value, share: { n, of, ...wilson(n, of) } };
};
