import type { RejectedRecord, SourceNote, SourceRow } from '../../model/sync/source.ts';
import type { Encoding } from './encoding.ts';
import { FileFault } from './fault.ts';
import { fieldsOf } from './json-record.ts';
import { canonical, JsonFault, type JsonValue, parseJson } from './json-value.ts';
import { type BadLine, brokenAt, textBlocks } from './lines.ts';
import type { Part } from './part.ts';
import { batched, type Table } from './table.ts';

const mostColumns = 20_000;
const longestRecord = 16 * 1024 * 1024;
/** Of a longer one, so much is shown. */
const shownOfLong = 200;

type Printable = (text: string, most?: number) => string;

/** The text of one record and where it stands; a fault is a record that is none. */
interface Piece {
  readonly text: string;
  readonly line: number;
  readonly bad?: { readonly why: BadLine['why'] | 'too-long'; readonly byte?: number };
}

const linePieces = async function* (part: Part, encoding: Encoding, signal: AbortSignal): AsyncGenerator<Piece> {
  let line = 0;
  for await (const { text, bad } of textBlocks(part.pieces(), encoding.name, part.name, { skip: encoding.bom })) {
    if (signal.aborted) return;
    let badAt = 0;
    for (let at = 0; at < text.length; ) {
      const found = text.indexOf('\n', at);
      const next = found < 0 ? text.length : found + 1;
      line += 1;
      while ((bad[badAt]?.to ?? text.length + 1) <= at) badAt += 1;
      const spoiled = bad[badAt];
      const content = text.slice(at, next).trim();
      if (content !== '')
        yield {
          text: content,
          line,
          ...(spoiled !== undefined && spoiled.from < next ? { bad: spoiled } : {}),
        };
      at = next;
    }
  }
};

/** Text in blocks of bounded length, not cut at line ends: JSON on one line may be of any size. */
const anyBlocks = async function* (part: Part, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding.name, { fatal: true, ignoreBOM: true });
  let [place, skip] = [0, encoding.bom];
  const decode = (piece: Buffer | undefined): string => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch {
      // The step may begin within a character of the one before it.
      let start = 0;
      while (start < 3 && piece !== undefined && ((piece[start] ?? 0) & 0xc0) === 0x80) start += 1;
      const byte = place + (piece === undefined ? 0 : start + brokenAt(piece.subarray(start), encoding.name));
      throw new FileFault({ kind: 'encoding', what: part.name, says: `not ${encoding.name}`, byte });
    }
  };
  for await (const piece of part.pieces()) {
    const cut = Math.min(skip, piece.length);
    skip -= cut;
    // Small steps, so that the place of a broken character is known closely.
    for (let at = cut; at < piece.length; at += 4_096) {
      place += at === cut ? cut : 0;
      const step = piece.subarray(at, at + 4_096);
      yield decode(step);
      place += step.length;
    }
  }
  yield decode(undefined);
};

/** The records of one list of objects, which is all of the text or the value of one name of an object. */
const listPieces = async function* (part: Part, encoding: Encoding, signal: AbortSignal): AsyncGenerator<Piece> {
  const malformed = (says: string, line: number): FileFault =>
    new FileFault({ kind: 'malformed', what: part.name, says, line });
  // Open brackets; the list whose objects are the records is at `listDepth`.
  let open = '';
  let [listDepth, lists, line, started] = [0, 0, 1, 0];
  let [inString, escaped, done] = [false, false, false];
  let record: string[] | undefined;
  let [length, behindOpening] = [0, false];
  const tooLong = (): boolean => length > longestRecord;
  // Of what is too long only the beginning is kept.
  const keep = (text: string): void => {
    length += text.length;
    if (record === undefined) return;
    if (!tooLong()) record.push(text);
    else if (length - text.length <= longestRecord) record = [record.slice(0, 2).join('').slice(0, shownOfLong)];
  };
  for await (const text of anyBlocks(part, encoding)) {
    if (signal.aborted) return;
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 10) line += 1;
      if (inString) {
        if (escaped) escaped = false;
        else if (code === 92) escaped = true;
        else if (code === 34) inString = false;
        continue;
      }
      if (code === 34) {
        inString = true;
        behindOpening = false;
      } else if (code === 123 || code === 91) {
        if (done) throw malformed('something follows the end', line);
        // Objects in a list at the top, or in a list of the object at the top.
        if (record === undefined && code === 123 && (open === '[' || open === '{[')) {
          if (behindOpening) {
            lists += 1;
            if (lists > 1)
              throw new FileFault({ kind: 'refused', what: part.name, says: 'it has more than one list of objects' });
            listDepth = open.length;
          }
          if (listDepth === open.length) {
            record = [];
            [from, length, started] = [at, 0, line];
          }
        }
        open += code === 123 ? '{' : '[';
        behindOpening = code === 91;
        if (open.length > 1_000) throw malformed('nested more than 1000 deep', line);
      } else if (code === 125 || code === 93) {
        if (open.at(-1) !== (code === 125 ? '{' : '[')) throw malformed('brackets that do not belong together', line);
        open = open.slice(0, -1);
        behindOpening = false;
        if (record !== undefined && open.length === listDepth) {
          keep(text.slice(from, at + 1));
          yield { text: record.join(''), line: started, ...(tooLong() ? { bad: { why: 'too-long' } } : {}) };
          record = undefined;
        }
        if (open === '') done = true;
      } else if (code > 32) {
        if (done) throw malformed('something follows the end', line);
        behindOpening = false;
      }
    }
    if (record !== undefined) keep(text.slice(from));
  }
  if (inString || open !== '') throw malformed('it ends in the middle', line);
};

