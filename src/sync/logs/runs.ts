import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ScheduleFact } from '../../model/sync/comparison.ts';
import type { ComparisonView, SyncTimes } from '../../model/sync/view.ts';
import { expand } from '../files/expand.ts';
import { failureOf } from '../files/fault.ts';
import { entryOf } from './entry.ts';
import type { Clock } from './line-time.ts';
import { linesOf } from './lines.ts';
import { runsOf } from './runs-of.ts';
import { isError, mayTell } from './signs.ts';
import { type Span, spanFinder } from './spans.ts';
import { errorTally } from './tally.ts';

/** What the logs of a sync job tell. */
export interface JobLogs {
  /** The oldest first. */
  readonly runs: SyncTimes['runs'];
  readonly logged: ComparisonView['logged'];
  /** Files that could not be read, or not to their end. */
  readonly failures: ScheduleFact['logFailures'];
}

interface Reading {
  /** IANA zone of times without an offset; default: that of this machine. */
  readonly timeZone?: string;
  readonly printable: (text: string, most?: number) => string;
  readonly signal: AbortSignal;
}

/** A clock, or seconds since 1970. */
const looksTimed = /\d:\d\d|1[4-9]\d{8}|\d時/;
const mostRuns = 50_000;
const mostSpans = 400_000;

interface LogFile {
  readonly path: string;
  /** The log that it is a part of, whether rotated or not. */
  readonly stem: string;
  readonly written: number;
  readonly first: number;
}

const rotated = /(?:[-._]\d{4}-?\d\d-?\d\d(?:[-_T]?\d{2,6})?|\.\d{1,5})?(?:\.(?:gz|bak|old|\d{1,5}))?$/i;

const firstTime = async (path: string, clock: Clock, signal: AbortSignal): Promise<number> => {
  try {
    for await (const lines of linesOf(path, signal)) {
      for (const line of lines.slice(0, 500)) {
        const { at } = entryOf(line, clock);
        if (at !== undefined) return at;
      }
      break;
    }
  } catch {
    // It is read again, and what is wrong with it said then.
  }
  return Number.POSITIVE_INFINITY;
};

/** Reads the logs of a sync job, packed or not, of any size, and tells its runs and errors. */
export const readJobLogs = async (files: readonly string[], reading: Reading): Promise<JobLogs> => {
  const { printable, signal } = reading;
  const timeZone = reading.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const failures: { readonly file: string; readonly says: string }[] = [];
  const fail = (file: string, error: unknown): void => {
    const failure = failureOf(error, file);
    const says = 'says' in failure ? `${failure.kind}: ${failure.says}` : failure.kind;
    failures.push({ file: printable(file, 500), says: printable(says, 300) });
  };

  const found = new Map<string, LogFile>();
  for (const file of files) {
    try {
      for (const path of await expand(file, signal)) {
        if (found.has(path)) continue;
        const written = (await stat(path)).mtimeMs;
        const stem = join(dirname(path), basename(path).replace(rotated, ''));
        found.set(path, { path, stem, written, first: await firstTime(path, { timeZone, written }, signal) });
      }
    } catch (error) {
      fail(file, error);
    }
  }
  const ordered = [...found.values()].toSorted((a, b) => a.first - b.first || a.written - b.written);

  const finders = new Map<string, ReturnType<typeof spanFinder>>();
  const errors = errorTally();
  for (const { path, stem, written } of ordered) {
    const finder = finders.get(stem) ?? spanFinder();
    finders.set(stem, finder);
    const clock: Clock = { timeZone, written };
    try {
      // Of lines that tell nothing only the last time counts, and only where the next one tells none.
      let passed: string | undefined;
      const catchUp = (): void => {
        const at = passed === undefined ? undefined : entryOf(passed, clock).at;
        passed = undefined;
        if (at !== undefined) finder.reach(at);
      };
      for await (const lines of linesOf(path, signal)) {
        for (const line of lines) {
          if (!mayTell.test(line)) {
            if (looksTimed.test(line.slice(0, 120))) passed = line;
            continue;
          }
          const entry = entryOf(line, clock);
          if (entry.at === undefined) catchUp();
          finder.visit(entry);
          if (isError(entry)) errors.add(entry.says);
        }
      }
      catchUp();
    } catch (error) {
      fail(path, error);
    }
    if (signal.aborted) break;
  }

  const all: Span[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const finder of finders.values()) {
    const told = finder.spans();
    last = Math.max(last, told.last);
    for (const span of told.spans) if (all.length < mostSpans) all.push(span);
  }
  const runs = runsOf(
    all.toSorted((a, b) => a.start - b.start),
    last,
  );
  return {
    runs: runs.slice(-mostRuns).map(({ start, end, failed, throttled, says }) => ({
      start,
      ...(end === undefined ? {} : { end }),
      failed,
      throttled,
      ...(says === undefined || !(failed || throttled) ? {} : { says: printable(says, 300) }),
    })),
    logged: errors.told(printable),
    failures,
  };
};
