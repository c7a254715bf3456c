import type { FileStamp, RejectedRecord, SourceNote, SourceRow } from '../../model/sync/source.ts';
import { excelDate } from './excel-date.ts';
import { FileFault } from './fault.ts';
import { hasHeader, headerAt, headerCells, namesOf, namesWithout, titleNote } from './header.ts';
import { batched, type Table } from './table.ts';
import { type Sheet, type Shows, sharedOf, sheetsOf, stylesOf, unescaped, type Workbook } from './xlsx-book.ts';
import { readXml } from './xlsx-xml.ts';
import { type Member, memberPieces } from './zip.ts';

const rowLimit = 1_048_576;
const mostColumns = 16_384;
const longestCell = 1024 * 1024;

type Printable = (text: string, most?: number) => string;

export const isWorkbook = (members: readonly Member[]): boolean =>
  members.some(({ name }) => name === 'xl/workbook.xml');

/** `BC12`: 54. */
const columnAt = (reference: string): number => {
  let at = 0;
  for (const sign of reference) {
    const code = sign.charCodeAt(0);
    if (code < 65 || code > 90) break;
    at = at * 26 + code - 64;
  }
  return at - 1;
};

/** A number as it is meant: the shortest text that is the same number, digits without an exponent. */
const plainNumber = (written: string): string => {
  const number = Number(written);
  if (written === '' || !Number.isFinite(number)) return written;
  if (/^-?\d+$/.test(written)) return written;
  const text = String(number);
  return text.includes('e-') ? number.toFixed(20).replace(/0+$/, '') : text;
};

interface Reading {
  readonly styles: readonly Shows[];
  readonly shared: readonly string[];
  readonly from1904: boolean;
}

interface SheetRow {
  /** Its number in the sheet. */
  readonly at: number;
  readonly cells: readonly string[];
  readonly withoutValue: number;
}

const rowsOfSheet = async function* (book: Workbook, part: string, reading: Reading): AsyncGenerator<SheetRow> {
  const pieces = book.pieces(part);
  if (pieces === undefined) throw new FileFault({ kind: 'malformed', what: book.what, says: `it has no ${part}` });
  let ready: SheetRow[] = [];
  let [rowAt, cells, columnOf, withoutValue]: [number, string[], number, number] = [0, [], -1, 0];
  let [type, style, value, formula, hasValue, takes, phonetic] = ['', 0, '', false, false, false, false];
  const cellText = (): string => {
    if (type === 's') return reading.shared[Number(value)] ?? '';
    if (type === 'inlineStr' || type === 'str') return unescaped(value);
    if (type === 'b') return value === '1' ? 'true' : value === '0' ? 'false' : value;
    if (type === 'e' || type === 'd') return value;
    const shows = value === '' ? undefined : reading.styles[style];
    return (shows === undefined ? undefined : excelDate(Number(value), shows, reading.from1904)) ?? plainNumber(value);
  };
  const parser = readXml(pieces, book.what, {
    open: (name, attributes) => {
      if (name === 'row') {
        const at = Number(attributes.r ?? rowAt + 1);
        rowAt = Number.isSafeInteger(at) && at > 0 ? at : rowAt + 1;
        [cells, columnOf, withoutValue] = [[], -1, 0];
      } else if (name === 'c') {
        const at = attributes.r === undefined ? columnOf + 1 : columnAt(attributes.r);
        if (at < 0 || at >= mostColumns)
          throw new FileFault({
            kind: 'malformed',
            what: book.what,
            says: 'a cell beyond the last column',
            line: rowAt,
          });
        columnOf = at;
        type = attributes.t ?? 'n';
        style = Number(attributes.s ?? 0);
        [value, formula, hasValue] = ['', false, false];
      } else if (name === 'f') formula = true;
      else if (name === 'rPh') phonetic = true;
      else if (name === 'v' || (name === 't' && type === 'inlineStr')) {
        takes = !phonetic;
        hasValue = true;
      }
    },
    text: (text) => {
      if (!takes) return;
      value += text;
      if (value.length > longestCell)
        throw new FileFault({
          kind: 'too-large',
          what: book.what,
          says: 'a cell of more than 1 Mi characters',
          line: rowAt,
        });
    },
    close: (name) => {
      if (name === 'v' || name === 't') takes = false;
      else if (name === 'rPh') phonetic = false;
      else if (name === 'c') {
        if (formula && !hasValue) withoutValue += 1;
        while (cells.length < columnOf) cells.push('');
        cells[columnOf] = cellText();
      } else if (name === 'row' && cells.some((cell) => cell !== '')) ready.push({ at: rowAt, cells, withoutValue });
    },
  });
  for await (const _ of parser) {
    yield* ready;
    ready = [];
  }
};

const mostPeeked = 200;
/** A cover or a list of codes that stands before the data has this many times fewer rows. */
const timesFewer = 5;

/** How many rows a sheet has, counted up to a few hundred. */
const rowsAtLeast = async (book: Workbook, part: string, reading: Reading): Promise<number> => {
  let count = 0;
  for await (const _ of rowsOfSheet(book, part, reading)) {
    count += 1;
    if (count >= mostPeeked) break;
  }
  return count;
};

