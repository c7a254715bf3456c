import { builtInFormat, dateFormat } from './excel-date.ts';
import { FileFault } from './fault.ts';
import { readAllXml } from './xlsx-xml.ts';

const mostShared = 256 * 1024 * 1024;

export type Shows = 'date' | 'time' | 'both' | undefined;

/** A workbook that is open: its parts by name. */
export interface Workbook {
  readonly pieces: (name: string) => AsyncIterable<Buffer> | undefined;
  readonly what: string;
}

export interface Sheet {
  readonly name: string;
  readonly part: string;
}

/** `worksheets/sheet1.xml` and `/xl/worksheets/sheet1.xml` are the same part. */
const partPath = (target: string): string => (target.startsWith('/') ? target.slice(1) : `xl/${target}`);

/** Its sheets in their order, and from which year its days are counted. */
export const sheetsOf = async (
  book: Workbook,
): Promise<{ readonly sheets: readonly Sheet[]; readonly from1904: boolean }> => {
  const targets = new Map<string, string>();
  const relations = book.pieces('xl/_rels/workbook.xml.rels');
  if (relations !== undefined)
    await readAllXml(relations, book.what, {
      open: (name, attributes) => {
        if (name === 'Relationship' && attributes.Id !== undefined && attributes.Target !== undefined)
          targets.set(attributes.Id, partPath(attributes.Target));
      },
    });
  const sheets: Sheet[] = [];
  let from1904 = false;
  const workbook = book.pieces('xl/workbook.xml');
  if (workbook !== undefined)
    await readAllXml(workbook, book.what, {
      open: (name, attributes) => {
        if (name === 'workbookPr') from1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
        if (name !== 'sheet' || sheets.length >= 10_000) return;
        const id = Object.entries(attributes).find(([key]) => key === 'r:id' || key.endsWith(':id'))?.[1];
        const part = targets.get(id ?? '') ?? `xl/worksheets/sheet${sheets.length + 1}.xml`;
        // Charts stand on sheets of their own.
        if (part.includes('worksheets/')) sheets.push({ name: attributes.name ?? '', part });
      },
    });
  return { sheets, from1904 };
};

/** What the number format of each cell style shows. */
export const stylesOf = async (book: Workbook): Promise<readonly Shows[]> => {
  const pieces = book.pieces('xl/styles.xml');
  if (pieces === undefined) return [];
  const formats = new Map<number, Shows>();
  const styles: Shows[] = [];
  let inside = false;
  await readAllXml(pieces, book.what, {
    open: (name, attributes) => {
      if (name === 'numFmt')
        formats.set(Number(attributes.numFmtId), dateFormat((attributes.formatCode ?? '').slice(0, 1_000)));
      if (name === 'cellXfs') inside = true;
      if (name !== 'xf' || !inside || styles.length >= 100_000) return;
      const id = Number(attributes.numFmtId ?? 0);
      styles.push(formats.has(id) ? formats.get(id) : builtInFormat(id));
    },
    close: (name) => {
      if (name === 'cellXfs') inside = false;
    },
  });
  return styles;
};

/** `_x000D_` stands for a sign that XML cannot hold (ECMA-376 22.9.2.19). */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;

/** The texts that cells refer to by number. Throws a `FileFault` where they are more than `most` characters. */
export const sharedOf = async (book: Workbook, most = mostShared): Promise<readonly string[]> => {
  const pieces = book.pieces('xl/sharedStrings.xml');
  if (pieces === undefined) return [];
  const shared: string[] = [];
  let [current, inText, phonetic, characters] = ['', false, false, 0];
  const count = (more: number): void => {
    characters += more;
    if (characters > most)
      throw new FileFault({ kind: 'too-large', what: book.what, says: 'its shared texts are over 256 Mi characters' });
  };
  await readAllXml(pieces, book.what, {
    open: (name) => {
      if (name === 'si') current = '';
      // The reading of kanji (furigana) is no part of the value.
      else if (name === 'rPh') phonetic = true;
      else if (name === 't') inText = true;
    },
    text: (text) => {
      if (!inText || phonetic) return;
      current += text;
      count(text.length);
    },
    close: (name) => {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic = false;
      else if (name === 'si') {
        shared.push(unescaped(current));
        // An empty one takes its place in the list all the same.
        count(8);
      }
    },
  });
  return shared;
};
