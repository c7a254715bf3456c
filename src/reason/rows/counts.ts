import { rememberFor } from '../../model/remember.ts';
import type { ValuePair } from '../../model/sync/hypothesis.ts';

const whole =
  /^(-?\d{1,6})(?:\.0{1,6})?\s{0,2}(?:歳|才|年|[かヶケカヵ]月|月|週間?|日間?|years?|yrs?|months?|weeks?|days?)?$/i;

/** A small whole number, alone or with a unit of time behind it: `35`, `35.0`, `35歳`. */
export const wholeOf = (text: string): number | undefined => {
  const [, digits] = text.length > 20 ? [] : (whole.exec(text) ?? []);
  return digits === undefined ? undefined : Number(digits);
};

export interface Step {
  /** By so much the right side is more than the left one, or by one more than that: counts that go on by the calendar. */
  readonly by: number;
  readonly orMore: boolean;
  /** Pairs that are whole numbers on both sides and a step apart, of those that are whole numbers. */
  readonly n: number;
  readonly of: number;
}

/** The step that most of the differing whole numbers are apart. */
export const stepOf = rememberFor((pairs: readonly ValuePair[]): Step => {
  const steps = new Map<number, number>();
  let of = 0;
  for (const { left, right } of pairs) {
    const a = wholeOf(left);
    const b = a === undefined ? undefined : wholeOf(right);
    if (a === undefined || b === undefined || a === b) continue;
    of += 1;
    steps.set(b - a, (steps.get(b - a) ?? 0) + 1);
  }
  let best: Step = { by: 0, orMore: false, n: 0, of };
  for (const [by, n] of steps) {
    const more = steps.get(by + 1) ?? 0;
    if (n + more > best.n) best = { by, orMore: more > 0, n: n + more, of };
  }
  return best;
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
