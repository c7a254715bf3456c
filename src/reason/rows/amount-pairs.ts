import type { ValuePair } from '../../model/sync/hypothesis.ts';
import { decimalOf, toNumber } from '../decimals.ts';

/** Left, right and half of the last place that the right one shows. */
export interface AmountPair {
  readonly left: number;
  readonly right: number;
  readonly half: number;
}

/** Two amounts of the same sign, neither of them nothing. */
export const amountsOf = ({ left, right }: ValuePair): AmountPair | undefined => {
  const [a, b] = [decimalOf(left), decimalOf(right)];
  if (!a || !b || a.units === 0n || b.units === 0n || a.units < 0n !== b.units < 0n) return undefined;
  return { left: toNumber(a), right: toNumber(b), half: 0.5 * 10 ** -b.places };
};

/** Whether right is left times the ratio, up to the last place of the right one and the digits that the ratio was told from. */
export const bearsRatio = ({ left, right, half }: AmountPair, ratio: number): boolean =>
  Math.abs(left * ratio - right) <= Math.max(half * 1.01, Math.abs(right) * 2e-6) &&
  // A right side of one or two digits, or one that is a step away from the left one, is borne by nearly any ratio.
  Math.abs(right) >= 100 * half &&
  Math.abs(right - left) >= 5 * half;

/** The ratio that most of the pairs bear, told from those that show it with most digits. */
export const ratioOf = (pairs: readonly AmountPair[]): { readonly ratio: number; readonly n: number } | undefined => {
  const sharp = pairs.toSorted((a, b) => Math.abs(b.right) / b.half - Math.abs(a.right) / a.half).slice(0, 15);
  return sharp
    .map(({ left, right }) => right / left)
    .map((ratio) => ({ ratio, n: pairs.filter((pair) => bearsRatio(pair, ratio)).length }))
    .toSorted((a, b) => b.n - a.n)[0];
};
