import type { Text } from '../../model/text.ts';
import type { Place } from '../../model/workflow/place.ts';
import type { Schema } from '../../model/workflow/schema.ts';
import type { Duration } from '../../model/workflow/value.ts';
import type { Format, Schedule, Timing, Trigger } from '../../model/workflow/workflow.ts';
import { readDay } from './calendar.ts';
import type { Cron, CronForm } from './cron.ts';
import { readCron, runsOn } from './cron.ts';
import { short } from './written.ts';
import type { LocalTime } from './zones.ts';
import { isZone, momentsOf } from './zones.ts';

/** How each format writes cron texts; the others take the five fields of Unix. */
const cronForms: Partial<Readonly<Record<Format, CronForm>>> = { ES: 'year', BP: 'quartz' };

export const cronFormOf = (format: Format): CronForm => cronForms[format] ?? 'plain';

/** Something in a schedule that can never be kept. */
export interface ScheduleFault {
  readonly place: Place;
  readonly says: Text;
}

export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
}

/** `09:00`, `9:00:00`, `09:00:00.000Z`. */
const clock = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s?(?:Z|[+-]\d{2}:?\d{2})?$/;

/** Undefined: no time of day. */
export const timeOfDay = (text: string): TimeOfDay | undefined => {
  const found = clock.exec(text.trim());
  if (!found) return undefined;
  const [hour, minute, second] = [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)];
  return hour > 23 || minute > 59 || second > 59 ? undefined : { hour, minute };
};

const weekday =
  /^(?:sun|mon|tue|wed|thu|fri|sat|sunday|monday|tuesday|wednesday|thursday|friday|saturday|[0-7]|[日月火水木金土](?:曜日?)?)$/i;

const weekdayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const japaneseDays = '日月火水木金土';

/** 0 is Sunday. Numbers mean something else in each system and are not told. */
const weekdayOf = (name: string): number | undefined => {
  const english = weekdayNames.indexOf(name.slice(0, 3).toLowerCase());
  if (english >= 0) return english;
  const japanese = japaneseDays.indexOf(name.charAt(0));
  return japanese >= 0 ? japanese : undefined;
};

const longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A part of a text; only of one without quotes around it is the column certain. */
const partOf = (place: Place, text: string, at: number, length: number): Place =>
  length > 0 && place.endLine === place.line && place.endColumn === place.column + text.length
    ? { ...place, column: place.column + at, endColumn: place.column + at + length }
    : place;

const unreadableTime = (text: string, place: Place): ScheduleFault => ({
  place,
  says: {
    en: `"${short(text, 40)}" is no time of day (such as 09:00)`,
    ja: `「${short(text, 40)}」は時刻（例: 09:00）として読めません`,
  },
});

const dayFault = (text: string, place: Place): ScheduleFault | undefined => {
  const found = readDay(text);
  if (found === 'date' || found === 'datetime') return undefined;
  return {
    place,
    says:
      found === 'impossible'
        ? { en: `there is no ${short(text, 40)}: no such day or hour`, ja: `${short(text, 40)} という日時はありません` }
        : {
            en: `"${short(text, 40)}" is no date (such as 2027-01-31T09:00)`,
            ja: `「${short(text, 40)}」は日時（例: 2027-01-31T09:00）として読めません`,
          },
  };
};

function* timingFaults(timing: Timing, format: Format): Generator<ScheduleFault> {
  const { place } = timing;
  switch (timing.kind) {
    case 'cron': {
      // `@daily` and the like are known to many schedulers, and say what they mean.
      if (/^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(timing.text.trim()) && format !== 'NY')
        return;
      const found = readCron(timing.text, cronFormOf(format));
      if (found.kind === 'fault') yield { place: partOf(place, timing.text, found.at, found.length), says: found.says };
      return;
    }
    case 'at': {
      if (!timeOfDay(timing.time)) yield unreadableTime(timing.time, place);
      for (const name of timing.days ?? [])
        if (!weekday.test(name.trim()))
          yield {
            place,
            says: {
              en: `"${short(name, 40)}" is no day of the week (mon, tue, …)`,
              ja: `「${short(name, 40)}」は曜日（mon、tue など）として読めません`,
            },
          };
      if (timing.days?.length === 0)
        yield { place, says: { en: 'the list of days is empty', ja: '曜日が 1 つも指定されていません' } };
      const { dayOfMonth, month } = timing;
      if (month !== undefined && (month < 1 || month > 12))
        yield { place, says: { en: `there is no month ${month}`, ja: `${month} 月はありません` } };
      else if (dayOfMonth !== undefined) {
        const most = month === undefined ? 31 : (longest[month - 1] ?? 31);
        if (!Number.isInteger(dayOfMonth) || dayOfMonth > most || dayOfMonth === 0 || dayOfMonth < -31)
          yield {
            place,
            says: {
              en: `there is no day ${dayOfMonth}${month === undefined ? ' in any month' : ` in month ${month}`}`,
              ja: `${month === undefined ? 'どの月にも' : `${month} 月に`} ${dayOfMonth} 日はありません`,
            },
          };
      }
      return;
    }
    case 'every':
      if (!(timing.every.amount > 0))
        yield {
          place,
          says: {
            en: `the interval is ${timing.every.amount}, and must be above 0`,
            ja: `間隔が ${timing.every.amount} です（1 以上が必要です）`,
          },
        };
      return;
    case 'once': {
      const fault = dayFault(timing.at, place);
      if (fault) yield fault;
      return;
    }
    case 'unreadable':
      yield {
        place,
        says: {
          en: `"${short(timing.text, 60)}" cannot be read as a schedule`,
          ja: `「${short(timing.text, 60)}」はスケジュールとして読めません`,
        },
      };
  }
}

