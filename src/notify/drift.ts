import type { Text } from '../model/text.ts';
import type { Notice } from './notice.ts';

/** One thing that is other than in the last good run. */
interface Changed {
  readonly mailbox: string;
  readonly severity: 'info' | 'warning';
  readonly says: Text;
}

const most = { notices: 20, changes: 50 };

/** What changed before anything failed: a notice for each mailbox, as not everybody is told of every mailbox. */
export const driftNotices = (changes: readonly Changed[], run: string, at: string): readonly Notice[] => {
  const byMailbox = new Map<string, Changed[]>();
  for (const one of changes) byMailbox.set(one.mailbox, [...(byMailbox.get(one.mailbox) ?? []), one]);
  return [...byMailbox].slice(0, most.notices).map(
    ([mailbox, own], index): Notice => ({
      kind: 'drift',
      id: `${run}.drift.${index}`,
      at,
      severity: own.some(({ severity }) => severity === 'warning') ? 'warning' : 'info',
      ...(mailbox === '' ? {} : { mailbox }),
      changes: own.slice(0, most.changes).map(({ says }) => says),
      more: Math.max(0, own.length - most.changes),
      verify: `crm-doctor runbook accept ${run}`,
    }),
  );
};
