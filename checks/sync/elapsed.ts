import { spread } from '../../src/model/spread.ts';
import type { ComparedColumn } from '../../src/model/sync/column.ts';
import { differingPairs, pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Side } from '../../src/model/sync/side.ts';
import type { ComparisonView, RowPair } from '../../src/model/sync/view.ts';
import { type Moment, momentOf } from '../../src/reason/moments.ts';
import { decimalCountOf, placesIn, wholeOf } from '../../src/reason/rows/counts.ts';
import {
  type Count,
  type Counting,
  countedAt,
  countings,
  decimalCountings,
  isCountedAt,
  isCountedBetween,
  lengthOf,
} from '../../src/reason/rows/elapsed.ts';
import { oncePerView } from '../../src/reason/rows/memo.ts';
import { openColumns, sides } from './column-values.ts';

/**
 * When a side counted: all records at one moment, between two that the records leave open (milliseconds on the clock), or each when it was
 * last updated (its column).
 */
type CountedWhen = { readonly at: number; readonly until: number } | { readonly updated: number };

export interface Elapsed extends Readonly<Record<string, unknown>> {
  readonly counting: Counting;
  /** The column of the dates that are counted from. */
  readonly base: number;
  readonly name: string;
  /** How many decimals the counts of each side have. */
  readonly places: Readonly<Record<Side, number>>;
  readonly left: CountedWhen;
  readonly right: CountedWhen;
}

const fewest = 20;
const looked = 300;
const glanced = 40;
const mostPresent = 2000;
/** Another fault may be in the column as well. */
const leastOfSide = 0.6;
/** On one side at least nearly all records are counted so, those that agree among them. */
const leastOfAll = 0.9;

const day = 86_400_000;
/** A copy is made some time after the update that it followed; neither clock has to be that of the same zone. */
const before = 14 * 3_600_000;
const after = 1.5 * day;

const baseOf = ({ left, right }: RowPair, base: number): Moment | undefined =>
  momentOf(left[base] ?? '') ?? momentOf(right[base] ?? '');

interface FromDate {
  readonly column: number;
  readonly base: number;
  readonly counting: Counting;
  readonly places: Readonly<Record<Side, number>>;
}

const countIn = (pair: RowPair, side: Side, { column, base, places }: FromDate): Count | undefined => {
  const text = pair[side][column] ?? '';
  const n = places[side] === 0 ? wholeOf(text) : decimalCountOf(text)?.n;
  const date = n === undefined ? undefined : baseOf(pair, base);
  return n === undefined || date === undefined ? undefined : { date, n, step: 10 ** -places[side] };
};

const isCounted = (
  pair: RowPair,
  count: Count | undefined,
  counting: Counting,
  { when, side }: { readonly when: CountedWhen; readonly side: Side },
): boolean => {
  if (!count) return false;
  if ('at' in when) return isCountedAt(count, counting, when.at);
  const updated = momentOf(pair[side][when.updated] ?? '')?.wall;
  return updated !== undefined && isCountedBetween(count, counting, [updated - before, updated + after]);
};

/** Of the pairs that have a count and its date, the share that this side counted so. */
const heldOn = (
  side: Side,
  pairs: readonly RowPair[],
  { when, ...from }: FromDate & { readonly when: CountedWhen },
): number => {
  let [n, of] = [0, 0];
  for (const pair of pairs) {
    const count = countIn(pair, side, from);
    if (!count) continue;
    of += 1;
    if (isCounted(pair, count, from.counting, { when, side })) n += 1;
  }
  return of < fewest ? 0 : n / of;
};

interface Tried {
  readonly params: Elapsed;
  readonly share: number;
  /** How far from now it was, in milliseconds. */
  readonly away: number;
}

/** Numbers with decimals may be rounded to the nearest: then their clock is half a step ahead, and it is not told which it was. */
export const aheadBy = (side: Side, { counting, places }: Pick<FromDate, 'counting' | 'places'>): number =>
  places[side] === 0 ? 0 : (lengthOf(counting.unit) * 10 ** -places[side]) / 2;

/** A count that was made long ago, or is to be made yet, is none. */
const isTime = (at: number, now: number, ahead: number): boolean =>
  at <= now + 3 * day + ahead && at >= now - 7300 * day;

/** The one moment at which most of these were counted. */
const momentOn = (
  side: Side,
  pairs: readonly RowPair[],
  from: FromDate,
): { readonly when: { readonly at: number; readonly until: number }; readonly share: number } => {
  const counts = pairs.flatMap((pair) => countIn(pair, side, from) ?? []);
  const { from: at = 0, until = 0, n = 0 } = countedAt(counts, from.counting) ?? {};
  return { when: { at, until }, share: n / Math.max(1, counts.length) };
};

