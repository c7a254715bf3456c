import type { ComparisonView, RowPair, SeenRow } from '../../model/sync/view.ts';
import { behindPairs } from './ages.ts';
import { fieldsOn, type SideField, valueOn } from './fields.ts';

/** One value of one column that sets rows apart. */
export interface Segment {
  readonly [name: string]: unknown;
  readonly column: string;
  readonly value: string;
  readonly and?: { readonly column: string; readonly value: string };
}

const fewest = 20;
/** More values than this are no category. */
const mostValues = 60;
/** Of all rows of the segment, how many are on this side only. */
const leastPrecision = 0.98;

/** By present row, the value that decided whether it was copied: where the left side was changed since, that of the right one. */
const asCopied = (view: ComparisonView, side: 'left' | 'right', { at, present }: SideField): readonly string[] => {
  const stale = behindPairs.right(view);
  if (at === undefined || side === 'right' || stale.size === 0) return present;
  return view.present.map(({ pair }) => pair[stale.has(pair) ? 'right' : 'left'][at] ?? '');
};

interface Counted {
  readonly field: SideField;
  readonly value: string;
  readonly alone: number;
  readonly present: number;
}

const tally = (values: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > 4 * mostValues) break;
  }
  return counts;
};

const categories = (view: ComparisonView, side: 'left' | 'right', field: SideField): readonly Counted[] => {
  const alone = tally(field.alone);
  if (alone.size > mostValues) return [];
  const copied = { ...field, present: asCopied(view, side, field) };
  const present = tally(copied.present);
  if (present.size > mostValues) return [];
  return [...alone].map(([value, n]) => ({ field: copied, value, alone: n, present: present.get(value) ?? 0 }));
};

/**
 * Values of categorical columns all rows of which are on one side only: a stump of depth one, or two where it takes a second column.
 * The samples of both groups are thinned differently, so that counts are scaled before they are held against each other.
 */
export const segments = (
  view: ComparisonView,
  side: 'left' | 'right',
  fits: (field: SideField) => boolean,
  { deep = true }: { readonly deep?: boolean } = {},
): readonly Segment[] => {
  const total = side === 'left' ? view.missing.length : view.extra.length;
  if (total < fewest) return [];
  const scale = {
    alone: (side === 'left' ? view.counts.missing : view.counts.extra) / total,
    present: view.present.length === 0 ? 1 : view.counts.matched / view.present.length,
  };
  const precision = (alone: number, present: number): number =>
    (alone * scale.alone) / (alone * scale.alone + present * scale.present);
  const counted = fieldsOn(view, side)
    .filter(fits)
    .flatMap((field) => categories(view, side, field))
    .filter(({ value, alone }) => alone >= fewest && value !== '');
  const single = counted.filter(({ alone, present }) => precision(alone, present) >= leastPrecision);
  const found = single
    .toSorted((a, b) => b.alone - a.alone)
    .slice(0, 10)
    .map(({ field, value }): Segment => ({ column: field.name, value }));
  if (!deep || found.length > 0) return found;
  // Both conditions hold for most of the rows, which may lack for other reasons as well, and neither is enough by itself.
  const needed = counted
    .filter(({ alone }) => alone >= 0.8 * total)
    .toSorted((a, b) => precision(b.alone, b.present) - precision(a.alone, a.present))
    .slice(0, 6);
  const both = needed.flatMap((one, at) =>
    needed.slice(at + 1).flatMap((other) => {
      if (one.field.name === other.field.name) return [];
      const meet = (group: 'alone' | 'present'): number =>
        one.field[group].reduce(
          (n, value, row) => n + (value === one.value && other.field[group][row] === other.value ? 1 : 0),
          0,
        );
      const alone = meet('alone');
      if (alone < fewest || precision(alone, meet('present')) < leastPrecision) return [];
      return [
        { column: one.field.name, value: one.value, and: { column: other.field.name, value: other.value } },
      ] satisfies Segment[];
    }),
  );
  return both.slice(0, 5);
};

/** `pair`: that of a present row. */
export const inSegment = (
  view: ComparisonView,
  side: 'left' | 'right',
  row: SeenRow,
  { column, value, and }: Segment,
  pair?: RowPair,
): boolean => {
  const stale = side === 'left' && pair !== undefined && behindPairs.right(view).has(pair);
  const decided = (name: string): string => {
    const at = stale ? view.columns.find(({ left, key }) => !key && left === name)?.at : undefined;
    return at === undefined ? valueOn(view, side, row, name) : (pair?.right[at] ?? '');
  };
  return decided(column) === value && (!and || decided(and.column) === and.value);
};

/** `stage = 失注 & owner = u-abe`, for a sentence. */
export const segmentWords = (detail: Readonly<Record<string, unknown>>): string => {
  const { column, value, and } = detail;
  const more =
    typeof and === 'object' && and !== null && 'column' in and && 'value' in and
      ? ` & ${String(and.column)} = ${String(and.value)}`
      : '';
  return `${String(column)} = ${String(value)}${more}`;
};

const scopeNames =
  /owner|branch|territory|business.?unit|division|team|office|region|担当|所有者|支店|拠点|部署|部門|テリトリー|営業所/i;
const recordTypeNames = /record.?type|レコードタイプ/i;
/** Also what only says of what kind a customer is: an account of Salesforce has a Type, and everybody sees all of them. */
const typeNames = /record.?type|^type$|account.?type|is_?person|レコードタイプ|種別|区分/i;

/** Columns that decide who may see a record. */
export const isScope = ({ name, role }: SideField): boolean =>
  role === 'owner' || (role === undefined && (scopeNames.test(name) || recordTypeNames.test(name)));

export const isRecordType = ({ name }: { readonly name: string }): boolean => typeNames.test(name);

/** Columns of which one value may have been left out by a condition: no scope, no time, nothing that a system writes of itself. */
export const isCategory = (field: SideField): boolean =>
  !isScope(field) && field.role === undefined && !['date', 'timestamp', 'id', 'email', 'phone'].includes(field.type);
