import { rememberFor } from '../../src/model/remember.ts';
import { type PairsHypothesis, pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Side } from '../../src/model/sync/side.ts';
import type { ComparisonView, RowPair } from '../../src/model/sync/view.ts';
import { differingAtLeast } from './column-values.ts';
import { type Made, madeIn } from './either-side.ts';

/** From some column on to the last one, the values of a row stand one column to the right (1) or to the left (-1). */
export interface Moved extends Readonly<Record<string, unknown>> {
  readonly side: Side;
  readonly by: 1 | -1;
  /** Compared columns in the order in which they were written. */
  readonly order: readonly number[];
}

const fewestRows = 5;
/** Different values that stand in the next column: one or two may do so by chance. */
const fewestValues = 3;

const isSame = (to: Made | undefined, from: Made | undefined): boolean => to?.to.trim() === from?.from.trim();

/** An edit changes a value and the time of the record. */
const mostEdited = 2;

/** The place from which on all values up to the end have moved, but for what somebody has edited since. */
const startOf = (made: readonly Made[], by: Moved['by'], last: number): number => {
  let [start, edited] = [last + 1, 0];
  for (let at = last; at >= Math.max(0, by); at -= 1) {
    if (isSame(made[at], made[at - by])) start = at;
    else if (edited === mostEdited) break;
    else edited += 1;
  }
  return start;
};

interface Reading {
  /** Columns that the move explains. */
  readonly columns: ReadonlySet<number>;
  /** How many different values it has brought to where they do not belong. */
  readonly values: number;
}

const readingOf = (pair: RowPair, { side, by, order }: Moved): Reading => {
  const made = order.map((at) => madeIn(pair, at, side));
  const last = by === 1 ? made.length - 1 : made.length - 2;
  const start = startOf(made, by, last);
  const [columns, values] = [new Set<number>(), new Set<string>()];
  for (let at = start; at <= last; at += 1) {
    const [here, column] = [made[at], order[at]];
    if (here === undefined || column === undefined || here.from === here.to) continue;
    // Where it is not what stands beside it, that has been edited since: what stands here came from there all the same.
    columns.add(column);
    if (!isSame(here, made[at - by])) continue;
    if (here.to.trim() !== '') values.add(here.to);
  }
  // Where a field came in, or behind the last one, nothing is left.
  const emptied = by === 1 ? start - 1 : made.length - 1;
  if (made[emptied]?.to === '' && made[emptied]?.from !== '') columns.add(order[emptied] ?? -1);
  return { columns, values: values.size };
};

/** It is asked of each column of a row in turn. */
const readingsUnder = rememberFor((params: Moved) => rememberFor((pair: RowPair) => readingOf(pair, params)));

/** The likeliest first, and of what is left the next: one side to the right looks like the other to the left. */
const inTurn = (candidates: readonly Moved[], pairs: readonly RowPair[]): readonly Moved[] => {
  const told = candidates
    .map((params) => {
      const read = pairs.map((pair) => ({ pair, ...readingOf(pair, params) }));
      const rows = read.filter(({ values }) => values >= fewestValues);
      // On the side where they moved there is also a place that they left.
      return { params, rows, cells: rows.reduce((sum, { columns }) => sum + columns.size, 0) };
    })
    .toSorted((a, b) => b.cells - a.cells);
  const [first, ...others] = told;
  if (first === undefined || first.rows.length < fewestRows) return [];
  const explained = new Set(first.rows.map(({ pair }) => pair));
  const rest = pairs.filter((pair) => !explained.has(pair));
  return [
    first.params,
    ...inTurn(
      others.map(({ params }) => params),
      rest,
    ),
  ];
};

/** Rows with one field too many or too few that were read all the same, whatever made them so. */
export const movedValues = (ordersOf: (view: ComparisonView) => readonly (readonly number[])[]): PairsHypothesis =>
  pairsHypothesis<Moved>({
    effect: 'wrong',
    evenFew: true,
    wholeRow: true,
    propose: (view) => {
      const pairs = differingAtLeast(view, fewestValues);
      if (pairs.length < fewestRows) return [];
      const candidates = ordersOf(view).flatMap((order) =>
        (['right', 'left'] as const).flatMap((side) => ([1, -1] as const).map((by): Moved => ({ side, by, order }))),
      );
      return inTurn(candidates, pairs).map((params) => ({
        columns: view.columns.filter(({ key }) => !key).map(({ at }) => at),
        params,
      }));
    },
    explains: (pair, column, params) => {
      const { columns, values } = readingsUnder(params)(pair);
      return values >= fewestValues && columns.has(column);
    },
  });
