import type { Maintenance, QuietHours } from '../../model/watch.ts';
import { weekdays } from '../../model/watch.ts';
import { instantOf, momentOf } from '../../reason/moments.ts';
import type { NextTime } from './cron.ts';
import { firstMoment, lastMoment, wallOf } from './local.ts';

const day = 86_400_000;
const minute = 60_000;

/** From a moment on, and no longer at `to`; milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A time that comes once or again and again: the stretch of it that a moment lies in. */
export type Window = (at: number) => Span | undefined;

/** Quiet hours: those that began on the day of the moment or the day before. */
export const quietWindow =
  ({ from, to, days }: QuietHours, zone: string): Window =>
  (at) => {
    const today = Math.floor(wallOf(at, zone) / day) * day;
    for (const start of [today - day, today]) {
      const weekday = weekdays[new Date(start).getUTCDay()];
      if (weekday === undefined || !days.includes(weekday)) continue;
      const span = {
        from: firstMoment(start + from * minute, zone),
        // An hour that the night has twice is quiet both times.
        to: lastMoment(start + (to > from ? 0 : day) + to * minute, zone),
      };
      if (span.from <= at && at < span.to) return span;
    }
    return undefined;
  };

/** One planned stretch; a time without an offset is of the zone. */
export const onceWindow = (given: Extract<Maintenance, { kind: 'once' }>, zone: string): Window => {
  const at = (text: string, of: typeof firstMoment): number => {
    const moment = momentOf(text);
    if (!moment) throw new Error(`no time: ${text}`);
    return moment.offset === undefined ? of(moment.wall, zone) : instantOf(moment);
  };
  const span = { from: at(given.from, firstMoment), to: at(given.to, lastMoment) };
  return (moment) => (span.from <= moment && moment < span.to ? span : undefined);
};

/** What begins at the times of a cron expression and takes so long. */
export const recurringWindow =
  (next: NextTime, forMs: number): Window =>
  (at) => {
    const from = next(at - forMs);
    return from !== undefined && from <= at ? { from, to: from + forMs } : undefined;
  };

/** Windows that follow each other without a pause may have no end at all. */
const mostInARow = 100;

/** Until when one of the windows lasts; what begins before another has ended goes on with it. Undefined: none of them is open. */
export const lasts = (windows: readonly Window[], at: number): number | undefined => {
  let end: number | undefined;
  for (let count = 0; count < mostInARow; count += 1) {
    const here = end ?? at;
    const ends = windows.flatMap((window) => window(here)?.to ?? []);
    if (ends.length === 0) break;
    end = Math.max(...ends);
  }
  return end;
};
