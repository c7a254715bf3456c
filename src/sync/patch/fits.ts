import type { ComparedColumn } from '../../model/sync/column.ts';
import { checkRules, type RecordRule } from '../validate/record-rules.ts';
import type { PatchSides, RowCorrection, Side } from './change.ts';

/** The values of a record as they will be, and which of them are written. */
interface Written {
  readonly values: readonly string[];
  readonly ats: ReadonlySet<number>;
}

const writtenOf = (row: RowCorrection, columns: readonly ComparedColumn[]): Written => {
  const changes = row.kind === 'update' ? row.corrections : row.values;
  const values = row.kind === 'update' ? [...row.values] : columns.map(() => '');
  for (const { column, value } of changes) values[column.at] = value;
  return { values, ats: new Set(changes.map(({ column }) => column.at)) };
};

/** What each side asks of whole records. */
export const rulesOfSides = ({ columns, left, right }: PatchSides): Readonly<Record<Side, readonly RecordRule[]>> => ({
  left: checkRules(left.facts.constraints ?? [], columns, 'right').rules,
  right: checkRules(right.facts.constraints ?? [], columns, 'left').rules,
});

/** Whether a side would take a row as it will be; what is not written does not count against it. */
export const isTaken = (
  row: RowCorrection,
  rules: readonly RecordRule[],
  columns: readonly ComparedColumn[],
): boolean => {
  if (rules.length === 0) return true;
  const { values, ats } = writtenOf(row, columns);
  const record = (at: number): string => values[at] ?? '';
  return !rules.some((rule) => rule.ats.some((at) => ats.has(at)) && rule.refuses(record));
};
