import type { SourceNote } from '../../model/sync/source.ts';

type Shape = 'number' | 'date' | 'email' | 'text' | 'empty';

const shapeOf = (value: string): Shape => {
  const text = value.trim();
  if (text === '') return 'empty';
  if (text.length > 320) return 'text';
  if (/^[+-]?[\d,.]+$/.test(text) && /\d/.test(text)) return 'number';
  if (/^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}([T ][\d:.]+(Z|[+-][\d:]+)?)?$/.test(text)) return 'date';
  const [name, host, ...more] = text.split('@');
  if (more.length === 0 && name !== '' && host?.includes('.') && !text.includes(' ')) return 'email';
  return 'text';
};

/** Names that a column has and hardly a value. */
const usual = new Set(
  'id name email e-mail mail phone tel address company first_name last_name created_at updated_at 氏名 名前 姓 名 会社名 電話 電話番号 メール メールアドレス 住所 郵便番号 顧客id 会員番号 更新日時 作成日時 担当者'.split(
    ' ',
  ),
);

const isBlank = (cell: string): boolean => cell.trim() === '';
const filledIn = (record: readonly string[]): number => record.filter((cell) => !isBlank(cell)).length;

const shapesBelow = (below: readonly (readonly string[])[], at: number): readonly Shape[] =>
  below.map((record) => shapeOf(record[at] ?? '')).filter((shape) => shape !== 'empty');

/** Whether a record has names that columns have, or text above what is none. */
const speaks = (first: readonly string[], below: readonly (readonly string[])[]): boolean =>
  first.some((name) => usual.has(name.trim().toLowerCase())) ||
  first.some((name, at) => {
    const own = shapeOf(name);
    if (own !== 'text' && own !== 'empty') return false;
    const shapes = shapesBelow(below, at);
    return shapes.length > 0 && shapes.filter((shape) => shape !== 'text').length >= shapes.length * 0.9;
  });

/** Whether the first record is like the ones below it: then it is no header. */
export const hasHeader = (first: readonly string[], below: readonly (readonly string[])[]): boolean => {
  if (speaks(first, below)) return true;
  // Without any record below, only what can be no name speaks.
  if (below.length === 0) return !first.some((name) => shapeOf(name) === 'email');
  let [against, seen] = [0, 0];
  for (const [at, name] of first.entries()) {
    const [own, shapes] = [shapeOf(name), shapesBelow(below, at)];
    if (own === 'text' || own === 'empty' || shapes.length === 0) continue;
    seen += 1;
    if (shapes.filter((shape) => shape === own).length >= shapes.length * 0.9) against += 1;
  }
  return seen === 0 || against < seen;
};

/** The header of these first records. What is blank in it stands above it where two of its rows are one cell. */
export const headerCells = (first: readonly (readonly string[])[], at: number): readonly string[] => {
  const [header = [], above = []] = [first[at], at === 0 ? [] : first[at - 1]];
  // A title is one cell by itself.
  return filledIn(above) < 2 ? header : header.map((cell, column) => (isBlank(cell) ? (above[column] ?? '') : cell));
};

/** As far down as a header is looked for. */
const mostTitles = 10;

/**
 * Where among the first records the header stands. Reports have a title, a date and the like above it: records that fill few of the
 * columns, before one that names nearly all of them. 0 where that cannot be seen.
 */
export const headerAt = (first: readonly (readonly string[])[]): number => {
  const widths = first.map(filledIn);
  const width = Math.max(...widths);
  if (width < 3 || (widths[0] ?? 0) > width / 2) return 0;
  const found = first.findIndex((_, at) => at <= mostTitles && filledIn(headerCells(first, at)) >= width * 0.8);
  if (found < 1) return 0;
  const header = headerCells(first, found);
  const names = header.filter((cell) => !isBlank(cell));
  const areNames = names.every((name) => shapeOf(name) === 'text') && new Set(names).size >= names.length * 0.8;
  return areNames && speaks(header, first.slice(found + 1)) ? found : 0;
};

export interface Header {
  readonly names: readonly string[];
  readonly notes: readonly SourceNote[];
}

const list = (names: readonly string[]): string =>
  names
    .slice(0, 5)
    .map((name) => `"${name.slice(0, 60)}"`)
    .join(', ');

/** Names of columns, each one once and none blank. */
export const namesOf = (cells: readonly string[]): Header => {
  const used = new Set<string>();
  const next = new Map<string, number>();
  const [repeated, blank]: [string[], number[]] = [[], []];
  const names = cells.map((cell, at) => {
    let name = cell.trim();
    if (name === '') {
      blank.push(at + 1);
      name = `column ${at + 1}`;
    } else if (used.has(name)) repeated.push(name);
    let unique = name;
    // Ten thousand columns of one name do not try every number from two on.
    let n = next.get(name) ?? 2;
    for (; used.has(unique); n += 1) unique = `${name} (${n})`;
    if (unique !== name) next.set(name, n);
    used.add(unique);
    return unique;
  });
  const notes: SourceNote[] = [];
  if (repeated.length > 0)
    notes.push({
      id: 'duplicate-header',
      says: {
        en: `The header has these names more than once: ${list(repeated)}. The later columns are called "NAME (2)".`,
        ja: `見出しに同じ名前の列が複数あります (${list(repeated)})。2 つ目以降は「名前 (2)」として扱います。`,
      },
    });
  if (blank.length > 0)
    notes.push({
      id: 'blank-header',
      says: {
        en: `The header has no name for column ${blank.slice(0, 10).join(', ')}.`,
        ja: `見出しに名前のない列があります（${blank.slice(0, 10).join(', ')} 列目）。`,
      },
    });
  return { names, notes };
};

/** What is said of the records above the header. */
export const titleNote = (above: readonly (readonly string[])[]): SourceNote => {
  const shown = list(above.flatMap((cells) => cells.filter((cell) => !isBlank(cell)).slice(0, 1)));
  const which = above.length === 1 ? 'The first row is' : `The first ${above.length} rows are`;
  const en = `${which} a title above the header and no records`;
  const ja = `先頭の ${above.length} 行は見出しの上の表題とみなし、レコードに含めません`;
  return {
    id: 'title-rows',
    says: { en: `${en}: ${shown}.`, ja: `${ja} (${shown})。` },
    // A title names the company, the person or the customer whose list it is.
    hidden: { en: `${en}.`, ja: `${ja}。` },
  };
};

/** Names where the file has no header. */
export const namesWithout = (count: number): Header => ({
  names: Array.from({ length: count }, (_, at) => `column ${at + 1}`),
  notes: [
    {
      id: 'no-header',
      says: {
        en: 'The first record looks like data, so the columns are called "column 1", "column 2" and so on.',
        ja: '1 行目が見出しではなくデータのように見えるため、列を「column 1」「column 2」の順に呼びます。',
      },
    },
  ],
});
