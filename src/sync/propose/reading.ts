import type { DelimitedFile, OpenedSource, SourceFacts, SourceFailure, SourceRow } from '../../model/sync/source.ts';
import { askKeys } from '../engine/ask.ts';
import { readRecords } from '../engine/read.ts';
import { type FormOfKeys, hashOfParts, noKey } from './key-hash.ts';
import type { Sketch } from './sketch.ts';

const mostHead = 5_000;
/** A row of ten thousand columns, or of long texts, counts for many. */
const mostCells = 1_000_000;
const fewestHead = 100;
const mostCharacters = 64 * 1024 * 1024;
/** What comes after it is not looked at. */
export const mostRows = 4_000_000;

export interface Walked {
  readonly rows: number;
  /** Whether these are all. */
  readonly whole: boolean;
  readonly failure?: SourceFailure;
}

/** A key of every row of a walk, into a sketch or as all hashes that there are. */
export interface WalkedKey {
  readonly positions: readonly number[];
  readonly form: FormOfKeys;
  readonly into:
    | { readonly kind: 'sketch'; readonly sketch: Sketch }
    | { readonly kind: 'all'; readonly add: (hashes: Float64Array) => void };
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
  /** The keys of every row up to a bound, from the start at each call; `blank` are by key the rows that have none. */
  readonly walk: (keys: readonly WalkedKey[]) => Promise<Walked & { readonly blank: readonly number[] }>;
  /** The rows that a walk met under these numbers; with `positions` only these values, in that order. */
  readonly rowsAt: (rows: readonly number[], positions?: readonly number[]) => Promise<readonly SourceRow[]>;
}

const headOf = async (
  source: Proposable,
  signal: AbortSignal,
): Promise<{ readonly head: readonly SourceRow[]; readonly start: Walked }> => {
  const most = Math.max(
    fewestHead,
    Math.min(mostHead, Math.floor(mostCells / Math.max(1, source.facts.columns.length))),
  );
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

/** The keys of rows that are in memory; their numbers are their places. Gives how many rows have none. */
const walkHead = (head: readonly SourceRow[], { positions, form, into }: WalkedKey): number => {
  const hashes = head.map((row) =>
    hashOfParts(
      positions.map((position) => row[position] ?? ''),
      form,
    ),
  );
  const known = hashes.filter((hash) => hash !== noKey);
  if (into.kind === 'all') into.add(Float64Array.from(known));
  else for (const [at, hash] of hashes.entries()) if (hash !== noKey) into.sketch.offer(hash, at);
  return hashes.length - known.length;
};

const walkAll = async (
  { direct, facts, failure }: Proposable & { readonly direct: readonly DelimitedFile[] },
  keys: readonly WalkedKey[],
  signal: AbortSignal,
): Promise<Walked & { readonly blank: readonly number[] }> => {
  const asked = keys.map(({ positions, form, into }) => ({
    positions,
    form: form.plain,
    ofText: (parts: readonly string[]): number => hashOfParts(parts, form),
    ...(into.kind === 'sketch'
      ? { wanted: { below: into.sketch.below, ...(into.sketch.also ? { also: into.sketch.also } : {}) } }
      : {}),
    take: (hashes: Float64Array): void => {
      if (into.kind === 'all') {
        into.add(hashes);
        return;
      }
      for (let at = 0; at < hashes.length; at += 2) into.sketch.offer(hashes[at] ?? 0, hashes[at + 1] ?? 0);
    },
  }));
  const walked = await askKeys(direct, facts.columns.length, asked, { signal, most: mostRows });
  signal.throwIfAborted();
  return walked.whole && failure ? { ...walked, whole: false, failure } : walked;
};

const rowsIn = async (
  files: readonly DelimitedFile[],
  rows: readonly number[],
  signal: AbortSignal,
  positions?: readonly number[],
): Promise<readonly SourceRow[]> => {
  const reply = await readRecords(files, rows, signal, positions);
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
      walk: async (keys) => ({ ...start, blank: keys.map((key) => walkHead(head, key)) }),
      rowsAt: async (rows, positions) =>
        rows.map((at) => {
          const row = head[at] ?? [];
          return positions ? positions.map((position) => row[position] ?? '') : row;
        }),
    };
  return {
    facts,
    head,
    start,
    bytes: facts.bytes ?? Number.MAX_SAFE_INTEGER,
    walk: (keys) => walkAll({ ...source, direct }, keys, signal),
    rowsAt: (rows, positions) => rowsIn(direct, rows, signal, positions),
  };
};
