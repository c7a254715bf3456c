import type { ComparedColumn } from '../../model/sync/column.ts';
import type { Explained } from '../../model/sync/comparison.ts';
import type { RowPair } from '../../model/sync/view.ts';
import type { StandingPairs } from './try-pairs.ts';

/** A cause that stands, as it explains a value. */
export type StandingCause = Pick<Explained, 'cause' | 'effect' | 'detail'> & { readonly aged?: true };

/** Each column in which a pair differs; without `by` nothing explains it. */
export type Judged = readonly { readonly column: number; readonly by?: StandingCause }[];

/** What explains each difference of a pair: the first of what stands, as it was counted. */
export const judgeOf = (
  standing: readonly StandingPairs[],
  columns: readonly ComparedColumn[],
): ((pair: RowPair) => Judged) => {
  const told = standing.map(
    ({ cause, hypothesis: { effect, aged }, params }): StandingCause => ({
      cause: cause.id,
      effect,
      detail: params,
      ...(aged ? { aged } : {}),
    }),
  );
  return (pair) =>
    columns.flatMap(({ at }) => {
      if (pair.left[at] === pair.right[at]) return [];
      const by =
        told[
          standing.findIndex(
            ({ hypothesis, columns: about, params }) =>
              about.includes(at) && hypothesis.explains(pair, at, params, columns),
          )
        ];
      return [{ column: at, ...(by ? { by } : {}) }];
    });
};
