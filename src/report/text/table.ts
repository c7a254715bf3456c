import { width } from '../../i18n/width.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { Page } from './page.ts';
import { below } from './page.ts';

/** One column of a table. */
export interface TableColumn {
  readonly head: string;
  readonly align?: 'left' | 'right';
  /** Gives way, down to so many columns, where the page is too narrow. Without it the column keeps its width. */
  readonly least?: number;
  /** No wider than this. */
  readonly most?: number;
  readonly paint?: (line: string) => string;
  /** Goes below its row where the page is too narrow for all. */
  readonly below?: boolean;
}

const gap = 2;

/** Columns of the page for every column; undefined where they do not fit beside each other. */
const widthsOf = (
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  room: number,
): readonly number[] | undefined => {
  const widths = columns.map(({ head, most = Number.POSITIVE_INFINITY }, at) =>
    Math.min(most, Math.max(width(head), ...rows.map((row) => width(row[at] ?? '')))),
  );
  let over = widths.reduce((sum, one) => sum + one, 0) + gap * (columns.length - 1) - room;
  while (over > 0) {
    // The widest one gives way first.
    const [widest] = columns
      .map(({ least }, at) => ({
        at,
        spare: least === undefined ? 0 : (widths[at] ?? 0) - least,
        wide: widths[at] ?? 0,
      }))
      .filter(({ spare }) => spare > 0)
      .toSorted((one, other) => other.wide - one.wide);
    if (!widest) return undefined;
    widths[widest.at] = widest.wide - 1;
    over -= 1;
  }
  return widths;
};

/** One row; cells that do not fit go on in the lines below. */
const rowLines = (
  columns: readonly TableColumn[],
  widths: readonly number[],
  cells: readonly string[],
): readonly string[] => {
  const wrapped = columns.map((_, at) => wrap(cells[at] ?? '', widths[at] ?? 2));
  const height = Math.max(...wrapped.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) => {
    const texts = wrapped.map((lines) => lines[line] ?? '');
    const last = texts.findLastIndex((text) => text !== '');
    return texts
      .slice(0, last + 1)
      .map((text, at) => {
        const { align = 'left', paint = (one: string) => one } = columns[at] ?? { head: '' };
        const blanks = ' '.repeat(Math.max(0, (widths[at] ?? 0) - width(text)));
        if (text === '') return blanks;
        if (align === 'right') return blanks + paint(text);
        return paint(text) + (at === last ? '' : blanks);
      })
      .join(' '.repeat(gap));
  });
};

/** Where there is no room for columns: the first cell as a line, the others below it under their heads. */
const stacked = (
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  room: number,
): readonly string[] =>
  rows.flatMap((cells) => {
    const parts = cells.flatMap((cell, at) => {
      const { head = '' } = columns[at] ?? {};
      return at === 0 || cell === '' ? [] : [`${head} ${cell}`.trim()];
    });
    const lines: string[] = [];
    for (const part of parts) {
      const last = lines.at(-1);
      const joined = last === undefined ? part : `${last}  ${part}`;
      if (last !== undefined && width(joined) <= room - 2) lines.splice(-1, 1, joined);
      else lines.push(...wrap(part, Math.max(2, room - 2)));
    }
    return [...wrap(cells[0] ?? '', room), ...below(lines, 2)];
  });

const headLine = ({ ink }: Page, columns: readonly TableColumn[], widths: readonly number[]): readonly string[] => {
  const heads = columns.map(({ head }) => head);
  if (heads.every((one) => one === '')) return [];
  const plain = columns.map(({ paint: _, ...column }) => column);
  return rowLines(plain, widths, heads).map((line) => ink.dim(line));
};

/** The short cells in columns, the long ones below them. */
const halfStacked = (
  page: Page,
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  room: number,
): readonly string[] | undefined => {
  const kept = columns.flatMap((column, at) => (column.below ? [] : [{ column, at }]));
  const moved = columns.flatMap((column, at) => (column.below ? [{ column, at }] : []));
  if (moved.length === 0) return undefined;
  const short = kept.map(({ column }) => column);
  const cellsOf = (cells: readonly string[]) => kept.map(({ at }) => cells[at] ?? '');
  const widths = widthsOf(short, rows.map(cellsOf), room);
  if (!widths) return undefined;
  const longLines = (cells: readonly string[]) =>
    moved.flatMap(({ column: { paint = (one: string) => one }, at }) => {
      const cell = cells[at] ?? '';
      return cell === '' ? [] : below(wrap(cell, Math.max(2, room - 4)).map(paint), 4);
    });
  return [
    ...headLine(page, short, widths),
    ...rows.flatMap((cells) => [...rowLines(short, widths, cellsOf(cells)), ...longLines(cells)]),
  ];
};

/** A row to be read aloud: the first cell, then every other one behind the name of its column. */
const sentence = ({ gap: between }: Page, columns: readonly TableColumn[], cells: readonly string[]): string => {
  const [first = '', ...others] = cells.map((cell, at) => {
    const { head = '' } = columns[at] ?? {};
    return at === 0 || cell.trim() === '' || head === '' ? cell.trim() : `${head} ${cell.trim()}`;
  });
  const told = others.filter((cell) => cell !== '');
  return told.length === 0 ? first : `${first}: ${told.join(between)}`;
};

/** Rows in columns; where the page is too narrow, the long cells go below their row, at worst all of them. `rows` are clean already. */
export const tableLines = (
  page: Page,
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  room: number,
): readonly string[] => {
  if (page.plain) return rows.map((cells) => sentence(page, columns, cells));
  const widths = widthsOf(columns, rows, room);
  if (!widths) return halfStacked(page, columns, rows, room) ?? stacked(columns, rows, room);
  return [...headLine(page, columns, widths), ...rows.flatMap((cells) => rowLines(columns, widths, cells))];
};

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/** A share as a bar of at most so many columns; what is there at all is seen. */
export const barText = ({ ascii, plain }: Page, share: number, columns: number): string => {
  const part = Math.min(1, Math.max(0, Number.isFinite(share) ? share : 0));
  if (part === 0 || plain) return '';
  if (ascii) return '#'.repeat(Math.max(1, Math.round(part * columns)));
  const steps = Math.max(1, Math.round(part * columns * 8));
  return '█'.repeat(Math.floor(steps / 8)) + (eighths[steps % 8] ?? '');
};

/** The beginning of a text, or its end, that so many columns hold; what is left out is marked. */
export const cutText = ({ ascii }: Page, text: string, columns: number, from: 'start' | 'end' = 'start'): string => {
  if (width(text) <= columns) return text;
  const dots = ascii ? '...' : '…';
  const room = columns - width(dots);
  if (room <= 0) return columns <= 0 ? '' : dots.slice(0, columns);
  const signs = from === 'start' ? [...text.slice(0, 4 * room)] : [...text.slice(-4 * room)].toReversed();
  const kept: string[] = [];
  let used = 0;
  for (const sign of signs) {
    const wide = width(sign);
    if (used + wide > room) break;
    used += wide;
    kept.push(sign);
  }
  return from === 'start' ? kept.join('') + dots : dots + kept.toReversed().join('');
};
