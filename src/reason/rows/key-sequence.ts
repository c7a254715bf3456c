import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { keyOf } from './fields.ts';
import { oncePerView } from './memo.ts';

interface Numbered {
  readonly prefix: string;
  readonly number: number;
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

const numberedOf = (key: string | undefined): Numbered | undefined => {
  if (key === undefined || key.length > 60) return undefined;
  let from = key.length;
  while (from > 0 && isDigit(key.charCodeAt(from - 1))) from -= 1;
  const digits = key.slice(from);
  return digits === '' || digits.length > 15 ? undefined : { prefix: key.slice(0, from), number: Number(digits) };
};

/** Where the keys of the left side are numbers it gave out one after another: the range that it has given out. */
const keySequence = oncePerView((view) => {
  const keys = [...view.missing, ...view.present.map(({ left }) => left)].map((row) => numberedOf(keyOf(view, row)));
  const prefix = keys[0]?.prefix;
  if (prefix === undefined || keys.length < 100) return undefined;
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const key of keys) {
    if (key?.prefix !== prefix) return undefined;
    min = Math.min(min, key.number);
    max = Math.max(max, key.number);
  }
  // Numbers that lie far apart were not counted up, and a number between two of them proves nothing.
  return max - min + 1 <= 20 * view.counts.left ? { prefix, min, max } : undefined;
});

/** Whether the left side gives out numbers, one after another. */
export const countsUp = (view: ComparisonView): boolean => keySequence(view) !== undefined;

/** Whether the left side has given out this key at some time. */
export const wasGivenOut = (view: ComparisonView, row: SeenRow): boolean => {
  const [sequence, key] = [keySequence(view), numberedOf(keyOf(view, row))];
  return (
    sequence !== undefined && key?.prefix === sequence.prefix && key.number > sequence.min && key.number < sequence.max
  );
};

/** In how many of twenty equal parts of the range such rows lie: deletions are spread, a page or a window is not. */
export const spreadOf = (view: ComparisonView, rows: readonly SeenRow[]): number => {
  const sequence = keySequence(view);
  if (!sequence) return 0;
  const parts = rows.flatMap((row) => {
    const key = numberedOf(keyOf(view, row));
    return key ? [Math.floor((20 * (key.number - sequence.min)) / (sequence.max - sequence.min + 1))] : [];
  });
  return new Set(parts).size;
};
