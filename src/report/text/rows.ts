import { pad, width } from '../../i18n/width.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { Text } from '../../model/text.ts';
import type { Page } from './page.ts';
import { below } from './page.ts';

/** One labelled part of a block; `lines` gets the columns that are left for it. */
export interface Row {
  readonly label: Text;
  readonly lines: (columns: number) => readonly string[];
}

/** Labels in a column of their own where there is room, else each on its own line. Empty rows are left out. */
export const rowsOf = (page: Page, rows: readonly Row[]): readonly string[] => {
  const { columns, narrow, ink, say, plain } = page;
  const column = Math.max(...rows.map(({ label }) => width(say(label)))) + 2;
  const edge = columns < 24 ? 0 : 2;
  const indent = narrow ? edge * 2 : edge + column;
  return rows.flatMap(({ label, lines }) => {
    const body = lines(columns - indent);
    if (body.length === 0) return [];
    if (plain) return body.length === 1 ? [`${say(label)}: ${body[0]?.trim()}`] : [`${say(label)}:`, ...body];
    if (narrow)
      return [...below(wrap(say(label), columns - edge), edge).map((line) => ink.dim(line)), ...below(body, indent)];
    const [first = '', ...rest] = body;
    return [' '.repeat(edge) + ink.dim(pad(say(label), column)) + first, ...below(rest, indent)];
  });
};

/** What of the remaining columns prose takes: it ends where the headlines end. */
export const readable = ({ columns, measure }: Page, left: number): number => left - (columns - measure);

/** Prose, kept to a readable length on wide terminals. */
export const prose =
  (page: Page, text: string) =>
  (columns: number): readonly string[] =>
    text.trim() === '' ? [] : wrap(page.clean(text), readable(page, columns));
