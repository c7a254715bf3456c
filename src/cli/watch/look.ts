import type { Attempt, Waiting } from '../../model/login.ts';
import type { Report } from '../../model/report.ts';
import type { SyncSubject } from '../../model/sync/subject.ts';
import { crmHost } from '../../reason/crm-host.ts';
import type { Drift } from '../../runbook/drift/drift.ts';
import type { RunbookEvent } from '../../runbook/record.ts';
import { watchedEnd } from '../../watch/retention.ts';
import { checkTask } from '../check/task.ts';
import type { Context } from '../command.ts';
import { perform } from '../session.ts';
import type { WatchFlags, Watching } from './watching.ts';

/** What one look came to. */
export interface Look {
  readonly report: Report;
  readonly other?: Report;
  /** What is other than in the last good run. */
  readonly drift: readonly Drift[];
  /** Whether its run was kept. */
  readonly kept: boolean;
  readonly resolutions: readonly RunbookEvent[];
}

interface Wanted {
  readonly due: readonly string[];
  readonly waiting: Waiting;
  /** Whether a run is worth its record. */
  readonly eventful: (report: Report) => boolean;
  /** What came of the logins, also where the look itself came to no end. */
  readonly attempts: (attempts: readonly Attempt[]) => void;
  readonly now?: () => Date;
}

/** Records of a CRM that must not be logged in to yet are not asked for: a refusal that nobody gave would be told as one. */
const mayCompare =
  (waiting: Waiting) =>
  ({ config: { left, right } }: SyncSubject): boolean =>
    [left, right].every((side) => {
      if (side.kind !== 'crm') return true;
      const { url, username = '', database = '' } = side.crm.config;
      return !waiting({ protocol: 'crm', host: crmHost(url), username, realm: database });
    });

/** However long a comparison takes: the round after it waits. */
const longestMs = 6 * 3_600_000;

/** One run of what is due, in a world of its own. */
export const look = async (
  { target, mailKinds }: Watching,
  flags: WatchFlags,
  context: Context,
  { due, waiting, eventful, attempts, now }: Wanted,
): Promise<Look | undefined> => {
  const asked = { ...target, sync: target.sync.filter(mayCompare(waiting)) };
  const plain = { ...flags, only: due, json: false, format: [], quiet: true };
  const { task, opened } = await checkTask(asked, plain, context, {
    command: 'watch',
    inOneWorld: true,
    waiting,
    ...(now ? { now } : {}),
  });
  if (!opened) throw new Error('no world');
  const only = due.filter((id) => task.names?.includes(id) ?? true);
  let kept = false;
  try {
    if (only.length === 0) return undefined;
    const timeoutMs = task.timeoutMs === undefined ? {} : { timeoutMs: Math.min(task.timeoutMs, longestMs) };
    // The accounts that a CRM brings in are known only when it was asked for them: their turn is its.
    const discovered = { only: mailKinds, skip: flags.skip ?? [], offline: flags.offline === true };
    const {
      report,
      other,
      drift = [],
      resolutions = [],
    } = await perform(
      {
        ...task,
        ...timeoutMs,
        discovered,
        idEnd: watchedEnd,
        // Each channel is told in its own language.
        inBoth: true,
        eventful: (found) => {
          kept = eventful(found);
          return kept;
        },
        present: async (found) => ({ report: found, code: found.exitCode }),
      },
      { ...plain, only },
      context,
    );
    return { report, ...(other ? { other } : {}), drift, kept, resolutions };
  } finally {
    attempts(opened.kit.ledger.attempts());
    await opened.crm.close();
  }
};
