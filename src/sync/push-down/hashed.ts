import type { Side } from '../../model/sync/side.ts';
import type { ColumnMapping } from '../mapping/map-columns.ts';
import type { PushedTable } from './pushed.ts';

/**
 * What a side is asked, where the names that we give stand beside those of its columns: ClickHouse takes a name that is given in a
 * statement for what it names there, also where a column is called like that.
 */
export const given = {
  key: 'crm_doctor_k',
  hash: 'crm_doctor_h',
  rows: 'crm_doctor_n',
  empty: 'crm_doctor_e',
} as const;

/** What a side is asked: key and row as hashes, by the expressions of its own dialect. */
export interface Hashed {
  readonly table: PushedTable;
  readonly keyHash: string;
  /** `SELECT ${given.key}, ${given.hash} FROM …` in brackets, with a name. */
  readonly rows: string;
  /** Whether no part of a key is filled in. */
  readonly blank: string;
}

/** The columns whose text a side's database cannot write, for a person; in checksums there is no place for them. */
export const lostIn = ({ dialect, columns }: PushedTable, mapping: ColumnMapping, side: Side): readonly string[] =>
  mapping.columns.flatMap(({ at }) => {
    const column = columns[mapping.positions[side][at] ?? -1];
    if (!column || dialect.canonicalExpression(column) !== undefined) return [];
    return [column.declared ? `${column.name} (${column.declared})` : column.name];
  });

/** Undefined: a column has no text there. */
export const hashedOf = (table: PushedTable, mapping: ColumnMapping, side: Side): Hashed | undefined => {
  const { dialect, columns, from, where } = table;
  const textAt = (at: number): string | undefined => {
    const column = columns[mapping.positions[side][at] ?? -1];
    return column && dialect.canonicalExpression(column);
  };
  const keys: string[] = [];
  const texts: string[] = [];
  for (const { at, key } of mapping.columns) {
    const text = textAt(at);
    if (text === undefined) return undefined;
    texts.push(text);
    if (key) keys.push(text);
  }
  const keyHash = dialect.hashExpression(dialect.joinedExpression(keys));
  const rowHash = dialect.hashExpression(dialect.joinedExpression(texts));
  return {
    table,
    keyHash,
    rows: `(SELECT ${keyHash} AS ${given.key}, ${rowHash} AS ${given.hash} FROM ${from}${where.sql}) AS hashed`,
    blank: keys.map((key) => `(${key}) = ''`).join(' AND '),
  };
};
