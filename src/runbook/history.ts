import { join } from 'node:path';
import type { Report } from '../model/report.ts';
import type { History, Remembered } from '../model/world.ts';
import type { Files } from './files.ts';
import { realFiles } from './files.ts';
import { keptReport } from './kept-report.ts';
import { idsIn } from './runs.ts';

/** How many runs are looked through, the newest first. */
const mostRuns = 50;

type Asked = readonly [check: string, mailbox: string, target: string];

const factIn = (report: Report, [check, mailbox, target]: Asked, goodOnly: boolean): Remembered | undefined => {
  const found = report.checks.find((one) => one.id === check && one.mailbox === mailbox && one.target === target);
  if (goodOnly && found?.status !== 'pass' && found?.status !== 'warn') return undefined;
  const [fact] = found?.evidence ?? [];
  return fact ? { run: report.run.id, at: report.run.startedAt, fact } : undefined;
};

/** The kept runs as a memory. Nothing is read before it is asked for, and each file once; what cannot be read is no memory. */
export const openHistory = (directory: string, files: Files = realFiles): History => {
  const runs = join(directory, 'runs');
  const read = new Map<string, Promise<Report | undefined>>();
  const reportOf = (id: string): Promise<Report | undefined> => {
    const path = join(runs, `${id}.json`);
    const report = read.get(id) ?? keptReport(files, path);
    read.set(id, report);
    return report;
  };
  let listed: Promise<readonly string[]> | undefined;
  const newest = async (asked: Asked, goodOnly: boolean): Promise<Remembered | undefined> => {
    listed ??= idsIn(files, runs).then(
      (ids) => ids.slice(-mostRuns).toReversed(),
      () => [],
    );
    for (const id of await listed) {
      const report = await reportOf(id);
      const found = report && factIn(report, asked, goodOnly);
      if (found) return found;
    }
    return undefined;
  };
  return {
    lastGood: (...asked) => newest(asked, true),
    last: (...asked) => newest(asked, false),
  };
};
