import type { ComparisonView } from '../../model/sync/view.ts';
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

interface Event {
  readonly time: number;
  readonly missing: boolean;
}

/** How likely it is that among all records somewhere so many in a row lack by chance. */
const chanceOf = (view: ComparisonView, run: number): number => {
  const all = view.counts.missing + view.counts.matched;
  let p = all;
  for (let at = 0; at < run; at += 1) p *= (view.counts.missing - at) / (all - at);
  return p;
};

/** Few records that lack without a gap. Of a sample nobody knows who was between them, and what came at one moment is one thing. */
const isSure = (view: ComparisonView, inside: readonly Event[]): boolean =>
  inside.length >= fewest &&
  inside.every(({ missing }) => missing) &&
  view.present.length === view.counts.matched &&
  new Set(inside.map(({ time }) => time)).size >= fewestMoments &&
  chanceOf(view, inside.length) < mostChance;

/** The stretch with the greatest sum, where a missing row counts for and a present one against it. */
const densest = (events: readonly Event[], weight: number): readonly [number, number] | undefined => {
  let [best, bestFrom, bestTo] = [0, 0, -1];
  let [sum, from] = [0, 0];
  for (const [at, { missing }] of events.entries()) {
    if (sum <= 0) [sum, from] = [0, at];
    sum += missing ? 1 : -weight;
    if (missing && sum > best) [best, bestFrom, bestTo] = [sum, from, at];
  }
  return bestTo < 0 ? undefined : [bestFrom, bestTo];
};

/**
 * Windows of time in which nearly everything is missing, with present rows before and after each; the longest first, at most three.
 */
export const missingWindows = (view: ComparisonView): readonly Window[] => {
  const role = bornRole(view);
  if (!role || view.missing.length < fewest || view.present.length < 100) return [];
  const events: Event[] = [
    ...view.missing.flatMap((row) => {
      const time = timeOf(view, row, role);
      return time === undefined ? [] : [{ time, missing: true }];
    }),
    ...view.present.flatMap(({ left }) => {
      const time = timeOf(view, left, role);
      return time === undefined ? [] : [{ time, missing: false }];
    }),
  ].toSorted((a, b) => a.time - b.time || Number(a.missing) - Number(b.missing));
  // A present row in the sample stands for as many as it was drawn from, and likewise a missing one.
  const weight = (3 * (view.counts.matched / view.present.length)) / (view.counts.missing / view.missing.length);
  const windows: Window[] = [];
  let open: readonly Event[] = events;
  for (let round = 0; round < 3; round += 1) {
    const found = densest(open, weight);
    if (!found) break;
    const [first, last] = found;
    const inside = open.slice(first, last + 1);
    const missing = inside.filter((event) => event.missing).length;
    if (missing < plainly && !isSure(view, inside)) break;
    const present = inside.length - missing;
    const dense = missing / (missing + (present * weight) / 3) >= leastDense;
    const [begin, end] = [inside[0]?.time, inside.at(-1)?.time];
    // Bounded on both sides: what lacks from the beginning or until the end is something else.
    const before = open.slice(0, first).filter((event) => !event.missing).length;
    const after = open.slice(last + 1).filter((event) => !event.missing).length;
    if (dense && begin !== undefined && end !== undefined && before >= 20 && after >= 20) {
      windows.push({ from: begin, to: end, missing, present });
    }
    open = [...open.slice(0, first), ...open.slice(last + 1)];
  }
  return windows;
};
