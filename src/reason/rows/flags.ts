import type { ComparisonView, RowPair } from '../../model/sync/view.ts';
import { fieldsOn } from './fields.ts';

/** One value of one column that marks rows. */
export interface Flag {
  readonly column: string;
  readonly value: string;
}

const fewest = 20;
const mostValues = 60;
const leastLift = 0.8;

/**
 * The value of a column, compared or not, that nearly all rows of a kind have and hardly any other row: the strongest of them, of either
 * side; undefined where there is none, or too few rows of the kind are among the present ones.
 */
export const flagOf = (
  view: ComparisonView,
  isKind: (pair: RowPair) => boolean,
  {
    sides = ['left', 'right'],
    without = [],
    fits = () => true,
  }: {
    readonly sides?: readonly ('left' | 'right')[];
    /** Compared columns that make up the kind. */
    readonly without?: readonly number[];
    readonly fits?: (name: string) => boolean;
  } = {},
): Flag | undefined => {
  const kinds = view.present.map(({ pair }) => isKind(pair));
  const total = kinds.filter((is) => is).length;
  const others = kinds.length - total;
  if (total < fewest || others < fewest) return undefined;
  const found = sides.flatMap((side) =>
    fieldsOn(view, side).flatMap(({ name, at: column, present }) => {
      if ((column !== undefined && without.includes(column)) || !fits(name)) return [];
      const [of, rest] = [new Map<string, number>(), new Map<string, number>()];
      for (const [at, value] of present.entries()) {
        const counts = kinds[at] ? of : rest;
        counts.set(value, (counts.get(value) ?? 0) + 1);
        if (counts.size > mostValues) return [];
      }
      return [...of].flatMap(([value, n]) => {
        const elsewhere = rest.get(value) ?? 0;
        const lift = n / total - elsewhere / others;
        // Where nearly all are of the kind, those of it that somebody edited since weigh among the few others.
        return value !== '' && n >= 0.95 * total && elsewhere <= 0.02 * Math.max(others, total) && lift >= leastLift
          ? [{ column: name, value, lift }]
          : [];
      });
    }),
  );
  const [best] = found.toSorted((a, b) => b.lift - a.lift);
  return best && { column: best.column, value: best.value };
};
