import type { Flushed } from '../../notify/flush.ts';
import { awaiting } from '../../notify/step.ts';
import { leastLoginMs } from '../../reason/watch/paces.ts';
import { dueAt, type Job, nextAt } from '../../watch/schedule/jobs.ts';
import type { WatchState } from '../../watch/state.ts';
import type { WatchFlags, Watching } from './watching.ts';

/** Kinds whose new problem waits to be confirmed are looked at again soon, but never so soon that a server minds. */
const againAt = (state: WatchState, jobs: readonly Job[]): ReadonlyMap<string, number> => {
  const kinds = new Set(awaiting(state.alerts).flatMap(({ checks }) => checks));
  return new Map(
    jobs.flatMap(({ kind, lastAt }) =>
      kinds.has(kind) && lastAt !== undefined ? [[kind, lastAt + leastLoginMs]] : [],
    ),
  );
};

/** The kinds that this round looks at. */
export const dueOf = (
  { schedule, kinds }: Watching,
  { all = false }: WatchFlags,
  state: WatchState,
  jobs: readonly Job[],
  now: number,
): readonly string[] => {
  if (schedule.restsUntil(now) !== undefined) return [];
  if (all) return kinds;
  const due = new Set(dueAt(schedule, jobs, now));
  for (const [kind, at] of againAt(state, jobs)) if (at <= now) due.add(kind);
  return kinds.filter((kind) => due.has(kind));
};

/** When there is something to do next: a look, or a notification that is tried again. */
export const nextOf = (
  { schedule }: Watching,
  state: WatchState,
  jobs: readonly Job[],
  now: number,
  flushed?: Flushed,
): number | undefined => {
  const sending = flushed?.nextAt === undefined ? [] : [Date.parse(flushed.nextAt)];
  const looking = [nextAt(schedule, jobs, now) ?? [], ...againAt(state, jobs).values()].flat();
  const rest = schedule.restsUntil(now);
  const all = [...looking.map((at) => Math.max(at, rest ?? at)), ...sending];
  return all.length === 0 ? undefined : Math.min(...all);
};
