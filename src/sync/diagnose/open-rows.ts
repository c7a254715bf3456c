import type { Explained } from '../../model/sync/comparison.ts';
import type { ComparisonView } from '../../model/sync/view.ts';

/** Rows of a population that nothing explains; of a sampled one, as many as its share comes to. */
export const openOf = (
  population: 'missing' | 'extra',
  view: Pick<ComparisonView, 'missing' | 'extra' | 'counts'>,
  explained: readonly Explained[],
): number => {
  const looked = view[population].length;
  const known = explained.reduce((n, one) => n + (one.population === population ? one.share.n : 0), 0);
  const open = Math.max(0, looked - known);
  return looked === 0 ? view.counts[population] : Math.round((open / looked) * view.counts[population]);
};
