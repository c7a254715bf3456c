import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { inTurn, isSecond, momentIn } from './in-turn.ts';
import { leftOut } from './left-out.ts';
import { oncePerView } from './memo.ts';
import { timeOf } from './moments.ts';

/** Which time of a record a window is of: `kept` is that of its creation, of records that nobody has changed since. */
export type Clock = 'created' | 'updated' | 'kept';

const clocks: readonly Clock[] = ['created', 'updated', 'kept'];

export interface Window {
  readonly clock: Clock;
  readonly from: number;
  readonly to: number;
  readonly missing: number;
  readonly present: number;
}

/** A window of so many missing records speaks for itself; one of fewer where chance hardly ever makes it. */
export const plainly = 20;
const fewest = 8;
const fewestMoments = 5;
const mostChance = 1e-9;

/** Of the records of a window, how many are missing at least: what is copied in part has another reason. */
const leastDense = 0.95;

const missingIn = (events: Float64Array): number => {
  let n = 0;
  for (const event of events) if (isSecond(event)) n += 1;
  return n;
};

/** How likely it is that among all records somewhere so many in a row lack by chance. */
const chanceOf = ({ missing, all }: { readonly missing: number; readonly all: number }, run: number): number => {
  let p = all;
  for (let at = 0; at < run; at += 1) p *= (missing - at) / (all - at);
  return p;
};

/** Few records that lack without a gap. Of a sample nobody knows who was between them, and what came at one moment is one thing. */
const isSure = (view: ComparisonView, inside: Float64Array, events: Float64Array): boolean =>
  inside.length >= fewest &&
  inside.every(isSecond) &&
  view.present.length === view.counts.matched &&
  new Set(inside).size >= fewestMoments &&
  chanceOf({ missing: missingIn(events), all: events.length }, inside.length) < mostChance;

/** The stretch with the greatest sum, where a missing row counts for and a present one against it. */
const densest = (events: Float64Array, weight: number): readonly [number, number] | undefined => {
  let [best, bestFrom, bestTo] = [0, 0, -1];
  let [sum, from] = [0, 0];
  for (let at = 0; at < events.length; at += 1) {
    if (sum <= 0) [sum, from] = [0, at];
    const missing = isSecond(events[at] ?? 0);
    sum += missing ? 1 : -weight;
    if (missing && sum > best) [best, bestFrom, bestTo] = [sum, from, at];
  }
  return bestTo < 0 ? undefined : [bestFrom, bestTo];
};

/** Somebody who types a record in saves it again within a minute or so. */
const untouched = 60_000;

/** The time of a record by which a window may hold it. */
const clockTime = (view: ComparisonView, row: SeenRow, clock: Clock): number | undefined => {
  const [created, updated] = [timeOf(view, row, 'created-at'), timeOf(view, row, 'updated-at')];
  if (clock === 'created') return created;
  if (clock === 'updated') return updated;
  return created !== undefined && updated !== undefined && updated - created <= untouched ? created : undefined;
};

/** Whether a record is of a window: one that was changed after it came over with its change. */
export const isInWindow = (
  view: ComparisonView,
  row: SeenRow,
  { clock, from, to }: Pick<Window, 'clock' | 'from' | 'to'>,
): boolean => {
  const [created, updated] = [timeOf(view, row, 'created-at'), timeOf(view, row, 'updated-at')];
  const time = clock === 'updated' ? updated : created;
  if (time === undefined || time < from || time > to) return false;
  return clock !== 'kept' || (updated !== undefined && updated <= to);
};

const windowsOf = (view: ComparisonView, clock: Clock): readonly Window[] => {
  const timesOf = (rows: readonly SeenRow[]): readonly number[] => {
    const times: number[] = [];
    for (const row of rows) {
      const time = clockTime(view, row, clock);
      if (time !== undefined) times.push(time);
    }
    return times;
  };
  const gone = leftOut(view);
  // A present row in the sample stands for as many as it was drawn from, and likewise a missing one.
  const weight = (3 * (view.counts.matched / view.present.length)) / (view.counts.missing / view.missing.length);
  const windows: Window[] = [];
  const missingTimes = timesOf(view.missing.filter((row) => !gone.has(row)));
  if (missingTimes.length < fewest) return [];
  const events = inTurn(timesOf(view.present.map(({ left }) => left)), missingTimes);
  let open = events;
  for (let round = 0; round < 3; round += 1) {
    const found = densest(open, weight);
    if (!found) break;
    const [first, last] = found;
    const inside = open.subarray(first, last + 1);
    const missing = missingIn(inside);
    if (missing < plainly && !isSure(view, inside, events)) break;
    const present = inside.length - missing;
    const dense = missing / (missing + (present * weight) / 3) >= leastDense;
    const [begin, end] = [inside[0], inside.at(-1)];
    // Bounded on both sides: what lacks from the beginning or until the end is something else.
    const [before, after] = [open.subarray(0, first), open.subarray(last + 1)];
    const bounded = before.length - missingIn(before) >= 20 && after.length - missingIn(after) >= 20;
    if (dense && begin !== undefined && end !== undefined && bounded) {
      windows.push({ clock, from: momentIn(begin), to: momentIn(end), missing, present });
    }
    const rest = new Float64Array(before.length + after.length);
    rest.set(before);
    rest.set(after, before.length);
    open = rest;
  }
  return windows;
};

/**
 * Windows of time in which nearly everything is missing but for kinds of records that lack at all times, with present rows before and
 * after each; by each clock the longest first, at most three.
 */
export const missingWindows = oncePerView((view): readonly Window[] =>
  view.missing.length < fewest || view.present.length < 100 ? [] : clocks.flatMap((clock) => windowsOf(view, clock)),
);
