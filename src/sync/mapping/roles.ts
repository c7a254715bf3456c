import type { ColumnRole, ColumnType } from '../../model/sync/column.ts';
import { type Header, headerOf } from '../propose/header.ts';

export const dated: readonly (ColumnType | undefined)[] = ['timestamp', 'date'];

/** What a column is for, where the names of both sides say so and the values can be that. */
export const roleOfHeaders = (
  left: Pick<Header, 'meanings'>,
  right: Pick<Header, 'meanings'>,
  types: readonly (ColumnType | undefined)[],
): ColumnRole | undefined => {
  const says = (meaning: string): boolean => left.meanings.has(meaning) && right.meanings.has(meaning);
  const isTime = types.some((type) => dated.includes(type));
  if (says('created') && says('by')) return isTime ? undefined : 'created-by';
  if (says('updated') && isTime && !says('by')) return 'updated-at';
  if (says('created') && isTime) return 'created-at';
  if (says('deleted')) return 'deleted';
  return says('owner') && !isTime ? 'owner' : undefined;
};

export const roleOfNames = (left: string, right: string, type: ColumnType): ColumnRole | undefined =>
  roleOfHeaders(headerOf(left), headerOf(right), [type]);
