import type { ComparedColumn } from '../../model/sync/column.ts';
import type { LookUp } from '../../model/sync/source.ts';
import { alikeText } from './alike.ts';
import type { UniqueConstraint } from './constraints.ts';

type RecordOf = (at: number) => string;

/** By value, as the constraint compares it, the parts of the key of the record that has it. */
export type Holders = ReadonlyMap<string, readonly string[]>;

/** Who has a value that one of these records has, by an index of the side; undefined: it could not be asked. */
export const holdersOf = async (
  records: readonly RecordOf[],
  { ats, alike }: Pick<UniqueConstraint, 'ats' | 'alike'>,
  {
    columns,
    side,
    lookUp,
    signal,
  }: {
    readonly columns: readonly ComparedColumn[];
    readonly side: 'left' | 'right';
    readonly lookUp: LookUp;
    readonly signal: AbortSignal;
  },
): Promise<Holders | undefined> => {
  const names = (list: readonly number[]) => list.map((at) => columns[at]?.[side] ?? '');
  const values = records.map((record) => ats.map(record)).filter((parts) => parts.every((part) => part !== ''));
  if (values.length === 0) return new Map();
  const keys = columns.filter(({ key }) => key).map(({ at }) => at);
  const looked = await lookUp({ columns: names(ats), with: names(keys), values }, signal);
  if (looked.kind === 'no-answer') return undefined;
  return new Map(
    looked.rows.flatMap((row) => {
      const value = alikeText(row.slice(0, ats.length), alike);
      return value === undefined ? [] : [[value, row.slice(ats.length)] as const];
    }),
  );
};
