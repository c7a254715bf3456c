import { instantOf, momentOf } from '../../reason/moments.ts';

/** When something was written, and the rest of its line. */
export interface Timed {
  readonly at: number;
  readonly rest: string;
}

/** How times of a log are read that do not say everything. */
export interface Clock {
  /** IANA zone of times without an offset. */
  readonly timeZone: string;
  /** When the file was last written: the year of times without one. */
  readonly written: number;
}

const dayMs = 86_400_000;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthOf = (name: string): string => String(months.indexOf(name.toLowerCase()) + 1).padStart(2, '0');

const iso =
  /^[\s[("'<|#*=-]{0,8}(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]|, ?| - |\|){1,2}(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,:](\d{1,9}))?)?(?: ?(Z\b|[+-]\d\d:?\d\d\b|UTC\b|GMT\b|JST\b))?/;
const japanese =
  /^[\s[("'|#*=-]{0,8}(\d{4})年 ?(\d{1,2})月 ?(\d{1,2})日(?: ?[（(]?[月火水木金土日](?:曜日)?[）)]?)? ?(\d{1,2})[:時] ?(\d\d?)(?:[:分] ?(\d\d?)秒?|分)?(?: ?(Z\b|[+-]\d\d:?\d\d\b|UTC\b|GMT\b|JST\b))?/;
const syslog = /^(?:<\d{1,3}>)?([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d)(?:\.\d{1,9})? /;
const ctime =
  /^[\s[(#*=-]{0,8}[A-Z][a-z]{2},? ([A-Z][a-z]{2}) {1,2}(\d{1,2}),? (\d\d):(\d\d):(\d\d)(?: (AM|PM))?(?: (UTC|GMT|JST|[A-Z]{3,4}|[+-]\d{4}))? (\d{4})/;
const dayFirst =
  /^[\s[(#*=-]{0,8}(?:[A-Z][a-z]{2}, )?(\d{1,2})[-/ ]([A-Z][a-z]{2})[-/ ](\d{4})[: ](\d\d):(\d\d):(\d\d)(?: ?(Z\b|[+-]\d{4}\b|UTC\b|GMT\b|JST\b))?/;
const slashes =
  /^[\s[(#*=-]{0,8}(\d{1,2})\/(\d{1,2})\/(\d{4}),? (\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?(?: ?(AM|PM|am|pm))?/;
const epoch = /^[\s[(]{0,4}(1[4-9]\d{8})(?:[.,]?(\d{3})\d{0,6})?(?=[\s\]),:|])/;

const zoneText = (zone: string | undefined): string => {
  if (zone === undefined) return '';
  if (zone === 'JST') return '+09:00';
  return zone === 'GMT' ? 'UTC' : zone;
};

const two = (text: string | undefined): string => (text ?? '0').padStart(2, '0');

const instant = (
  date: string,
  [hour, minute, second]: readonly (string | undefined)[],
  fraction: string | undefined,
  zone: string | undefined,
  { timeZone }: Clock,
): number | undefined => {
  const text = `${date} ${two(hour)}:${two(minute)}:${two(second)}${fraction === undefined ? '' : `.${fraction}`}${zoneText(zone)}`;
  const moment = momentOf(text);
  return moment && instantOf(moment, timeZone);
};

/** Twelve hours of a half as twenty-four. */
const hoursOf = (hour: string | undefined, half: string | undefined): string =>
  half === undefined ? (hour ?? '0') : String((Number(hour) % 12) + (/p/i.test(half) ? 12 : 0));

const forms: readonly ((line: string, clock: Clock) => readonly [number | undefined, length: number] | undefined)[] = [
  (line, clock) => {
    const [all, year, month, day, hour, minute, second, fraction, zone] = iso.exec(line) ?? [];
    if (all === undefined) return undefined;
    return [instant(`${year}-${two(month)}-${two(day)}`, [hour, minute, second], fraction, zone, clock), all.length];
  },
  (line, clock) => {
    const [all, name = '', day, hour, minute, second] = syslog.exec(line) ?? [];
    if (all === undefined) return undefined;
    const year = new Date(clock.written).getUTCFullYear();
    const of = (which: number) =>
      instant(`${which}-${monthOf(name)}-${two(day)}`, [hour, minute, second], undefined, undefined, clock);
    const at = of(year);
    // In January, December was last year.
    return [at !== undefined && at > clock.written + dayMs ? of(year - 1) : (at ?? of(year - 1)), all.length];
  },
  (line, clock) => {
    const [all, year, month, day, hour, minute, second, zone] = japanese.exec(line) ?? [];
    if (all === undefined) return undefined;
    return [instant(`${year}-${two(month)}-${two(day)}`, [hour, minute, second], undefined, zone, clock), all.length];
  },
  (line, clock) => {
    const [all, name = '', day, hour, minute, second, half, zone, year] = ctime.exec(line) ?? [];
    if (all === undefined) return undefined;
    const known = zone !== undefined && (/^[+-]/.test(zone) || ['UTC', 'GMT', 'JST'].includes(zone)) ? zone : undefined;
    const date = `${year}-${monthOf(name)}-${two(day)}`;
    return [instant(date, [hoursOf(hour, half), minute, second], undefined, known, clock), all.length];
  },
  (line, clock) => {
    const [all, day, name = '', year, hour, minute, second, zone] = dayFirst.exec(line) ?? [];
    if (all === undefined) return undefined;
    return [
      instant(`${year}-${monthOf(name)}-${two(day)}`, [hour, minute, second], undefined, zone, clock),
      all.length,
    ];
  },
  (line, clock) => {
    const [all, first, second, year, hour, minute, seconds, half] = slashes.exec(line) ?? [];
    if (all === undefined) return undefined;
    // A day beyond 12 tells which of both is the month; else it is written as in the United States.
    const [month, day] = Number(first) > 12 ? [second, first] : [first, second];
    const date = `${year}-${two(month)}-${two(day)}`;
    return [instant(date, [hoursOf(hour, half), minute, seconds], undefined, undefined, clock), all.length];
  },
  (line) => {
    const [all, seconds, millis = '0'] = epoch.exec(line) ?? [];
    return all === undefined ? undefined : [Number(seconds) * 1000 + Number(millis), all.length];
  },
];

/** The time at which a line begins, in any of the forms that logs have. */
export const timeAt = (line: string, clock: Clock): Timed | undefined => {
  for (const form of forms) {
    const found = form(line, clock);
    if (found?.[0] !== undefined) return { at: found[0], rest: line.slice(found[1]) };
  }
  return undefined;
};

/** A member of a JSON line as a time: text, or seconds, milliseconds, microseconds or nanoseconds since 1970. */
export const timeOf = (value: unknown, clock: Clock): number | undefined => {
  if (typeof value === 'string' && !/^\d+(?:\.\d+)?$/.test(value)) return timeAt(value.slice(0, 80), clock)?.at;
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  const unit = [1000, 1, 1e-3, 1e-6].find((factor) => number * factor >= 9e11 && number * factor < 9e12);
  return unit === undefined ? undefined : Math.round(number * unit);
};
