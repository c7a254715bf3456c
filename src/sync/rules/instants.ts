import { instantOf, type Moment, momentOf } from '../../reason/moments.ts';

/** Seconds or milliseconds since 1970, of 2001 to 2033. */
const epoch = /^(1\d{9})(\d{3})?$/;

/** A moment in time, finer than a millisecond: `rest` is what remains, in nanoseconds. */
interface Instant {
  readonly ms: number;
  readonly rest: number;
}

const placed = (moment: Moment, zone: string): Instant => ({
  ms: instantOf(moment, zone),
  rest: moment.nanos % 1_000_000,
});

/** When a value is, a time without an offset being one of the zone; undefined for what is no time. */
export const instantIn = (value: string, zone: string): Instant | undefined => {
  const counted = epoch.exec(value);
  if (counted) return { ms: Number(counted[1]) * 1000 + Number(counted[2] ?? 0), rest: 0 };
  const moment = momentOf(value);
  return moment && placed(moment, zone);
};

/** The same text for the same moment of time, whatever zone it is written in; what is no time of day stays as it is. */
export const canonicalInstant = (value: string, zone: string): string => {
  const counted = epoch.test(value) ? instantIn(value, zone) : undefined;
  const moment = counted ? undefined : momentOf(value);
  const instant = counted ?? (moment?.timed ? placed(moment, zone) : undefined);
  if (instant) return `@${instant.ms}.${instant.rest}`;
  // Nothing that is written may look like an instant.
  return value.startsWith('@') ? `@${value}` : value;
};

const two = (value: number): string => String(value).padStart(2, '0');

/** A time without an offset, with that of the zone behind it: two clocks that show the same are seen to differ. */
export const withOffset = (value: string, zone: string): string => {
  const moment = momentOf(value);
  if (!moment?.timed || moment.offset !== undefined) return value;
  const minutes = Math.round((moment.wall + Math.floor(moment.nanos / 1e6) - instantOf(moment, zone)) / 60_000);
  const of = Math.abs(minutes);
  return `${value.trim()}${minutes < 0 ? '-' : '+'}${two(Math.floor(of / 60))}:${two(of % 60)}`;
};
