import { zoneOffset } from './zone-offsets.ts';

/** A date or a time as it is written. */
export interface Moment {
  /** What a clock on the wall shows, in milliseconds since 1970 as if it stood in UTC; whole seconds. */
  readonly wall: number;
  /** The rest of the second, in nanoseconds. */
  readonly nanos: number;
  /** Minutes east of UTC, where it is written. */
  readonly offset?: number;
  /** A date alone has no time of day. */
  readonly timed: boolean;
}

const day = 86_400_000;
const iso =
  /^(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?:[T ]{1,2}(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?(?: ?(Z|UTC|GMT|JST|[+-]\d{2}(?::?\d{2})?))?$/i;
const japanese = /^(\d{4})年(\d{1,2})月(\d{1,2})日(?: ?(\d{1,2})[:時](\d{1,2})(?:[:分](\d{1,2})秒?|分?))?$/;

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Milliseconds of a day that the calendar has; nothing for a 31st of June. */
export const dayOf = (year: number, month: number, date: number): number | undefined => {
  const leap = month === 2 && (year % 4 === 0 ? year % 100 !== 0 || year % 400 === 0 : false);
  const last = (monthDays[month - 1] ?? 0) + (leap ? 1 : 0);
  return year >= 100 && date >= 1 && date <= last ? Date.UTC(year, month - 1, date) : undefined;
};

const dash = 0x2d;
const colon = 0x3a;

/** So many digits as a number; NaN where something else stands among them. */
const digitsAt = (text: string, from: number, count: number): number => {
  let number = 0;
  for (let at = from; at < from + count; at += 1) {
    const digit = text.charCodeAt(at) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    number = 10 * number + digit;
  }
  return number;
};

/** `2026-11-25`, `2026-11-25 10:00:00` and the same with T and Z, which nearly all are; undefined: it is to be looked at properly. */
export const plainMoment = (text: string): Moment | undefined => {
  const { length } = text;
  if ((length !== 10 && length !== 19 && length !== 20) || text.charCodeAt(4) !== dash || text.charCodeAt(7) !== dash)
    return undefined;
  const date = dayOf(digitsAt(text, 0, 4), digitsAt(text, 5, 2), digitsAt(text, 8, 2));
  if (date === undefined) return undefined;
  if (length === 10) return { wall: date, nanos: 0, timed: false };
  const between = text[10];
  if ((between !== 'T' && between !== ' ') || text.charCodeAt(13) !== colon || text.charCodeAt(16) !== colon)
    return undefined;
  const [hour, minute, second] = [digitsAt(text, 11, 2), digitsAt(text, 14, 2), digitsAt(text, 17, 2)];
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return undefined;
  const wall = date + hour * 3_600_000 + minute * 60_000 + second * 1000;
  if (length === 19) return { wall, nanos: 0, timed: true };
  return text[19] === 'Z' ? { wall, nanos: 0, offset: 0, timed: true } : undefined;
};

const offsetOf = (zone: string | undefined): number | undefined => {
  if (zone === undefined) return undefined;
  if (/^[zug]/i.test(zone)) return 0;
  if (/^j/i.test(zone)) return 9 * 60;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || 0);
  return zone.startsWith('-') ? -minutes : minutes;
};

/**
 * A date or time whose parts stand in the order year, month, day; nothing is guessed, and what the calendar or the clock does not have
 * is none.
 */
export const momentOf = (text: string): Moment | undefined => {
  if (text.length < 8 || text.length > 40) return undefined;
  const found = plainMoment(text);
  if (found) return found;
  const trimmed = text.trim();
  const [, y, separator, mo, d, h, mi, s, fraction, zone] = iso.exec(trimmed) ?? [];
  if (y !== undefined) {
    // Eight digits are a date; seven are a number.
    if (separator === '' && (mo?.length !== 2 || d?.length !== 2)) return undefined;
    return build([y, mo, d, h, mi, s], fraction, zone);
  }
  const [, year, month, date, hour, minute, second] = japanese.exec(trimmed) ?? [];
  return year === undefined ? undefined : build([year, month, date, hour, minute, second], undefined, undefined);
};

const build = (
  [y, mo, d, h, mi, s]: readonly (string | undefined)[],
  fraction: string | undefined,
  zone: string | undefined,
): Moment | undefined => {
  const date = dayOf(Number(y), Number(mo), Number(d));
  const [hour, minute, second] = [Number(h ?? 0), Number(mi ?? 0), Number(s ?? 0)];
  if (date === undefined || hour > 23 || minute > 59 || second > 59) return undefined;
  const offset = offsetOf(zone);
  if (offset !== undefined && Math.abs(offset) > 18 * 60) return undefined;
  return {
    wall: date + hour * 3_600_000 + minute * 60_000 + second * 1000,
    nanos: Number((fraction ?? '').padEnd(9, '0')),
    ...(offset === undefined ? {} : { offset }),
    timed: h !== undefined,
  };
};

/** The moment in milliseconds since 1970; a time without an offset is of the zone, or of UTC. */
export const instantOf = ({ wall, nanos, offset, timed }: Moment, zone?: string): number => {
  const whole = wall + Math.floor(nanos / 1e6);
  if (offset !== undefined) return whole - offset * 60_000;
  if (zone === undefined || !timed) return whole;
  // The offset that holds there; within an hour of a switch the later one.
  return whole - zoneOffset(zone, whole - zoneOffset(zone, whole) * 60_000) * 60_000;
};

/** Milliseconds since midnight, as the clock shows it. */
export const timeOfDay = ({ wall }: Moment): number => ((wall % day) + day) % day;

/** Midnight of its day. */
export const dateOf = (moment: Moment): number => moment.wall - timeOfDay(moment);
