import { appendLines } from './append.ts';
import { errorCode } from './error-code.ts';
import type { Files } from './files.ts';
import { fold } from './fold.ts';
import { withLock } from './lock.ts';
import { parseRecord } from './parse.ts';
import type { Piece } from './pieces.ts';
import { piecesBackward, piecesForward } from './pieces.ts';
import type { RunbookRecord, Who } from './record.ts';

const lineEnd = 0x0a;

const lineOf = (record: RunbookRecord): string => `${JSON.stringify(record)}\n`;

const repair = (at: string, who: Who): RunbookRecord => ({
  at,
  who,
  kind: 'repaired',
  text: 'The line before this one was cut off (crash or full disk). It is kept as it is and ignored.',
});

/** Appends one record; a torn last line before it gets its line end, and a record that says so. */
export const appendRecord = (files: Files, path: string, record: RunbookRecord): Promise<void> =>
  withLock(files, `${path}.lock`, () =>
    appendLines(files, path, lineOf(record), lineOf(repair(record.at, record.who))),
  );

/** What of the log is wanted; the rest is passed over without being understood. */
export interface Look {
  /** From the last record back to the first, so that a reader may stop early. */
  readonly backward?: boolean;
  /** Only lines that hold these bytes, found by a search that is much cheaper than reading every line. */
  readonly holding?: string;
  /** Only lines of whose folded text this is true; of a text of several lines it has to be true if it is of one of them. */
  readonly says?: (folded: string) => boolean;
  /** Only lines of which this is true. */
  readonly fits?: (line: string) => boolean;
  /** Ends after about so many bytes. */
  readonly mostBytes?: number;
}

/** Records in the order that was asked for; `broken` counts the unreadable lines that were met so far. */
export interface Reading extends AsyncIterable<RunbookRecord> {
  readonly broken: number;
}

const closing = 0x7d;

const isBlank = (line: string): boolean => /^[\x00-\x20]*$/.test(line);

/** Enough to count a cut-off line that is not looked at any further. */
const looksWhole = (line: string): boolean => line.startsWith('{') && line.trimEnd().endsWith('}');

/** The lines of a piece that hold a text, in the order of the file. */
const linesHolding = (piece: Buffer, needle: Buffer): readonly string[] => {
  const lines: string[] = [];
  for (let hit = piece.indexOf(needle); hit !== -1; ) {
    const start = hit === 0 ? 0 : piece.lastIndexOf(lineEnd, hit - 1) + 1;
    const found = piece.indexOf(lineEnd, hit);
    const end = found < 0 ? piece.length : found;
    lines.push(piece.toString('utf8', start, end));
    hit = piece.indexOf(needle, end);
  }
  return lines;
};

/** Lines that are cut off, told by their ends without looking at them any further. */
const cutLines = (piece: Buffer): number => {
  let cut = 0;
  let start = 0;
  for (let end = piece.indexOf(lineEnd); start < piece.length; end = piece.indexOf(lineEnd, start)) {
    const stop = end < 0 ? piece.length : end;
    if (piece[stop - 1] !== closing) {
      const line = piece.toString('utf8', start, stop);
      if (!looksWhole(line) && !isBlank(line)) cut += 1;
    }
    start = stop + 1;
  }
  return cut;
};

// JSON may write any letter as a number: such a line is read to know what it says.
const mayHide = (text: string): boolean => text.includes('\\u');

/** The lines of a piece that are worth reading, in the order of the file, and how many of the others are cut off. */
const linesOf = (piece: Buffer, { says, fits }: Look): { readonly lines: readonly string[]; readonly cut: number } => {
  const text = piece.toString('utf8');
  const folded = says && fold(text);
  if (says && folded !== undefined && !says(folded) && !mayHide(text)) return { lines: [], cut: cutLines(piece) };
  const all = text.split('\n');
  if (!says && !fits) return { lines: all, cut: 0 };
  // Folding leaves every line end in its place.
  const foldedLines = folded?.split('\n') ?? [];
  const isWanted = (line: string, index: number): boolean =>
    (!says || says(foldedLines[index] ?? '') || mayHide(line)) && (!fits || fits(line));
  let cut = 0;
  const lines = all.filter((line, index) => {
    const wanted = isWanted(line, index);
    if (!wanted && !looksWhole(line) && !isBlank(line)) cut += 1;
    return wanted;
  });
  return { lines, cut };
};

export const readRecords = (files: Files, path: string, look: Look = {}): Reading => {
  const { backward = false, holding, mostBytes = Number.POSITIVE_INFINITY } = look;
  const needle = holding === undefined ? undefined : Buffer.from(holding);
  let broken = 0;
  const recordsOf = ({ lines: piece, tooLong }: Piece): readonly RunbookRecord[] => {
    const { lines, cut } = needle
      ? { lines: linesHolding(piece, needle).filter((line) => !look.fits || look.fits(line)), cut: 0 }
      : linesOf(piece, look);
    broken += tooLong + cut;
    const records: RunbookRecord[] = [];
    for (const line of lines) {
      const record = parseRecord(line);
      if (record === undefined) broken += isBlank(line) ? 0 : 1;
      else if (record !== 'unknown') records.push(record);
    }
    return backward ? records.reverse() : records;
  };
  return {
    get broken() {
      return broken;
    },
    async *[Symbol.asyncIterator]() {
      broken = 0;
      const file = await files.open(path, 'r').catch((error: unknown) => {
        // Nothing was ever written down.
        if (errorCode(error) === 'ENOENT') return undefined;
        throw error;
      });
      if (!file) return;
      try {
        let bytes = 0;
        for await (const piece of backward ? piecesBackward(file) : piecesForward(file)) {
          yield* recordsOf(piece);
          bytes += piece.lines.length;
          if (bytes >= mostBytes) return;
        }
      } finally {
        await file.close();
      }
    },
  };
};
