import type { Text } from '../../model/text.ts';

/** `0 9 * * 1-5`, field by field. Absent: every value. */
export interface Cron {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number> | undefined;
  readonly months: ReadonlySet<number>;
  /** 0 is Sunday. */
  readonly weekdays: ReadonlySet<number> | undefined;
  /** `L`, `#`, `W` in a day: which day it is differs by month. */
  readonly special: boolean;
}

export type CronReading =
  | { readonly kind: 'cron'; readonly cron: Cron }
  /** `at`, `length`: the wrong part of the text. */
  | { readonly kind: 'fault'; readonly at: number; readonly length: number; readonly says: Text };

/** `plain`: five fields; `year`: five, and a year may follow (EspoCRM); `quartz`: seconds come first, a year may follow. */
export type CronForm = 'plain' | 'year' | 'quartz';

interface Part {
  readonly name: Text;
  readonly low: number;
  readonly high: number;
  readonly words?: readonly string[];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const second: Part = { name: { en: 'second', ja: '秒' }, low: 0, high: 59 };
const minute: Part = { name: { en: 'minute', ja: '分' }, low: 0, high: 59 };
const hour: Part = { name: { en: 'hour', ja: '時' }, low: 0, high: 23 };
const dayOfMonth: Part = { name: { en: 'day of the month', ja: '日' }, low: 1, high: 31 };
const month: Part = { name: { en: 'month', ja: '月' }, low: 1, high: 12, words: months };
const dayOfWeek: Part = { name: { en: 'day of the week', ja: '曜日' }, low: 0, high: 7, words: weekdays };
/** Quartz counts the days of the week from Sunday = 1. */
const quartzWeekday: Part = { ...dayOfWeek, low: 1, high: 7 };
const year: Part = { name: { en: 'year', ja: '年' }, low: 1970, high: 2199 };

const plain = [minute, hour, dayOfMonth, month, dayOfWeek];
const forms: Readonly<
  Record<CronForm, { readonly parts: readonly Part[]; readonly least: number; readonly says: Text }>
> = {
  plain: {
    parts: plain,
    least: 5,
    says: { en: '5 fields: minute, hour, day, month, day of the week', ja: '「分 時 日 月 曜日」の 5 つ' },
  },
  year: {
    parts: [...plain, year],
    least: 5,
    says: {
      en: '5 fields (minute, hour, day, month, day of the week), and a year may follow',
      ja: '「分 時 日 月 曜日」の 5 つ（後ろに年を足せます）',
    },
  },
  quartz: {
    parts: [second, minute, hour, dayOfMonth, month, quartzWeekday, year],
    least: 6,
    says: {
      en: '6 fields (second, minute, hour, day, month, day of the week), and a year may follow',
      ja: '「秒 分 時 日 月 曜日」の 6 つ（後ろに年を足せます）',
    },
  },
};

class Fault extends Error {
  readonly says: Text;
  constructor(says: Text) {
    super(says.en);
    this.says = says;
  }
}

const numberOf = (text: string, part: Part): number => {
  const word = part.words?.indexOf(text.toLowerCase()) ?? -1;
  // Months are counted from 1, days of the week from the lowest number that the form has.
  if (word >= 0) return word + part.low;
  if (!/^\d{1,4}$/.test(text))
    throw new Fault({
      en: `"${text.slice(0, 40)}" is no ${part.name.en}`,
      ja: `「${text.slice(0, 40)}」は${part.name.ja}として読めません`,
    });
  const value = Number(text);
  if (value < part.low || value > part.high)
    throw new Fault({
      en: `${value} is no ${part.name.en}: it goes from ${part.low} to ${part.high}`,
      ja: `${value} は${part.name.ja}の範囲外です（${part.low}〜${part.high}）`,
    });
  return value;
};

/** `L`, `L-3`, `LW`, `15W`, `5L`, `5#2`: which day that is depends on the month. */
const specialDay = /^(?:L(?:-\d{1,2})?|LW|\d{1,2}W|[0-7]L|[0-7]#[1-5])$/i;

interface FieldValues {
  /** Absent: every value. */
  readonly values?: ReadonlySet<number>;
  readonly special: boolean;
}

const fieldOf = (text: string, part: Part): FieldValues => {
  if (text === '*' || text === '?') return { special: false };
  const values = new Set<number>();
  let special = false;
  for (const item of text.split(',')) {
    if ((part === dayOfMonth || part === dayOfWeek || part === quartzWeekday) && specialDay.test(item)) {
      special = true;
      continue;
    }
    const [range = '', step, more] = item.split('/');
    if (more !== undefined || range === '')
      throw new Fault({
        en: `"${item.slice(0, 40)}" cannot be read as ${part.name.en}`,
        ja: `「${item.slice(0, 40)}」は${part.name.ja}として読めません`,
      });
    if (step !== undefined && !/^[1-9]\d{0,3}$/.test(step))
      throw new Fault({
        en: `the step "/${step.slice(0, 20)}" is no number above 0`,
        ja: `間隔「/${step.slice(0, 20)}」は 1 以上の数ではありません`,
      });
    const [first = '', last, third] = range.split('-');
    if (third !== undefined)
      throw new Fault({
        en: `"${range.slice(0, 40)}" is no range`,
        ja: `「${range.slice(0, 40)}」は範囲として読めません`,
      });
    const from = first === '*' ? part.low : numberOf(first, part);
    const to = last !== undefined ? numberOf(last, part) : first === '*' || step !== undefined ? part.high : from;
    if (to < from) {
      // `fri-mon` and `22-2` are read by some schedulers as going over the end, by others as an error: left alone.
      for (let value = from; value <= part.high; value += 1) values.add(value);
      for (let value = part.low; value <= to; value += 1) values.add(value);
      continue;
    }
    for (let value = from; value <= to; value += Number(step ?? 1)) values.add(value);
  }
  return { values, special };
};

const all = (low: number, high: number): ReadonlySet<number> =>
  new Set(Array.from({ length: high - low + 1 }, (_, at) => low + at));

/** Reads a cron text, and says which part of it is wrong. */
export const readCron = (text: string, form: CronForm = 'plain'): CronReading => {
  const fields = [...text.slice(0, 1000).matchAll(/\S+/g)].map((found) => ({ text: found[0], at: found.index }));
  const { parts, least, says } = forms[form];
  if (fields.length < least || fields.length > parts.length)
    return {
      kind: 'fault',
      at: 0,
      length: text.length,
      says: {
        en: `it has ${fields.length} field${fields.length === 1 ? '' : 's'}, and there must be ${says.en}`,
        ja: `値が ${fields.length} 個ありますが、必要なのは${says.ja}です`,
      },
    };
  const found = new Map<Part, FieldValues>();
  for (const [index, { text: field, at }] of fields.entries()) {
    const part = parts[index];
    if (!part) break;
    try {
      found.set(part, fieldOf(field, part));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return { kind: 'fault', at, length: field.length, says: error.says };
    }
  }
  const days = found.get(dayOfMonth);
  const week = found.get(dayOfWeek) ?? found.get(quartzWeekday);
  const shift = form === 'quartz' ? 1 : 0;
  const weekValues = week?.values && new Set([...week.values].map((value) => (value - shift + 7) % 7));
  const special = days?.special === true || week?.special === true;
  const cron: Cron = {
    minutes: found.get(minute)?.values ?? all(0, 59),
    hours: found.get(hour)?.values ?? all(0, 23),
    days: special ? undefined : days?.values,
    months: found.get(month)?.values ?? all(1, 12),
    weekdays: special ? undefined : weekValues,
    special,
  };
  const never = impossibleDay(cron);
  if (!never) return { kind: 'cron', cron };
  const dayField = fields[form === 'quartz' ? 3 : 2];
  return { kind: 'fault', at: dayField?.at ?? 0, length: dayField?.text.length ?? text.length, says: never };
};

/** Days that each month can have, 29 February among them. */
const longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** `31 2` on its own never comes. A day of the week beside it does: cron takes either. */
const impossibleDay = ({ days, months: inMonths, weekdays: onDays, special }: Cron): Text | undefined => {
  if (special || !days || onDays) return undefined;
  const first = Math.min(...days);
  if ([...inMonths].some((one) => first <= (longest[one - 1] ?? 31))) return undefined;
  const [one = 1] = inMonths;
  return {
    en: `there is no day ${first} in month ${[...inMonths].join(', ')}`,
    ja:
      inMonths.size === 1
        ? `${one} 月に ${first} 日はありません`
        : `${[...inMonths].join('・')} 月に ${first} 日はありません`,
  };
};

/** Whether it runs on this day. `undefined`: not to be told. */
export const runsOn = (
  cron: Cron,
  at: { readonly year: number; readonly month: number; readonly day: number },
): boolean | undefined => {
  if (!cron.months.has(at.month)) return false;
  if (cron.special) return undefined;
  const weekday = new Date(Date.UTC(at.year, at.month - 1, at.day)).getUTCDay();
  const byDay = cron.days?.has(at.day);
  const byWeek = cron.weekdays?.has(weekday);
  if (byDay === undefined) return byWeek ?? true;
  return byWeek === undefined ? byDay : byDay || byWeek;
};
