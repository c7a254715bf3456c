import type { DelimitedFile, RejectedRecord, RowBatch, SourceNote, SourceRow } from '../../model/sync/source.ts';

/** One file, or one member of an archive, as a table. */
export interface Table {
  readonly name: string;
  readonly format: string;
  readonly columns: readonly string[];
  /** As the file declares them, by position. */
  readonly declared?: readonly (string | undefined)[];
  /** Records that lack a column have '' there: JSON. Else every file must have all columns. */
  readonly loose?: boolean;
  readonly notes: readonly SourceNote[];
  readonly rowCount?: number;
  readonly encoding?: string;
  readonly delimiter?: string;
  /** Where the engine may read it by itself. */
  readonly direct?: DelimitedFile;
  /** May throw a FileFault. */
  readonly rows: (signal: AbortSignal) => AsyncIterable<RowBatch>;
}

const mostRows = 1_000;
const mostCells = 100_000;
const mostCharacters = 4 * 1024 * 1024;

/** Gathers rows to batches of bounded size, also where there are thousands of columns or long values. */
export const batcher = (): {
  readonly add: (row: SourceRow) => boolean;
  readonly take: () => RowBatch | undefined;
} => {
  let rows: SourceRow[] = [];
  let [cells, characters] = [0, 0];
  return {
    add: (row) => {
      rows.push(row);
      cells += row.length;
      for (const value of row) characters += value.length;
      return rows.length >= mostRows || cells >= mostCells || characters >= mostCharacters;
    },
    take: () => {
      if (rows.length === 0) return undefined;
      const batch: RowBatch = { kind: 'rows', rows };
      rows = [];
      [cells, characters] = [0, 0];
      return batch;
    },
  };
};

/** Rows and rejected records in their order, rows gathered to batches. */
export const batched = async function* (
  records: AsyncIterable<SourceRow | { readonly rejected: RejectedRecord }>,
): AsyncGenerator<RowBatch> {
  const batch = batcher();
  try {
    for await (const record of records) {
      if ('rejected' in record) {
        const before = batch.take();
        if (before !== undefined) yield before;
        yield { kind: 'rejected', at: record.rejected };
      } else if (batch.add(record)) {
        const full = batch.take();
        if (full !== undefined) yield full;
      }
    }
  } catch (error) {
    // What came before the fault is read all the same.
    const before = batch.take();
    if (before !== undefined) yield before;
    throw error;
  }
  const rest = batch.take();
  if (rest !== undefined) yield rest;
};
