import { differingPairs } from '../../model/sync/hypothesis.ts';
import type { ComparisonView, RowPair } from '../../model/sync/view.ts';

/** Where one column differs among the pairs of the sample. */
export interface ColumnPlaces {
  readonly column: number;
  /** By place: its pair. */
  readonly pairs: readonly RowPair[];
  /**
   * By place: which of `distinct` different pairs of values stands there. Absent where hardly two places are alike, and nothing would
   * be saved.
   */
  readonly alike?: { readonly of: Uint32Array; readonly distinct: number };
}

/** So many are looked at to see whether values come again. */
const probed = 1000;

const alikeIn = (pairs: readonly RowPair[], column: number): ColumnPlaces['alike'] => {
  const some = new Set(pairs.slice(0, probed).map(({ left, right }) => `${left[column]}\u0000${right[column]}`));
  if (some.size > Math.min(pairs.length, probed) / 2) return undefined;
  const byLeft = new Map<string, Map<string, number>>();
  let distinct = 0;
  const of = new Uint32Array(pairs.length);
  for (const [at, { left, right }] of pairs.entries()) {
    const [from, to] = [left[column] ?? '', right[column] ?? ''];
    let byRight = byLeft.get(from);
    if (!byRight) {
      byRight = new Map();
      byLeft.set(from, byRight);
    }
    let number = byRight.get(to);
    if (number === undefined) {
      number = distinct;
      distinct += 1;
      byRight.set(to, number);
    }
    of[at] = number;
  }
  return { of, distinct };
};

/** By column, the places in which the pairs of the view differ; columns without any are absent. */
export const placesIn = (view: Pick<ComparisonView, 'pairs' | 'columns'>): ReadonlyMap<number, ColumnPlaces> =>
  new Map(
    view.columns.flatMap(({ at }) => {
      const differing = differingPairs(view, at);
      if (differing.length === 0) return [];
      const alike = alikeIn(differing, at);
      return [[at, { column: at, pairs: differing, ...(alike ? { alike } : {}) }] as const];
    }),
  );
