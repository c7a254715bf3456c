import type { SourceColumn } from '../../model/sync/column.ts';
import type { Side } from '../../model/sync/side.ts';
import type { SourceFailure, SourceRow } from '../../model/sync/source.ts';
import type { PushedTable } from './pushed.ts';

export const both = ['left', 'right'] as const;

/** A question to a side was not answered, or not to its end. */
export class Broken extends Error {
  readonly side: Side;
  readonly failure: SourceFailure;
  constructor(side: Side, failure: SourceFailure) {
    super(failure.kind);
    this.side = side;
    this.failure = failure;
  }
}

type Rows = readonly SourceRow[];

/** Asks the databases of both sides; throws `Broken` where one does not answer. */
export interface Asking {
  /** The answer as it comes: its rows may be megabytes long. */
  readonly answer: (side: Side, sql: string, columns: readonly SourceColumn[]) => AsyncIterable<Rows>;
  /** An answer of numbers; of each question there are not more than some hundred thousand. */
  readonly ask: (side: Side, sql: string, columns: readonly SourceColumn[]) => Promise<Rows>;
  /** Of both sides at once. Where one fails the other is stopped, and its database with it; what failed first is thrown, after both ended. */
  readonly together: <Value extends {}>(work: (side: Side) => Promise<Value>) => Promise<Readonly<Record<Side, Value>>>;
  readonly askBoth: (
    sqlOf: (side: Side) => string,
    columns: readonly SourceColumn[],
  ) => Promise<Readonly<Record<Side, Rows>>>;
  /** What came over until now. */
  readonly transferredBytes: () => number;
}

export const number = (name: string): SourceColumn => ({ name, declared: 'bigint' });

/** More numbers than this in one list make a statement that a server may refuse. */
export const listed = 5000;

export const inChunks = <Item>(items: readonly Item[], most: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / most) }, (_, at) => items.slice(at * most, (at + 1) * most));

export const askingOf = (
  tables: Readonly<Record<Side, PushedTable>>,
  signal: AbortSignal,
  /** Another question was answered by both sides; so many bytes have come over. */
  passed: (bytes: number) => void = () => {},
): Asking => {
  let transferred = 0;
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const answer = async function* (
    side: Side,
    sql: string,
    columns: readonly SourceColumn[],
  ): AsyncGenerator<readonly SourceRow[]> {
    const table = tables[side];
    let after = 0;
    try {
      for await (const batch of table.read({ sql, values: table.where.values, columns }, either)) {
        after += batch.length;
        for (const row of batch) for (const value of row) transferred += Buffer.byteLength(value);
        yield batch;
      }
    } catch (error) {
      if (either.aborted) throw error;
      throw new Broken(side, table.explained(error, after));
    }
  };
  const together: Asking['together'] = async (work) => {
    const failures: unknown[] = [];
    const failed = (error: unknown): undefined => {
      failures.push(error);
      stop.abort();
    };
    const [left, right] = await Promise.all(both.map((side) => work(side).catch(failed)));
    if (failures.length > 0 || left === undefined || right === undefined) throw failures[0];
    return { left, right };
  };
  const ask: Asking['ask'] = async (side, sql, columns) => {
    const rows: SourceRow[] = [];
    for await (const batch of answer(side, sql, columns)) for (const row of batch) rows.push(row);
    return rows;
  };
  return {
    answer,
    ask,
    together,
    askBoth: async (sqlOf, columns) => {
      const answers = await together((side) => ask(side, sqlOf(side), columns));
      passed(transferred);
      return answers;
    },
    transferredBytes: () => transferred,
  };
};
