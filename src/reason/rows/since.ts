import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { fieldsOn, type SideField, valueOn } from './fields.ts';
import { inTurn, isSecond, momentIn } from './in-turn.ts';
import { momentOf } from './moments.ts';

/** Of a column of dates or times, nothing older than a moment was copied. */
export interface Since {
  readonly [name: string]: unknown;
  readonly column: string;
  /** Milliseconds since 1970: the roundest moment between the newest record that lacks and the oldest one that is there. */
  readonly since: number;
  /** Records without any time lack as well. */
  readonly empty: boolean;
}

const fewest = 20;
const leastPresent = 100;
/** Of all records that are older, how many lack at least. */
const leastPrecision = 0.98;

const minute = 60_000;
const hour = 60 * minute;
/** How long before UTC days begin: in UTC itself, and in Japan. */
const dayStarts = [0, 9 * hour];

const years = (day: Date): number => Date.UTC(day.getUTCFullYear(), 0);
const months = (day: Date): number => Date.UTC(day.getUTCFullYear(), day.getUTCMonth());
const days = (day: Date): number => Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate());

/** The roundest moment after `from` and up to `to`: the start of a year, a month, a day, an hour, a minute. */
const roundest = (from: number, to: number): number => {
  const starts = [
    ...[years, months, days].flatMap((of) => dayStarts.map((start) => of(new Date(to + start)) - start)),
    ...[hour, minute, 1000].map((unit) => Math.floor(to / unit) * unit),
  ];
  return starts.find((at) => at > from) ?? to;
};

const timesIn = (values: readonly string[], zone: string | undefined): readonly number[] => {
  const times: number[] = [];
  for (const value of values) {
    const time = momentOf(value, zone);
    if (time !== undefined) times.push(time);
  }
  return times;
};

const isPresent = isSecond;

const sinceOf = (view: ComparisonView, { name, alone, present }: SideField): Since | undefined => {
  const zone = view.config.left.timeZone;
  const events = inTurn(timesIn(alone, zone), timesIn(present, zone));
  // The samples of both groups are thinned differently.
  const scale = {
    missing: view.counts.missing / view.missing.length,
    present: view.counts.matched / view.present.length,
  };
  let [sum, best, last] = [0, 0, -1];
  for (let at = 0; at < events.length; at += 1) {
    const missing = !isPresent(events[at] ?? 0);
    sum += missing ? scale.missing : -3 * scale.present;
    if (missing && sum > best) [best, last] = [sum, at];
  }
  if (last < 0) return undefined;
  const newer = events.subarray(last + 1);
  const newerThere = newer.filter(isPresent).length;
  const there = events.subarray(0, last + 1).filter(isPresent).length;
  const lacking = last + 1 - there;
  const newest = momentIn(events[last] ?? 0);
  // A present record of the very same moment says that the moment is not what decides.
  const first = newer.find(isPresent);
  const oldest = first === undefined ? undefined : momentIn(first);
  if (lacking < fewest || oldest === undefined || oldest <= newest) return undefined;
  const precision = (n: number, besides: number): number =>
    (n * scale.missing) / (n * scale.missing + besides * scale.present);
  if (precision(lacking, there) < leastPrecision) return undefined;
  if (newerThere < leastPresent) return undefined;
  const without = alone.filter((value) => value === '').length;
  const empty = without >= 5 && precision(without, present.filter((value) => value === '').length) >= leastPrecision;
  return { column: name, since: roundest(newest, oldest), empty };
};

/** Columns of dates or times of which nothing older than a moment was copied, as a condition "since then" makes it. */
export const sinceMoments = (view: ComparisonView): readonly Since[] =>
  view.missing.length < fewest || view.present.length < leastPresent
    ? []
    : fieldsOn(view, 'left')
        .filter(
          ({ type, role }) => type === 'date' || type === 'timestamp' || role === 'created-at' || role === 'updated-at',
        )
        .flatMap((field) => sinceOf(view, field) ?? []);

export const isBefore = (view: ComparisonView, row: SeenRow, { column, since, empty }: Since): boolean => {
  const value = valueOn(view, 'left', row, column);
  if (value === '') return empty;
  const time = momentOf(value, view.config.left.timeZone);
  return time !== undefined && time < since;
};
