import type { ColumnType, ComparedColumn } from '../../model/sync/column.ts';
import { differingIn, type ValuePair } from '../../model/sync/hypothesis.ts';
import type { ComparisonView, RowPair } from '../../model/sync/view.ts';
import { instantOf, type Moment, momentOf } from '../moments.ts';

export interface MomentPair {
  readonly left: Moment;
  readonly right: Moment;
}

/** The zones that the configuration gives to times without an offset: they travel in the parameters of a hypothesis. */
export interface Zones {
  readonly leftZone?: string;
  readonly rightZone?: string;
}

export const zonesOf = ({ config }: Pick<ComparisonView, 'config'>): Zones => ({
  ...(config.left.timeZone === undefined ? {} : { leftZone: config.left.timeZone }),
  ...(config.right.timeZone === undefined ? {} : { rightZone: config.right.timeZone }),
});

export const momentsOf = ({ left, right }: ValuePair): MomentPair | undefined => {
  const [a, b] = [momentOf(left), momentOf(right)];
  return a && b ? { left: a, right: b } : undefined;
};

/** Right minus left in milliseconds. Where one side shows no part of a second, that of the other does not count. */
export const shiftOf = ({ left, right }: MomentPair, { leftZone, rightZone }: Zones = {}): number => {
  const [a, b] = [instantOf(left, leftZone), instantOf(right, rightZone)];
  if (left.nanos !== 0 && right.nanos !== 0) return b - a;
  return Math.floor(b / 1000) * 1000 - Math.floor(a / 1000) * 1000;
};

const most = 2000;

/** The differing pairs of a column that are dates or times on both sides; at most 2,000 are read. */
export const differingMoments = (view: ComparisonView, at: number): readonly MomentPair[] =>
  differingIn(view, at)
    .slice(0, most)
    .flatMap((pair) => momentsOf(pair) ?? []);

/** Columns of these types, outside the key, that differ somewhere. */
export const differingColumns = (view: ComparisonView, types: readonly ColumnType[]): readonly ComparedColumn[] =>
  view.columns.filter(({ at, type, key }) => !key && (view.differing[at] ?? 0) > 0 && types.includes(type));

export const valuesAt = ({ left, right }: RowPair, at: number): ValuePair => ({
  left: left[at] ?? '',
  right: right[at] ?? '',
});
