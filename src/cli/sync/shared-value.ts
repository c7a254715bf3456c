import type { ColumnType } from '../../model/sync/column.ts';
import type { FieldDifference, Stump } from '../../model/sync/comparison.ts';
import { headerOf } from '../../sync/propose/header.ts';

/** Fewer records may be those of one person. */
const fewest = 20;

/** What a value of theirs says is about a person, or tells a record apart. */
const personal: ReadonlySet<ColumnType> = new Set([
  'name',
  'company',
  'email',
  'phone',
  'address',
  'postcode',
  'date',
  'timestamp',
  'id',
]);
/** Notes are written by people, and about people. */
const personalNames =
  'name first last kana company email phone mobile fax postcode address street building birthday notes'.split(' ');

/** An address, a number of a telephone or a card, whatever column it stands in. */
const looksPersonal = /@|\d(?:[ ().-]?\d){6}/;
/** Of a user: `u-abe`, `005A0000001`; a name in plain words is a person's. */
const userId = /^[!-~]{1,40}$/;

/**
 * Whether the value of a segment may be named where values are hidden: one that very many records share, in a column that is about nobody
 * (a stage, a list, the id of an owner). The examples of a comparison are hidden always.
 */
export const mayBeNamed = (
  { column, value, share }: Pick<Stump, 'column' | 'value'> & { readonly share: Pick<Stump['share'], 'n'> },
  fields: readonly Pick<FieldDifference, 'left' | 'right' | 'type' | 'role'>[],
): boolean => {
  const field = fields.find(({ left, right }) => left === column || right === column);
  const { meanings } = headerOf(column);
  const isOwner =
    field?.role === 'owner' || field?.role === 'created-by' || meanings.has('owner') || meanings.has('by');
  if (share.n < fewest || (field && personal.has(field.type)) || looksPersonal.test(value)) return false;
  return isOwner ? userId.test(value) : !personalNames.some((name) => meanings.has(name));
};
