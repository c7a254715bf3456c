import type { ComparedColumn } from '../../model/sync/column.ts';
import { opposite, type Side } from '../../model/sync/side.ts';
import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { agedPairs } from './ages.ts';
import { timeOf } from './moments.ts';

/** How lookups that are blank on a side were told from those that are filled. */
export interface Unresolved {
  readonly [name: string]: unknown;
  /**
   * `parent`: the record that is named is in the list itself; `order`: others that name it too were filled later; `whole`: all records
   * that name one of these are blank, and none that names another one.
   */
  readonly by: 'parent' | 'order' | 'whole';
  /** Where no column tells when records were made, their key does: it counts up. */
  readonly clock: 'created' | 'key';
  /** Blank lookups that could be judged, and of how many the parent came after. */
  readonly n: number;
  readonly of: number;
}

type Found = Pick<Unresolved, 'by' | 'n' | 'of'>;

interface Child {
  readonly names: string;
  readonly blank: boolean;
  readonly created: number;
}

interface Clock {
  readonly by: Unresolved['clock'];
  readonly of: (row: SeenRow) => number | undefined;
}

const fewest = 20;
const nearly = 0.9;
/** The times of parent and child may be the same second. */
const rarely = 0.1;

/** The number in a key that counts up: `C100012`. */
const numberIn = (key: string): number | undefined => {
  const digits = /^\D{0,12}(\d{1,15})$/.exec(key)?.[1];
  return digits === undefined ? undefined : Number(digits);
};

const keyOf = ({ columns }: ComparisonView): ComparedColumn | undefined => {
  const [key, ...more] = columns.filter((column) => column.key);
  return more.length === 0 ? key : undefined;
};

const clockOf = (view: ComparisonView): Clock => {
  if (view.columns.some(({ role }) => role === 'created-at')) {
    return { by: 'created', of: (row) => timeOf(view, row, 'created-at') };
  }
  const key = keyOf(view);
  return { by: 'key', of: ({ values }) => (key ? numberIn(values[key.at] ?? '') : undefined) };
};

const agedOrSeen = (view: ComparisonView, clock: Clock) =>
  clock.by === 'created' && agedPairs(view).length > 0
    ? agedPairs(view).flatMap(({ pair, leftCreated }) =>
        leftCreated === undefined ? [] : [{ pair, created: leftCreated }],
      )
    : view.present.flatMap(({ pair, left }) => {
        const created = clock.of(left);
        return created === undefined ? [] : [{ pair, created }];
      });

const childrenOf = (view: ComparisonView, { at }: ComparedColumn, side: Side, clock: Clock): readonly Child[] =>
  agedOrSeen(view, clock).flatMap(({ pair, created }) => {
    const [own, other] = [pair[side][at] ?? '', pair[opposite(side)][at] ?? ''];
    // Who is named by another one was changed since, and says nothing of the load.
    return other === '' || (own !== '' && own !== other) ? [] : [{ names: other, blank: own === '', created }];
  });

/** The parent is a record of the same list, and was made after the child exactly where the lookup is blank. */
const byParent = (view: ComparisonView, children: readonly Child[], clock: Clock): Found | undefined => {
  const key = keyOf(view);
  if (!key) return undefined;
  const made = new Map<string, number>();
  for (const row of [...view.present.map(({ left }) => left), ...view.missing]) {
    const time = clock.of(row);
    if (time !== undefined) made.set(row.values[key.at] ?? '', time);
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

const familiesOf = (children: readonly Child[]): readonly (readonly Child[])[] => {
  const families = new Map<string, Child[]>();
  for (const child of children) {
    const family = families.get(child.names);
    if (family) family.push(child);
    else families.set(child.names, [child]);
  }
  return [...families.values()];
};

/** One moment for all of the blank ones is that of a mapping that was added, not of parents that arrived. */
const isMixed = (children: readonly Child[]): boolean => {
  const blankTimes = children.filter(({ blank }) => blank).map(({ created }) => created);
  const last = blankTimes.toSorted((a, b) => a - b)[Math.floor(0.9 * blankTimes.length)] ?? 0;
  const filled = children.filter(({ blank }) => !blank);
  return filled.filter(({ created }) => created < last).length >= 0.1 * filled.length;
};

/** Of the children of one parent the blank ones are all older than the filled ones, and each parent has its own moment. */
const byOrder = (children: readonly Child[]): Found | undefined => {
  let [n, of, expected] = [0, 0, 0];
  for (const family of familiesOf(children)) {
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
  return isMixed(children) ? { by: 'order', n, of } : undefined;
};

/** A family of fewer is blank altogether by chance. */
const smallFamily = 3;

/** The parents of the blank ones are other ones than those of the filled ones. */
const byWhole = (children: readonly Child[]): Found | undefined => {
  const families = familiesOf(children).filter(({ length }) => length >= smallFamily);
  const blanksIn = (family: readonly Child[]): number => family.filter(({ blank }) => blank).length;
  const lost = families.filter((family) => blanksIn(family) >= nearly * family.length);
  const n = lost.reduce((sum, family) => sum + blanksIn(family), 0);
  const of = families.reduce((sum, family) => sum + blanksIn(family), 0);
  const arrived = families.length - lost.length;
  return n >= fewest && n >= nearly * of && lost.length >= 2 && arrived >= 5 && isMixed(children)
    ? { by: 'whole', n, of }
    : undefined;
};

const fewestNamed = 20;
const saysId = /(?:^|[_\s])(?:id|no|number|code)$|[a-z]Id$|ID$|番号$|コード$/;

/** What a list looks up in another one by its name, as kintone does. */
const namesOther =
  /取引先|顧客|会社|企業|得意先|仕入先|商品|製品|案件|ルックアップ|lookup|account|customer|company|parent|vendor|supplier|product/i;

/** Whether a column names other records: options are fewer, and have no numbers of their own. */
export const isLookup = ({ type, role, left, right }: ComparedColumn, different: number): boolean =>
  role === undefined &&
  (type === 'reference' ||
    type === 'id' ||
    ((type === 'text' || type === 'number') && different >= fewestNamed && (saysId.test(left) || saysId.test(right))) ||
    ((type === 'text' || type === 'company') &&
      different >= fewestNamed &&
      (namesOther.test(left) || namesOther.test(right))));

/** Whether blank lookups of a column are those whose parent came after them; undefined where that cannot be told. */
export const unresolvedIn = (view: ComparisonView, column: ComparedColumn, side: Side): Unresolved | undefined => {
  const clock = clockOf(view);
  const children = childrenOf(view, column, side, clock);
  const blanks = children.filter(({ blank }) => blank).length;
  if (blanks < fewest || blanks === children.length) return undefined;
  const lookup = isLookup(column, new Set(children.map(({ names }) => names)).size);
  if (column.type === 'number' && !lookup) return undefined;
  const found = byParent(view, children, clock) ?? byOrder(children) ?? (lookup ? byWhole(children) : undefined);
  return found && { ...found, clock: clock.by };
};