const parsed = async function* (
  pieces: AsyncIterable<Piece>,
  part: Part,
  printable: Printable,
): AsyncGenerator<ReadonlyMap<string, JsonValue> | { readonly rejected: RejectedRecord }> {
  let row = 0;
  for await (const { bad, line, text } of pieces) {
    row += 1;
    const rejected = (why: RejectedRecord['why']): { readonly rejected: RejectedRecord } => ({
      rejected: {
        why,
        file: part.name,
        row,
        line,
        ...(bad?.byte === undefined ? {} : { byte: bad.byte }),
        shown: printable(text.slice(0, 200), 120),
      },
    });
    if (bad !== undefined) {
      yield rejected(bad.why);
      continue;
    }
    let value: JsonValue;
    try {
      value = parseJson(text);
    } catch (error) {
      if (!(error instanceof JsonFault)) throw error;
      yield rejected('malformed');
      continue;
    }
    if (value !== null && typeof value === 'object' && 'entries' in value) yield fieldsOf(value.entries);
    else yield rejected('malformed');
  }
};

const truncated: SourceNote = {
  id: 'truncated-last-record',
  says: {
    en: 'The last record is not complete: the file was probably cut while it was written.',
    ja: '最後のレコードが途中で終わっています。書き込みの途中で切れた可能性があります。',
  },
};

/** JSON Lines, or a list of objects. It is read once to know the columns, which any record may add to. */
export const jsonTable = async (
  part: Part,
  format: 'jsonl' | 'json',
  encoding: Encoding,
  printable: Printable,
  signal: AbortSignal,
): Promise<Table> => {
  const again = (
    stop: AbortSignal,
  ): AsyncIterable<ReadonlyMap<string, JsonValue> | { readonly rejected: RejectedRecord }> =>
    parsed((format === 'jsonl' ? linePieces : listPieces)(part, encoding, stop), part, printable);
  const names = new Set<string>();
  let [count, exact] = [0, true];
  let [refused, last]: (RejectedRecord | undefined)[] = [];
  try {
    for await (const record of again(signal)) {
      last = 'rejected' in record ? record.rejected : undefined;
      if ('rejected' in record) {
        refused ??= record.rejected;
        continue;
      }
      count += 1;
      for (const name of record.keys()) names.add(name);
      if (names.size > mostColumns)
        throw new FileFault({ kind: 'too-large', what: part.name, says: `more than ${mostColumns} columns` });
    }
  } catch (error) {
    // What stands before the break is read; the break itself comes with the rows.
    if (
      names.size === 0 ||
      !(error instanceof FileFault) ||
      error.failure.kind === 'too-large' ||
      error.failure.kind === 'refused'
    )
      throw error;
    exact = false;
  }
  if (names.size === 0) {
    if (refused?.line !== undefined)
      throw new FileFault({
        kind: 'malformed',
        what: part.name,
        says: 'no record in it can be read',
        line: refused.line,
      });
    throw new FileFault({ kind: 'not-data', what: part.name, says: 'it has no list of objects' });
  }
  const columns = [...names];
  const rows = async function* (stop: AbortSignal): AsyncGenerator<SourceRow | { readonly rejected: RejectedRecord }> {
    for await (const record of again(stop))
      yield 'rejected' in record ? record : columns.map((name) => canonical(record.get(name) ?? null));
  };
  return {
    name: part.name,
    format,
    columns: columns.map((name) => printable(name, 200)),
    loose: true,
    notes: last?.why === 'malformed' ? [truncated] : [],
    ...(exact ? { rowCount: count } : {}),
    encoding: encoding.name,
    rows: (stop) => batched(rows(stop)),
  };
};
