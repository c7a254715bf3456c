import type { SourceColumn } from '../../model/sync/column.ts';

/** What a column of numbers holds: from and to, in units of its last decimal. */
interface NumberRange {
  readonly least: bigint;
  readonly most: bigint;
  readonly decimals: number;
}

/** By the words of PostgreSQL and MySQL: how many bits a whole number has. */
const bits: Readonly<Record<string, bigint>> = {
  tinyint: 8n,
  smallint: 16n,
  mediumint: 24n,
  int: 32n,
  integer: 32n,
  bigint: 64n,
};

const whole = /^([a-z]+)(?:\(\d+\))?( unsigned)?(?: zerofill)?$/;
const fixed = /^(?:numeric|decimal)\((\d{1,4})(?:, ?(\d{1,4}))?\)( unsigned)?(?: zerofill)?$/;

const rangeIn = (declared: string): NumberRange | undefined => {
  const [, digits, decimals = '0', positive] = fixed.exec(declared) ?? [];
  if (digits !== undefined && Number(decimals) <= Number(digits)) {
    const most = 10n ** BigInt(digits) - 1n;
    return { least: positive ? 0n : -most, most, decimals: Number(decimals) };
  }
  const [, name = '', unsigned] = whole.exec(declared) ?? [];
  const size = Object.hasOwn(bits, name) ? bits[name] : undefined;
  if (size === undefined) return undefined;
  if (unsigned) return { least: 0n, most: 2n ** size - 1n, decimals: 0 };
  return { least: -(2n ** (size - 1n)), most: 2n ** (size - 1n) - 1n, decimals: 0 };
};

/** In units of the last decimal that is kept, rounded as databases round; undefined for what is no plain number. */
const inUnits = (value: string, decimals: number): bigint | undefined => {
  const [, sign, digits = '', fraction = ''] = /^([+-]?)(\d{1,200})(?:\.(\d*))?$/.exec(value.trim()) ?? [];
  if (sign === undefined) return undefined;
  const units = BigInt(digits + fraction.slice(0, decimals).padEnd(decimals, '0'));
  const rounded = (fraction[decimals] ?? '0') >= '5' ? units + 1n : units;
  return sign === '-' ? -rounded : rounded;
};

const shown = (units: bigint, decimals: number): string => {
  const digits = String(units < 0n ? -units : units).padStart(decimals + 1, '0');
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return units < 0n ? `-${text}` : text;
};

/**
 * What a column of a database that holds to its types takes: `asks` in words, and whether a number is beyond it. Undefined where its type
 * sets no bounds, or the source (SQLite, a file) does not hold to them.
 */
export const numberRange = ({
  type,
  declared = '',
}: SourceColumn): { readonly asks: string; readonly isBeyond: (value: string) => boolean } | undefined => {
  const range = type === 'number' || type === 'amount' ? rangeIn(declared.toLowerCase()) : undefined;
  if (!range) return undefined;
  const { least, most, decimals } = range;
  return {
    asks: `a number from ${shown(least, decimals)} to ${shown(most, decimals)}`,
    isBeyond: (value) => {
      const units = inUnits(value, decimals);
      return units !== undefined && (units < least || units > most);
    },
  };
};
