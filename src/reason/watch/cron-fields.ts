/** One of the five fields, with what may stand in it. */
export interface CronField {
  readonly name: 'minute' | 'hour' | 'day' | 'month' | 'weekday';
  readonly from: number;
  readonly to: number;
  readonly words: readonly string[];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const fields: readonly CronField[] = [
  { name: 'minute', from: 0, to: 59, words: [] },
  { name: 'hour', from: 0, to: 23, words: [] },
  { name: 'day', from: 1, to: 31, words: [] },
  { name: 'month', from: 1, to: 12, words: months },
  { name: 'weekday', from: 0, to: 7, words: days },
];

/** What is wrong with a cron expression. */
export type CronFault =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'field'; readonly field: CronField; readonly part: string }
  /** A day that no year has. */
  | { readonly kind: 'never' };

/** The values of the five fields. */
export interface CronTimes {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
}

const numberOf = (text: string, { from, to, words }: CronField): number | undefined => {
  const word = words.indexOf(text.toLowerCase());
  if (word >= 0) return word + from;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : -1;
  return value >= from && value <= to ? value : undefined;
};

/** A part between commas: `*`, `5`, `1-5`, each of the first and the last with a step. */
const valuesOf = (part: string, field: CronField): readonly number[] | undefined => {
  const [, range = '', step] = /^([^/]+)(?:\/(\d{1,2}))?$/.exec(part) ?? [];
  const by = step === undefined ? 1 : Number(step);
  const [low, high, more] = range === '*' ? [String(field.from), String(field.to)] : range.split('-');
  const from = numberOf(low ?? '', field);
  // `fri-sun` ends with the seventh day and not with the first.
  const last = numberOf(high ?? low ?? '', field);
  const to = field.name === 'weekday' && last === 0 && high !== undefined ? 7 : last;
  if (from === undefined || to === undefined || to < from || more !== undefined) return undefined;
  if (by < 1 || by > field.to - field.from + 1 || (step !== undefined && range !== '*' && high === undefined))
    return undefined;
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, index) => from + index * by);
};

const longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Reads `minute hour day month weekday`, in the form that every cron has. */
export const cronTimes = (expression: string): CronTimes | CronFault => {
  const given = expression.trim().split(/\s+/);
  if (given.length !== fields.length) return { kind: 'count', count: given.length };
  const read: number[][] = [];
  for (const [index, field] of fields.entries()) {
    const values = new Set<number>();
    for (const part of (given[index] ?? '').split(',')) {
      const found = valuesOf(part, field);
      if (!found) return { kind: 'field', field, part };
      for (const value of found) values.add(value);
    }
    read.push([...values].toSorted((one, other) => one - other));
  }
  const [minutes = [], hours = [], dates = [], inMonths = []] = read;
  const anyWeekday = given[4] === '*';
  const possible = inMonths.some((month) => dates.some((date) => date <= (longest[month - 1] ?? 0)));
  return possible || !anyWeekday ? { minutes, hours } : { kind: 'never' };
};

/** The shortest time between two of its turns within a day, in minutes. */
export const leastGap = ({ minutes, hours }: CronTimes): number => {
  const beside = hours.some((hour) => hours.includes((hour + 1) % 24));
  const [first = 0] = minutes;
  const again = beside ? [first + 60] : [];
  const turns = [...minutes, ...again];
  const gaps = turns.slice(1).map((minute, index) => minute - (turns[index] ?? 0));
  return Math.min(60 * (beside ? 1 : 2), ...gaps);
};
