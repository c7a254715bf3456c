import type { Duration } from '../../model/workflow/value.ts';
import { zoneOffset } from '../../reason/zone-offsets.ts';

/** A day as `2026-11-20`, or a moment in milliseconds. */
export type When = { readonly kind: 'day'; readonly day: string } | { readonly kind: 'moment'; readonly ms: number };

/** Where days begin: an IANA zone, or a fixed number of minutes from UTC. */
export type Zone = string | number;

const minute = 60_000;
const fixed: Readonly<Partial<Record<Duration['unit'], number>>> = {
  second: 1000,
  minute,
  hour: 60 * minute,
  day: 1440 * minute,
  week: 7 * 1440 * minute,
};

/** Minutes by which clocks there are ahead of UTC; a misspelt zone is the matter of a rule, and counts as UTC here. */
const offsetAt = (ms: number, zone: Zone): number => (typeof zone === 'number' ? zone : zoneOffset(zone, ms));

/** The moment at which clocks there show this, given as if it were UTC. */
const fromLocal = (local: number, zone: Zone): number => {
  const guess = local - offsetAt(local, zone) * minute;
  return local - offsetAt(guess, zone) * minute;
};

const two = (value: number): string => String(value).padStart(2, '0');

const dayText = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export const dayAt = (ms: number, zone: Zone): string => dayText(ms + offsetAt(ms, zone) * minute);

/** `2026-11-20T10:00:00+09:00` */
export const momentText = (ms: number, zone: Zone): string => {
  const offset = offsetAt(ms, zone);
  const local = new Date(ms + offset * minute).toISOString().slice(0, 19);
  const size = Math.abs(offset);
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
};

const written = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Minutes of `Z`, `+09:00`, `+0900`. */
const offsetOf = (text: string): number => {
  if (text === 'Z') return 0;
  const size = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return text.startsWith('-') ? -size : size;
};

/** The offset that a moment is written with. */
export const writtenOffset = (text: string): number | undefined => {
  const offset = written.exec(text.trim())?.[7];
  return offset === undefined ? undefined : offsetOf(offset);
};

/** What a text says as a day or a moment; a moment without an offset is one of the zone. */
export const readWhen = (text: string, zone: Zone): When | undefined => {
  if (text.length > 40) return undefined;
  const found = written.exec(text.trim());
  if (!found) return undefined;
  const [, year, month, day, hour, minutes, second, offset] = found;
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour ?? 0),
    Number(minutes ?? 0),
    Number(second ?? 0),
  );
  if (Number.isNaN(local) || new Date(local).getUTCDate() !== Number(day)) return undefined;
  if (hour === undefined) return { kind: 'day', day: dayText(local) };
  return { kind: 'moment', ms: offset === undefined ? fromLocal(local, zone) : local - offsetOf(offset) * minute };
};

export const startOfDay = (day: string, zone: Zone): number => fromLocal(Date.parse(`${day}T00:00:00Z`), zone);

export const momentOf = (when: When, zone: Zone): number =>
  when.kind === 'moment' ? when.ms : startOfDay(when.day, zone);

export const dayOf = (when: When, zone: Zone): string => (when.kind === 'day' ? when.day : dayAt(when.ms, zone));

/** Earliest and latest moment that is still written with four digits of the year. */
const inRange = (ms: number): number => Math.min(Math.max(ms, -62_135_596_800_000), 253_402_300_799_000);

/** Months keep the day where there is one: 31 January and one month is the last of February. */
const addMonths = (local: number, months: number): number => {
  const date = new Date(local);
  const target = new Date(local);
  target.setUTCDate(1);
  target.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  target.setUTCDate(Math.min(date.getUTCDate(), last));
  return target.getTime();
};

export const later = (ms: number, { amount, unit }: Duration, zone: Zone): number => {
  const size = fixed[unit];
  if (size !== undefined) return inRange(ms + amount * size);
  const months = Math.max(-120_000, Math.min(120_000, Math.trunc(unit === 'year' ? amount * 12 : amount)));
  const offset = offsetAt(ms, zone) * minute;
  return inRange(fromLocal(addMonths(ms + offset, months), zone));
};

/** A day stays a day under days, weeks, months and years. */
export const after = (when: When, duration: Duration, zone: Zone): When => {
  if (when.kind === 'moment') return { kind: 'moment', ms: later(when.ms, duration, zone) };
  const { unit } = duration;
  if (unit === 'second' || unit === 'minute' || unit === 'hour')
    return { kind: 'moment', ms: later(startOfDay(when.day, zone), duration, zone) };
  return { kind: 'day', day: dayText(later(Date.parse(`${when.day}T00:00:00Z`), duration, 0)) };
};

export const whenText = (when: When, zone: Zone): string =>
  when.kind === 'day' ? when.day : momentText(when.ms, zone);