/** The first sheet with data, but for a cover before it, and the names of those that have some. */
const sheetWithData = async (
  book: Workbook,
  sheets: readonly Sheet[],
  reading: Reading,
): Promise<{ readonly chosen: Sheet | undefined; readonly filled: readonly Sheet[] }> => {
  const counted: { readonly sheet: Sheet; readonly rows: number }[] = [];
  for (const sheet of sheets) {
    if (counted.length >= 5) break;
    const rows = await rowsAtLeast(book, sheet.part, reading);
    if (rows > 0) counted.push({ sheet, rows });
  }
  const most = Math.max(...counted.map(({ rows }) => rows));
  return {
    chosen: counted.find(({ rows }) => rows * timesFewer >= most)?.sheet,
    filled: counted.map(({ sheet }) => sheet),
  };
};

const note = (id: SourceNote['id'], en: string, ja: string): SourceNote => ({ id, says: { en, ja } });

/** What is said of a sheet besides its header. */
const notesOf = (
  {
    titles,
    filled,
    chosen,
    last,
    withoutValue,
  }: {
    readonly titles: readonly (readonly string[])[];
    readonly filled: readonly Sheet[];
    readonly chosen: Sheet;
    /** Number of the last row in the sheet. */
    readonly last: number;
    readonly withoutValue: number;
  },
  printable: Printable,
): readonly SourceNote[] => {
  const more: SourceNote[] = titles.length === 0 ? [] : [titleNote(titles)];
  const sheetNames = filled.map(({ name }) => printable(name, 60)).join(', ');
  if (filled.length > 1)
    more.push(
      note(
        'several-sheets',
        `Several sheets have data (${sheetNames}); "${printable(chosen.name, 60)}" is read. Another one is named by sheet: in the configuration.`,
        `データのあるシートが複数あります (${sheetNames})。「${printable(chosen.name, 60)}」を読みます。別のシートは設定の sheet: で指定します。`,
      ),
    );
  if (last >= rowLimit)
    more.push(
      note(
        'row-limit',
        'The sheet is filled to the last row that Excel has (1,048,576): what came after it is not in the file.',
        'シートが Excel の上限行 (1,048,576 行) まで埋まっています。それより後のデータはファイルに含まれていません。',
      ),
    );
  if (withoutValue > 0)
    more.push(
      note(
        'formula-without-value',
        `${withoutValue} formulas have no stored value and count as empty: open the file in Excel once and save it.`,
        `計算結果が保存されていない数式が ${withoutValue} 個あり、空欄として扱います。Excel で一度開いて保存してください。`,
      ),
    );
  return more;
};

/** The first sheet of a workbook with data, or the one that is named. It is read once to know its extent. */
export const xlsxTable = async (
  path: string,
  what: string,
  stamp: FileStamp,
  members: readonly Member[],
  asked: string | undefined,
  printable: Printable,
  signal: AbortSignal,
): Promise<Table> => {
  const byName = new Map(members.map((member) => [member.name, member]));
  const book: Workbook = {
    what,
    pieces: (name) => {
      const member = byName.get(name);
      return member === undefined ? undefined : memberPieces(path, stamp, member, `${what}!${printable(name, 200)}`);
    },
  };
  const { from1904, sheets } = await sheetsOf(book);
  const reading: Reading = { styles: await stylesOf(book), shared: await sharedOf(book), from1904 };
  const named = sheets.find(({ name }) => name === asked);
  if (asked !== undefined && named === undefined) {
    const hint = sheets.slice(0, 5).map(({ name }) => printable(name, 100));
    throw new FileFault({ kind: 'not-found', what: `${what}: sheet ${printable(asked, 100)}`, hint });
  }
  const { chosen, filled } =
    named === undefined ? await sheetWithData(book, sheets, reading) : { chosen: named, filled: [] };
  if (chosen === undefined) throw new FileFault({ kind: 'empty', what });
  const { part } = chosen;

  const first: (readonly string[])[] = [];
  let [count, width, last, withoutValue] = [0, 0, 0, 0];
  for await (const row of rowsOfSheet(book, part, reading)) {
    if (signal.aborted) break;
    if (first.length < 200) first.push(row.cells);
    count += 1;
    width = Math.max(width, row.cells.length);
    last = row.at;
    withoutValue += row.withoutValue;
  }
  if (first.length === 0) throw new FileFault({ kind: 'empty', what });
  const full = first.map((cells) => Array.from({ length: width }, (_, at) => cells[at] ?? ''));
  const top = headerAt(full);
  const header = headerCells(full, top);
  const isNamed = hasHeader(header, full.slice(top + 1));
  const before = isNamed ? top + 1 : 0;
  const { names, notes } = isNamed ? namesOf(header) : namesWithout(width);
  const more = notesOf({ titles: first.slice(0, top), filled, chosen, last, withoutValue }, printable);

  const records = async function* (
    stop: AbortSignal,
  ): AsyncGenerator<SourceRow | { readonly rejected: RejectedRecord }> {
    let due = before;
    for await (const { cells } of rowsOfSheet(book, part, reading)) {
      if (stop.aborted) return;
      if (due > 0) due -= 1;
      else yield cells.length === width ? cells : names.map((_, at) => cells[at] ?? '');
    }
  };
  return {
    name: what,
    format: 'xlsx',
    columns: names.map((name) => printable(name, 200)),
    notes: [...notes, ...more],
    rowCount: count - before,
    rows: (stop) => batched(records(stop)),
  };
};
