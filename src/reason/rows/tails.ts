import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { leftOut } from './left-out.ts';
import { oncePerView } from './memo.ts';
import { bornRole, timeOf } from './moments.ts';

/** Stretches of one length, of each of which the end lacks. */
export interface Tails {
  readonly [name: string]: unknown;
  readonly everyMs: number;
  /** Where in it a stretch begins, counted from 1970. Milliseconds. */
  readonly beginsAt: number;
  /** How many stretches lack their end. */
  readonly stretches: number;
  /** How many records came over before that in each of them, where that is nearly the same in all. */
  readonly copied?: number;
}

const minute = 60_000;
const hour = 60 * minute;
/** How often jobs run; the longest first. */
const usualIntervals = [24, 12, 8, 6, 4, 3, 2, 1, 0.5, 0.25].map((hours) => hours * hour);
const fewestTails = 8;
const fewestLost = 20;
/** Of a run that lacks, so many records at least: single ones are lost anywhere. */
const shortest = 2;
/** Of the runs of missing records, so many end where a stretch does; and no more than that begin at one place of theirs. */
const leastEnding = 0.8;
const mostBeginning = 0.7;
const mostChance = 1e-9;

type Span = readonly [after: number, before: number];

/** A run of missing records in the order of time, with the present ones beside it. */
interface Run {
  /** Between these two it has begun, and between these it has ended. Milliseconds since 1970. */
  readonly begun: Span;
  readonly ended: Span;
  readonly n: number;
}

interface Event {
  readonly time: number;
  readonly missing: boolean;
}

const eventsOf = oncePerView((view): readonly Event[] => {
  // By the update time jobs read, where it is known.
  const role = view.columns.some((column) => column.role === 'updated-at') ? 'updated-at' : bornRole(view);
  if (!role) return [];
  const gone = leftOut(view);
  const of = (rows: readonly SeenRow[], missing: boolean): readonly Event[] =>
    rows.flatMap((row) => {
      const time = timeOf(view, row, role);
      return time === undefined || gone.has(row) ? [] : [{ time, missing }];
    });
  return [
    ...of(view.missing, true),
    ...of(
      view.present.map(({ left }) => left),
      false,
    ),
  ].toSorted((a, b) => a.time - b.time || Number(a.missing) - Number(b.missing));
});

const runsIn = (events: readonly Event[]): readonly Run[] => {
  const runs: Run[] = [];
  for (let at = 0; at < events.length; at += 1) {
    if (!events[at]?.missing) continue;
    const first = at;
    while (events[at + 1]?.missing) at += 1;
    const [before, after] = [events[first - 1], events[at + 1]];
    const [begin, end] = [events[first], events[at]];
    if (at + 1 - first < shortest || !before || !after || !begin || !end) continue;
    runs.push({ begun: [before.time, begin.time], ended: [end.time, after.time], n: at + 1 - first });
  }
  return runs;
};

/** Whether one of the moments that follow each other at this interval lies after the first and not after the second. */
const holdsMoment = ([after, before]: Span, everyMs: number, beginsAt: number): boolean =>
  Math.floor((before - beginsAt) / everyMs) > Math.floor((after - beginsAt) / everyMs);

/** The place of the interval that most of these hold, and which of them do. */
const bestPlace = (
  spans: readonly Span[],
  everyMs: number,
): { readonly beginsAt: number; readonly held: readonly number[] } => {
  const turns = spans.flatMap(([after, before]) => {
    const start = ((after % everyMs) + everyMs) % everyMs;
    const end = start + Math.min(everyMs, before - after);
    const over = end >= everyMs ? [start - everyMs, end - everyMs] : [];
    return [start, end, ...over].map((at, which) => ({ at, ends: which % 2 === 1 }));
  });
  let [open, most, beginsAt] = [0, 0, 0];
  for (const { at, ends } of turns.toSorted((a, b) => a.at - b.at || Number(b.ends) - Number(a.ends))) {
    if (ends && open > most) [most, beginsAt] = [open, ((at % everyMs) + everyMs) % everyMs];
    open += ends ? -1 : 1;
  }
  return { beginsAt, held: spans.flatMap((span, which) => (holdsMoment(span, everyMs, beginsAt) ? [which] : [])) };
};

/** -ln of how likely it is that so many of them hold a moment by chance, anywhere in the interval. */
const surpriseOf = (runs: readonly Run[], held: readonly number[], everyMs: number): number => {
  const sum = held.reduce((total, which) => {
    const [after, before] = runs[which]?.ended ?? [0, everyMs];
    return total - Math.log(Math.min(1, (before - after) / everyMs));
  }, 0);
  // Which of them do not may be any.
  let choices = 0;
  for (let at = 0; at < runs.length - held.length; at += 1) choices += Math.log((runs.length - at) / (at + 1));
  return sum - choices - Math.log(runs.length * usualIntervals.length);
};

