import type { Flushed } from '../../notify/flush.ts';
import { awaiting } from '../../notify/step.ts';
import { leastLoginMs } from '../../reason/watch/paces.ts';
import { dueAt, type Job, nextAt } from '../../watch/schedule/jobs.ts';
import type { WatchState } from '../../watch/state.ts';
import type { WatchFlags, Watching } from './watching.ts';

type Turns = Pick<Watching, 'schedule' | 'kinds' | 'rules'>;

/**
 * Kinds whose new problem waits to be confirmed are looked at again soon, but never so soon that a server minds. Where those
 * looks could not tell either (a login that waits, a deadline), the usual pace is enough: a kind is looked at in every mailbox.
 */
const againAt = (
  state: WatchState,
  jobs: readonly Job[],
  { confirm }: Watching['rules'],
): ReadonlyMap<string, number> => {
  const waiting = awaiting(state.alerts);
  return new Map(
    jobs.flatMap(({ kind, lastAt }) => {
      if (lastAt === undefined) return [];
      const since = waiting.flatMap((one) => (one.checks.includes(kind) ? [Date.parse(one.since)] : []));
      return since.some((at) => lastAt < at + confirm * leastLoginMs) ? [[kind, lastAt + leastLoginMs]] : [];
    }),
  );
};

/** The kinds that this round looks at. */
export const dueOf = (
  { schedule, kinds, rules }: Turns,
  { all = false }: Pick<WatchFlags, 'all'>,
  state: WatchState,
  jobs: readonly Job[],
  now: number,
): readonly string[] => {
  if (schedule.restsUntil(now) !== undefined) return [];
  if (all) return kinds;
  const due = new Set(dueAt(schedule, jobs, now));
  for (const [kind, at] of againAt(state, jobs, rules)) if (at <= now) due.add(kind);
  return kinds.filter((kind) => due.has(kind));
};

/** When there is something to do next: a look, or a notification that is tried again. */
export const nextOf = (
  { schedule, rules }: Turns,
  state: WatchState,
  jobs: readonly Job[],
  now: number,
  flushed?: Flushed,
): number | undefined => {
  const sending = flushed?.nextAt === undefined ? [] : [Date.parse(flushed.nextAt)];
  const looking = [nextAt(schedule, jobs, now) ?? [], ...againAt(state, jobs, rules).values()].flat();
  const rest = schedule.restsUntil(now);
  const all = [...looking.map((at) => Math.max(at, rest ?? at)), ...sending];
  return all.length === 0 ? undefined : Math.min(...all);
};
