import type { Explained, Unexplained } from '../../model/sync/comparison.ts';
import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import type { StandingRows } from './stand-rows.ts';

/** Rows of a population that nothing explains, of those that were looked at. */
export const openRowsOf = (
  population: 'missing' | 'extra',
  view: Pick<ComparisonView, 'missing' | 'extra'>,
  standing: readonly StandingRows[],
): readonly SeenRow[] => {
  const known = new Set(
    standing.flatMap(({ hypothesis, explained }) => (hypothesis.population === population ? explained : [])),
  );
  return view[population].filter((row) => !known.has(row));
};

const openOf = (
  population: 'missing' | 'extra',
  view: Pick<ComparisonView, 'missing' | 'extra' | 'counts'>,
  explained: readonly Explained[],
): number => {
  const looked = view[population].length;
  const known = explained.reduce((n, one) => n + (one.population === population ? one.share.n : 0), 0);
  const open = Math.max(0, looked - known);
  return looked === 0 ? view.counts[population] : Math.round((open / looked) * view.counts[population]);
};

/** Missing and extra rows that nothing explains; of a sampled kind, as many as its share comes to. */
export const openRows = (
  view: Pick<ComparisonView, 'missing' | 'extra' | 'counts'>,
  explained: readonly Explained[],
): Pick<Unexplained, 'missing' | 'extra' | 'estimated'> => {
  const estimated = (['missing', 'extra'] as const).filter((population) => {
    const looked = view[population].length;
    return looked > 0 && looked < view.counts[population];
  });
  return {
    missing: openOf('missing', view, explained),
    extra: openOf('extra', view, explained),
    ...(estimated.length > 0 ? { estimated } : {}),
  };
};
