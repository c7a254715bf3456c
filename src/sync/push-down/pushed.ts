import type { SourceColumn } from '../../model/sync/column.ts';
import type { OpenedSource, SourceFailure, SourceRow } from '../../model/sync/source.ts';
import type { SyncConfig } from '../../model/sync/subject.ts';
import type { Condition, SqlDialect } from '../databases/dialect.ts';
import { type Select, selectOf } from '../databases/reading.ts';

/** A table that is open in one snapshot, in which its database can do work of ours. */
export interface PushedTable {
  readonly dialect: SqlDialect;
  readonly columns: readonly SourceColumn[];
  /** What stands behind FROM. */
  readonly from: string;
  /** The filter of the side; begins with ` WHERE `, or is empty. */
  readonly where: Condition;
  /** By the server's own estimate. */
  readonly count?: number;
  readonly read: (select: Select, signal: AbortSignal) => AsyncIterable<readonly SourceRow[]>;
  readonly explained: (error: unknown, after: number) => SourceFailure;
}

/** The work is done for sources of databases only, and only they know how. */
const tables = new WeakMap<OpenedSource, PushedTable>();

export const withTable = (source: OpenedSource, table: PushedTable): OpenedSource => {
  tables.set(source, table);
  return source;
};

/** Of a table that is open; a query has none. */
export const tableOf = (source: OpenedSource): PushedTable | undefined => tables.get(source);

/** Below this two tables are read sooner than they are asked. */
const manyRows = 100_000;

/** The tables of both sides, where their databases are to do the work. */
export const tablesOf = (
  { engine }: Pick<SyncConfig, 'engine'>,
  [left, right]: readonly (OpenedSource | undefined)[],
): { readonly left: PushedTable; readonly right: PushedTable } | undefined => {
  // A cluster sees them in its own way.
  if (!left || !right || engine.kind === 'local' || engine.kind === 'clickhouse') return undefined;
  const [ours, theirs] = [tables.get(left), tables.get(right)];
  if (!ours || !theirs) return undefined;
  const many = Math.max(ours.count ?? 0, theirs.count ?? 0) >= manyRows;
  return engine.kind === 'checksums' || many ? { left: ours, right: theirs } : undefined;
};

const beginningRows = 500;

/** The first rows did not come. */
export class BeginningLost extends Error {
  readonly failure: SourceFailure;
  constructor(failure: SourceFailure) {
    super(failure.kind);
    this.failure = failure;
  }
}

/** The source with its first rows only, which are enough to tell what its columns are. */
export const beginningOf = (
  source: OpenedSource,
  { dialect, columns, from, where, read, explained }: PushedTable,
): OpenedSource => ({
  ...source,
  rows: async function* (signal) {
    const sql = `${selectOf(columns, from, dialect)}${where.sql} LIMIT ${beginningRows}`;
    try {
      for await (const rows of read({ sql, values: where.values, columns }, signal)) yield { kind: 'rows', rows };
    } catch (error) {
      throw signal.aborted ? error : new BeginningLost(explained(error, 0));
    }
  },
});