/** All that is wrong with the times of a trigger. */
export function* scheduleFaults(trigger: Trigger, format: Format): Generator<ScheduleFault> {
  const { schedule, date } = trigger;
  if (schedule) {
    yield* timingFaults(schedule.timing, format);
    for (const end of [schedule.start, schedule.until]) {
      const fault = end && dayFault(end.name, end.place);
      if (fault) yield fault;
    }
  }
  if (date?.at !== undefined && !timeOfDay(date.at)) yield unreadableTime(date.at, trigger.place);
}

/** The zone that the times of a trigger are in; `undefined`: it is stated nowhere, or is none. */
export const zoneOf = (schedule: Schedule | undefined, schema: Schema): string | undefined => {
  const name = schedule?.zone?.name ?? schema.timeZone;
  return name !== undefined && isZone(name) ? name : undefined;
};

/** The times of day at which it runs, and on which days. `undefined`: at other moments than these, or too many to matter. */
export interface DailyTimes {
  readonly times: readonly TimeOfDay[];
  /** `undefined`: not to be told. */
  readonly on: (day: { readonly year: number; readonly month: number; readonly day: number }) => boolean | undefined;
}

/** What runs more often in a day than this does not miss a single run. */
const mostTimes = 4;

const cronTimes = (cron: Cron): DailyTimes | undefined => {
  if (cron.hours.size * cron.minutes.size > mostTimes) return undefined;
  const times = [...cron.hours].flatMap((hour) => [...cron.minutes].map((minute) => ({ hour, minute })));
  return { times, on: (day) => runsOn(cron, day) };
};

const inMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

export const dailyTimes = (timing: Timing, format: Format): DailyTimes | undefined => {
  switch (timing.kind) {
    case 'cron': {
      const found = readCron(timing.text, cronFormOf(format));
      return found.kind === 'cron' ? cronTimes(found.cron) : undefined;
    }
    case 'at': {
      const time = timeOfDay(timing.time);
      if (!time) return undefined;
      const days = timing.days?.map(weekdayOf);
      return {
        times: [time],
        on: ({ year, month, day }) => {
          if (timing.month !== undefined && timing.month !== month) return false;
          // The 31st of a shorter month is its last day with some systems, and none with others.
          if (timing.dayOfMonth !== undefined && timing.dayOfMonth !== day)
            return timing.dayOfMonth > 28 && day === inMonth(year, month) ? undefined : false;
          if (!days) return true;
          if (days.includes(undefined)) return undefined;
          return days.includes(new Date(Date.UTC(year, month - 1, day)).getUTCDay());
        },
      };
    }
    case 'once': {
      const local = localTime(timing.at);
      if (!local || writtenOffset(timing.at) !== undefined) return undefined;
      return {
        times: [local],
        on: ({ year, month, day }) => year === local.year && month === local.month && day === local.day,
      };
    }
    default:
      return undefined;
  }
};

const written = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Minutes of the offset that a moment is written with. */
export const writtenOffset = (text: string): number | undefined => {
  const offset = written.exec(text.trim())?.[7];
  if (offset === undefined) return undefined;
  if (offset === 'Z') return 0;
  const size = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return offset.startsWith('-') ? -size : size;
};

/** A date or moment without regard to its offset; a date alone is its first minute. */
export const localTime = (text: string): LocalTime | undefined => {
  const found = readDay(text);
  if (found !== 'date' && found !== 'datetime') return undefined;
  const [, year, month, day, hour, minute] = written.exec(text.trim()) ?? [];
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
  };
};

const day = 86_400_000;
/** Clocks of the world are at most 12 hours behind UTC. */
const furthestBehind = day / 2;

/** When a written date or moment is over for certain. A date alone is over with its last minute; without a zone it must be over everywhere. */
export const endOf = (text: string, zone: string | undefined, ignoreOffset = false): number | undefined => {
  const local = localTime(text);
  if (!local) return undefined;
  const whole = readDay(text) === 'date' ? day : 0;
  const wall = Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute);
  const offset = ignoreOffset ? undefined : writtenOffset(text);
  if (offset !== undefined) return wall - offset * 60_000;
  if (zone === undefined) return wall + whole + furthestBehind;
  const [moment = wall] = momentsOf(local, zone);
  return moment + whole;
};

/** Whether times are written for which one has to know the zone. */
export const needsZone = ({ timing }: Schedule): boolean => {
  if (timing.kind === 'cron' || timing.kind === 'at') return true;
  return timing.kind === 'once' && writtenOffset(timing.at) === undefined;
};

const sizes: Readonly<Record<Duration['unit'], number>> = {
  second: 1 / 60,
  minute: 1,
  hour: 60,
  day: 1440,
  week: 10_080,
  month: 43_200,
  year: 525_600,
};

export const inMinutes = ({ amount, unit }: Duration): number => amount * sizes[unit];
