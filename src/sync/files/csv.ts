import type { SourceNote } from '../../model/sync/source.ts';
import { wholeText } from '../../reason/encoding/whole-text.ts';
import { type Layout, linesIn, type Printable, records, withoutEnd } from './csv-records.ts';
import { type Dialect, isBlank, readRecord } from './delimited.ts';
import { detectDialect } from './dialect.ts';
import { type Encoding, otherThan } from './encoding.ts';
import { FileFault } from './fault.ts';
import { hasHeader, headerAt, headerCells, namesOf, namesWithout, titleNote } from './header.ts';
import type { Part, Survey } from './part.ts';
import { batched, type Table } from './table.ts';

const mostColumns = 20_000;

/** The name of an encoding as people in Japan call it. */
const called: Readonly<Record<string, string>> = { shift_jis: 'CP932 (Shift_JIS)', 'euc-jp': 'EUC-JP' };

const notesOf = (text: string, encoding: Encoding, dialect: Dialect, survey: Survey): readonly SourceNote[] => {
  const notes: SourceNote[] = [];
  const other = otherThan(encoding.name, survey.head, survey.sample);
  if (other !== undefined) {
    const [name, right] = [encoding.name, other].map((one) => called[one] ?? one.toUpperCase());
    notes.push({
      id: 'undecodable',
      encoding: other,
      says: {
        en: `The file is read as ${name}, and its bytes are ${right}.`,
        ja: `ファイルを ${name} として読み取っていますが、実際の文字コードは ${right} です。`,
      },
    });
  }
  if (encoding.name === 'utf-8' && encoding.bom > 0)
    notes.push({
      id: 'bom-in-header',
      says: {
        en: 'The file begins with a byte order mark. It is left out here; a program that keeps it reads the first column under another name.',
        ja: 'ファイルの先頭に BOM があります。ここでは取り除きますが、取り除かないプログラムでは 1 列目の名前が変わります。',
      },
    });
  if (encoding.name !== 'utf-8') {
    const name = called[encoding.name] ?? encoding.name.toUpperCase();
    notes.push({
      id: 'other-encoding',
      says: { en: `The file is written in ${name}.`, ja: `ファイルの文字コードは ${name} です。` },
    });
  }
  if (dialect.end === '\n') {
    // Within quotes a line end is part of a value; the sample may end in the middle of one.
    const bare = dialect.quote === '"' ? text.replace(/"[^"]*(?:"|$)/g, '') : text;
    const [all, both] = [linesIn(bare, 0, bare.length, '\n'), bare.split('\r\n').length - 1];
    if (both > 0 && both < all)
      notes.push({
        id: 'mixed-line-ends',
        says: {
          en: 'Some lines end with CRLF and some with LF.',
          ja: '改行コードに CRLF と LF が混在しています。',
        },
      });
  }
  return notes;
};

const truncated: SourceNote = {
  id: 'truncated-last-record',
  says: {
    en: 'The last record has fewer fields than the header and no line end: the file was probably cut while it was written.',
    ja: '最後のレコードは見出しより列が少なく、改行もありません。書き込みの途中で切れた可能性があります。',
  },
};

/** A last record of more lines is taken for one that was cut. */
const mostLines = 1_000;

/** Whether the text, which is all of it, ends within a record. */
const endsWithin = (text: string, dialect: Dialect, columns: number): boolean => {
  if (text.endsWith(dialect.end)) return false;
  const start = text.lastIndexOf(dialect.end) + 1;
  // The last record may be of several lines, with line ends in quotes.
  for (let [at, lines] = [start, 0]; lines < mostLines; lines += 1) {
    const record = readRecord(text, at, dialect, true);
    if (record.kind === 'record' && record.fields.length >= columns && record.next >= text.length) return false;
    if (at < 2) break;
    at = text.lastIndexOf(dialect.end, at - 2) + 1;
  }
  const last = readRecord(text, start, dialect, true);
  return last.kind !== 'more' && (last.kind === 'fault' || (!isBlank(last.fields) && last.fields.length < columns));
};

/** The first records of a text and where they stand; throws a `FileFault` where the first of them cannot be read. */
const beginningOf = (
  text: string,
  dialect: Dialect,
  whole: boolean,
  what: string,
): {
  readonly first: readonly (readonly string[])[];
  readonly places: readonly { readonly from: number; readonly next: number }[];
} => {
  let at = 0;
  const first: (readonly string[])[] = [];
  const places: { readonly from: number; readonly next: number }[] = [];
  while (at < text.length && first.length < 200) {
    const reading = readRecord(text, at, dialect, whole);
    if (reading.kind === 'more') break;
    if (reading.kind === 'record' && !isBlank(reading.fields)) {
      first.push(reading.fields);
      places.push({ from: at, next: reading.next });
    } else if (reading.kind === 'fault' && first.length === 0)
      throw new FileFault({
        kind: 'malformed',
        what,
        says: reading.why === 'unclosed-quote' ? 'a quote in the header is not closed' : 'a stray quote in the header',
        line: linesIn(text, 0, at, dialect.end) + 1,
      });
    at = reading.next;
  }
  return { first, places };
};

/** A list of delimited records. `tail`: the last bytes, where they are at hand. */
export const csvTable = async (
  part: Part,
  survey: Survey,
  encoding: Encoding,
  asked: string | undefined,
  printable: Printable,
  tail?: Buffer,
): Promise<Table> => {
  let text = new TextDecoder(encoding.name, { ignoreBOM: true }).decode(survey.head.subarray(encoding.bom), {
    stream: !survey.whole || wholeText(encoding.name).stream,
  });
  const sample = text;
  const separatorLine = /^sep=.\r?\n/.test(text.slice(0, 8));
  const separator = separatorLine ? text[4] : undefined;
  const skipped = separatorLine ? text.indexOf('\n') + 1 : 0;
  text = text.slice(skipped);
  const dialect = detectDialect(text, survey.whole, asked ?? separator);
  const { first, places } = beginningOf(text, dialect, survey.whole, part.name);
  const top = headerAt(first);
  const [header, below] = [headerCells(first, top), first.slice(top + 1)];
  const { from: headerStart, next: headerEnd } = places[top] ?? { from: 0, next: 0 };
  if (first.length === 0) {
    if (survey.whole) throw new FileFault({ kind: 'empty', what: part.name });
    throw new FileFault({ kind: 'too-large', what: part.name, says: 'its first record does not end', line: 1 });
  }
  if (header.length > mostColumns)
    throw new FileFault({ kind: 'too-large', what: part.name, says: `${header.length} columns`, line: 1 });
  const named = hasHeader(header, below) ? namesOf(header) : undefined;
  const { names, notes } = named ?? namesWithout(header.length);
  const layout: Layout = {
    dialect,
    encoding,
    columns: names.length,
    header: named === undefined ? undefined : withoutEnd(text.slice(headerStart, headerEnd)),
    before: named === undefined ? 0 : top + 1,
    separatorLine,
  };
  const ending = survey.whole ? text : tail?.toString('utf8');
  const cut = ending !== undefined && encoding.name === 'utf-8' && endsWithin(ending, dialect, names.length);
  const plain =
    part.file !== undefined && encoding.name === 'utf-8' && dialect.end === '\n' && dialect.delimiter.length === 1;
  const offsetOf = (end: number): number =>
    encoding.bom + Buffer.byteLength(sample.slice(0, skipped)) + Buffer.byteLength(text.slice(0, end));
  return {
    name: part.name,
    format: dialect.delimiter === '\t' ? 'tsv' : 'csv',
    columns: names.map((name) => printable(name, 200)),
    notes: [
      ...(top === 0 ? [] : [titleNote(first.slice(0, top))]),
      ...notes,
      ...notesOf(sample, encoding, dialect, survey),
      ...(cut ? [truncated] : []),
    ],
    encoding: encoding.name,
    delimiter: dialect.delimiter,
    ...(plain && part.file !== undefined && dialect.delimiter.charCodeAt(0) < 0x80
      ? {
          direct: {
            ...part.file,
            from: named === undefined ? offsetOf(0) : offsetOf(headerEnd),
            // Of one column a value may well be called like it.
            ...(named === undefined || names.length === 1 ? {} : { header: offsetOf(headerStart) }),
            delimiter: dialect.delimiter.charCodeAt(0),
            quote: dialect.quote === '' ? 0 : dialect.quote.charCodeAt(0),
          },
        }
      : {}),
    rows: (signal) => batched(records(part, layout, printable, signal)),
  };
};
