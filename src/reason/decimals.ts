import { remembered } from './remembered.ts';

/** A decimal number as it is written, exact: `units` divided by ten to the power of `places`. */
export interface Decimal {
  readonly units: bigint;
  readonly places: number;
}

const plain = /^([-+△▲−]?)[¥￥$€£]?([-+]?)(\d{1,25}|\d{1,3}(?:,\d{3}){1,7})(?:\.(\d{0,25}))?(?:[eE]([+-]?\d{1,2}))?$/;

/** Thousands with commas, a sign of money and the minus of Japanese books are understood; trailing zeros do not count. */
export const decimalOf = (text: string): Decimal | undefined =>
  text.length === 0 || text.length > 60 ? undefined : (read(text) ?? undefined);

const read = remembered((text: string): Decimal | null => {
  const [, before, after, whole, fraction = '', exponent = '0'] = plain.exec(text.trim()) ?? [];
  if (whole === undefined || (before && after)) return null;
  const digits = BigInt(whole.replaceAll(',', '') + fraction);
  const minus = /[-△▲−]/.test(`${before}${after}`);
  const places = fraction.length - Number(exponent);
  return reduced(minus ? -digits : digits, places);
});

const reduced = (units: bigint, places: number): Decimal => {
  let [left, kept] = [units, places];
  if (kept < 0) {
    left *= 10n ** BigInt(-kept);
    kept = 0;
  }
  while (kept > 0 && left % 10n === 0n) {
    left /= 10n;
    kept -= 1;
  }
  return { units: left, places: kept };
};

export const sameDecimal = (a: Decimal, b: Decimal): boolean => a.units === b.units && a.places === b.places;

/** Times numerator / ten to the power of `places`. */
export const times = ({ units, places }: Decimal, factor: bigint, more = 0): Decimal =>
  reduced(units * factor, places + more);

export const toNumber = ({ units, places }: Decimal): number => Number(`${units}e${-places}`);

/** How a number loses places: towards minus infinity, zero, plus infinity; to the nearest with halves away from zero, to even, to zero. */
export type Rounding = 'floor' | 'truncate' | 'ceil' | 'half-up' | 'half-even' | 'half-down';

/** To so many places; negative: to tens, hundreds … */
export const rounded = (value: Decimal, places: number, how: Rounding): Decimal => {
  if (value.places <= places) return value;
  const divisor = 10n ** BigInt(value.places - places);
  const whole = value.units / divisor;
  const rest = value.units % divisor;
  const sign = value.units < 0n ? -1n : 1n;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const away = (): bigint => {
    switch (how) {
      case 'truncate':
        return 0n;
      case 'floor':
        return rest < 0n ? -1n : 0n;
      case 'ceil':
        return rest > 0n ? 1n : 0n;
      case 'half-up':
        return twice >= divisor ? sign : 0n;
      case 'half-down':
        return twice > divisor ? sign : 0n;
      case 'half-even':
        return twice > divisor || (twice === divisor && whole % 2n !== 0n) ? sign : 0n;
    }
  };
  return reduced(whole + away(), places);
};
