import type { ColumnType, SourceColumn } from '../../model/sync/column.ts';
import type { SourceRow } from '../../model/sync/source.ts';
import { guessType } from '../mapping/guess-type.ts';
import { type Header, headerOf } from './header.ts';

/** A column as its name and its first values show it. */
export interface Look {
  readonly at: number;
  readonly name: string;
  readonly header: Header;
  readonly type?: ColumnType;
  /** Of 100 rows, how many have a value; as a share. */
  readonly filled: number;
  /** Different values among those that there are, as a share. */
  readonly unique: number;
  /** Characters of a value, on average. */
  readonly length: number;
  /** Nearly all values are one number with something around it: `CUST-0012`. */
  readonly numbered: boolean;
}

const mostRows = 5_000;
/** Of so many values the type shows; of a very wide table fewer have to do. */
const mostGuessed = 1_000;
const fewestGuessed = 50;
const mostGuessedInAll = 500_000;
const numberWithin = /^[^\d\n]{0,12}\d{1,18}[^\d\n]{0,12}$/;

const isChoice = ({ length, different }: { readonly length: number; readonly different: number }): boolean =>
  length >= 40 && different >= 2 && different <= 40 && different <= length * 0.05;

const typeOf = (
  column: SourceColumn,
  values: readonly string[],
  { different, most }: { readonly different: number; readonly most: number },
): ColumnType | undefined => {
  if (column.type !== undefined && column.type !== 'text') return column.type;
  const guessed = guessType(column.name, values.slice(0, most))?.type;
  if (guessed !== undefined) return guessed;
  return isChoice({ length: values.length, different }) ? 'picklist' : undefined;
};

/** Every column of a side, from its first rows. */
export const looksOf = (columns: readonly SourceColumn[], head: readonly SourceRow[]): readonly Look[] => {
  const rows = head.slice(0, mostRows);
  const most = Math.max(
    fewestGuessed,
    Math.min(mostGuessed, Math.floor(mostGuessedInAll / Math.max(1, columns.length))),
  );
  return columns.map((column, at) => {
    const values = rows.map((row) => row[at] ?? '').filter((value) => value !== '');
    const different = new Set(values).size;
    const type = typeOf(column, values, { different, most });
    const numbered = values.filter((value) => numberWithin.test(value)).length;
    return {
      at,
      name: column.name,
      header: headerOf(column.name),
      ...(type === undefined ? {} : { type }),
      filled: rows.length === 0 ? 0 : values.length / rows.length,
      unique: values.length === 0 ? 0 : different / values.length,
      length: values.length === 0 ? 0 : values.reduce((sum, { length }) => sum + length, 0) / values.length,
      numbered: values.length > 0 && numbered >= values.length * 0.95,
    };
  });
};
