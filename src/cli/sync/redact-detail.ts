import { isFallback } from '../../../checks/sync/fallback-words.ts';
import { isNullToken } from '../../../checks/sync/null-tokens.ts';
import type { Explained, FieldDifference } from '../../model/sync/comparison.ts';
import type { Detail } from '../../model/sync/hypothesis.ts';
import { masked } from '../../reason/mask.ts';
import { mayBeNamed } from './shared-value.ts';

/** Where the details of causes hold what stands in records. */
const values: ReadonlySet<string> = new Set(['value', 'values', 'choices', 'fallback', 'text']);
/** Where what stands in records are the names of an object's members as well, or alone. */
const pairs: ReadonlySet<string> = new Set(['map']);
const writers: ReadonlySet<string> = new Set(['minutes']);

type Field = Pick<FieldDifference, 'left' | 'right' | 'type' | 'role'>;
type Hide = (value: string) => string;

/** How the values of these columns are told; `n`: records that they are met in. */
const hidingIn = (columns: readonly string[], n: number, fields: readonly Field[]): Hide => {
  const isNamed = (value: string): boolean =>
    columns.length > 0 && columns.every((column) => mayBeNamed({ column, value, share: { n } }, fields));
  return (value) => (value === '' || isNullToken(value) || isFallback(value) || isNamed(value) ? value : masked(value));
};

/** The column that an object names itself: by its name, or by its place among those that are compared. */
const columnOf = ({ column, name, text, at }: Detail, fields: readonly Field[]): string | undefined => {
  if (typeof column === 'string') return column;
  if (typeof name === 'string') return name;
  return typeof text === 'string' && typeof at === 'number' ? fields[at]?.left : undefined;
};

const isObject = (one: unknown): one is Detail => typeof one === 'object' && one !== null && !Array.isArray(one);

const every = (one: unknown, hide: Hide): unknown => {
  if (typeof one === 'string') return hide(one);
  return Array.isArray(one) ? one.map((member) => every(member, hide)) : one;
};

const hidden = (detail: Detail, columns: readonly string[], n: number, fields: readonly Field[]): Detail => {
  const named = columnOf(detail, fields);
  const own = named === undefined ? columns : [named];
  const count = typeof detail.n === 'number' ? detail.n : n;
  const hide = hidingIn(own, count, fields);
  const of = (key: string, one: unknown): unknown => {
    if (values.has(key)) return every(one, hide);
    // Which characters are lost has to be told; in their order they may be a name.
    if (key === 'characters' && typeof one === 'string') return [...one].toSorted().join('');
    if (!isObject(one)) return one;
    if (pairs.has(key)) return Object.fromEntries(Object.entries(one).map(([a, b]) => [hide(a), every(b, hide)]));
    if (writers.has(key)) return Object.fromEntries(Object.entries(one).map(([writer, by]) => [hide(writer), by]));
    return hidden(one, own, count, fields);
  };
  return Object.fromEntries(Object.entries(detail).map(([key, one]) => [key, of(key, one)]));
};

/**
 * The details of what stands without the values of records: a choice, a segment or the id of a user that many records share stays, as no
 * reader could follow the fix without it.
 */
export const redactedDetail = ({ detail, columns, share }: Explained, fields: readonly Field[]): Detail => {
  const names = columns.flatMap((at) => fields[at]?.left ?? []);
  return hidden(detail, names, share.n, fields);
};
