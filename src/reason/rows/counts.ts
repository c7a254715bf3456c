import { rememberFor } from '../../model/remember.ts';
import type { ValuePair } from '../../model/sync/hypothesis.ts';

const unit = String.raw`\s{0,2}(?:歳|才|年|[かヶケカヵ]月|月|週間?|日間?|時間|years?|yrs?|months?|weeks?|days?|hours?)?$`;
const whole = new RegExp(String.raw`^(-?\d{1,6})(?:\.0{1,6})?${unit}`, 'i');
const decimal = new RegExp(String.raw`^(-?\d{1,6}(?:\.(\d{1,17}))?)${unit}`, 'i');

/** A small whole number, alone or with a unit of time behind it: `35`, `35.0`, `35歳`. */
export const wholeOf = (text: string): number | undefined => {
  const [, digits] = text.length > 20 ? [] : (whole.exec(text) ?? []);
  return digits === undefined ? undefined : Number(digits);
};

/** The same with decimals, and how many it has: `34.5`, `34.52歳`. */
export const decimalCountOf = (text: string): { readonly n: number; readonly places: number } | undefined => {
  const [, digits, places = ''] = text.length > 30 ? [] : (decimal.exec(text) ?? []);
  return digits === undefined ? undefined : { n: Number(digits), places: places.length };
};

/** A number as it was calculated has no end of decimals; of a second of a year there are no more than these. */
const mostPlaces = 6;

/** With how many decimals these are written: what a few of them have at least, as zeros at an end may be left out. 0: they are whole. */
export const placesIn = (texts: readonly string[]): number => {
  const counts = texts.flatMap((text) => decimalCountOf(text)?.places ?? []).toSorted((a, b) => b - a);
  return Math.min(mostPlaces, counts[Math.floor(counts.length / 20)] ?? 0);
};

export interface Step {
  /** By so much the right side is more than the left one, or by one more than that: counts that go on by the calendar. */
  readonly by: number;
  readonly orMore: boolean;
  /** Pairs that are whole numbers on both sides and a step apart, of those that are whole numbers. */
  readonly n: number;
  readonly of: number;
}

/** The step that most of these are apart, each from the other side as much as it is given. */
export const stepAmong = (apart: readonly number[]): Step => {
  const steps = new Map<number, number>();
  const of = apart.length;
  for (const by of apart) steps.set(by, (steps.get(by) ?? 0) + 1);
  let best: Step = { by: 0, orMore: false, n: 0, of };
  for (const [by, n] of steps) {
    const more = steps.get(by + 1) ?? 0;
    if (n + more > best.n) best = { by, orMore: more > 0, n: n + more, of };
  }
  return best;
};

/** The step that most of the differing whole numbers are apart. */
export const stepOf = rememberFor((pairs: readonly ValuePair[]): Step => {
  const apart = pairs.flatMap(({ left, right }) => {
    const a = wholeOf(left);
    const b = a === undefined ? undefined : wholeOf(right);
    return a === undefined || b === undefined || a === b ? [] : [b - a];
  });
  return stepAmong(apart);
});

const leastSteady = 0.5;

/**
 * Whether a step tells more of these pairs than so many that arithmetic would: among small counts there are always some that a rate or a
 * round number fits.
 */
export const isRatherStep = (pairs: readonly ValuePair[], n: number): boolean => {
  const step = stepOf(pairs);
  // Of one to ten, what is one more is a tenth more as well, rounded up.
  const tells = step.n > n || (step.n === n && Math.abs(step.by) === 1);
  return tells && step.n >= leastSteady * step.of;
};
