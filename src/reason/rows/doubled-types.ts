import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { id15Of } from '../salesforce-id.ts';
import { fieldsOn, keyOf, type SideField } from './fields.ts';
import { oncePerView } from './memo.ts';
import { presentTwins } from './twins.ts';

/** A kind of records of which the right side keeps each twice, the second one under an id of another object. */
export interface DoubledType {
  readonly [name: string]: unknown;
  readonly column: string;
  readonly value: string;
  readonly doubled: true;
}

const fewest = 20;
/** Of the copies, so many are of the type; of the type, so many have one; of the records that are no copies' originals, so many are of others. */
const least = { ofCopies: 0.95, ofType: 0.9, ofOthers: 0.2 };

/** What tells the object that an id is of: three characters of one of Salesforce, and else what stands before the first digit. */
const objectOf = (key: string): string => (id15Of(key) === undefined ? (/^\D*/.exec(key)?.[0] ?? '') : key.slice(0, 3));

/** The object of nearly all of these keys. */
const onlyObject = (keys: readonly string[]): string | undefined => {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(objectOf(key), (counts.get(objectOf(key)) ?? 0) + 1);
  const [largest] = [...counts].toSorted((a, b) => b[1] - a[1]);
  return largest && largest[1] >= least.ofCopies * keys.length ? largest[0] : undefined;
};

const keysOf = (view: ComparisonView, rows: readonly SeenRow[]): readonly string[] =>
  rows.flatMap((row) => keyOf(view, row) ?? []);

/** By present record, its place in the sample. */
const presentPlaces = oncePerView((view) => new Map(view.present.map((one, at) => [one, at])));

/** Types of which each record has a copy and no other record has: what was sent again or imported again is of any type. */
const doubledIn = (view: ComparisonView, field: SideField): readonly DoubledType[] => {
  const twins = presentTwins(view);
  const places = presentPlaces(view);
  const originals = new Set([...twins.values()].map((one) => places.get(one) ?? -1));
  const copied = field.present.filter((_, at) => originals.has(at));
  const [value] = [...new Set(copied)].filter(
    (one) => copied.filter((other) => other === one).length >= least.ofCopies * copied.length,
  );
  if (value === undefined || value === '' || copied.length < fewest) return [];
  const ofType = field.present.filter((one) => one === value).length;
  const others = field.present.length - ofType;
  return copied.length >= least.ofType * ofType && others >= least.ofOthers * field.present.length
    ? [{ column: field.name, value, doubled: true }]
    : [];
};

export const doubledTypes = (
  view: ComparisonView,
  isType: (field: { readonly name: string }) => boolean,
): readonly DoubledType[] => {
  const types = fieldsOn(view, 'left').filter(isType);
  if (types.length === 0 || view.extra.length < fewest) return [];
  // Records of its own beside them are a few at most.
  const own = onlyObject(
    keysOf(
      view,
      view.present.map(({ right }) => right),
    ),
  );
  if (own === undefined || onlyObject(keysOf(view, view.extra)) === own) return [];
  const copies = [...presentTwins(view).keys()];
  const other = onlyObject(keysOf(view, copies));
  if (copies.length < fewest || other === undefined || own === other) return [];
  return types.flatMap((field) => doubledIn(view, field));
};

/** Whether an extra record is the copy of a record of the type. */
export const isDouble = (view: ComparisonView, row: SeenRow, { column, value }: DoubledType): boolean => {
  const twin = presentTwins(view).get(row);
  const at = twin && presentPlaces(view).get(twin);
  return at !== undefined && fieldsOn(view, 'left').find(({ name }) => name === column)?.present[at] === value;
};
