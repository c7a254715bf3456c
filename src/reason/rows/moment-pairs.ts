import { rememberFor } from '../../model/remember.ts';
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

/**
 * Seconds or milliseconds since 1970, of the years 1973 to 2128: by itself it may be any number, beside a time, or in a column of times, it
 * is one.
 */
const counted = /^([1-4]\d{9}|[1-9]\d{8})(\d{3})?$/;

const countedOf = (text: string): Moment | undefined => {
  const [, seconds, thousandths = '0'] = counted.exec(text) ?? [];
  return seconds === undefined
    ? undefined
    : { wall: 1000 * Number(seconds), nanos: 1e6 * Number(thousandths), offset: 0, timed: true };
};

/** Beside a date alone, ten digits may be a phone number; thirteen, of which the date is the same or the next, are a time. */
const besideDate = (text: string): Moment | undefined => (text.length >= 12 ? countedOf(text) : undefined);

const beside = ({ timed }: Moment, text: string): Moment | undefined => (timed ? countedOf(text) : besideDate(text));

export const momentsOf = ({ left, right }: ValuePair): MomentPair | undefined => {
  const [a, b] = [momentOf(left), momentOf(right)];
  if (a && b) return { left: a, right: b };
  if (a) {
    const other = beside(a, right);
    return other && { left: a, right: other };
  }
  if (b) {
    const other = beside(b, left);
    return other && { left: other, right: b };
  }
  const [one, other] = [countedOf(left), countedOf(right)];
  return one && other && { left: one, right: other };
};

const isWholeMinute = ({ wall, nanos }: Moment): boolean => nanos === 0 && wall % 60_000 === 0;

/** The finest unit that both sides show, of parts of a second, seconds and minutes. */
const unitOf = ({ left, right }: MomentPair): number => {
  if (isWholeMinute(left) !== isWholeMinute(right)) return 60_000;
  return left.nanos !== 0 && right.nanos !== 0 ? 1 : 1000;
};

/** Right minus left in milliseconds. Where one side shows no part of a second, or no second, that of the other does not count. */
export const shiftOf = (pair: MomentPair, { leftZone, rightZone }: Zones = {}): number => {
  const unit = unitOf(pair);
  const [a, b] = [instantOf(pair.left, leftZone), instantOf(pair.right, rightZone)];
  return (Math.floor(b / unit) - Math.floor(a / unit)) * unit;
};

const most = 2000;

/** Several causes ask for the times of the same pairs. */
const momentsIn = rememberFor((pairs: readonly ValuePair[]): readonly MomentPair[] =>
  pairs.slice(0, most).flatMap((pair) => momentsOf(pair) ?? []),
);

/** The differing pairs of a column that are dates or times on both sides; at most 2,000 are read. */
export const differingMoments = (view: ComparisonView, at: number): readonly MomentPair[] =>
  momentsIn(differingIn(view, at));

/** Columns of these types, outside the key, that differ somewhere. */
export const differingColumns = (view: ComparisonView, types: readonly ColumnType[]): readonly ComparedColumn[] =>
  view.columns.filter(({ at, type, key }) => !key && (view.differing[at] ?? 0) > 0 && types.includes(type));

export const valuesAt = ({ left, right }: RowPair, at: number): ValuePair => ({
  left: left[at] ?? '',
  right: right[at] ?? '',
});
