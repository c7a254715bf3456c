import type { ComparedColumn } from '../model/sync/column.ts';
import type { RowPair } from '../model/sync/view.ts';
import { seamIn } from '../reason/rows/seams.ts';

/** The left side as its samples show it, before anybody knows the places of the records. */
export interface Looked {
  readonly missing: readonly (readonly string[])[];
  /** By missing record, how many come before it in its source; absent where nobody has counted. */
  readonly missingRanks?: readonly number[] | undefined;
  readonly present: readonly RowPair[];
  readonly changed: readonly RowPair[];
}

/** Fewer than this name nothing; no page that a program reads at once is smaller. */
const fewest = 20;
const leastTies = 0.02;

/** What a date, a time or a number is written with, besides digits. */
const signs = new Set([...'-:./ TZ+'].map((sign) => sign.charCodeAt(0)));
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

const prefixOf = (values: readonly string[]): number => {
  const [first = ''] = values;
  let { length } = first;
  for (const value of values) {
    let same = 0;
    while (same < length && value.charCodeAt(same) === first.charCodeAt(same)) same += 1;
    length = same;
  }
  return length;
};

/** Fourteen digits of a time or a number; undefined where other characters stand between them. */
const digitsFrom = (value: string, from: number): number | undefined => {
  let [number, taken] = [0, 0];
  for (let at = from; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (isDigit(code)) {
      if (taken < 14) number = 10 * number + code - 0x30;
      taken += 1;
    } else if (!signs.has(code)) return undefined;
  }
  return number;
};

/** Six characters. */
const textFrom = (value: string, from: number): number => {
  let number = 0;
  for (let at = from; at < from + 6; at += 1)
    number = 256 * number + (at < value.length ? Math.min(255, value.charCodeAt(at)) : 0);
  return number;
};

/** Values as numbers that stand in about their order: as digits where all of them are such, else as text. */
const inOrder = (values: readonly string[]): Float64Array => {
  const from = prefixOf(values);
  const numbers = new Float64Array(values.length);
  for (const [at, value] of values.entries()) {
    const number = digitsFrom(value, from);
    if (number === undefined) return numbers.map((_, place) => textFrom(values[place] ?? '', from));
    numbers[at] = number;
  }
  return numbers;
};

const isAscending = (numbers: Float64Array): boolean => {
  for (let at = 1; at < numbers.length; at += 1) if ((numbers[at] ?? 0) < (numbers[at - 1] ?? 0)) return false;
  return true;
};

/** Adjacent missing records, as a lost page or a cut leaves them, or as many at the same place of pages of these sizes. */
const isPagedIn = (ranks: readonly number[], pages: readonly number[]): boolean => {
  const sorted = Float64Array.from(ranks).sort();
  let run = 1;
  for (let at = 1; at < sorted.length; at += 1) {
    run = (sorted[at] ?? 0) - (sorted[at - 1] ?? 0) <= 1 ? run + 1 : 1;
    if (run >= fewest) return true;
  }
  return seamIn(ranks, (sorted.at(-1) ?? 0) + 1, pages) !== undefined;
};

/**
 * Whether missing records stand in an order otherwise than by chance: in stretches without a present one between them, or at distances
 * that are more even than chance makes them (one lost at the end of every page). Chance makes geometric distances.
 */
const isUneven = (missing: Float64Array, present: Float64Array): boolean => {
  const marked = new Float64Array(missing.length + present.length);
  for (const [at, number] of missing.entries()) marked[at] = 2 * number + 1;
  for (const [at, number] of present.entries()) marked[missing.length + at] = 2 * number;
  marked.sort();
  // In so many records of both kinds a longer stretch comes by chance in one of a hundred comparisons.
  const missingShare = missing.length / marked.length;
  const longest = Math.max(fewest, Math.log(0.01 / missing.length) / Math.log(missingShare));
  let [run, between, gaps, sum, squares] = [0, -1, 0, 0, 0];
  for (const mark of marked) {
    if (mark % 2 === 0) {
      run = 0;
      if (between >= 0) between += 1;
      continue;
    }
    run += 1;
    if (run >= longest) return true;
    if (between >= 0) {
      gaps += 1;
      sum += between;
      squares += between * between;
    }
    between = 0;
  }
  if (gaps < fewest - 1) return false;
  const mean = sum / gaps;
  const spread = (squares / gaps - mean * mean) / (mean + mean * mean);
  // The variance of so many geometric distances is itself known to about sqrt(9 / n).
  return spread < Math.max(0.3, 1 - 2.5 * Math.sqrt(9 / gaps));
};

/** How many of the first have the number of another one, of theirs or of the others. */
const sharedAmong = (own: Float64Array, others: Float64Array): number => {
  const counts = new Map<number, number>();
  for (const number of own) counts.set(number, (counts.get(number) ?? 0) + 1);
  const shared = new Set<number>();
  for (const number of others) if (counts.has(number)) shared.add(number);
  let n = 0;
  for (const [number, count] of counts) if (count > 1 || shared.has(number)) n += count;
  return n;
};

const hasTies = (own: Float64Array, others: Float64Array): boolean =>
  sharedAmong(own, others) >= Math.max(3, leastTies * own.length);

/** Whether the right values of a column may be those of neighbours: they are values of the left side at all. */
const mayHaveSlipped = ({ missing, present }: Looked, { at }: ComparedColumn): boolean => {
  const changed = present.filter(({ left, right }) => left !== right && left[at] !== right[at]);
  if (changed.length < fewest) return false;
  const known = new Set(present.map(({ left }) => left[at]));
  for (const values of missing) known.add(values[at]);
  return changed.filter(({ right }) => known.has(right[at])).length >= fewest;
};

/**
 * Whether exact places may tell something of these samples: they are a pass over the whole side, and rows that lack at random, as most
 * do, have none that says anything. `orders` are the compared columns by which records are ordered, `pages` how many records the
 * sources hand out at a time.
 */
export const placesMayTell = (
  looked: Looked,
  columns: readonly ComparedColumn[],
  orders: readonly number[],
  pages: readonly number[],
): boolean => {
  const { missing, missingRanks, present, changed } = looked;
  const updated = columns.find(({ role }) => role === 'updated-at')?.at;
  if (missing.length > 0) {
    if (!missingRanks || isPagedIn(missingRanks, pages)) return true;
    for (const order of orders) {
      const all = inOrder([
        ...missing.map((values) => values[order] ?? ''),
        ...present.map(({ left }) => left[order] ?? ''),
      ]);
      const [lost, there] = [all.subarray(0, missing.length), all.subarray(missing.length)];
      if (order === updated && hasTies(lost, there)) return true;
      // What stands in the order of its source was looked at there.
      if (!(isAscending(lost) && isAscending(there)) && isUneven(lost, there)) return true;
    }
  }
  if (updated !== undefined && changed.length > 0) {
    if (hasTies(inOrder(changed.map(({ left }) => left[updated] ?? '')), new Float64Array(0))) return true;
  }
  return columns.some((column) => !column.key && mayHaveSlipped(looked, column));
};
