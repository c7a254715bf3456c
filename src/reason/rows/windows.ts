import type { ComparisonView } from '../../model/sync/view.ts';
import { bornRole, timeOf } from './moments.ts';

export interface Window {
  readonly from: number;
  readonly to: number;
  readonly missing: number;
  readonly present: number;
}

/** Of the records of a window, how many are missing at least: what is copied in part has another reason. */
const leastDense = 0.95;

interface Event {
  readonly time: number;
  readonly missing: boolean;
}

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
  if (!role || view.missing.length < 20 || view.present.length < 100) return [];
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
    if (missing < 20) break;
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
