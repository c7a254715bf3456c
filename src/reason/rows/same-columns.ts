import type { Example } from '../../model/sync/comparison.ts';
import type { ComparisonView } from '../../model/sync/view.ts';
import { keyOf } from './fields.ts';
import { oncePerView } from './memo.ts';

/** A column of each side that is compared with nothing, and both hold the same. */
export interface SameColumns {
  readonly left: string;
  readonly right: string;
  /** Records in which both are equal, of those in which either has a value. */
  readonly n: number;
  readonly of: number;
  readonly examples: readonly Example[];
}

const mostColumns = 100;
const looked = 2000;
const fewest = 50;
const least = 0.9;

const heldAgainst = (left: readonly string[], right: readonly string[]) => {
  let [n, of, turned] = [0, 0, 0];
  for (const [at, value] of left.entries()) {
    const other = right[at] ?? '';
    if (value === '' && other === '') continue;
    of += 1;
    if (value === other) n += 1;
    // What is equal to the value of another row as often says nothing.
    if (value === right[(at + 7 + (right.length >> 1)) % right.length]) turned += 1;
  }
  return { n, of, turned };
};

/** Of the columns that are compared with nothing: which hold the same on both sides, each column once, the surest first. */
export const sameColumns = oncePerView((view: ComparisonView): readonly SameColumns[] => {
  const [lefts, rights] = [view.unmapped.left.slice(0, mostColumns), view.unmapped.right.slice(0, mostColumns)];
  const candidates = lefts
    .flatMap((left) =>
      rights.flatMap((right) => {
        const [some, others] = [left.ofPresent.slice(0, looked), right.ofPresent.slice(0, looked)];
        const first = heldAgainst(some, others);
        if (first.of < fewest || first.n <= least * first.of || first.turned >= 0.5 * first.n) return [];
        const { n, of } = heldAgainst(left.ofPresent, right.ofPresent);
        return n > least * of ? [{ left, right, n, of }] : [];
      }),
    )
    .toSorted((a, b) => b.n / b.of - a.n / a.of);
  const used = new Set<object>();
  return candidates.flatMap(({ left, right, n, of }) => {
    if (used.has(left) || used.has(right)) return [];
    used.add(left).add(right);
    const examples = view.present.flatMap((row, at) => {
      const value = left.ofPresent[at] ?? '';
      return value !== '' && value === right.ofPresent[at]
        ? [{ key: keyOf(view, row.left) ?? '', left: value, right: value }]
        : [];
    });
    return [{ left: left.column.name, right: right.column.name, n, of, examples: examples.slice(0, 3) }];
  });
});

/** A byte order mark at the start of a name, as it is or as a program that reads bytes for letters shows it. */
export const withoutMark = (name: string): string | undefined => {
  const mark = ['\ufeff', 'ï»¿'].find((one) => name.startsWith(one));
  return mark === undefined ? undefined : name.slice(mark.length);
};
