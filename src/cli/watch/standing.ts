import type { Alert } from '../../notify/alerts.ts';
import { realFiles } from '../../runbook/files.ts';
import type { Holder } from '../../runbook/holder.ts';
import { runbookDirectory } from '../../runbook/runbook.ts';
import { jobsOf, nextAt } from '../../watch/schedule/jobs.ts';
import { noState, type WatchState } from '../../watch/state.ts';
import { openStore } from '../../watch/store.ts';
import { turnHolder } from '../../watch/turn.ts';
import type { Context } from '../command.ts';
import { dueOf, nextOf } from './turns.ts';
import type { WatchFlags, Watching } from './watching.ts';

/** A turn that is so long past tells that nobody looks any more. */
export const overdueMs = 30 * 60_000;

/** What `watch` has written down, and who is at it now. */
export interface Standing {
  readonly state: WatchState;
  readonly kept: 'none' | 'broken' | 'read';
  readonly file: string;
  readonly holder: Holder | undefined;
  readonly now: number;
}

export const standingOf = async ({ target }: Watching, flags: WatchFlags, { io }: Context): Promise<Standing> => {
  const directory = runbookDirectory({ flag: flags.runbook, config: target.runbook, env: io.env });
  const store = openStore(realFiles, directory, () => new Date());
  const [found, holder] = await Promise.all([store.peek(), turnHolder(realFiles, store.directory)]);
  const read = typeof found === 'string' ? noState : found;
  return { state: read, kept: typeof found === 'string' ? found : 'read', file: store.file, holder, now: Date.now() };
};

/** Each kind by itself, as a round decides it: one whose problem is to be confirmed is looked at again soon. */
export const kindsIn = (watching: Watching, { state, now }: Standing) =>
  jobsOf(watching.schedule, watching.kinds, state.jobs, now).map((job) => ({
    kind: job.kind,
    ...(job.lastAt === undefined ? {} : { lastAt: job.lastAt }),
    nextAt: nextOf(watching, state, [job], now),
    due: dueOf({ ...watching, kinds: [job.kind] }, {}, state, [job], now).length > 0,
  }));

/** How long the oldest turn has been waited for, where nobody is at it. */
export const overdueIn = (watching: Watching, { state, holder, now }: Standing): number => {
  if (holder) return 0;
  // The turns of the moment at which it last looked: what should have come since.
  const last = Math.max(0, ...Object.values(state.jobs).map(({ lastAt }) => Date.parse(lastAt ?? '') || 0));
  const next =
    last === 0
      ? undefined
      : nextAt(watching.schedule, jobsOf(watching.schedule, watching.kinds, state.jobs, now), last);
  return next === undefined ? 0 : Math.max(0, now - next);
};

export const isOpen = ({ bad, state }: Alert): boolean => bad || state === 'flapping';

export const notificationsIn = ({ outbox }: WatchState) => ({
  waiting: outbox.deliveries.length,
  uncertain: outbox.ended.filter(({ fate }) => fate === 'uncertain'),
  failed: outbox.ended.filter(({ fate }) => fate === 'failed'),
  dropped: outbox.dropped,
  trouble: Object.entries(outbox.trouble).map(([channel, { since, failures, says }]) => ({
    channel,
    since,
    failures,
    says,
  })),
});
