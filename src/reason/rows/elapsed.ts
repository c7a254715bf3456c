import type { Moment } from '../moments.ts';

const day = 86_400_000;

/** What is counted: by the calendar, or days of which so many make one. */
export type Unit = 'day' | 'week' | 'month' | 'year' | 'calendar-month' | 'calendar-year' | '30-days' | '365-days';

/** Days, or months, of a unit; `whole`: from the first day of the month or year of the date. */
const units: Readonly<Record<Unit, { readonly days?: number; readonly months?: number; readonly whole?: true }>> = {
  day: { days: 1 },
  year: { months: 12 },
  month: { months: 1 },
  week: { days: 7 },
  'calendar-year': { months: 12, whole: true },
  'calendar-month': { months: 1, whole: true },
  '365-days': { days: 365.25 },
  '30-days': { days: 30 },
};

// Its keys are no others. What is met most is tried first.
const unitNames = Object.keys(units) as readonly Unit[];

export const countings: readonly Counting[] = unitNames.flatMap((unit) =>
  (['since', 'until'] as const).map((towards) => ({ unit, towards })),
);

/** How a number was counted: so many units from a date until a day, or from a day until the date. */
export interface Counting {
  readonly unit: Unit;
  readonly towards: 'since' | 'until';
}

/** A date and the number that was counted from it. */
export interface Count {
  readonly date: Moment;
  readonly n: number;
}

/** The same day so many months later, or the last of its month. */
const monthsLater = (at: number, months: number): number => {
  const date = new Date(at);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) + (((at % day) + day) % day);
};

/** From when (and until before when) a clock shows this number, in milliseconds as the clock on the wall has them. */
export const spanOf = ({ date, n }: Count, { unit, towards }: Counting): readonly [number, number] => {
  const { days, months = 1, whole } = units[unit];
  const from = whole ? Date.UTC(new Date(date.wall).getUTCFullYear(), startMonth(date, months)) : date.wall;
  const after = (count: number): number =>
    days === undefined ? monthsLater(from, count * months) : from + count * days * day;
  // 10 days are left until the day on which it is 10 days to the date.
  return towards === 'since' ? [after(n), after(n + 1)] : [after(-n - 1) + 1, after(-n) + 1];
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
