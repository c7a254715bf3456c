import type { Runbook } from './runbook.ts';

/** A cause that was met here, by what the log holds of it. */
export interface Met {
  readonly id: string;
  /** In the language of its last run. */
  readonly title?: string;
  readonly mailboxes: readonly string[];
  /** The last run that found it. */
  readonly run: string;
  readonly last: string;
  /** In so many runs of the log since then; there may have been earlier ones in a very long log. */
  readonly first: string;
  readonly times: number;
}

/**
 * What of a very long log is looked through, the latest first: some 25,000 records. Of a log of 100,000 that took 0.1 s of CPU time where
 * nearly all runs had passed, and 0.6 to 0.8 s where all had failed.
 */
const mostBytes = 8 * 1024 * 1024;
/** A log of so many different causes was not written by runs. */
const mostCauses = 1_000;
const mostMailboxes = 5;
/** Runs of workflows that found something: their findings stand in their reports only. */
const mostOthers = 5;

interface MetHere {
  readonly causes: readonly Met[];
  /** Runs that failed or warned, and whose record names no cause; the latest first. */
  readonly others: readonly { readonly run: string; readonly at: string }[];
}

/** A run that passed met no problem: most of those that `watch` writes down, which are not even read. As JSON no text can say this. */
const hasPassed = (line: string): boolean => line.includes('"status":"pass"');

/** The causes that were met, the latest first. The log is streamed from its end; a part of it that is torn is passed over. */
export const metIn = async (runbook: Pick<Runbook, 'read'>, most: number): Promise<MetHere> => {
  const met = new Map<string, Met>();
  const others: { readonly run: string; readonly at: string }[] = [];
  const look = { backward: true, holding: '"run-finished"', fits: (line: string) => !hasPassed(line), mostBytes };
  for await (const record of runbook.read(look)) {
    if (record.kind !== 'run-finished' || record.status === 'pass') continue;
    const { at, run, causes, status } = record;
    const found = status === 'fail' || status === 'warn';
    if (causes.length === 0 && found && others.length < mostOthers) others.push({ run, at });
    for (const id of new Set(causes.map(({ cause }) => cause))) {
      const before = met.get(id);
      if (!before && met.size >= mostCauses) continue;
      const own = causes.filter(({ cause }) => cause === id);
      const mailboxes = [...new Set([...(before?.mailboxes ?? []), ...own.flatMap(({ mailbox }) => mailbox || [])])];
      const title = before?.title ?? own.find((one) => one.title !== undefined)?.title;
      met.set(id, {
        id,
        ...(title === undefined ? {} : { title }),
        mailboxes: mailboxes.slice(0, mostMailboxes),
        run: before?.run ?? run,
        last: before?.last ?? at,
        first: at,
        times: (before?.times ?? 0) + 1,
      });
    }
  }
  return { causes: [...met.values()].slice(0, most), others };
};
