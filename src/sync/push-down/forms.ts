import type { ComparedColumn } from '../../model/sync/column.ts';
import type { Detail, Effect } from '../../model/sync/hypothesis.ts';
import type { Side } from '../../model/sync/side.ts';
import { letterCase } from '../../reason/values/letter-case.normal.ts';

/** A fault or notation that ClickHouse itself can undo, and the cause that it is evidence of. */
export interface Form {
  readonly cause: string;
  readonly effect: Effect;
  readonly detail: Detail;
  /** Whether it makes the difference between these two texts. */
  readonly sql: (left: string, right: string) => string;
  /** The same here; of some values, to see whether it is worth counting, and of unrelated records, to see what chance does as well. */
  readonly holds: (left: string, right: string) => boolean;
  /** Unrelated records show as much of it: what proposes it has tested it otherwise. */
  readonly ownChance?: true;
  /** Of forms of one name only the one that explains the most is tried. */
  readonly group?: string;
  /** Of the differing pairs of its column it explains at least this part; where it is not said, one in a hundred. */
  readonly leastShare?: number;
}

const measured: ReadonlySet<ComparedColumn['type']> = new Set(['number', 'amount', 'date', 'timestamp', 'boolean']);
const isMeasured = ({ type }: ComparedColumn): boolean => measured.has(type);
/** Ids of Salesforce differ in case alone. */
const isCased = ({ type }: ComparedColumn): boolean => letterCase.types?.includes(type) ?? true;

/** Blanks of Unicode that people type, at the ends. */
const trimmed = (text: string): string => `replaceRegexpAll(${text}, '^[\\\\s\\\\x{3000}]+|[\\\\s\\\\x{3000}]+$', '')`;
const lowered = (text: string): string => `lowerUTF8(${text})`;
const composed = (text: string): string => `normalizeUTF8NFKC(${text})`;
/** The same, where the server knows that form: those from 21.11 do. */
export const folded = (text: string, hasNfkc: boolean): string => (hasNfkc ? composed(text) : text);

/** A value under a name of its own, so that it stands once in the question and is worked out once. */
export const bound = (name: string, value: string, body: (name: string) => string): string =>
  `arrayElement(arrayMap(${name} -> ${body(name)}, [${value}]), 1)`;

const bothFilled = (left: string, right: string): string => `${left} != '' AND ${right} != ''`;
const alike =
  (fold: (text: string) => string) =>
  (left: string, right: string): string =>
    `(${bothFilled(left, right)} AND ${fold(left)} = ${fold(right)})`;

/** A difference of notation; `fold`: what makes both sides one here, undefined where it says nothing of a value. */
export const notation = (cause: string, sql: Form['sql'], fold: (text: string) => string | undefined): Form => ({
  cause,
  effect: 'notation',
  detail: { side: 'both' },
  sql,
  holds: (left, right) => {
    const one = left === '' || right === '' ? undefined : fold(left);
    return one !== undefined && one === fold(right);
  },
});

const kana = /[\uff61-\uff9f]/;
const nfkc = (text: string): string => text.normalize('NFKC');

/** Half-width kana first: what is left is the width of anything else. */
const widthForms = (): readonly Form[] => [
  {
    ...notation(
      'sync.width-halfwidth-kana',
      (left, right) =>
        `(match(concat(${left}, ${right}), '[\\\\x{ff61}-\\\\x{ff9f}]') AND ${alike(composed)(left, right)})`,
      nfkc,
    ),
    holds: (left, right) => kana.test(left + right) && nfkc(left) === nfkc(right),
  },
  notation('sync.width-fullwidth', alike(composed), nfkc),
];

/** Those of texts that need no parameter. */
export const textForms = (column: ComparedColumn, hasNfkc: boolean): readonly Form[] => [
  notation('sync.whitespace', alike(trimmed), (text) => text.trim()),
  ...(isCased(column) ? [notation('sync.letter-case', alike(lowered), (text) => text.toLowerCase())] : []),
  ...(hasNfkc && !isMeasured(column) ? widthForms() : []),
];

/** What the other side has made of it, on this side. */
export const onSide = (side: Side, left: string, right: string): readonly [from: string, to: string] =>
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
  holds: () => true,
  ownChance: true,
});
