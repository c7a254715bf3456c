import type { Tolerance } from '../../model/sync/column.ts';
import { type Decimal, decimalOf } from '../../reason/decimals.ts';
import { instantIn } from './instants.ts';

const scaled = ({ units, places }: Decimal, to: number): bigint => units * 10n ** BigInt(to - places);

const moneyOf = (value: string): string | undefined => /[¥￥$€£]/.exec(value)?.[0].replace('￥', '¥');

/** 100 yen are not 100 dollars; a bare number may be either. */
const sameMoney = (left: string, right: string): boolean => {
  const [a, b] = [moneyOf(left), moneyOf(right)];
  return a === undefined || b === undefined || a === b;
};

/** By the digits as they are written: 0.3 and 0.2 are 0.1 apart, which in binary they are not. */
const numbersWithin = (left: string, right: string, most: Decimal): boolean => {
  const [a, b] = [decimalOf(left), decimalOf(right)];
  if (!a || !b || !sameMoney(left, right)) return false;
  const places = Math.max(a.places, b.places, most.places);
  const apart = scaled(a, places) - scaled(b, places);
  return (apart < 0n ? -apart : apart) <= scaled(most, places);
};

export interface ZonePair {
  readonly left: string;
  readonly right: string;
}

/** Whether two values differ by no more than the tolerance; values that are no numbers, or no times, never do. */
export const withinTolerance = (tolerance: Tolerance, zones: ZonePair): ((left: string, right: string) => boolean) => {
  if (tolerance.kind === 'number') {
    const most = decimalOf(String(tolerance.most));
    return (left, right) => most !== undefined && numbersWithin(left, right, most);
  }
  return (left, right) => {
    const [a, b] = [instantIn(left, zones.left), instantIn(right, zones.right)];
    return a !== undefined && b !== undefined && Math.abs(a.ms - b.ms + (a.rest - b.rest) / 1e6) <= tolerance.ms;
  };
};
