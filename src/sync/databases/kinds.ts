import type { ColumnType } from '../../model/sync/column.ts';

/** What a database's type holds: which canonical text its values have. */
export type ValueKind =
  | 'text'
  /** CHAR of SQL and the like: what pads the value is not part of it. */
  | 'padded'
  | 'choice'
  | 'choices'
  | 'integer'
  | 'decimal'
  | 'float'
  /** Of 32 bits: another shortest text than the same number as a double. */
  | 'single'
  | 'boolean'
  | 'bits'
  | 'date'
  | 'time'
  /** A time as it is written, in no zone. */
  | 'local'
  | 'instant'
  | 'bytes'
  | 'json'
  | 'array'
  | 'other';

const types: Readonly<Partial<Record<ValueKind, ColumnType>>> = {
  choice: 'picklist',
  choices: 'multi-picklist',
  integer: 'number',
  decimal: 'number',
  float: 'number',
  single: 'number',
  boolean: 'boolean',
  date: 'date',
  local: 'timestamp',
  instant: 'timestamp',
};

/** What a strict database states with the type of a column, for `SourceColumn`; a text may be anything. */
export const typeOfKind = (kind: ValueKind): { readonly type?: ColumnType } => {
  const type = types[kind];
  return type === undefined ? {} : { type };
};