/** Of each stretch that has a tail, how many records are there; undefined where that varies. */
const copiedIn = (events: readonly Event[], tails: ReadonlySet<number>, stretchOf: (time: number) => number) => {
  const counts = new Map([...tails].map((stretch) => [stretch, 0]));
  for (const { time, missing } of events) {
    const stretch = stretchOf(time);
    const n = counts.get(stretch);
    if (!missing && n !== undefined) counts.set(stretch, n + 1);
  }
  const sorted = [...counts.values()].toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return at(0.5) >= 10 && at(0.9) - at(0.1) <= 0.04 * at(0.5) + 1 ? at(0.5) : undefined;
};

/**
 * From when on the newest stretch lacks: it has nothing behind it, and one or two of it may have come over by hand. Undefined where it does
 * not.
 */
const lastCut = (events: readonly Event[], stretchOf: (time: number) => number): number | undefined => {
  const newest = events.at(-1);
  if (!newest) return undefined;
  let [sum, best, from]: [number, number, number | undefined] = [0, shortest - 1, undefined];
  for (let at = events.length - 1; at >= 0; at -= 1) {
    const event = events[at];
    if (!event || stretchOf(event.time) !== stretchOf(newest.time)) break;
    sum += event.missing ? 1 : -3;
    if (event.missing && sum > best) [best, from] = [sum, event.time];
  }
  return from;
};

interface Found {
  readonly tails: Tails;
  /** By stretch, from when on it lacks. */
  readonly cuts: ReadonlyMap<number, number>;
}

const foundIn = (view: ComparisonView): Found | undefined => {
  // Of a sample nobody knows what lies between two records of it.
  const whole = view.present.length === view.counts.matched && view.missing.length === view.counts.missing;
  if (!whole || view.missing.length < fewestLost) return undefined;
  const events = eventsOf(view);
  const runs = runsIn(events);
  const lost = runs.reduce((n, run) => n + run.n, 0);
  if (runs.length < fewestTails || lost < fewestLost) return undefined;
  const [best] = usualIntervals
    .map((everyMs) => {
      const { beginsAt, held } = bestPlace(
        runs.map(({ ended }) => ended),
        everyMs,
      );
      return { everyMs, beginsAt, held, surprise: surpriseOf(runs, held, everyMs) };
    })
    .filter(({ held, surprise }) => {
      const n = held.reduce((total, which) => total + (runs[which]?.n ?? 0), 0);
      return held.length >= fewestTails && n >= leastEnding * lost && surprise > -Math.log(mostChance);
    })
    .toSorted((a, b) => b.surprise - a.surprise);
  if (!best) return undefined;
  const { everyMs, beginsAt, held } = best;
  const cut = held.flatMap((which) => runs[which] ?? []);
  // What lacks at one hour of every day, from and to, is a window of each day.
  const fixed = bestPlace(
    cut.map(({ begun }) => begun),
    everyMs,
  ).held.length;
  if (fixed > mostBeginning * cut.length) return undefined;
  const stretchOf = (time: number): number => Math.floor((time - beginsAt) / everyMs);
  const last = lastCut(events, stretchOf);
  const cuts = new Map([
    ...cut.map(({ begun, ended }) => [stretchOf(ended[0]), begun[1]] as const),
    // The newest stretch has nothing behind it.
    ...(last === undefined ? [] : [[stretchOf(events.at(-1)?.time ?? last), last] as const]),
  ]);
  const copied = copiedIn(events, new Set(cuts.keys()), stretchOf);
  return {
    tails: { everyMs, beginsAt, stretches: cuts.size, ...(copied === undefined ? {} : { copied }) },
    cuts,
  };
};

const found = oncePerView(foundIn);

/**
 * Missing records that are the end of stretches of one length, where it is not always the same hour from which on they lack: of each run
 * of a job the first records came over, and the rest did not. Without its log, by their times alone.
 */
export const lostTails = (view: ComparisonView): Tails | undefined => found(view)?.tails;

/** Whether a record is of the end that a stretch lacks. */
export const isInTail = (view: ComparisonView, row: SeenRow): boolean => {
  const known = found(view);
  const role = view.columns.some((column) => column.role === 'updated-at') ? 'updated-at' : bornRole(view);
  const time = role && timeOf(view, row, role);
  if (!known || time === undefined) return false;
  const from = known.cuts.get(Math.floor((time - known.tails.beginsAt) / known.tails.everyMs));
  return from !== undefined && time >= from;
};
