import type { SyncCause } from '../../model/sync/cause.ts';
import type { Explained } from '../../model/sync/comparison.ts';
import type { ComparisonView, RowPair, SeenRow } from '../../model/sync/view.ts';
import { counter, explainedRows } from './count.ts';
import type { PairVerdict, StandingCause } from './explain.ts';
import { explainedFacts } from './facts.ts';
import { openRowsOf } from './open-rows.ts';
import { standingPairs } from './stand-pairs.ts';
import { standingRows } from './stand-rows.ts';

export interface Diagnosed {
  /** The causes that stand, those of most differences first. */
  readonly explained: readonly Explained[];
  /** The same of one pair, for who writes them down. */
  readonly judge: (pair: RowPair) => PairVerdict;
  /** By record of the view's missing ones: what explains it. */
  readonly missing: ReadonlyMap<SeenRow, StandingCause>;
  /** Records of the view that nothing explains. */
  readonly open: { readonly missing: readonly SeenRow[]; readonly extra: readonly SeenRow[] };
  /** What was looked at last, with ranks. */
  readonly view: ComparisonView;
}

/** Whether most of the pairs are no records of both sides, by a cause that says so. */
const joinsStrangers = (
  counted: readonly Explained[],
  causes: readonly SyncCause[],
  { counts }: Pick<ComparisonView, 'counts'>,
): boolean =>
  counted.some(
    ({ cause, proof }) =>
      proof.kind === 'transform' &&
      proof.rowsNowEqual > 0.5 * counts.matched &&
      causes.some(({ id, strangers }) => id === cause && strangers === true),
  );

/**
 * Why the sides differ: hypotheses from the sample, then counted on all changed pairs. `allPairs` gives every one of them where the
 * sample does not hold them all.
 */
export const diagnose = async (
  early: ComparisonView,
  causes: readonly SyncCause[],
  printable: (text: string, most?: number) => string,
  {
    ranked = Promise.resolve(early),
    allPairs,
    visited = () => {},
  }: {
    /** The same view with the ranks of its records, which may still be counted. */
    readonly ranked?: Promise<ComparisonView>;
    /** `wholeRows`: columns besides those that differ are read as well. */
    readonly allPairs?: (wholeRows: boolean) => AsyncIterable<readonly RowPair[]>;
    /** Told of every pair once, in that same pass. */
    readonly visited?: (pair: RowPair, verdict: PairVerdict) => void;
  } = {},
): Promise<Diagnosed> => {
  const standing = await standingPairs(early, causes, ranked);
  const view = await ranked;
  const count = counter(standing, view, printable);
  const visit = (pair: RowPair): void => visited(pair, count.visit(pair));
  const wholeRows = standing.some(({ hypothesis }) => hypothesis.wholeRow === true);
  if (allPairs) for await (const batch of allPairs(wholeRows)) for (const pair of batch) visit(pair);
  else for (const pair of view.pairs) visit(pair);
  const counted = count.explained();
  const rowsStanding = standingRows(view, causes, { strangers: joinsStrangers(counted, causes, view) });
  const rows = explainedRows(rowsStanding, view, printable);
  const missing = new Map(
    rowsStanding.flatMap(({ cause, hypothesis: { effect, population }, params, explained }) =>
      population === 'missing'
        ? explained.map((row) => [row, { cause: cause.id, effect, detail: params }] as const)
        : [],
    ),
  );
  return {
    explained: [...counted, ...rows, ...explainedFacts(view, causes, printable)].toSorted(
      (a, b) => b.share.n - a.share.n,
    ),
    judge: count.judge,
    missing,
    open: { missing: openRowsOf('missing', view, rowsStanding), extra: openRowsOf('extra', view, rowsStanding) },
    view,
  };
};
