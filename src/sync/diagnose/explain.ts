import type { ComparedColumn } from '../../model/sync/column.ts';
import type { Explained } from '../../model/sync/comparison.ts';
import type { RowPair } from '../../model/sync/view.ts';
import type { StandingPairs } from './try-pairs.ts';

/** A cause that stands, as it explains a value. */
export type StandingCause = Pick<Explained, 'cause' | 'effect' | 'detail'> & { readonly aged?: true };

/** What one pair came to: each column in which it differs; without `by` nothing explains it. */
export type PairVerdict = readonly { readonly column: number; readonly by?: StandingCause }[];

/** The same with what is counted of it: which of those that stand, and where the column is among those that it is about. */
type Explanation =
  | { readonly column: number; readonly by: StandingCause; readonly which: number; readonly place: number }
  | { readonly column: number; readonly by?: never; readonly which: -1 };

/**
 * What explains each difference of a pair: the first of what stands. A million pairs go through here, so what is told of one is made of
 * parts that are there already.
 */
export const explainer = (
  standing: readonly StandingPairs[],
  columns: readonly ComparedColumn[],
): ((pair: RowPair) => readonly Explanation[]) => {
  const told = standing.map(({ cause, hypothesis, columns: about, params }, which) => {
    const { effect, aged } = hypothesis;
    const by: StandingCause = { cause: cause.id, effect, detail: params, ...(aged ? { aged } : {}) };
    return { hypothesis, params, about, by, which };
  });
  const asked = columns.map(({ at: column }) => ({
    column,
    may: told.flatMap(({ hypothesis, params, about, by, which }) => {
      const place = about.indexOf(column);
      return place < 0 ? [] : [{ hypothesis, params, explanation: { column, by, which, place } }];
    }),
    open: { column, which: -1 as const },
  }));
  return (pair) => {
    const found: Explanation[] = [];
    for (const { column, may, open } of asked) {
      if ((pair.left[column] ?? '') === (pair.right[column] ?? '')) continue;
      const first = may.find(({ hypothesis, params }) => hypothesis.explains(pair, column, params, columns));
      found.push(first?.explanation ?? open);
    }
    return found;
  };
};
