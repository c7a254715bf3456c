import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { momentOf as writtenMoment } from '../moments.ts';
import { type Aged, agedPairs } from './ages.ts';
import { oncePerView } from './memo.ts';
import { modesOf, quantile } from './modes.ts';
import { asOf, bornRole, timeOf } from './moments.ts';

const minute = 60_000;
const hour = 60 * minute;
/** A nightly job, and some hours for it. Where nobody states how often a job runs. */
const nightly = 30 * hour;
/** How far ahead of UTC a clock can be of which nobody tells the zone. */
const widestZone = 14 * hour;
const fewest = 20;

/** Minutes between the updated-at of both sides; a side may leave out its seconds or its zone. */
const apartIn = ({ left, right }: Aged): number => Math.round((right - left) / minute);

/** Pairs to which the job has carried the update of the left side, time and all, so many minutes apart on all of them. */
interface Carried {
  readonly rows: readonly Aged[];
  readonly apart: number;
}

/** Undefined where the job does not carry times. */
const carriedOf = oncePerView((view): Carried | undefined => {
  const rows = agedPairs(view);
  const [mode] = modesOf(rows.map(apartIn));
  if (!mode) return undefined;
  const carried = rows.filter((row) => Math.abs(apartIn(row) - mode.value) <= 1);
  return carried.length >= fewest && carried.length >= 0.3 * rows.length
    ? { rows: carried, apart: mode.value * minute }
    : undefined;
});

const carriedPairs = (view: ComparisonView): readonly Aged[] | undefined => carriedOf(view)?.rows;

/**
 * Up to where, in time, the right side knows of the left one: the last record that was created and copied, or the last update that was
 * carried over. Undefined where times are not known.
 */
export const lastCopied = oncePerView((view) => {
  const role = bornRole(view);
  if (!role) return undefined;
  const times = Float64Array.from(view.present.flatMap(({ left }) => timeOf(view, left, role) ?? [])).sort();
  const born = times.at(-1);
  if (born === undefined || times.length < 50) return undefined;
  const thinned = Math.max(1, view.counts.matched / view.present.length);
  // How far apart rows are written at this end: what is not much longer is no standstill.
  const apartAtEnd = (sorted: Float64Array): number =>
    ((sorted.at(-1) ?? 0) - (sorted.at(-51) ?? sorted[0] ?? 0)) / 50 / thinned;
  const carried = Float64Array.from(carriedPairs(view) ?? [], ({ left }) => left).sort();
  // One or two may be alike by chance, or by hand.
  const updated = carried.at(-3) ?? born;
  return carried.length > 50
    ? { role, last: Math.max(born, updated), apart: Math.min(apartAtEnd(times), apartAtEnd(carried)) }
    : { role, last: born, apart: apartAtEnd(times) };
});

/**
 * When the last run that did not fail began, where the log or the user knows one: what was there before should have been copied by it. A
 * time that is told in UTC says nothing of records whose clock nobody knows.
 */
const lastRun = (view: ComparisonView): number | undefined => {
  const { runs, lastSync } = view.times;
  return runs.reduce<number | undefined>(
    (last, { start, failed }) => (failed || (last !== undefined && last >= start) ? last : start),
    tellsZone(view) ? lastSync : undefined,
  );
};

/** From when on records only wait for the next run. */
export const waitingSince = (view: ComparisonView): number | undefined => {
  const copied = lastCopied(view);
  return copied && Math.max(copied.last, lastRun(view) ?? copied.last);
};

/** Whether the times of the left side tell their zone. */
export const tellsZone = oncePerView((view): boolean => {
  const role = bornRole(view);
  const column = view.columns.find((one) => one.role === role);
  if (!column || view.config.left.timeZone !== undefined) return true;
  return view.present
    .slice(0, 200)
    .every(
      ({ left: { values } }) => writtenMoment(values[column.at] ?? '')?.offset !== undefined || !values[column.at],
    );
});

