import type { DelimitedFile, OpenedSource, SourceFacts, SourceFailure, SourceRow } from '../../model/sync/source.ts';
import { longHash } from '../duplicates/alone.ts';
import { readRecords } from '../engine/read.ts';
import { noKey } from './key-hash.ts';
import { keyOfParts } from './key-rules.ts';
import { type AskedKey, walkFiles } from './walking.ts';

const mostHead = 5_000;
/** A row of ten thousand columns, or of long texts, counts for many. */
const mostCells = 2_000_000;
const mostCharacters = 64 * 1024 * 1024;
/** What comes after it is not looked at. */
export const mostRows = 4_000_000;

export interface Walked {
  readonly rows: number;
  /** Whether these are all. */
  readonly whole: boolean;
  readonly failure?: SourceFailure;
}

/** A side that can be proposed for: `direct` are all its records, and `failure` says why they are not all of the source. */
export type Proposable = Pick<OpenedSource, 'facts' | 'rows' | 'direct'> & { readonly failure?: SourceFailure };

/** A side of which the first rows are known, and that can be walked through. */
export interface ReadSide {
  readonly facts: SourceFacts;
  readonly head: readonly SourceRow[];
  /** How far the first rows reach. */
  readonly start: Walked;
  /** Bytes that a walk reads; 0 where all rows are in memory. */
  readonly bytes: number;
  /** The keys of every row up to a bound, from the start at each call. */
  readonly walk: (asked: readonly AskedKey[]) => Promise<Walked>;
  /** The rows that a walk met under these numbers. */
  readonly rowsAt: (rows: readonly number[]) => Promise<readonly SourceRow[]>;
}

const headOf = async (
  source: Proposable,
  signal: AbortSignal,
): Promise<{ readonly head: readonly SourceRow[]; readonly start: Walked }> => {
  const most = Math.max(200, Math.min(mostHead, Math.floor(mostCells / Math.max(1, source.facts.columns.length))));
  const head: SourceRow[] = [];
  let characters = 0;
  const told = (whole: boolean, failure?: SourceFailure) => ({
    head,
    start: { rows: head.length, whole, ...(failure ? { failure } : {}) },
  });
  for await (const batch of source.rows(signal)) {
    // A source that is stopped ends as if it had failed, and what came until then says nothing of all its records.
    signal.throwIfAborted();
    if (batch.kind === 'failed') return told(false, batch.failure);
    if (batch.kind === 'rejected') continue;
    for (const row of batch.rows) {
      if (head.length >= most || characters >= mostCharacters) return told(false);
      head.push(row);
      for (const value of row) characters += value.length;
    }
  }
  signal.throwIfAborted();
  return told(true);
};

/** The keys of rows that are in memory; their numbers are their places. */
const walkHead = (head: readonly SourceRow[], asked: readonly AskedKey[]): void => {
  for (const { positions, form, visit } of asked) {
    for (const [at, row] of head.entries()) {
      const parts = positions.map((position) => row[position] ?? '');
      const key = keyOfParts(parts, form.of);
      visit(key === undefined ? noKey : longHash(key), at, () => parts);
    }
  }
};

const walkAll = async (
  source: Proposable & { readonly direct: readonly DelimitedFile[] },
  asked: readonly AskedKey[],
  signal: AbortSignal,
): Promise<Walked> => {
  const { direct, facts, failure } = source;
  const walked = await walkFiles(direct, facts.columns.length, asked, { signal, most: mostRows });
  signal.throwIfAborted();
  return walked.whole && failure ? { ...walked, whole: false, failure } : walked;
};

const rowsIn = async (
  files: readonly DelimitedFile[],
  rows: readonly number[],
  signal: AbortSignal,
): Promise<readonly SourceRow[]> => {
  const reply = await readRecords(files, rows, signal);
  signal.throwIfAborted();
  // What the file no longer holds is no evidence; that it changed is said by the comparison.
  return reply.kind === 'records' ? reply.records : rows.map(() => []);
};

/** Reads the first rows; where they are all, or the side stands in no file, the side is not read again. */
export const readSide = async (source: Proposable, signal: AbortSignal): Promise<ReadSide> => {
  const { facts, direct } = source;
  const { head, start } = await headOf(source, signal);
  if (start.whole || start.failure || !direct)
    return {
      facts,
      head,
      start,
      bytes: 0,
      walk: async (asked) => {
        walkHead(head, asked);
        return start;
      },
      rowsAt: async (rows) => rows.map((at) => head[at] ?? []),
    };
  return {
    facts,
    head,
    start,
    bytes: facts.bytes ?? Number.MAX_SAFE_INTEGER,
    walk: (asked) => walkAll({ ...source, direct }, asked, signal),
    rowsAt: (rows) => rowsIn(direct, rows, signal),
  };
};
