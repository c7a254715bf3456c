import type { ColumnType } from '../../src/model/sync/column.ts';
import { type PairsHypothesis, pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { ComparisonView } from '../../src/model/sync/view.ts';
import type { LengthUnit } from '../../src/reason/encoding/text-length.ts';
import { presentIn } from './column-values.ts';
import { type Cut, cutsIn, isCutAt } from './cut-at.ts';
import { madeIn } from './either-side.ts';

/** A number or a time that ends early has lost its precision, which other causes are about. */
const measured: readonly ColumnType[] = ['number', 'amount', 'date', 'timestamp', 'boolean'];

const fewestLetters = 4;

/**
 * Of a few texts that come again and again, unrelated rows have the same beginnings. That several of them end at one length, and what is
 * lost of them is not the same, or the column says that it holds no more, is the test then.
 */
const isTold = (view: ComparisonView, at: number, { side, limit, unit }: Cut): boolean => {
  const column = view.columns[at];
  const declared = side === 'left' ? column?.leftSource.maxLength : column?.rightSource.maxLength;
  const cut = presentIn(view, at, side).filter((made) => isCutAt(made, { side, limit, unit }));
  if (cut.length < 20) return false;
  if (declared === limit) return true;
  // The first two or three letters of a word may be its sign.
  if (limit < fewestLetters) return false;
  return new Set(cut.map(({ from, to }) => from.slice(to.length))).size >= 2;
};

/** Values that are cut at a limit which is counted in one of these units. */
export const truncatedIn = (...units: readonly LengthUnit[]): readonly PairsHypothesis[] => [
  cutAt(units, false),
  cutAt(units, true),
];

const cutAt = (units: readonly LengthUnit[], told: boolean): PairsHypothesis =>
  pairsHypothesis<Cut>({
    effect: 'wrong',
    ...(told ? { ownChance: true } : {}),
    propose: (view) =>
      view.columns
        .filter(({ at, key, type }) => !key && !measured.includes(type) && (view.differing[at] ?? 0) > 0)
        .flatMap(({ at }) =>
          (['right', 'left'] as const).flatMap((side) => {
            const params = cutsIn(view, at, side);
            const stands = params && units.includes(params.unit) && (!told || isTold(view, at, params));
            return stands ? [{ columns: [at], params }] : [];
          }),
        ),
    explains: (pair, column, params) => isCutAt(madeIn(pair, column, params.side), params),
  });
