import { join } from 'node:path';
import type { Report } from '../model/report.ts';
import type { History, Remembered } from '../model/world.ts';
import type { Files } from './files.ts';
import { realFiles } from './files.ts';
import { keptReport, newestRuns } from './kept-report.ts';

/** How many runs are looked through, the newest first, and how much of them: one of a thousand mailboxes weighs megabytes. */
const reach = { runs: 50, bytes: 32 * 1024 * 1024 };

type Asked = readonly [check: string, mailbox: string, target: string];

interface Seen extends Remembered {
  readonly isGood: boolean;
}

/** What checks saw in a run, by what is asked for. The rest of the run is let go. */
type Facts = ReadonlyMap<string, Seen>;

const keyOf = (asked: Asked): string => JSON.stringify(asked);

const factsIn = ({ run, checks }: Report): Facts => {
  const facts = new Map<string, Seen>();
  for (const { id, mailbox, target, status, evidence: [fact] = [] } of checks) {
    const key = keyOf([id, mailbox, target]);
    if (!fact || facts.has(key)) continue;
    facts.set(key, { run: run.id, at: run.startedAt, fact, isGood: status === 'pass' || status === 'warn' });
  }
  return facts;
};

/** The kept runs as a memory. Nothing is read before it is asked for, and each file once; what cannot be read is no memory. */
export const openHistory = (directory: string, files: Files = realFiles): History => {
  const read = new Map<string, Promise<Facts | undefined>>();
  const factsOf = (path: string): Promise<Facts | undefined> => {
    const facts = read.get(path) ?? keptReport(files, path).then((report) => report && factsIn(report));
    read.set(path, facts);
    return facts;
  };
  let listed: Promise<readonly string[]> | undefined;
  const newest = async (asked: Asked, goodOnly: boolean): Promise<Remembered | undefined> => {
    listed ??= newestRuns(files, join(directory, 'runs'), reach).catch(() => []);
    const key = keyOf(asked);
    for (const path of await listed) {
      const seen = (await factsOf(path))?.get(key);
      if (!seen || (goodOnly && !seen.isGood)) continue;
      const { isGood: _isGood, ...remembered } = seen;
      return remembered;
    }
    return undefined;
  };
  return {
    lastGood: (...asked) => newest(asked, true),
    last: (...asked) => newest(asked, false),
  };
};
