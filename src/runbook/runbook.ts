import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../model/report.ts';
import type { Saved } from './failure.ts';
import { failureOf } from './failure.ts';
import type { Files } from './files.ts';
import { realFiles } from './files.ts';
import type { Look, Reading } from './log.ts';
import { appendRecord, readRecords } from './log.ts';
import type { RunbookEvent, Who } from './record.ts';
import { newRecordId } from './record-id.ts';
import type { FoundRun } from './runs.ts';
import { findRun, writeRun } from './runs.ts';

export { runbookDirectory } from './directory.ts';
export { newRunId } from './run-id.ts';

/** The append-only memory of all runs. Writing never throws: a run is worth more than its record. */
export interface Runbook {
  readonly directory: string;
  /** Stamped with now and the user, on the disk when the promise is fulfilled. */
  append(event: RunbookEvent): Promise<Saved>;
  /** The full report and its evidence as `runs/ID.json`; saving again replaces the file. */
  saveRun(report: Report, evidence: unknown): Promise<Saved>;
  /** The log from its beginning or its end, streamed. */
  read(look?: Look): Reading;
  /** A run by id, by a beginning of it that fits one only, or `last`. */
  run(wanted: string): Promise<FoundRun>;
}

const currentUser = (): Who => {
  try {
    return { user: userInfo().username, host: hostname() };
  } catch {
    // A container's user without an entry in the user database.
    return { user: `uid ${process.getuid?.() ?? '?'}`, host: hostname() };
  }
};

interface Outside {
  readonly files?: Files;
  readonly now?: () => Date;
  readonly who?: Who;
}

/** Touches nothing yet; the directory (0700) is made by the first write. */
export const openRunbook = (
  directory: string,
  { files = realFiles, now = () => new Date(), who = currentUser() }: Outside = {},
): Runbook => {
  const log = join(directory, 'runbook.jsonl');
  const runs = join(directory, 'runs');
  let before: Promise<unknown> = Promise.resolve();
  /** One after the other within this process, in the order of the calls. */
  const inTurn = (path: string, work: () => Promise<string>): Promise<Saved> => {
    const result = before.then(work).then(
      (saved): Saved => ({ kind: 'saved', path: saved }),
      (error: unknown): Saved => failureOf(error, path, 'write'),
    );
    before = result;
    return result;
  };
  return {
    directory,
    append: (event) => {
      const at = now().toISOString();
      return inTurn(log, async () => {
        await files.mkdir(directory);
        await appendRecord(files, log, { at, id: newRecordId(), who, ...event });
        return log;
      });
    },
    saveRun: (report, evidence) =>
      inTurn(join(runs, `${report.run.id}.json`), async () => {
        // Made one by one, so that both get the mode.
        await files.mkdir(directory);
        await files.mkdir(runs);
        return writeRun(files, runs, report, evidence);
      }),
    read: (look) => readRecords(files, log, look),
    run: (wanted) => findRun(files, runs, wanted),
  };
};
