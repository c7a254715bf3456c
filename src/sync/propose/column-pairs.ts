import { likeness } from './header.ts';
import type { Look } from './looks.ts';

/** A column of each side, and how alike their headers are. */
export interface ColumnPair {
  readonly left: Look;
  readonly right: Look;
  /** 0 to 1. */
  readonly like: number;
}

/** So many pairs are looked at one by one: of 500 columns on each side all. */
const mostPairs = 250_000;
/** Of larger tables, so many on each side of those that have no column of their name on the other side. */
const mostOfOne = 300;

const nameOf = ({ header, name }: Look): string => (header.plain === '' ? name : header.plain);

const byName = (looks: readonly Look[]): ReadonlyMap<string, readonly Look[]> => {
  const found = new Map<string, Look[]>();
  for (const look of looks) {
    const name = nameOf(look);
    const same = found.get(name);
    if (same) same.push(look);
    else found.set(name, [look]);
  }
  return found;
};

const eachWithEach = (left: readonly Look[], right: readonly Look[]): readonly ColumnPair[] =>
  left.flatMap((one) => right.map((other) => ({ left: one, right: other, like: likeness(one.header, other.header) })));

/**
 * Pairs of columns that may belong together: each with each. Of very wide tables those of one name, and each with each of the first
 * ones that have no such column; ten thousand columns a side would be a hundred million pairs.
 */
export const columnPairs = (left: readonly Look[], right: readonly Look[]): readonly ColumnPair[] => {
  if (left.length * right.length <= mostPairs) return eachWithEach(left, right);
  const [ours, theirs] = [byName(left), byName(right)];
  const named = left.flatMap((one) =>
    (theirs.get(nameOf(one)) ?? []).map((other) => ({ left: one, right: other, like: 1 })),
  );
  const without = (looks: readonly Look[], others: ReadonlyMap<string, unknown>): readonly Look[] =>
    looks.filter((look) => !others.has(nameOf(look))).slice(0, mostOfOne);
  return [...named, ...eachWithEach(without(left, theirs), without(right, ours))];
};

/** How alike the header of a column is to the likest of these: of very many, to one of its name and the first ones. */
export const likest = (looks: readonly Look[]): ((look: Look) => number) => {
  const names = new Set(looks.map(nameOf));
  const first = looks.slice(0, mostOfOne);
  return (look) =>
    names.has(nameOf(look)) ? 1 : first.reduce((most, { header }) => Math.max(most, likeness(look.header, header)), 0);
};
