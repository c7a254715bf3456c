import { yearFirst } from './calendar.ts';
import { serialTime } from './excel-serial-date.normal.ts';

/** In which order a spreadsheet of some country reads the parts of a date: `1-2-3` is 2001-02-03, 2003-01-02 or 2003-02-01. */
export const dateOrders = ['year-first', 'month-first', 'day-first'] as const;
export type DateOrder = (typeof dateOrders)[number];

/** As much of a date as a text says; a year of two digits is told as such. */
interface Said {
  readonly month: number;
  readonly day: number;
  readonly year?: number;
  readonly short?: true;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const fullNames =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/;
const monthNamed = (name: string): number | undefined => {
  const small = name.toLowerCase();
  return fullNames.test(small) ? months.indexOf(small.slice(0, 3)) + 1 : undefined;
};

const lastDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isDay = (month: number, day: number): boolean => day >= 1 && day <= (lastDays[month - 1] ?? 0);

/** Two numbers are a month and a day, or where they cannot be, a month and a year. */
const ofMonth = (month: number, other: number): Said | undefined => {
  if (isDay(month, other)) return { month, day: other };
  return month >= 1 && month <= 12 ? { month, day: 1, year: other, short: true } : undefined;
};

const ofTwo = (one: number, other: number, order: DateOrder): Said | undefined =>
  order === 'day-first' ? ofMonth(other, one) : ofMonth(one, other);

const ofThree = ([a, b, c]: readonly [number, number, number], order: DateOrder): Said | undefined => {
  const [year, month, day] = { 'year-first': [a, b, c], 'month-first': [c, a, b], 'day-first': [c, b, a] }[order];
  return year !== undefined && month !== undefined && day !== undefined && isDay(month, day)
    ? { month, day, year, short: true }
    : undefined;
};

/** What a spreadsheet takes a code for: `1-2`, `3/15`, `2-5-1`, `MAR1`. A part that begins with 0 is that of a date. */
const takenFor = (code: string, order: DateOrder): Said | undefined => {
  if (code.length > 14) return undefined;
  const numbers = /^([1-9]\d?)([-/])([1-9]\d?)(?:\2([1-9]\d?))?$/.exec(code);
  if (numbers) {
    const [a, b] = [Number(numbers[1]), Number(numbers[3])];
    return numbers[4] === undefined ? ofTwo(a, b, order) : ofThree([a, b, Number(numbers[4])], order);
  }
  const [, name, number] = /^([A-Za-z]{3,9})[- ]?(\d{1,2})$/.exec(code) ?? [];
  const month = name === undefined ? undefined : monthNamed(name);
  return month === undefined ? undefined : ofMonth(month, Number(number));
};

/** A day with its year, at midnight if it says a time: `2026/1/2`, `2026-01-02 00:00:00`, `46024`, `1/2/2026`. */
const wholeDay = (value: string, order: DateOrder): Said | undefined => {
  const bare = value.replace(/[T ]0?0:00(?::00(?:\.0{1,9})?)?Z?$/, '');
  const iso = yearFirst(bare) ?? serialTime(bare)?.slice(0, 10);
  if (iso !== undefined) return { year: +iso.slice(0, 4), month: +iso.slice(5, 7), day: +iso.slice(8) };
  const [, a, b, year] = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(bare) ?? [];
  if (year === undefined) return undefined;
  const [month, day] = order === 'day-first' ? [Number(b), Number(a)] : [Number(a), Number(b)];
  return isDay(month, day) ? { year: Number(year), month, day } : undefined;
};

/** How a spreadsheet shows what it took for a date: `1月2日`, `2-Jan`, `Oct-50`, or a whole day. */
const shownAs = (value: string, order: DateOrder): Said | undefined => {
  if (value.length > 30) return undefined;
  const [, m, d] = /^(\d{1,2})月(\d{1,2})日$/.exec(value) ?? [];
  if (m !== undefined) return { month: Number(m), day: Number(d) };
  const [, before, name = '', behind] = /^(?:(\d{1,2})[-. ]{1,2})?([A-Za-z]{3})\.?(?:[- ](\d{2}))?$/.exec(value) ?? [];
  const month = monthNamed(name);
  if (month === undefined) return wholeDay(value, order);
  if (before === undefined)
    return behind === undefined ? undefined : { month, day: 1, year: Number(behind), short: true };
  return {
    month,
    day: Number(before),
    ...(behind === undefined ? {} : { year: Number(behind), short: true as const }),
  };
};

const isSameYear = (taken: Said, shown: Said): boolean =>
  taken.year === undefined || shown.year === undefined || taken.year % 100 === shown.year % 100;

/** Whether `to` is what a spreadsheet makes of the code `from`, which it took for a date. */
export const isTakenForDate = (from: string, to: string, order: DateOrder): boolean => {
  const shown = shownAs(to, order);
  const taken = shown && takenFor(from, order);
  return !!taken && taken.month === shown.month && taken.day === shown.day && isSameYear(taken, shown);
};

/** Whether the code says no year of its own: with one it may have been a date all along. */
export const isWithoutYear = (from: string, order: DateOrder): boolean => takenFor(from, order)?.year === undefined;

/** The year that a day says of which the code said none: that in which the file was written. */
export const yearAdded = (from: string, to: string, order: DateOrder): number | undefined =>
  isWithoutYear(from, order) ? wholeDay(to, order)?.year : undefined;
