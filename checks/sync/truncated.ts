import type { ColumnType } from '../../src/model/sync/column.ts';
import { type PairsHypothesis, pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { LengthUnit } from '../../src/reason/encoding/text-length.ts';
import { type Cut, cutsIn, isCutAt } from './cut-at.ts';
import { madeIn } from './either-side.ts';

/** A number or a time that ends early has lost its precision, which other causes are about. */
const measured: readonly ColumnType[] = ['number', 'amount', 'date', 'timestamp', 'boolean'];

/** Values that are cut at a limit which is counted in one of these units. */
export const truncatedIn = (...units: readonly LengthUnit[]): PairsHypothesis =>
  pairsHypothesis<Cut>({
    effect: 'wrong',
    propose: (view) =>
      view.columns
        .filter(({ at, key, type }) => !key && !measured.includes(type) && (view.differing[at] ?? 0) > 0)
        .flatMap(({ at }) =>
          (['right', 'left'] as const).flatMap((side) => {
            const params = cutsIn(view, at, side);
            return params && units.includes(params.unit) ? [{ columns: [at], params }] : [];
          }),
        ),
    explains: (pair, column, params) => isCutAt(madeIn(pair, column, params.side), params),
  });
