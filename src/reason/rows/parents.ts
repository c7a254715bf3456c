import type { ComparedColumn } from '../../model/sync/column.ts';
import type { ComparisonView } from '../../model/sync/view.ts';
import { agedPairs } from './ages.ts';
import { timeOf } from './moments.ts';

type Side = 'left' | 'right';

/** How lookups that are blank on a side were told from those that are filled. */
export interface Unresolved {
  readonly [name: string]: unknown;
  /** `parent`: the record that is named is in the list itself; `order`: others that name it too were filled later. */
  readonly by: 'parent' | 'order';
  /** Blank lookups that could be judged, and of how many the parent came after. */
  readonly n: number;
  readonly of: number;
}

interface Child {
  readonly names: string;
  readonly blank: boolean;
  readonly created: number;
}

const fewest = 20;
const nearly = 0.9;
/** The times of parent and child may be the same second. */
const rarely = 0.1;

const childrenOf = (view: ComparisonView, { at }: ComparedColumn, side: Side): readonly Child[] =>
  agedOrCreated(view).flatMap(({ pair, created }) => {
    const [own, other] = [pair[side][at] ?? '', pair[side === 'left' ? 'right' : 'left'][at] ?? ''];
    // Who is named by another one was changed since, and says nothing of the load.
    return other === '' || (own !== '' && own !== other) ? [] : [{ names: other, blank: own === '', created }];
  });

const agedOrCreated = (view: ComparisonView) =>
  agedPairs(view).length > 0
    ? agedPairs(view).flatMap(({ pair, leftCreated }) =>
        leftCreated === undefined ? [] : [{ pair, created: leftCreated }],
      )
    : view.present.flatMap(({ pair, left }) => {
        const created = timeOf(view, left, 'created-at');
        return created === undefined ? [] : [{ pair, created }];
      });

/** The parent is a record of the same list, and was made after the child exactly where the lookup is blank. */
const byParent = (view: ComparisonView, children: readonly Child[]): Unresolved | undefined => {
  const key = view.columns.filter((column) => column.key);
  const [only, ...more] = key;
  if (!only || more.length > 0) return undefined;
  const made = new Map<string, number>();
  for (const row of [...view.present.map(({ left }) => left), ...view.missing]) {
    const time = timeOf(view, row, 'created-at');
    if (time !== undefined) made.set(row.values[only.at] ?? '', time);
  }
  const judged = children.flatMap(({ names, blank, created }) => {
    const parent = made.get(names);
    return parent === undefined ? [] : [{ blank, after: parent > created }];
  });
  const [blanks, filled] = [judged.filter(({ blank }) => blank), judged.filter(({ blank }) => !blank)];
  const n = blanks.filter(({ after }) => after).length;
  const filledAfter = filled.filter(({ after }) => after).length;
  return n >= fewest && n >= nearly * blanks.length && filled.length >= fewest && filledAfter <= rarely * filled.length
    ? { by: 'parent', n, of: blanks.length }
    : undefined;
};

/** Of the children of one parent the blank ones are all older than the filled ones, and each parent has its own moment. */
const byOrder = (children: readonly Child[]): Unresolved | undefined => {
  const families = new Map<string, Child[]>();
  for (const child of children) {
    const family = families.get(child.names);
    if (family) family.push(child);
    else families.set(child.names, [child]);
  }
  let [n, of, expected] = [0, 0, 0];
  for (const family of families.values()) {
    const filled = family.filter(({ blank }) => !blank);
    if (filled.length === 0) continue;
    const first = filled.reduce((least, { created }) => Math.min(least, created), Number.POSITIVE_INFINITY);
    const blanks = family.filter(({ blank }) => blank);
    of += blanks.length;
    n += blanks.filter(({ created }) => created < first).length;
    // In any order one blank is before all filled ones as often as it is at each of their places.
    expected += blanks.length / (filled.length + 1);
  }
  if (n < 1.5 * fewest || n < nearly * of || expected > 0.5 * of) return undefined;
  // One moment for all of them is that of a mapping that was added, not of parents that arrived.
  const blankTimes = children.filter(({ blank }) => blank).map(({ created }) => created);
  const last = blankTimes.toSorted((a, b) => a - b)[Math.floor(0.9 * blankTimes.length)] ?? 0;
  const filled = children.filter(({ blank }) => !blank);
  const before = filled.filter(({ created }) => created < last).length;
  return before >= 0.1 * filled.length ? { by: 'order', n, of } : undefined;
};

/** Whether blank lookups of a column are those whose parent came after them; undefined where that cannot be told. */
export const unresolvedIn = (view: ComparisonView, column: ComparedColumn, side: Side): Unresolved | undefined => {
  const children = childrenOf(view, column, side);
  const blanks = children.filter(({ blank }) => blank).length;
  if (blanks < fewest || blanks === children.length) return undefined;
  return byParent(view, children) ?? byOrder(children);
};
