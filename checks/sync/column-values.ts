import type { ComparedColumn } from '../../src/model/sync/column.ts';
import type { Side } from '../../src/model/sync/side.ts';
import type { ComparisonView, RowPair } from '../../src/model/sync/view.ts';
import { type Made, madeIn } from './either-side.ts';

/** Columns in which something differs and that are no part of the key. */
export const openColumns = (view: ComparisonView): readonly ComparedColumn[] =>
  view.columns.filter(({ at, key }) => !key && (view.differing[at] ?? 0) > 0);

/** The same, of which so many differ that something can be named: all records are gone through for these. */
export const faultyColumns = (view: ComparisonView): readonly ComparedColumn[] =>
  openColumns(view).filter(({ at }) => (view.differing[at] ?? 0) >= 20);

/** Of the first pairs those that differ in so many columns. */
export const differingAtLeast = (view: ComparisonView, least: number): readonly RowPair[] => {
  const open = openColumns(view);
  const isOpen = ({ left, right }: RowPair): boolean => open.filter(({ at }) => left[at] !== right[at]).length >= least;
  return view.pairs.slice(0, 2000).filter(isOpen);
};

export const sides = ['right', 'left'] as const;

/** All of them, but for a few that somebody has changed by hand. */
export const isNearlyAll = (n: number, of: number): boolean => of - n <= Math.max(1, 0.003 * of);

const looked = 20_000;

/** A column of the rows that are on both sides, equal or not. */
export const presentIn = (view: ComparisonView, column: number, side: Side): readonly Made[] =>
  view.present.slice(0, looked).map(({ pair }) => madeIn(pair, column, side));

/**
 * What `look` makes of each open column on each side, from its values in the rows that are on both sides; `isWorthwhile` may turn a column
 * away before they are read.
 */
export const inEachColumn = <Params>(
  view: ComparisonView,
  look: (made: readonly Made[], side: Side) => Params | undefined,
  isWorthwhile: (column: number, side: Side) => boolean = () => true,
): readonly { readonly columns: readonly [number]; readonly params: Params }[] =>
  openColumns(view).flatMap(({ at }) =>
    sides.flatMap((side) => {
      const params = isWorthwhile(at, side) ? look(presentIn(view, at, side), side) : undefined;
      return params === undefined ? [] : [{ columns: [at] as const, params }];
    }),
  );