const triedOf = (view: ComparisonView, pairs: readonly RowPair[], from: FromDate, name: string): readonly Tried[] => {
  const glance = pairs.slice(0, glanced);
  if (sides.every((side) => momentOn(side, glance, from).share < leastOfSide)) return [];
  const { now } = view.times;
  const updated = view.columns.find(({ role }) => role === 'updated-at')?.at;
  const whenOf = (side: Side): { readonly when: CountedWhen; readonly share: number } => {
    const found = momentOn(side, pairs, from);
    if (found.share >= leastOfSide)
      return isTime(found.when.at, now, aheadBy(side, from)) ? found : { ...found, share: 0 };
    if (updated === undefined) return found;
    const when = { updated };
    return { when, share: heldOn(side, pairs, { ...from, when }) };
  };
  const [left, right] = [whenOf('left'), whenOf('right')];
  if (left.share < leastOfSide || right.share < leastOfSide) return [];
  const { counting, base, places } = from;
  const params = { counting, base, name, places, left: left.when, right: right.when };
  const away = Math.max(...[left.when, right.when].map((when) => ('at' in when ? now - when.at : 0)));
  return [{ params, share: left.share + right.share, away }];
};

/** That a little more is explained by another unit or date says nothing, and of dates that run along one is that of today. */
const isBetter = (one: Tried, other: Tried | undefined): boolean => {
  if (!other) return true;
  if (Math.abs(one.share - other.share) > 0.02) return one.share > other.share;
  return one.away < other.away - 45 * day;
};

/** Nearer, from all records and not those alone that differ; a side of which some records were counted at another time stays as it is. */
const nearer = (params: Elapsed, column: number, present: readonly RowPair[]): Elapsed => {
  const on = (side: Side): CountedWhen => {
    if ('updated' in params[side]) return params[side];
    const { when, share } = momentOn(side, present, { ...params, column });
    return share >= leastOfAll ? when : params[side];
  };
  return { ...params, left: on('left'), right: on('right') };
};

const isCount =
  (column: number) =>
  ({ left, right }: RowPair): boolean =>
    [left, right].every((values) => decimalCountOf(values[column] ?? '') !== undefined);

const elapsedIn = (view: ComparisonView, column: number): readonly Elapsed[] => {
  const pairs = spread(differingPairs(view, column).filter(isCount(column)), looked);
  if (pairs.length < fewest) return [];
  const placesOn = (side: Side): number => placesIn(pairs.map((pair) => pair[side][column] ?? ''));
  const places = { left: placesOn('left'), right: placesOn('right') };
  const ways = places.left + places.right === 0 ? countings : decimalCountings;
  let best: Tried | undefined;
  for (const { at: base, type, key, left: name } of view.columns) {
    if (key || base === column || (type !== 'date' && type !== 'timestamp')) continue;
    for (const counting of ways) {
      for (const one of triedOf(view, pairs, { column, base, counting, places }, name))
        if (isBetter(one, best)) best = one;
    }
  }
  if (!best) return [];
  const present = spread(view.present, mostPresent).map(({ pair }) => pair);
  const params = nearer(best.params, column, present);
  const proven = sides.some((side) => heldOn(side, present, { ...params, column, when: params[side] }) >= leastOfAll);
  return proven ? [params] : [];
};

const mayCount: (column: ComparedColumn) => boolean = ({ type }) =>
  !['date', 'timestamp', 'reference', 'email', 'phone', 'boolean'].includes(type);

const elapsedByColumn = oncePerView(
  (view): ReadonlyMap<number, readonly Elapsed[]> =>
    new Map(
      openColumns(view)
        .filter(mayCount)
        .map(({ at }) => [at, elapsedIn(view, at)]),
    ),
);

/** Whether the values of a column are counted from a date of the record. */
export const isElapsedIn = (view: ComparisonView, column: number): boolean =>
  (elapsedByColumn(view).get(column) ?? []).length > 0;

/** Numbers that both sides counted from a date of the same record, at two moments. */
export const countedFromDate = pairsHypothesis<Elapsed>({
  effect: 'expected',
  wholeRow: true,
  propose: (view) =>
    [...elapsedByColumn(view)].flatMap(([at, found]) => found.map((params) => ({ columns: [at], params }))),
  explains: (pair, column, { base, counting, places, ...whens }) =>
    sides.every((side) =>
      isCounted(pair, countIn(pair, side, { column, base, counting, places }), counting, { when: whens[side], side }),
    ),
});
