import type { ComparisonView, RowPair, SeenRow } from '../../model/sync/view.ts';
import { countsUp, wasGivenOut } from './key-sequence.ts';
import { oncePerView } from './memo.ts';

type Order = keyof SeenRow['ranks'];

/**
 * Records change while a comparison waits to be made: some are deleted on the left after they were read, others are updated and move to
 * the end of their order. What the right side still tells of them puts each rank where it was when the left side was read.
 */
interface Placed {
  readonly value: string;
  readonly rank: number;
}

interface Correction {
  /** Values that had a place and have none there any more, and those that have one now, both sorted. */
  readonly left: readonly string[];
  readonly come: readonly string[];
  readonly column: number;
  /** What the value of a record was. */
  readonly moved: ReadonlyMap<SeenRow, string>;
  /** Of the records on both sides, how many have moved: a share. */
  readonly share: number;
  readonly known: readonly Placed[];
}

/** How many of them are smaller. */
const below = <Item>(sorted: readonly Item[], isBelow: (item: Item) => boolean): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = sorted[middle];
    if (item !== undefined && isBelow(item)) low = middle + 1;
    else high = middle;
  }
  return low;
};

const columnOf = (view: ComparisonView, order: Order): number | undefined => {
  if (order === 'file') return undefined;
  if (order !== 'key') return view.columns.find(({ role }) => role === `${order}-at`)?.at;
  const [key, ...more] = view.columns.filter((column) => column.key);
  return more.length === 0 ? key?.at : undefined;
};

/** A year first, and all of it in as many digits: texts in the order of their times. */
const yearFirst = /^\d{4}[-/.]/;

const sameForm = (one: string, other: string): boolean =>
  one.length === other.length && one[4] === other[4] && yearFirst.test(one) && yearFirst.test(other);

/** Of the present records, how many may have moved at most. */
const mostMoved = 0.05;

const byValue = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** An update only ever moves a record to a later place. */
const moveOf = (
  { left, right }: RowPair,
  column: number,
): { readonly then: string; readonly now: string } | undefined => {
  const [now = '', then = ''] = [left[column], right[column]];
  return then < now && sameForm(now, then) ? { then, now } : undefined;
};

const placeThen = (pair: RowPair, row: SeenRow, column: number): readonly (readonly [SeenRow, string])[] => {
  const move = pair.left === pair.right ? undefined : moveOf(pair, column);
  return move ? [[row, move.then]] : [];
};

const correctionOf = (view: ComparisonView, order: Order): Correction | undefined => {
  const column = columnOf(view, order);
  // Of a sample nobody knows how many were before a place. Keys and creation times do not move: of these the extra rows say it all, and
  // of updates the changed pairs.
  const whole =
    view.extra.length === view.counts.extra && (order !== 'updated' || view.pairs.length === view.counts.changed);
  if (column === undefined || !whole) return undefined;
  // Keys that were not counted up tell nobody's range: whatever is on the right only may have been on the left, where it is little.
  const isGone = countsUp(view) || view.extra.length > mostMoved * view.counts.matched ? wasGivenOut : () => true;
  const gone = view.extra.filter((row) => isGone(view, row)).map(({ values }) => values[column] ?? '');
  const moves = order === 'updated' ? view.pairs.flatMap((pair) => moveOf(pair, column) ?? []) : [];
  // Where most have moved, the times of the right side are no copies.
  if ((gone.length === 0 && moves.length === 0) || moves.length > mostMoved * view.counts.matched) return undefined;
  const known = [...view.missing, ...view.present.map(({ left }) => left)]
    .flatMap((row): readonly Placed[] => {
      const rank = row.ranks[order];
      return rank === undefined ? [] : [{ value: row.values[column] ?? '', rank }];
    })
    .toSorted((a, b) => a.rank - b.rank);
  const moved = new Map(
    order === 'updated' ? view.present.flatMap(({ pair, left }) => placeThen(pair, left, column)) : [],
  );
  return {
    left: [...gone, ...moves.map(({ then }) => then)].toSorted(byValue),
    come: moves.map(({ now }) => now).toSorted(byValue),
    column,
    moved,
    share: moves.length / Math.max(1, view.counts.matched),
    known,
  };
};

const corrections = oncePerView(
  (view): Readonly<Record<Order, Correction | undefined>> => ({
    key: correctionOf(view, 'key'),
    created: correctionOf(view, 'created'),
    updated: correctionOf(view, 'updated'),
    file: undefined,
  }),
);

/** Ranks as they are, and as they were at reading where the right side tells of others; none where no missing record has one. */
export const variantsOf = (view: ComparisonView, order: Order): readonly { readonly asRead: boolean }[] => {
  if (!view.missing.some(({ ranks }) => ranks[order] !== undefined)) return [];
  return corrections(view)[order] === undefined ? [{ asRead: false }] : [{ asRead: false }, { asRead: true }];
};

export interface InOrder {
  readonly order: Order;
  readonly asRead: boolean;
}

/** The rank of a left record: as it is, or as it was when the record was read. */
export const rankIn = (view: ComparisonView, row: SeenRow, { order, asRead }: InOrder): number | undefined => {
  const rank = row.ranks[order];
  const correction = asRead ? corrections(view)[order] : undefined;
  if (rank === undefined || !correction) return rank;
  const { left, come, column, moved, known } = correction;
  const then = moved.get(row);
  const value = then ?? row.values[column] ?? '';
  const now =
    then === undefined ? rank : (known[below(known, (one) => one.value < value)]?.rank ?? known.at(-1)?.rank ?? rank);
  return now + below(left, (one) => one < value) - below(come, (one) => one < value);
};

/** How many records the left side has, or had when it was read. */
export const rowsIn = (view: ComparisonView, { order, asRead }: InOrder): number => {
  const correction = asRead ? corrections(view)[order] : undefined;
  return view.counts.left + (correction ? correction.left.length - correction.come.length : 0);
};

/** Of the present records, the share that stood elsewhere in this order when the left side was read. */
export const movedIn = (view: ComparisonView, { order, asRead }: InOrder): number => {
  const correction = asRead ? corrections(view)[order] : undefined;
  return correction?.share ?? 0;
};
