import type { Moment } from '../moments.ts';

const day = 86_400_000;

/** What is counted: by the calendar, or days of which so many make one. */
export type Unit =
  | 'hour'
  | 'day'
  | 'week'
  | 'month'
  | 'year'
  | 'calendar-month'
  | 'calendar-year'
  | '30-days'
  | '30.44-days'
  | '360-days'
  | '365-days'
  | '365.25-days';

interface Length {
  /** Days, or months, of a unit. */
  readonly days?: number;
  readonly months?: number;
  /** From the first day of the month or year of the date. */
  readonly whole?: true;
  /** Each month has 30 days, whatever the calendar says (30/360, YEARFRAC of spreadsheets). */
  readonly thirties?: true;
  /** It is counted with decimals as well, or with decimals alone. */
  readonly decimals?: 'too' | 'only';
}

const units: Readonly<Record<Unit, Length>> = {
  day: { days: 1, decimals: 'too' },
  year: { months: 12 },
  month: { months: 1 },
  week: { days: 7, decimals: 'too' },
  'calendar-year': { months: 12, whole: true },
  'calendar-month': { months: 1, whole: true },
  '365.25-days': { days: 365.25, decimals: 'too' },
  '365-days': { days: 365, decimals: 'too' },
  '30-days': { days: 30, decimals: 'too' },
  '30.44-days': { days: 365.25 / 12, decimals: 'only' },
  '360-days': { days: 360, thirties: true, decimals: 'only' },
  hour: { days: 1 / 24, decimals: 'too' },
};

// Its keys are no others. What is met most is tried first.
const unitNames = Object.keys(units) as readonly Unit[];

const countingsOf = (names: readonly Unit[]): readonly Counting[] =>
  names.flatMap((unit) => (['since', 'until'] as const).map((towards) => ({ unit, towards })));

/** How whole numbers may have been counted, and how numbers with decimals. */
export const countings = countingsOf(unitNames.filter((name) => units[name].decimals !== 'only'));
export const decimalCountings = countingsOf(unitNames.filter((name) => units[name].decimals !== undefined));

/** How long such a unit is, in milliseconds, more or less. */
export const lengthOf = (unit: Unit): number => {
  const { days, months = 1 } = units[unit];
  return (days ?? 30 * months) * day;
};

/** How a number was counted: so many units from a date until a day, or from a day until the date. */
export interface Counting {
  readonly unit: Unit;
  readonly towards: 'since' | 'until';
}

/** A date and the number that was counted from it. */
export interface Count {
  readonly date: Moment;
  readonly n: number;
  /** From one number to the next that can be written; default 1. */
  readonly step?: number;
}

/** So many days later where each month has 30. */
const thirtiesLater = (at: number, days: number): number => {
  const date = new Date(at);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const total = 360 * year + 30 * month + Math.min(30, date.getUTCDate()) - 1 + days;
  const [y, m] = [Math.floor(total / 360), Math.floor((total % 360) / 30)];
  const last = new Date(Date.UTC(y, m + 1, 0)).getUTCDate();
  return Date.UTC(y, m, 1) + Math.min(total % 30, last - 1) * day;
};

/** The same day so many months later, or the last of its month. */
const monthsLater = (at: number, months: number): number => {
  const date = new Date(at);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) + (((at % day) + day) % day);
};

/**
 * From when (and until before when) a clock shows this number, in milliseconds as the clock on the wall has them: rounded down. Numbers that
 * were rounded to the nearest are those of a clock that is half a step ahead.
 */
export const spanOf = ({ date, n, step = 1 }: Count, { unit, towards }: Counting): readonly [number, number] => {
  const { days, months = 1, whole, thirties } = units[unit];
  const from = whole ? Date.UTC(new Date(date.wall).getUTCFullYear(), startMonth(date, months)) : date.wall;
  const after = (count: number): number => {
    if (days === undefined) return monthsLater(from, count * months);
    return thirties ? thirtiesLater(from, count * days) : from + count * days * day;
  };
  // 10 days are left until the day on which it is 10 days to the date.
  return towards === 'since' ? [after(n), after(n + step)] : [after(-n - step) + 1, after(-n) + 1];
};

const startMonth = ({ wall }: Moment, months: number): number => (months === 12 ? 0 : new Date(wall).getUTCMonth());

/** The moments at which most of the counts are right. */
export interface CountedAt {
  readonly from: number;
  /** Not at this one any more. */
  readonly until: number;
  readonly n: number;
}

/** When the counts were made, all at one time: undefined of none. */
export const countedAt = (counts: readonly Count[], counting: Counting): CountedAt | undefined => {
  const events = counts
    .flatMap((count) => {
      const [from, until] = spanOf(count, counting);
      return [
        { at: from, by: 1 },
        { at: until, by: -1 },
      ];
    })
    .toSorted((a, b) => a.at - b.at || a.by - b.by);
  let [open, best] = [0, undefined as CountedAt | undefined];
  for (const [place, { at, by }] of events.entries()) {
    open += by;
    const next = events[place + 1];
    if (next && by > 0 && open > (best?.n ?? 0)) best = { from: at, until: next.at, n: open };
  }
  return best;
};

/** Whether the number is right at this moment. */
export const isCountedAt = (count: Count, counting: Counting, at: number): boolean => {
  const [from, until] = spanOf(count, counting);
  return from <= at && at < until;
};

/** Whether the number is that of some moment between two. */
export const isCountedBetween = (count: Count, counting: Counting, [from, to]: readonly [number, number]): boolean => {
  const span = spanOf(count, counting);
  return span[0] <= to && from < span[1];
};
