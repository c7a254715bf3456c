import type { OpenedSource, SourceFacts, SourceFailure, SourceRow } from '../../model/sync/source.ts';

const mostHead = 20_000;
/** A row of ten thousand columns, or of long texts, counts for many. */
const mostCells = 4_000_000;
const mostCharacters = 64 * 1024 * 1024;
/** What comes after it is not looked at. */
const mostRows = 4_000_000;

export interface Walked {
  readonly rows: number;
  /** Whether these are all. */
  readonly whole: boolean;
  readonly failure?: SourceFailure;
}

/** A side of which the first rows are known, and that can be walked through. */
export interface ReadSide {
  readonly facts: SourceFacts;
  readonly head: readonly SourceRow[];
  /** How far the first rows reach. */
  readonly start: Walked;
  /** Every row up to a bound, from the start at each call. */
  readonly walk: (visit: (row: SourceRow) => void) => Promise<Walked>;
}

const walked = async (
  source: Pick<OpenedSource, 'rows'>,
  signal: AbortSignal,
  visit: (row: SourceRow) => boolean,
): Promise<Walked> => {
  let rows = 0;
  for await (const batch of source.rows(signal)) {
    // A source that is stopped ends as if it had failed, and what came until then says nothing of all its records.
    signal.throwIfAborted();
    if (batch.kind === 'failed') return { rows, whole: false, failure: batch.failure };
    if (batch.kind === 'rejected') continue;
    for (const row of batch.rows) {
      if (rows >= mostRows || !visit(row)) return { rows, whole: false };
      rows += 1;
    }
  }
  signal.throwIfAborted();
  return { rows, whole: true };
};

/** Reads the first rows; where they are all, the side is not read again. */
export const readSide = async (
  source: Pick<OpenedSource, 'facts' | 'rows'>,
  signal: AbortSignal,
): Promise<ReadSide> => {
  const { facts } = source;
  const most = Math.max(200, Math.min(mostHead, Math.floor(mostCells / Math.max(1, facts.columns.length))));
  const head: SourceRow[] = [];
  let characters = 0;
  const start = await walked(source, signal, (row) => {
    if (head.length >= most || characters >= mostCharacters) return false;
    head.push(row);
    for (const value of row) characters += value.length;
    return true;
  });
  return {
    facts,
    head,
    start,
    walk: async (visit) => {
      if (!start.whole && start.failure === undefined)
        return walked(source, signal, (row) => {
          visit(row);
          return true;
        });
      for (const row of head) visit(row);
      return start;
    },
  };
};
