import type { OpenedSource, RejectedRecord, RowBatch, SourceFailure } from '../model/sync/source.ts';
import type { RecordFilter } from '../model/sync/subject.ts';
import type { ScannedSide } from './local-join.ts';
import { spool } from './spool.ts';
import { scannedRows } from './spooled-rows.ts';

/** A side whose records stand in files that the engine can scan, read from its system once. */
export interface PreparedSide {
  /** The same source; `rows` reads what was kept of it. */
  readonly source: OpenedSource;
  readonly scanned: ScannedSide;
  /**
   * Its records as the engine reads them; where they are not all, that is the last thing they tell. With `wanted` fields at other
   * positions may be ''.
   */
  readonly rows: (signal: AbortSignal, wanted?: Iterable<number>) => AsyncIterable<RowBatch>;
  /** Records that were refused on the way into the files. */
  readonly rejected: { readonly count: number; readonly first: readonly RejectedRecord[] };
  /** Records that the filter kept and left out, where there is one. */
  readonly filtered?: { readonly kept: number; readonly leftOut: number };
  /** Why it is not all of the source. */
  readonly failure?: SourceFailure;
}

const rowsOf = async function* (
  { files, fields }: ScannedSide,
  signal: AbortSignal,
  { wanted, failure }: { readonly wanted?: Iterable<number> | undefined; readonly failure?: SourceFailure | undefined },
): AsyncGenerator<RowBatch> {
  for await (const batch of scannedRows(files, fields, signal, wanted)) {
    yield batch;
    if (batch.kind === 'failed') return;
  }
  if (failure) yield { kind: 'failed', failure };
};

/** Files that can be scanned as they are stay where they are; everything else is read once into a file of our own. */
export const prepareSide = async (
  source: OpenedSource,
  {
    filter,
    directory,
    signal,
  }: { readonly filter?: RecordFilter; readonly directory: () => Promise<string>; readonly signal: AbortSignal },
): Promise<PreparedSide> => {
  const fields = source.facts.columns.length;
  const whole = filter === undefined || Object.keys(filter).length === 0;
  if (source.direct && whole) {
    const scanned = { files: source.direct, fields };
    return {
      source,
      scanned,
      rows: (stop, wanted) => rowsOf(scanned, stop, { wanted }),
      rejected: { count: 0, first: [] },
    };
  }
  const { file, rows: kept, rejected, leftOut, failure } = await spool(source, await directory(), signal, filter);
  const scanned = { files: [file], fields };
  const rows = (stop: AbortSignal, wanted?: Iterable<number>) => rowsOf(scanned, stop, { wanted, failure });
  return {
    source: { ...source, direct: [file], rows },
    scanned,
    rows,
    rejected,
    ...(whole ? {} : { filtered: { kept, leftOut } }),
    ...(failure ? { failure } : {}),
  };
};

/** Records that the scan refused, by where they stand in the source: the lines of a file of our own are nobody's. */
export const ofSource = (
  { scanned, rejected, filtered }: Pick<PreparedSide, 'scanned' | 'rejected' | 'filtered'>,
  refused: readonly RejectedRecord[],
): readonly RejectedRecord[] => {
  if (scanned.files.some(({ stamp }) => stamp !== undefined)) return refused;
  const counted = rejected.count === 0 && filtered === undefined;
  return refused.map(({ why, row, shown }) => ({
    why,
    ...(counted && row !== undefined ? { row } : {}),
    ...(shown === undefined ? {} : { shown }),
  }));
};
