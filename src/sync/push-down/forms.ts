import type { ComparedColumn } from '../../model/sync/column.ts';
import type { Detail, Effect } from '../../model/sync/hypothesis.ts';

type Side = 'left' | 'right';

/** A fault or notation that ClickHouse itself can undo, and the cause that it is evidence of. */
export interface Form {
  readonly cause: string;
  readonly effect: Effect;
  readonly detail: Detail;
  /** Whether it makes the difference between these two texts. */
  readonly sql: (left: string, right: string) => string;
  /** The same here, for values of unrelated records; absent: a constant fits any. */
  readonly holds?: (left: string, right: string) => boolean;
}

const ofTypes = ({ type }: ComparedColumn, ...types: readonly ComparedColumn['type'][]): boolean =>
  types.includes(type);
const isMeasured = (column: ComparedColumn): boolean =>
  ofTypes(column, 'number', 'amount', 'date', 'timestamp', 'boolean');

/** Blanks of Unicode that people type, at the ends. */
const trimmed = (text: string): string => `replaceRegexpAll(${text}, '^[\\\\s\\\\x{3000}]+|[\\\\s\\\\x{3000}]+$', '')`;
const lowered = (text: string): string => `lowerUTF8(${text})`;
const composed = (text: string): string => `normalizeUTF8NFKC(${text})`;
/** The canonical text is without them already where the column is a number. */
const numeric = (text: string): string => `toFloat64OrNull(replaceRegexpAll(${text}, '[,\\\\s¥￥]', ''))`;
export const secondsOf = (text: string): string => `toUInt32(parseDateTimeBestEffortOrZero(${text}, 'UTC'))`;

const bothFilled = (left: string, right: string): string => `${left} != '' AND ${right} != ''`;
const alike =
  (fold: (text: string) => string) =>
  (left: string, right: string): string =>
    `(${bothFilled(left, right)} AND ${fold(left)} = ${fold(right)})`;

const notation = (cause: string, sql: Form['sql'], fold: (text: string) => unknown): Form => ({
  cause,
  effect: 'notation',
  detail: { side: 'both' },
  sql,
  holds: (left, right) => left !== '' && right !== '' && fold(left) === fold(right),
});

/** Those that need no parameter, of a column; `hasNfkc`: servers from 21.11 know that form. */
export const plainForms = (column: ComparedColumn, hasNfkc: boolean): readonly Form[] => [
  notation('sync.whitespace', alike(trimmed), (text) => text.trim()),
  ...(isMeasured(column) ? [] : [notation('sync.letter-case', alike(lowered), (text) => text.toLowerCase())]),
  ...(hasNfkc && !isMeasured(column)
    ? [notation('sync.width-fullwidth', alike(composed), (text) => text.normalize('NFKC'))]
    : []),
  ...(ofTypes(column, 'number', 'amount')
    ? [
        notation(
          'sync.number-format',
          // NULL where one of them is no number, which is no yes.
          (left, right) => `(${bothFilled(left, right)} AND ifNull(${numeric(left)} = ${numeric(right)}, 0))`,
          (text) => Number(text.replace(/[,\s¥￥]/g, '')),
        ),
      ]
    : []),
];

/** The same difference of time in all: right minus left. */
export const shiftForm = (minutes: number): Form => ({
  cause: 'sync.timezone-offset',
  effect: 'wrong',
  detail: { minutes },
  sql: (left, right) =>
    `(${secondsOf(left)} > 0 AND ${secondsOf(right)} > 0 AND toInt64(${secondsOf(right)}) - toInt64(${secondsOf(left)}) = ${minutes * 60})`,
  holds: (left, right) => Date.parse(right) - Date.parse(left) === minutes * 60_000,
});

/** What the other side has made of it, on this side. */
const onSide = (side: Side, left: string, right: string): readonly [from: string, to: string] =>
  side === 'right' ? [left, right] : [right, left];

/** Values of this side end at a number of characters. */
export const cutForm = (side: Side, limit: number): Form => ({
  cause: 'sync.text-truncated-chars',
  effect: 'wrong',
  detail: { side, unit: 'characters', limit },
  sql: (left, right) => {
    const [from, to] = onSide(side, left, right);
    return `(lengthUTF8(${to}) = ${limit} AND lengthUTF8(${from}) > ${limit} AND startsWith(${from}, ${to}))`;
  },
  holds: (left, right) => {
    const [from, to] = onSide(side, left, right);
    return [...to].length === limit && from.length > to.length && from.startsWith(to);
  },
});

/** This side has one value in all records. */
export const constantForm = (side: Side, value: string, rows: number, distinct: number): Form => ({
  cause: 'sync.column-constant',
  effect: 'wrong',
  detail: { side, value, times: rows, rows, distinct },
  sql: () => '1',
});
