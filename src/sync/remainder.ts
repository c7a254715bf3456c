import type { ColumnType } from '../model/sync/column.ts';
import type { Remainder, Stump } from '../model/sync/comparison.ts';
import type { ComparisonView, RowPair, SeenRow } from '../model/sync/view.ts';
import { fieldsOn, type SideField } from '../reason/rows/fields.ts';
import { type HeldColumn, isCategory, largestStump } from '../reason/rows/largest-stump.ts';
import { oneValueOf } from '../reason/rows/one-value.ts';
import { wholeGroups } from '../reason/rows/whole-groups.ts';

const mostExamples = 3;
/** Characters of a key or a value that is shown. */
const mostShown = 120;
/** Of more pairs a segment is no clearer. */
const mostPairs = 500;

type Printable = (text: string, most?: number) => string;

/** Records that nothing explains, of those that were looked at. */
export interface OpenRecords {
  /** With the column that nothing explains. */
  readonly pairs: readonly { readonly pair: RowPair; readonly column: number }[];
  readonly missing: readonly SeenRow[];
  readonly extra: readonly SeenRow[];
}

/** What tells records apart by one value each is no category. */
const single: ReadonlySet<ColumnType> = new Set(['date', 'timestamp', 'id', 'email', 'phone', 'amount', 'number']);

/** What never refers to another record. */
const noReference: ReadonlySet<ColumnType> = new Set(['date', 'timestamp', 'email', 'phone', 'amount', 'boolean']);
/** A number that does. */
const numbered = /(?:id|no|code|key)\.?$|番号|コード/i;

/** Those at these places, which are in turn; most often all are. */
const pick = <Item>(items: readonly Item[], places: readonly number[]): readonly Item[] =>
  places.length === items.length ? items : places.flatMap((at) => items[at] ?? []);

const stumpOf = (columns: readonly HeldColumn[], printable: Printable): { readonly stump?: Stump } => {
  const found = largestStump(columns);
  return found ? { stump: { ...found, value: printable(found.value, mostShown) } } : {};
};

/** Keeps the first of the pairs of the sample that nothing explains, of which it is told one after the other. */
export const openPairs = () => {
  const found: { readonly pair: RowPair; readonly column: number }[] = [];
  let seen = 0;
  return {
    found,
    /** `column`: the one that nothing explains, if there is one. False: it has seen enough. */
    see: (pair: RowPair, column: number | undefined): boolean => {
      if (seen >= 2 * mostPairs || found.length >= mostPairs) return false;
      seen += 1;
      if (column !== undefined) found.push({ pair, column });
      return true;
    },
  };
};

/** Of the column with most of them, the value that most of its differences have. */
const sameIn = (view: ComparisonView, open: OpenRecords['pairs'], printable: Printable): Pick<Remainder, 'same'> => {
  const [found] = view.columns
    .flatMap(({ at, left: name }) => {
      const values = open
        .filter(({ column }) => column === at)
        .map(({ pair: { left, right } }) => ({ left: left[at] ?? '', right: right[at] ?? '' }));
      return oneValueOf(name, values) ?? [];
    })
    .toSorted((a, b) => b.n - a.n);
  return found ? { same: { ...found, value: printable(found.value, mostShown) } } : {};
};

const ofPairs = (view: ComparisonView, { pairs: open }: OpenRecords, printable: Printable): Remainder => {
  const at = new Map(view.pairs.map((pair, place) => [pair, place]));
  const places = open.flatMap(({ pair }) => at.get(pair) ?? []);
  const columns = fieldsOn(view, 'left')
    .filter(({ type }) => !single.has(type))
    .flatMap((field): readonly HeldColumn[] => {
      const own = view.unmapped.left.find(({ column }) => field.at === undefined && column.name === field.name);
      const some =
        field.at === undefined
          ? pick(own?.ofPairs ?? [], places)
          : open.map(({ pair }) => pair.left[field.at ?? 0] ?? '');
      return some.length === 0 ? [] : [{ name: field.name, some, present: field.present }];
    });
  const shown = (value: string | undefined): string => printable(value ?? '', mostShown);
  return {
    population: 'pairs',
    looked: open.length,
    examples: open.slice(0, mostExamples).map(({ pair: { left, right }, column }) => ({
      key: keyOf(view, left, printable),
      column: view.columns[column]?.left ?? '',
      left: shown(left[column]),
      right: shown(right[column]),
    })),
    ...stumpOf(columns, printable),
    ...sameIn(view, open, printable),
  };
};

const keyOf = ({ columns }: ComparisonView, values: readonly string[], printable: Printable): string =>
  columns
    .filter(({ key }) => key)
    .map(({ at }) => printable(values[at] ?? '', mostShown))
    .join(' / ');

const ofRows = (
  view: ComparisonView,
  open: OpenRecords,
  population: 'missing' | 'extra',
  printable: Printable,
): Remainder => {
  const rows = new Set(open[population]);
  const places = view[population].flatMap((row, at) => (rows.has(row) ? [at] : []));
  const fields = fieldsOn(view, population === 'missing' ? 'left' : 'right');
  const held = (field: SideField): HeldColumn => ({
    name: field.name,
    some: pick(field.alone, places),
    present: field.present,
  });
  const categories = fields.filter(({ type, alone }) => !single.has(type) && isCategory(pick(alone, places)));
  const stump = stumpOf(categories.map(held), printable);
  const refers = fields.filter(
    ({ name, type }) => !noReference.has(type) && (type !== 'number' || numbered.test(name)),
  );
  const groups = stump.stump ? undefined : wholeGroups(refers.map(held));
  return {
    population,
    looked: rows.size,
    examples: open[population].slice(0, mostExamples).map(({ values }) => ({ key: keyOf(view, values, printable) })),
    ...stump,
    ...(groups ? { groups: { ...groups, value: printable(groups.value, mostShown) } } : {}),
  };
};

/** Of what nothing explains, by kind: some of it, and where most of it lies. */
export const remaindersOf = (view: ComparisonView, open: OpenRecords, printable: Printable): readonly Remainder[] =>
  [
    ofPairs(view, open, printable),
    ofRows(view, open, 'missing', printable),
    ofRows(view, open, 'extra', printable),
  ].filter(({ looked }) => looked > 0);
