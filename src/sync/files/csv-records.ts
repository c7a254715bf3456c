import type { RejectedRecord, SourceRow } from '../../model/sync/source.ts';
import { type Dialect, isBlank, readRecord } from './delimited.ts';
import type { Encoding } from './encoding.ts';
import { FileFault } from './fault.ts';
import { type BadLine, movedBy, textBlocks } from './lines.ts';
import type { Part } from './part.ts';

/** A quoted field that is longer was never closed. */
const longestRecord = 16 * 1024 * 1024;

/** Each of these reads the rest again. */
const mostUnclosed = 100;

/** Escapes what cannot be shown; at most so many characters. */
export type Printable = (text: string, most?: number) => string;

/** How the records of a file are read. */
export interface Layout {
  readonly dialect: Dialect;
  readonly encoding: Encoding;
  readonly columns: number;
  /** The header as it is written, which may stand again among the records; undefined: there is none. */
  readonly header: string | undefined;
  /** Records before the first one of the data: the header, and titles above it. */
  readonly before: number;
  /** `sep=;`, as Excel writes it before the header. */
  readonly separatorLine: boolean;
}

/** Line ends in a part of a text. */
export const linesIn = (text: string, from: number, to: number, end: string): number => {
  let count = 0;
  for (let at = text.indexOf(end, from); at >= 0 && at < to; at = text.indexOf(end, at + 1)) count += 1;
  return count;
};

/** A record as it is written, without the line end behind it. */
export const withoutEnd = (record: string): string => record.replace(/\r?\n$|\r$/, '');

/** The records of delimited text, and what is none; throws a `FileFault` where quotes are left open again and again. */
export const records = async function* (
  part: Part,
  layout: Layout,
  printable: Printable,
  signal: AbortSignal,
): AsyncGenerator<SourceRow | { readonly rejected: RejectedRecord }> {
  const { columns, dialect, encoding, header } = layout;
  const { end } = dialect;
  // With the byte order mark of a file of its own, or without.
  const isHeader = (text: string, from: number, next: number): boolean =>
    header !== undefined &&
    columns > 1 &&
    next - from <= header.length + 3 &&
    withoutEnd(text.slice(from, next).replace(/^\ufeff/, '')) === header;
  let [line, row, unclosed] = [1, 0, 0];
  let [headDue, separatorDue] = [layout.before, layout.separatorLine];
  let [kept, keptBad]: [string, readonly BadLine[]] = ['', []];

  const read = function* (whole: boolean): Generator<SourceRow | { readonly rejected: RejectedRecord }> {
    const text = kept;
    let [at, badAt] = [0, 0];
    while (at < text.length) {
      let reading = readRecord(text, at, dialect, whole);
      if (reading.kind === 'more') {
        if (text.length - at <= longestRecord) break;
        reading = readRecord(text, at, dialect, true);
        if (reading.kind === 'more') break;
      }
      const [from, next] = [at, reading.next];
      const started = line;
      // Most records are one line: counted only where a quote may hold a line end.
      line += linesIn(text, from, next, end);
      at = next;
      while ((keptBad[badAt]?.to ?? text.length + 1) <= from) badAt += 1;
      const bad = keptBad[badAt];
      const rejected = (why: RejectedRecord['why'], byte?: number): { readonly rejected: RejectedRecord } => ({
        rejected: {
          why,
          file: part.name,
          row: row + 1,
          line: started,
          ...(byte === undefined ? {} : { byte }),
          shown: printable(text.slice(from, Math.min(next, from + 200)).trimEnd(), 120),
        },
      });
      if (reading.kind === 'fault') {
        if (reading.why === 'unclosed-quote') unclosed += 1;
        if (unclosed > mostUnclosed)
          throw new FileFault({
            kind: 'malformed',
            what: part.name,
            says: `more than ${mostUnclosed} quotes are not closed`,
            line: started,
          });
        yield rejected(reading.why);
        row += 1;
        continue;
      }
      const { fields } = reading;
      if (isBlank(fields)) continue;
      if (separatorDue) {
        separatorDue = false;
        continue;
      }
      if (headDue > 0) {
        headDue -= 1;
        continue;
      }
      if (bad !== undefined && bad.from < next) yield rejected(bad.why, bad.byte);
      else if (fields.length < columns) yield rejected('too-few-fields');
      else if (fields.length > columns) yield rejected('too-many-fields');
      // Files put behind one another with their headers.
      else if (isHeader(text, from, next)) yield rejected('header-again');
      else yield fields;
      row += 1;
    }
    kept = text.slice(at);
    keptBad = movedBy(
      -at,
      keptBad.filter(({ to }) => to > at),
    );
  };

  const blocks = textBlocks(part.pieces(), encoding.name, part.name, {
    skip: encoding.bom,
    end: end.charCodeAt(0),
  });
  for await (const block of blocks) {
    if (signal.aborted) return;
    keptBad = [...keptBad, ...movedBy(kept.length, block.bad)];
    kept += block.text;
    yield* read(false);
  }
  yield* read(true);
};
