import { join } from 'node:path';
import type { Measure, Point, Series } from '../model/measure.ts';
import { measureUnits, seriesKey } from '../model/measure.ts';
import type { Report } from '../model/report.ts';
import { appendLines } from './append.ts';
import { errorCode } from './error-code.ts';
import type { Saved } from './failure.ts';
import { failureOf } from './failure.ts';
import type { Files } from './files.ts';
import { realFiles, syncDirectory, withFile } from './files.ts';
import { keptReport, newestRuns } from './kept-report.ts';
import { withLock } from './lock.ts';
import { thinned, thinnings } from './thinning.ts';

/** The figures of all runs: `RUNBOOK/measures.jsonl`. Writing and reading never throw: a run is worth more than its record. */
export interface MeasureStore {
  /** Of one run or several, on the disk when the promise is fulfilled. */
  append(measures: readonly Measure[]): Promise<Saved>;
  /** What is known of these mailboxes, or of all; where there is no such file yet, what the newest kept runs have seen. */
  read(mailboxes?: readonly string[]): Promise<readonly Series[]>;
}

/** What a kept run has measured. */
export type Measuring = (report: Report) => readonly Measure[];

const dayMs = 86_400_000;

/** The file is never larger for longer than until the next run, and a larger one is read from its end only. */
const mostBytes = 16 * 1024 * 1024;

/** So many kept runs are looked at, and so much of them read, where they are all that there is. */
const seeds = { runs: 100, bytes: 64 * 1024 * 1024 };

/** What is smaller is not worth thinning. */
const smallBytes = 256 * 1024;

type Line = readonly [id: string, target: string, value: number, unit: Measure['unit'], limit?: number];

const headOf = (now: Date): string =>
  `${JSON.stringify({ schema: 'crm-doctor/measures/v1', thinned: now.toISOString() })}\n`;

/** One line for each time and mailbox: what is the same in all of them stands once. */
const linesOf = (measures: readonly Measure[]): string => {
  const lines = new Map<string, { readonly at: string; readonly mailbox: string; readonly of: Line[] }>();
  for (const { id, mailbox, target, at, value, unit, limit } of measures) {
    const key = JSON.stringify([at, mailbox]);
    const line = lines.get(key) ?? { at, mailbox, of: [] };
    line.of.push(limit === undefined ? [id, target, value, unit] : [id, target, value, unit, limit]);
    lines.set(key, line);
  }
  return Array.from(lines.values(), (line) => `${JSON.stringify(line)}\n`).join('');
};

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 1000;
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** Anybody may edit the file: what is not what it should be is passed over. */
const measuresOf = (text: string): readonly (Omit<Measure, 'at'> & { readonly at: number })[] => {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    return [];
  }
  if (typeof line !== 'object' || line === null || !('at' in line) || !('mailbox' in line) || !('of' in line))
    return [];
  const { at: when, mailbox, of } = line;
  const at = typeof when === 'string' ? Date.parse(when) : Number.NaN;
  if (!Number.isFinite(at) || !isText(mailbox) || !Array.isArray(of)) return [];
  return of.flatMap((one: unknown) => {
    if (!Array.isArray(one)) return [];
    const [id, target, value, said, limit]: unknown[] = one;
    const unit = measureUnits.find((known) => known === said);
    if (!isText(id) || !isText(target) || !isNumber(value) || !unit) return [];
    return [{ id, mailbox, target, at, value, unit, ...(isNumber(limit) && limit > 0 ? { limit } : {}) }];
  });
};

/** The file, or its end where it is larger than it may be, in whole lines. */
const textIn = (files: Files, path: string): Promise<string> =>
  withFile(files.open(path, 'r'), async (file) => {
    const { size } = await file.stat();
    const from = Math.max(0, size - 2 * mostBytes);
    const buffer = Buffer.alloc(size - from);
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, from + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    const text = buffer.toString('utf8', 0, filled);
    return from === 0 ? text : text.slice(text.indexOf('\n') + 1);
  });

const seriesIn = (text: string, mailboxes?: readonly string[]): readonly Series[] => {
  const wanted = mailboxes && new Set(mailboxes);
  // A search for the few that are wanted is much cheaper than reading every line.
  const needles = wanted && wanted.size <= 20 ? Array.from(wanted, (one) => JSON.stringify(one)) : undefined;
  const all = new Map<string, Omit<Series, 'points'> & { readonly points: Point[] }>();
  for (const line of text.split('\n')) {
    if (needles && !needles.some((needle) => line.includes(needle))) continue;
    for (const { id, mailbox, target, unit, at, value, limit } of measuresOf(line)) {
      if (wanted && !wanted.has(mailbox)) continue;
      const key = seriesKey({ id, mailbox, target });
      const series = all.get(key) ?? { id, mailbox, target, unit, points: [] };
      // A figure that has another unit now is another figure.
      if (series.unit !== unit) continue;
      series.points.push(limit === undefined ? { at, value } : { at, value, limit });
      all.set(key, series);
    }
  }
  return Array.from(all.values(), (series) => ({
    ...series,
    points: series.points.toSorted((left, right) => left.at - right.at),
  }));
};

