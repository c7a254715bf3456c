import { type PairsHypothesis, pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Side } from '../../src/model/sync/side.ts';
import type { ComparisonView, RowPair } from '../../src/model/sync/view.ts';
import { oncePerView } from '../../src/reason/rows/memo.ts';
import type { NeighbourOrder } from '../../src/reason/rows/neighbours.ts';
import { distance, inGroups, inOrder, overlap } from '../../src/reason/rows/permuted.ts';
import { faultyColumns, sides } from './column-values.ts';

/** A column whose values are all there, at other records. */
export interface Permuted extends Readonly<Record<string, unknown>> {
  /** Columns of which this is true. */
  readonly permuted: readonly number[];
  /** The side whose values stand in order from the first record to the last, where one does. */
  readonly sorted?: Side;
  /** By which order of the left records that shows. */
  readonly by?: NeighbourOrder;
  /** There are so few of them that equal ones stand together, whatever order of words the sort has. */
  readonly grouped?: boolean;
}

export const isPermuted = (detail: Readonly<Record<string, unknown>>): detail is Permuted => 'permuted' in detail;

/** Beyond so many values that come again nobody wonders that both sides have the same ones. */
const leastDistinct = 0.2;
const fewest = 20;
const sameValues = 0.9;
/** Of a column that is in order from the first record to the last, hardly any value is where it was. */
const leastSorted = 0.2;
/** Of two halves of one list, and where only a sample of it is known. */
const alike = { whole: 0.02, sample: 0.06 } as const;

const isWhole = ({ present, counts }: ComparisonView): boolean => present.length === counts.matched;

/** The records on both sides in an order of the left ones. */
const listedBy = (by: NeighbourOrder) =>
  oncePerView((view): readonly RowPair[] =>
    view.present
      .flatMap(({ pair, left: { ranks } }) => (ranks[by] === undefined ? [] : [{ rank: ranks[by], pair }]))
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ pair }) => pair),
  );
const listed = { file: listedBy('file'), key: listedBy('key') };

/** Whether the values of one side stand in order where those of the other do not, and are the same ones. */
const sortedIn = (view: ComparisonView, column: number): Pick<Permuted, 'sorted' | 'by' | 'grouped'> | undefined => {
  if ((view.differing[column] ?? 0) < leastSorted * view.counts.matched) return undefined;
  for (const by of ['file', 'key'] as const) {
    const rows = listed[by](view);
    if (rows.length < fewest) continue;
    const left = rows.map((pair) => pair.left[column] ?? '');
    const right = rows.map((pair) => pair.right[column] ?? '');
    const ofSide = sides.flatMap((sorted) => {
      const [own, other] = sorted === 'right' ? [right, left] : [left, right];
      if (inGroups(own, other)) return [{ sorted, by, grouped: true }];
      return inOrder(own, other) ? [{ sorted, by, grouped: false }] : [];
    })[0];
    if (ofSide && distance(left, right) <= alike[isWhole(view) ? 'whole' : 'sample']) return ofSide;
  }
  return undefined;
};

/** Whether the values that differ are the same ones on both sides, and too many for chance. */
const isSameValues = (view: ComparisonView, column: number): boolean => {
  if (!isWhole(view)) return false;
  const differing = view.present.flatMap(({ pair }) => {
    const [left, right] = [pair.left[column] ?? '', pair.right[column] ?? ''];
    return left === right ? [] : [{ left, right }];
  });
  const left = differing.map((one) => one.left);
  if (new Set(left).size < Math.max(fewest, leastDistinct * left.length)) return false;
  const right = differing.map((one) => one.right);
  return overlap(left, right) >= sameValues * left.length;
};

/** At least half of the columns that did not move are equal, and some did not: else it may be another record altogether. */
export const staysItself = ({ left, right }: RowPair, others: readonly number[]): boolean =>
  others.length >= 2 && 2 * others.filter((at) => left[at] === right[at]).length >= others.length;

/** Columns that were sorted, pasted or filled without the rest of the table; `but`: those of which something nearer is told. */
export const permuted = (but: (view: ComparisonView) => readonly number[]): PairsHypothesis =>
  pairsHypothesis<Permuted>({
    effect: 'wrong',
    wholeRow: true,
    ranked: true,
    // The value of another record is that of an unrelated one: that all of them are there is the test.
    ownChance: true,
    propose: (view) => {
      const told = but(view);
      const found = faultyColumns(view).flatMap(({ at }) => {
        if (told.includes(at)) return [];
        const sorted = sortedIn(view, at);
        return sorted || isSameValues(view, at) ? [{ at, sorted }] : [];
      });
      const all = found.map(({ at }) => at);
      return found.map(({ at, sorted }) => ({ columns: [at], params: { permuted: all, ...sorted } }));
    },
    explains: (pair, _, params, columns) =>
      staysItself(
        pair,
        columns.flatMap(({ at, key }) => (key || params.permuted.includes(at) ? [] : [at])),
      ),
  });
