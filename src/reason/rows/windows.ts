import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { inTurn, isSecond, momentIn } from './in-turn.ts';
import { oncePerView } from './memo.ts';
import { bornRole, timeOf } from './moments.ts';

export interface Window {
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

/** How likely it is that among all records somewhere so many in a row lack by chance. */
const chanceOf = (view: ComparisonView, run: number): number => {
  const all = view.counts.missing + view.counts.matched;
  let p = all;
  for (let at = 0; at < run; at += 1) p *= (view.counts.missing - at) / (all - at);
  return p;
};

/** Few records that lack without a gap. Of a sample nobody knows who was between them, and what came at one moment is one thing. */
const isSure = (view: ComparisonView, inside: Float64Array): boolean =>
  inside.length >= fewest &&
  inside.every(isSecond) &&
  view.present.length === view.counts.matched &&
  new Set(inside).size >= fewestMoments &&
  chanceOf(view, inside.length) < mostChance;

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

const missingIn = (events: Float64Array): number => {
  let n = 0;
  for (const event of events) if (isSecond(event)) n += 1;
  return n;
};

/**
 * Windows of time in which nearly everything is missing, with present rows before and after each; the longest first, at most three.
 */
export const missingWindows = oncePerView((view): readonly Window[] => {
  const role = bornRole(view);
  if (!role || view.missing.length < fewest || view.present.length < 100) return [];
  const timesOf = (rows: readonly SeenRow[]): readonly number[] => {
    const times: number[] = [];
    for (const row of rows) {
      const time = timeOf(view, row, role);
      if (time !== undefined) times.push(time);
    }
    return times;
  };
  // A present row in the sample stands for as many as it was drawn from, and likewise a missing one.
  const weight = (3 * (view.counts.matched / view.present.length)) / (view.counts.missing / view.missing.length);
  const windows: Window[] = [];
  let open = inTurn(timesOf(view.present.map(({ left }) => left)), timesOf(view.missing));
  for (let round = 0; round < 3; round += 1) {
    const found = densest(open, weight);
    if (!found) break;
    const [first, last] = found;
    const inside = open.subarray(first, last + 1);
    const missing = missingIn(inside);
    if (missing < plainly && !isSure(view, inside)) break;
    const present = inside.length - missing;
    const dense = missing / (missing + (present * weight) / 3) >= leastDense;
    const [begin, end] = [inside[0], inside.at(-1)];
    // Bounded on both sides: what lacks from the beginning or until the end is something else.
    const [before, after] = [open.subarray(0, first), open.subarray(last + 1)];
    const bounded = before.length - missingIn(before) >= 20 && after.length - missingIn(after) >= 20;
    if (dense && begin !== undefined && end !== undefined && bounded) {
      windows.push({ from: momentIn(begin), to: momentIn(end), missing, present });
    }
    const rest = new Float64Array(before.length + after.length);
    rest.set(before);
    rest.set(after, before.length);
    open = rest;
  }
  return windows;
});