const measuresIn = (series: readonly Series[]): readonly Measure[] =>
  series
    .flatMap(({ points, ...rest }) =>
      points.map(({ at, ...point }) => ({ ...rest, ...point, at: new Date(at).toISOString() })),
    )
    .toSorted((left, right) => (left.at < right.at ? -1 : left.at > right.at ? 1 : 0));

/** The smallest loss that makes the file fit. */
const fitting = (series: readonly Series[], now: Date): string => {
  let text = '';
  for (const rules of thinnings) {
    const fewer = series.map((one) => ({ ...one, points: thinned(one.points, now.getTime(), rules) }));
    text = linesOf(measuresIn(fewer));
    if (text.length <= 0.75 * mostBytes) return text;
  }
  // Even so too much: the newest lines stay.
  const tail = text.slice(-Math.floor(0.5 * mostBytes));
  return tail.slice(tail.indexOf('\n') + 1);
};

/** When it was thinned the last time, as its first line says; a line that says nothing is as good as never. */
const thinnedAt = (files: Files, path: string): Promise<number> =>
  withFile(files.open(path, 'r'), async (file) => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(200), 0, 200, 0);
    const [, when] = /^\{"schema":"crm-doctor\/measures\/v1","thinned":"([^"]{1,40})"\}/.exec(
      buffer.toString('utf8', 0, bytesRead),
    ) ?? [''];
    const at = Date.parse(when ?? '');
    return Number.isFinite(at) ? at : 0;
  });

const rewrite = async (files: Files, directory: string, path: string, now: Date): Promise<void> => {
  const text = headOf(now) + fitting(seriesIn(await textIn(files, path)), now);
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await withFile(files.open(temporary, 'w', 0o600), async (file) => {
      await file.writeFile(text);
      await file.sync();
    });
    await files.rename(temporary, path);
  } catch (error) {
    await files.remove(temporary).catch(() => undefined);
    throw error;
  }
  await syncDirectory(files, directory);
};

const sizeOf = (files: Files, path: string): Promise<number> =>
  files.size(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return 0;
    throw error;
  });

/** The kept runs, the newest first, as far as it is no work. */
const seedsIn = async (files: Files, directory: string, measuring: Measuring): Promise<readonly Measure[]> => {
  const measures: Measure[] = [];
  for (const path of await newestRuns(files, join(directory, 'runs'), seeds)) {
    const report = await keptReport(files, path);
    if (report) measures.push(...measuring(report));
  }
  return measures.reverse();
};

interface Outside {
  readonly files?: Files;
  readonly now?: () => Date;
}

/**
 * Appended to like the log. Once a day, and when it is too large, it is written anew under its lock: hourly figures after
 * two days, daily ones after sixty, and fewer where even that is more than it may hold.
 */
export const openMeasures = (
  directory: string,
  measuring: Measuring,
  { files = realFiles, now = () => new Date() }: Outside = {},
): MeasureStore => {
  const path = join(directory, 'measures.jsonl');
  const beginning = async (measures: readonly Measure[]): Promise<string> => {
    const mine = new Set(measures.map(({ at }) => at));
    // The run whose figures these are may be kept already.
    const before = (await seedsIn(files, directory, measuring)).filter(({ at }) => !mine.has(at));
    return headOf(now()) + linesOf(before);
  };
  const write = async (measures: readonly Measure[]): Promise<void> => {
    await files.mkdir(directory);
    await withLock(files, `${path}.lock`, async (held) => {
      const size = await sizeOf(files, path);
      await appendLines(files, path, (size === 0 ? await beginning(measures) : '') + linesOf(measures));
      if (!held || size < smallBytes) return;
      const since = now().getTime() - (await thinnedAt(files, path));
      if (size > mostBytes || since > dayMs || since < -dayMs) await rewrite(files, directory, path, now());
    });
  };
  return {
    append: async (measures) => {
      if (measures.length === 0) return { kind: 'saved', path };
      try {
        await write(measures);
        return { kind: 'saved', path };
      } catch (error) {
        return failureOf(error, path, 'write');
      }
    },
    read: async (mailboxes) => {
      try {
        return seriesIn(await textIn(files, path), mailboxes);
      } catch (error) {
        // A memory that cannot be read is none; what writes into it says so.
        if (errorCode(error) !== 'ENOENT') return [];
        const seen = await seedsIn(files, directory, measuring).catch(() => []);
        return seriesIn(linesOf(seen), mailboxes);
      }
    },
  };
};
