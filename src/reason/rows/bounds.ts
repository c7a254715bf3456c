import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { numberFormat } from '../values/number-format.normal.ts';
import { fieldsOn, type SideField, valueOn } from './fields.ts';

/** Of a column of numbers, no record from a number on was copied, or none below one. */
export interface Bound {
  readonly [name: string]: unknown;
  readonly column: string;
  readonly which: 'at-least' | 'below';
  /** The roundest number between the records that lack and those that are there. */
  readonly bound: number;
}

const fewest = 20;
const leastPresent = 100;
/** Of all records beyond the bound, how many lack at least. */
const leastPrecision = 0.98;
/** Records beyond it that came another way. */
const strays = 0.001;

const numberIn = (value: string): number | undefined => {
  const canonical = value === '' ? undefined : numberFormat.canonical(value);
  return canonical === undefined ? undefined : Number(canonical);
};

const numbersIn = (values: readonly string[]): Float64Array =>
  Float64Array.from(values.flatMap((value) => numberIn(value) ?? [])).sort();

/** Numbers that count records tell when one was made and not what is in it. */
const isCounter = (sorted: Float64Array): boolean => {
  const span = (sorted.at(-1) ?? 0) - (sorted[0] ?? 0);
  const different = new Set(sorted).size;
  return different >= 0.98 * sorted.length && (span < 20 * sorted.length || span > 1e11);
};

/** The roundest number above `from` and up to `to`. */
const roundest = (from: number, to: number): number => {
  for (let power = Math.floor(Math.log10(Math.max(1, Math.abs(to)))); power >= -2; power -= 1) {
    const unit = 10 ** power;
    const at = (Math.floor(from / unit) + 1) * unit;
    if (at <= to) return at;
  }
  return to;
};

const boundsOf = (view: ComparisonView, { name, alone, present }: SideField): readonly Bound[] => {
  const [lacking, there] = [numbersIn(alone), numbersIn(present)];
  if (lacking.length < fewest || there.length < leastPresent || isCounter(there)) return [];
  // The samples of both groups are thinned differently.
  const scale = view.counts.missing / view.missing.length / (view.counts.matched / view.present.length);
  const few = Math.floor(strays * there.length);
  const isTold = (n: number): boolean => n >= fewest && n * scale >= leastPrecision * (n * scale + few);
  const [least, most] = [there[few] ?? 0, there[there.length - 1 - few] ?? 0];
  const under = lacking.findIndex((number) => number >= least);
  const over = lacking.findIndex((number) => number > most);
  const below = under < 0 ? lacking.length : under;
  const above = over < 0 ? 0 : lacking.length - over;
  return [
    ...(isTold(above)
      ? [{ column: name, which: 'at-least' as const, bound: roundest(most, lacking[over] ?? most) }]
      : []),
    ...(isTold(below)
      ? [{ column: name, which: 'below' as const, bound: roundest(lacking[below - 1] ?? least, least) }]
      : []),
  ];
};

/** Columns of numbers beyond some number of which (nearly) nothing was copied. */
export const numberBounds = (view: ComparisonView): readonly Bound[] =>
  view.missing.length < fewest || view.present.length < leastPresent
    ? []
    : fieldsOn(view, 'left')
        .filter(({ type, role }) => (type === 'number' || type === 'amount') && role === undefined)
        .flatMap((field) => boundsOf(view, field));

export const isBeyond = (view: ComparisonView, row: SeenRow, { column, which, bound }: Bound): boolean => {
  const number = numberIn(valueOn(view, 'left', row, column));
  return number !== undefined && (which === 'below' ? number < bound : number >= bound);
};
