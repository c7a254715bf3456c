import type { SeenRow } from '../../model/sync/view.ts';
import { oncePerView } from './memo.ts';
import { inSegment, isCategory, isScope, segments } from './stump.ts';

/**
 * Missing records that a whole kind of records explains (a filter, a permission): whoever read the others never had these, so that their
 * places and times say nothing of how he read.
 */
export const leftOut = oncePerView((view): ReadonlySet<SeenRow> => {
  const kinds = segments(view, 'left', (field) => isCategory(field) || isScope(field));
  return new Set(view.missing.filter((row) => kinds.some((kind) => inSegment(view, 'left', row, kind))));
});
