import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { compatible } from '../values/compatible.ts';
import { oncePerView } from './memo.ts';

/** What identifies a person or company besides the key, made alike: a text, or the digits of a number and how many they are. */
export type MatchKey = string | number;

/** Of more digits a number would not be exact. */
const mostDigits = 14;

/** Digits as one number that tells their count as well; Japan's 81 is a 0. Undefined: they are too few or too many, or not ASCII. */
export const plainDigits = (value: string): number | undefined => {
  let [number, count] = [0, 0];
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (code > 0x7e) return undefined;
    if (code < 0x30 || code > 0x39) continue;
    number = 10 * number + code - 0x30;
    count += 1;
  }
  if (count < 9 || count > mostDigits) return undefined;
  const country = 81 * 10 ** (count - 2);
  const domestic = (count === 11 || count === 12) && number >= country && number < country + 10 ** (count - 2);
  return domestic ? 16 * (number - country) + count - 1 : 16 * number + count;
};

/** As most addresses are written: it is its own form. */
const plainAddress = /^[!-@[-~]*$/;

/** The same for two values where they mean the same; undefined where a value says too little. */
export const matchKey = (value: string, type: 'email' | 'phone'): MatchKey | undefined => {
  if (value.length > 320) return undefined;
  if (type === 'email') {
    if (!value.includes('@')) return undefined;
    return plainAddress.test(value) ? value : compatible(value).trim().toLowerCase();
  }
  const plain = plainDigits(value);
  if (plain !== undefined) return plain;
  const digits = compatible(value).replace(/\D+/g, '');
  if (digits.length < 9) return undefined;
  return digits.length > mostDigits ? digits : plainDigits(digits);
};

export interface MatchColumn {
  readonly at: number;
  readonly name: string;
  readonly type: 'email' | 'phone';
}

export const matchColumns = oncePerView(({ columns }): readonly MatchColumn[] =>
  columns.flatMap(({ at, left, type, key }) =>
    !key && (type === 'email' || type === 'phone') ? [{ at, name: left, type }] : [],
  ),
);

type Among = 'missing' | 'extra' | 'present-left' | 'present-right';

type Table = ReadonlyMap<number, ReadonlyMap<MatchKey, number>>;

const countedBy = (view: ComparisonView, keysOf: (column: MatchColumn) => readonly (MatchKey | undefined)[]): Table =>
  new Map(
    matchColumns(view).map((column) => {
      const counts = new Map<MatchKey, number>();
      for (const match of keysOf(column)) if (match !== undefined) counts.set(match, (counts.get(match) ?? 0) + 1);
      return [column.at, counts] as const;
    }),
  );

/** By column, of each pair that is on both sides. */
const leftKeys = oncePerView(
  (view) =>
    new Map(
      matchColumns(view).map(
        ({ at, type }) => [at, view.present.map(({ pair }) => matchKey(pair.left[at] ?? '', type))] as const,
      ),
    ),
);

const keysAmong = (
  view: ComparisonView,
  among: Among,
  { at, type }: MatchColumn,
): readonly (MatchKey | undefined)[] => {
  if (among === 'missing' || among === 'extra')
    return view[among].map(({ values }) => matchKey(values[at] ?? '', type));
  const left = leftKeys(view).get(at) ?? [];
  const ofKin = (side: 'left' | 'right') =>
    view.kin?.[side].map(({ values }) => matchKey(values[at] ?? '', type)) ?? [];
  if (among === 'present-left') return [...left, ...ofKin('left')];
  // Nearly all pairs are equal.
  const right = view.present.map(({ pair }, row) =>
    pair.left[at] === pair.right[at] ? left[row] : matchKey(pair.right[at] ?? '', type),
  );
  return [...right, ...ofKin('right')];
};

const tables = (among: Among) =>
  oncePerView((view): Table => countedBy(view, (column) => keysAmong(view, among, column)));

const tableOf = {
  missing: tables('missing'),
  extra: tables('extra'),
  'present-left': tables('present-left'),
  'present-right': tables('present-right'),
};

/** How many of these rows have the same e-mail or telephone in this column. */
export const countAmong = (view: ComparisonView, among: Among, row: SeenRow, { at, type }: MatchColumn): number => {
  const match = matchKey(row.values[at] ?? '', type);
  return match === undefined ? 0 : (tableOf[among](view).get(at)?.get(match) ?? 0);
};

/** Whether one of these rows has the same e-mail or telephone; numbers that many share (a switchboard) do not count. */
export const matchesAmong = (view: ComparisonView, among: Among, row: SeenRow): boolean =>
  matchColumns(view).some((column) => {
    const n = countAmong(view, among, row, column);
    return n > 0 && n <= 3;
  });
