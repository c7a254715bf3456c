import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { id15Of } from '../salesforce-id.ts';
import { keyOf } from './fields.ts';
import { oncePerView } from './memo.ts';

/** A key as the count that it was taken from: what stands before it, and the number. */
interface Numbered {
  readonly prefix: string;
  readonly number: number;
}

type Form = (key: string) => Numbered | undefined;

/** The numbers that one count has given out. */
interface Range {
  readonly min: number;
  readonly max: number;
}

interface Sequence {
  readonly formOf: Form;
  readonly ranges: ReadonlyMap<string, Range>;
}

const fewestKeys = 100;
/** Keys of one count that tell how far it goes. */
const fewestOfRange = 20;

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** `C100234`: the digits at its end. */
const inDigits: Form = (key) => {
  if (key.length > 60) return undefined;
  let from = key.length;
  while (from > 0 && isDigit(key.charCodeAt(from - 1))) from -= 1;
  const digits = key.slice(from);
  return digits === '' || digits.length > 15 ? undefined : { prefix: key.slice(0, from), number: Number(digits) };
};

const figures = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const figureOf = new Map([...figures].map((figure, at) => [figure, at]));

/** `0035g00000AbcdE`: object, instance and a count in base 62, of which the last eight figures are as many as a number holds. */
const inBase62: Form = (key) => {
  const id = id15Of(key);
  if (id === undefined) return undefined;
  let number = 0;
  for (const figure of id.slice(7)) number = 62 * number + (figureOf.get(figure) ?? 0);
  return { prefix: id.slice(0, 7), number };
};

/** The ranges of counts that all of these keys are of; undefined where one of them is of none. */
const rangesOf = (
  keys: readonly string[],
  formOf: Form,
): ReadonlyMap<string, Range & { readonly n: number }> | undefined => {
  const ranges = new Map<string, { min: number; max: number; n: number }>();
  for (const key of keys) {
    const numbered = formOf(key);
    if (!numbered) return undefined;
    const { prefix, number } = numbered;
    const range = ranges.get(prefix);
    if (!range) ranges.set(prefix, { min: number, max: number, n: 1 });
    else {
      range.min = Math.min(range.min, number);
      range.max = Math.max(range.max, number);
      range.n += 1;
    }
  }
  return ranges;
};

/** Capitals and small letters both, as no name and no count in digits or hexadecimals has them. */
const looksBase62 = (keys: readonly string[]): boolean =>
  [/[A-Z]/, /[a-z]/].every((letters) => keys.filter((key) => letters.test(key.slice(7, 15))).length >= keys.length / 4);

/** Where the keys of the left side are numbers it gave out one after another: the range that it has given out. */
const keySequence = oncePerView((view): Sequence | undefined => {
  const rows = [...view.missing, ...view.present.map(({ left }) => left)];
  const keys = rows.flatMap((row) => keyOf(view, row) ?? []);
  if (keys.length < fewestKeys) return undefined;
  const counted = rangesOf(keys, inDigits) ?? new Map<string, Range>();
  const [range, ...more] = counted.values();
  // Numbers that lie far apart were not counted up, and a number between two of them proves nothing.
  if (range && more.length === 0 && range.max - range.min + 1 <= 20 * view.counts.left)
    return { formOf: inDigits, ranges: counted };
  // An instance gives one count to all of its organisations, with gaps; that nobody else writes ids of its form is the evidence.
  if (!looksBase62(keys)) return undefined;
  const known = [...(rangesOf(keys, inBase62) ?? [])].filter(([, { n }]) => n >= fewestOfRange);
  return known.length === 0 ? undefined : { formOf: inBase62, ranges: new Map(known) };
});

/** Whether the left side gives out numbers, one after another. */
export const countsUp = (view: ComparisonView): boolean => keySequence(view) !== undefined;

/** How far into the range of its count the key of a row is, from 0 to 1; undefined where the left side has not given it out. */
const placeInRange = (view: ComparisonView, row: SeenRow): number | undefined => {
  const [sequence, key] = [keySequence(view), keyOf(view, row)];
  const numbered = key === undefined ? undefined : sequence?.formOf(key);
  const range = numbered && sequence?.ranges.get(numbered.prefix);
  if (!range || numbered.number <= range.min || numbered.number >= range.max) return undefined;
  return (numbered.number - range.min) / (range.max - range.min + 1);
};

/** Whether the left side has given out this key at some time. */
export const wasGivenOut = (view: ComparisonView, row: SeenRow): boolean => placeInRange(view, row) !== undefined;

/** In how many of twenty equal parts of the range such rows lie: deletions are spread, a page or a window is not. */
export const spreadOf = (view: ComparisonView, rows: readonly SeenRow[]): number =>
  new Set(
    rows.flatMap((row) => {
      const place = placeInRange(view, row);
      return place === undefined ? [] : [Math.floor(20 * place)];
    }),
  ).size;
