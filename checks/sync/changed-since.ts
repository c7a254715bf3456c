import { type Effect, type PairsHypothesis, pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { ComparisonView } from '../../src/model/sync/view.ts';
import {
  type AgeColumns,
  ageColumnsOf,
  agedPairs,
  carriedColumns,
  faultyColumns,
  updatedOn,
} from '../../src/reason/rows/ages.ts';
import { isStaleSince } from '../../src/reason/rows/copied.ts';

interface Since extends Readonly<Record<string, unknown>> {
  readonly from: number;
}

/** What the left side changed after the last that the right side has heard of. */
export const changedSince = <Params extends Since>(
  effect: Effect,
  propose: (view: ComparisonView) => readonly Params[],
): PairsHypothesis =>
  pairsHypothesis<Params & AgeColumns>({
    effect,
    wholeRow: true,
    // What was changed may be anything: that all before it was carried over, and nothing after it, is the test.
    ownChance: true,
    aged: true,
    propose: (view) => {
      const ages = ageColumnsOf(view);
      if (!ages) return [];
      return propose(view).flatMap((params) => {
        if (!isStaleSince(view, params.from)) return [];
        // What differs in records that nobody changed since has another reason.
        const older = agedPairs(view).filter(({ left }) => left <= params.from);
        const besides = faultyColumns(view, older);
        const columns = carriedColumns(view).filter((at) => !besides.includes(at));
        return columns.length === 0 ? [] : [{ columns, params: { ...ages, ...params } }];
      });
    },
    explains: (pair, _, params) => {
      const left = updatedOn(pair, 'left', params);
      return left !== undefined && left > params.from;
    },
  });
