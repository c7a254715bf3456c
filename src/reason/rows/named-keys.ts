import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { fieldsOn, keyOf, type SideField } from './fields.ts';
import { oncePerView } from './memo.ts';
import { timeOf } from './moments.ts';
import { wilson } from './statistics.ts';

/** A left column in which records name others of their list by key, some of which are on the right side only. */
export interface NamedKeys {
  readonly [name: string]: unknown;
  readonly column: string;
  /** Extra records that are named in it, of those that were looked at. */
  readonly named: number;
  /** Share of the records on both sides that are named in it. */
  readonly usual: number;
  /** They are named as often as those, so that all of them are of that kind. */
  readonly all: boolean;
}

const fewest = 20;
/** Of the values of such a column so many have to be keys of the list: of another list a few may be alike by chance. */
const leastKeys = 0.8;
/** What was not read stands side by side; what was deleted stands anywhere. */
const mostInARow = 0.3;

/** The longest run of extra records in an order of the right side. */
const longestRun = (items: readonly { readonly by: string | number; readonly extra: boolean }[]): number => {
  let [longest, run] = [0, 0];
  for (const { extra } of items.toSorted((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0))) {
    run = extra ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
};

/** Whether they stand among the others by key and by creation, as no page and no window that was not read does. */
const isScattered = (view: ComparisonView): boolean => {
  const rows = [...view.extra, ...view.present.map(({ right }) => right)];
  const orders = [
    (row: SeenRow) => keyOf(view, row),
    (row: SeenRow) => timeOf(view, row, 'created-at', 'right'),
  ] as const;
  const extra = new Set(view.extra);
  return orders.every((order) => {
    const items = rows.flatMap((row) => {
      const by = order(row);
      return by === undefined ? [] : [{ by, extra: extra.has(row) }];
    });
    return longestRun(items) <= Math.max(3, mostInARow * view.extra.length);
  });
};

interface Known extends NamedKeys {
  readonly keys: ReadonlySet<string>;
}

const namedIn = (
  { name, alone, present }: SideField,
  keys: { readonly extra: ReadonlySet<string>; readonly left: ReadonlySet<string> },
): Known | undefined => {
  // Most columns hold no key at all.
  const some = present.slice(0, 1000).filter((value) => value !== '');
  if (some.filter((value) => keys.left.has(value) || keys.extra.has(value)).length < leastKeys * 0.8 * some.length)
    return undefined;
  const values = new Set([...alone, ...present].filter((value) => value !== ''));
  const named = new Set([...values].filter((value) => keys.extra.has(value)));
  const ofLeft = [...values].filter((value) => keys.left.has(value)).length;
  if (named.size < fewest || named.size + ofLeft < leastKeys * values.size) return undefined;
  const usual = ofLeft / Math.max(1, keys.left.size);
  const { low, high } = wilson(named.size, keys.extra.size);
  return { column: name, named: named.size, usual, all: high >= usual && low >= 0.6 * usual, keys: named };
};

const known = oncePerView((view): readonly Known[] => {
  const whole = view.present.length === view.counts.matched && view.extra.length === view.counts.extra;
  if (!whole || view.extra.length < fewest) return [];
  const keysOf = (rows: readonly SeenRow[]) => new Set(rows.flatMap((row) => keyOf(view, row) ?? []));
  const keys = {
    extra: keysOf(view.extra),
    left: keysOf([...view.missing, ...view.present.map(({ left }) => left)]),
  };
  const found = fieldsOn(view, 'left').flatMap((field) => namedIn(field, keys) ?? []);
  return found.length > 0 && isScattered(view) ? found : [];
});

/** Of several columns the one that names most of them. */
export const namedKeys = (view: ComparisonView): NamedKeys | undefined => {
  const [best] = known(view).toSorted((a, b) => b.named - a.named);
  return best && { column: best.column, named: best.named, usual: best.usual, all: best.all };
};

/** Whether the left side knew this record once: it names it, or names others like it as often as those it has. */
export const wasNamed = (view: ComparisonView, row: SeenRow, { column, all }: NamedKeys): boolean => {
  const key = keyOf(view, row);
  return (
    key !== undefined &&
    (all ||
      known(view)
        .find((one) => one.column === column)
        ?.keys.has(key) === true)
  );
};
