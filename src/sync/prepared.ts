import type { OpenedSource, RejectedRecord, SourceFailure } from '../model/sync/source.ts';
import type { RecordFilter } from '../model/sync/subject.ts';
import type { ScannedSide } from './local-join.ts';
import { spool } from './spool.ts';
import { spooledRows } from './spooled-rows.ts';

/** A side whose records stand in files that the engine can scan, read from its system once. */
export interface PreparedSide {
  /** The same source; `rows` reads what was kept of it. */
  readonly source: OpenedSource;
  readonly scanned: ScannedSide;
  /** Records that were refused on the way into the files. */
  readonly rejected: { readonly count: number; readonly first: readonly RejectedRecord[] };
  /** Records that the filter kept and left out, where there is one. */
  readonly filtered?: { readonly kept: number; readonly leftOut: number };
  /** Why it is not all of the source. */
  readonly failure?: SourceFailure;
}

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
    return { source, scanned: { files: source.direct, fields }, rejected: { count: 0, first: [] } };
  }
  const { file, rows, rejected, leftOut, failure } = await spool(source, await directory(), signal, filter);
  return {
    source: {
      facts: source.facts,
      direct: [file],
      rows: (stop) => spooledRows(file, fields, stop),
      close: source.close,
    },
    scanned: { files: [file], fields },
    rejected,
    ...(whole ? {} : { filtered: { kept: rows, leftOut } }),
    ...(failure ? { failure } : {}),
  };
};