/** The newest moment that the left side writes down, of two that agree on it: a single one may be a slip of the pen. */
const newestLeft = oncePerView((view): number | undefined => {
  const rows = [...view.missing, ...view.present.map(({ left }) => left)];
  const roles = ['created-at', 'updated-at'] as const;
  let [newest, next] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of rows) {
    let time = Number.NEGATIVE_INFINITY;
    for (const role of roles) time = Math.max(time, timeOf(view, row, role) ?? time);
    if (time > newest) [newest, next] = [time, newest];
    else if (time > next) next = time;
  }
  return Number.isFinite(next) ? next : undefined;
});

/**
 * Up to when the left side is known. A file is copied, unpacked and saved again long after the records in it were read: it knows of
 * nothing that came after the newest of them. On the clock of the left side.
 */
export const knownUntil = (view: ComparisonView): number => {
  const at = asOf(view);
  const newest = view.config.left.kind === 'file' ? newestLeft(view) : undefined;
  if (newest === undefined) return at;
  return Math.min(newest, tellsZone(view) ? at : at + widestZone);
};

/** How long after its newest record the file of the left side was written, or undefined where it is none or as good as the same. */
export const writtenLater = (view: ComparisonView): number | undefined => {
  const after = asOf(view) - knownUntil(view);
  return view.config.left.kind === 'file' && after > nightly ? after : undefined;
};

export const isNewerThan = (view: ComparisonView, row: SeenRow, from: number): boolean => {
  const copied = lastCopied(view);
  const time = copied && timeOf(view, row, copied.role);
  return time !== undefined && time > from;
};

/** When the oldest change after this moment was made of which the right side has not heard, but for a few that have other reasons. */
const oldestWaiting = (view: ComparisonView, from: number): number => {
  const role = bornRole(view);
  const born = view.missing.flatMap((row) =>
    role !== undefined && isNewerThan(view, row, from) ? (timeOf(view, row, role) ?? []) : [],
  );
  const carried = new Set(carriedPairs(view) ?? []);
  const changed = agedPairs(view).flatMap((row) => (row.left > from && !carried.has(row) ? [row.left] : []));
  const waiting = [...born, ...changed];
  return waiting.length === 0 ? from : quantile(waiting, 0.05);
};

/** How far behind the right side is after `from`, and whether a run that has yet to come explains that. */
export const behind = (view: ComparisonView, from: number): { readonly lag: number; readonly isWaiting: boolean } => {
  const { intervalMs } = view.times;
  const lag = knownUntil(view) - oldestWaiting(view, from);
  const least = tellsZone(view) ? 0 : -widestZone;
  return { lag, isWaiting: lag > least && lag <= (intervalMs === undefined ? nightly : 2 * intervalMs) };
};

/**
 * Whether what the left side changed after this moment is on no right record, and nearly all that it changed before is. Where most of
 * these right records were changed after it as well, they were not left behind: somebody wrote them on that side.
 */
export const isStaleSince = (view: ComparisonView, from: number): boolean => {
  const carried = carriedOf(view);
  if (!carried) return false;
  const newer = agedPairs(view).filter(({ left }) => left > from);
  const older = agedPairs(view).length - newer.length;
  const writtenSince = newer.filter(({ right }) => right - carried.apart > from + minute).length;
  return (
    newer.length >= fewest &&
    older >= fewest &&
    writtenSince <= newer.length / 2 &&
    carried.rows.filter(({ left }) => left <= from).length >= 0.8 * older
  );
};

/**
 * Whether what was there before this moment and was changed after it is missing, rather than out of date: a sync that stopped at this
 * moment had copied it, one that reads in the order of the updates had not come to it.
 */
export const lacksWhatChanged = (view: ComparisonView, from: number): boolean => {
  const isOf = (row: SeenRow): boolean => {
    const [born, changed] = [timeOf(view, row, 'created-at'), timeOf(view, row, 'updated-at')];
    return born !== undefined && changed !== undefined && born <= from && changed > from;
  };
  const missing = view.missing.filter(isOf).length;
  const present = view.present.filter(({ left }) => isOf(left)).length;
  const lost = (missing * view.counts.missing) / Math.max(1, view.missing.length);
  const there = (present * view.counts.matched) / Math.max(1, view.present.length);
  return missing >= fewest && lost > there;
};
