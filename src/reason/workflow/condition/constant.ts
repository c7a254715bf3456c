import type { FieldType } from '../../../model/workflow/schema.ts';
import type { Duration, Value } from '../../../model/workflow/value.ts';

/**
 * A value that is written down, on a line where it can be compared. Points on different axes say nothing of each other: `number`, `day` (dates),
 * `instant` (with a zone), `local` (without), and for each of today and now, with the months beside it, a line of its own in days.
 */
export type Constant =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'empty' }
  /** `wide`: it may also mean the whole day that begins there. */
  | { readonly kind: 'point'; readonly axis: string; readonly at: number; readonly wide: boolean };

const numberTypes: ReadonlySet<FieldType | undefined> = new Set(['number', 'integer', 'currency', 'percent']);
const timeTypes: ReadonlySet<FieldType | undefined> = new Set(['date', 'datetime']);

export const isNumberType = (type: FieldType | undefined): boolean => numberTypes.has(type);
export const isTimeType = (type: FieldType | undefined): boolean => timeTypes.has(type);

const numeric = /^\s*[+-]?\d{1,30}(\.\d{1,30})?\s*$/;
const dateOnly = /^(\d{4})-(\d{2})-(\d{2})$/;
const dateTime = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/;
export const msPerDay = 86_400_000;

export const numberIn = (text: string): number | undefined => (numeric.test(text) ? Number(text) : undefined);

/** The day of a date as written, counted from 1970; nothing for the 31st of February. */
export const dayIn = (text: string): number | undefined => {
  const [, year, month, day] = dateOnly.exec(text) ?? [];
  if (year === undefined) return undefined;
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return new Date(time).toISOString().slice(0, 10) === text ? time / msPerDay : undefined;
};

const momentIn = (text: string): { readonly axis: string; readonly at: number } | undefined => {
  const [, date, hour, minute, second = '0', zone] = dateTime.exec(text) ?? [];
  const day = date === undefined ? undefined : dayIn(date);
  if (day === undefined) return undefined;
  const shift =
    zone === undefined || zone === 'Z'
      ? 0
      : (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) * (zone.startsWith('-') ? -1 : 1);
  const at = day * msPerDay + ((Number(hour) * 60 + Number(minute) - shift) * 60 + Number(second)) * 1000;
  return { axis: zone === undefined ? 'local' : 'instant', at };
};

const days: Readonly<Record<Exclude<Duration['unit'], 'month' | 'year'>, number>> = {
  second: 1 / 86_400,
  minute: 1 / 1440,
  hour: 1 / 24,
  day: 1,
  week: 7,
};

const time = (text: string, type: FieldType | undefined): Constant | undefined => {
  const day = dayIn(text);
  if (day !== undefined) return { kind: 'point', axis: 'day', at: day, wide: type !== 'date' };
  const moment = type === 'date' ? undefined : momentIn(text);
  return moment && { kind: 'point', ...moment, wide: false };
};

/** What a value is, compared with something of this type (absent: not known). Nothing where that cannot be told. */
export const constantOf = (
  value: Value,
  type: FieldType | undefined,
  { ordered }: { readonly ordered: boolean },
): Constant | undefined => {
  if (value.kind === 'moment') {
    if (type !== undefined && !isTimeType(type)) return undefined;
    const { base, offset } = value;
    const months = offset?.unit === 'month' ? offset.amount : offset?.unit === 'year' ? offset.amount * 12 : 0;
    const at = offset && offset.unit !== 'month' && offset.unit !== 'year' ? offset.amount * days[offset.unit] : 0;
    const exact = base === 'today' && type === 'date' && Number.isInteger(at);
    return { kind: 'point', axis: `${base} ${months}`, at, wide: !exact };
  }
  if (value.kind !== 'literal') return undefined;
  const given = value.value;
  if (given === null) return { kind: 'empty' };
  if (typeof given === 'boolean')
    return type === undefined || type === 'boolean' ? { kind: 'boolean', value: given } : undefined;
  if (typeof given === 'number') {
    if (type === undefined || isNumberType(type)) return { kind: 'point', axis: 'number', at: given, wide: false };
    return type === 'boolean' && (given === 0 || given === 1) ? { kind: 'boolean', value: given === 1 } : undefined;
  }
  if (given === '') return undefined;
  if (isNumberType(type)) {
    const at = numberIn(given);
    return at === undefined ? undefined : { kind: 'point', axis: 'number', at, wide: false };
  }
  if (type === 'boolean') {
    const known = { true: true, false: false, '1': true, '0': false };
    const lowered = given.toLowerCase();
    return lowered in known ? { kind: 'boolean', value: known[lowered as keyof typeof known] } : undefined; // `in` has tested it
  }
  if (isTimeType(type) || value.type === 'date' || value.type === 'datetime') return time(given, type);
  if (ordered && type === undefined) {
    const at = numberIn(given);
    return at === undefined ? time(given, type) : { kind: 'point', axis: 'number', at, wide: false };
  }
  return { kind: 'text', text: given };
};
