import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { type InOrder, rankIn, rowsIn, variantsOf } from './as-read.ts';
import { leftOut } from './left-out.ts';
import { oncePerView } from './memo.ts';
import { missingRuns, type Order, type Run, runsOf } from './positions.ts';

/** `passed`: only of the records that no filter or permission leaves out as a whole kind, as whoever reads page by page counts them. */
export interface PassedOrder extends InOrder {
  readonly [name: string]: unknown;
  readonly passed?: true;
}

/** Once for each way of counting. */
const perWay = <Result>(make: (view: ComparisonView, way: PassedOrder) => Result) => {
  const known = oncePerView(() => new Map<string, Result>());
  return (view: ComparisonView, { order, asRead, passed }: PassedOrder): Result => {
    const name = `${order} ${asRead} ${passed === true}`;
    const before = known(view).get(name);
    if (before !== undefined) return before;
    const made = make(view, { order, asRead, ...(passed ? { passed } : {}) });
    known(view).set(name, made);
    return made;
  };
};

/** The ways in which the records of an order are counted: where some kinds are left out, without them as well. */
export const waysOf = (view: ComparisonView, order: Order): readonly PassedOrder[] => {
  const all = variantsOf(view, order).map(({ asRead }): PassedOrder => ({ order, asRead }));
  // Of a sample nobody knows how many of them stand before a record.
  const known = view.missing.length === view.counts.missing && leftOut(view).size > 0;
  return known ? [...all, ...all.map((way): PassedOrder => ({ ...way, passed: true }))] : all;
};

/** Places of those that are left out, ascending. */
const outOf = perWay((view, way) =>
  Float64Array.from([...leftOut(view)].flatMap((row) => rankIn(view, row, way) ?? [])).sort(),
);

const below = (sorted: Float64Array, rank: number): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < rank) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The place of a left record; undefined of one that is left out. */
export const placeIn = (view: ComparisonView, row: SeenRow, way: PassedOrder): number | undefined => {
  const rank = rankIn(view, row, way);
  if (rank === undefined || !way.passed) return rank;
  return leftOut(view).has(row) ? undefined : rank - below(outOf(view, way), rank);
};

/** How many records are counted. */
export const placesIn = (view: ComparisonView, way: PassedOrder): number =>
  rowsIn(view, way) - (way.passed ? leftOut(view).size : 0);

const passedRuns = perWay((view, way) => runsOf(view.missing.flatMap((row) => placeIn(view, row, way) ?? [])));

/** Stretches of missing records that stand side by side. */
export const runsAmong = (view: ComparisonView, way: PassedOrder): readonly Run[] =>
  way.passed ? passedRuns(view, way) : missingRuns(view, way);

/** What a sentence says of it, behind the order. */
export const passedWords = (detail: Readonly<Record<string, unknown>>): { readonly en: string; readonly ja: string } =>
  detail.passed === true
    ? {
        en: ', counted without the kinds of records that lack as a whole',
        ja: '（種類ごと抜けているレコードを除いて数えた順）',
      }
    : { en: '', ja: '' };
