import type { LogFileFact, LogSearch, LogsFact } from '../model/log-facts.ts';
import { lineAutomatonWith } from './classify.ts';
import type { Found } from './collect.ts';
import { createConcern } from './concern.ts';
import type { Cut } from './dialect.ts';
import { createEvidence } from './evidence.ts';
import { joinMessages } from './join.ts';
import { logFilesFor } from './log-files.ts';
import { readSource } from './read.ts';
import type { Source } from './sources.ts';
import { startNeedles } from './start.ts';
import { successIn, successNeedles } from './success.ts';

/** A packed file is read from its start; no more of it than this. */
const mostUnpacked = 256 * 1024 * 1024;

/** What is asked of the same files. */
export interface LogSearches {
  readonly files: readonly string[];
  readonly asked: readonly Omit<LogSearch, 'files'>[];
}

/** What the configured logs say of each mailbox, read once: their newest part, and nothing that is about somebody else. */
export const searchLogs = async (
  { files: names, asked }: LogSearches,
  signal: AbortSignal,
  now: Date,
): Promise<readonly LogsFact[]> => {
  const searches = asked.map(({ since, about }) => ({
    since,
    from: Date.parse(since),
    evidence: createEvidence(createConcern(about)),
  }));
  const since = Math.min(...searches.map(({ from }) => from));
  const of = ({ at }: Cut) => searches.filter(({ from }) => at === undefined || at >= from);
  const own = asked.flatMap(({ about }) => [...about.addresses, ...about.logins]).filter((name) => name.length > 2);
  const automaton = lineAutomatonWith([...successNeedles, ...startNeedles, ...own.map((name) => name.toLowerCase())]);
  const files: LogFileFact[] = [];
  const sources: Source[] = [];
  for (const file of await logFilesFor(names, since)) {
    if (signal.aborted) break;
    if (!('source' in file)) {
      files.push({ name: file.name, bytes: 0, lines: 0, cut: false, error: file.trouble });
      continue;
    }
    const { source } = file;
    const numbered = (source.start ?? 0) === 0;
    const row = await readSource(
      source,
      {
        now: now.getTime(),
        since,
        wanted: () => true,
        signal,
        automaton,
        mostBytes: mostUnpacked,
        other: (cut, line) => {
          const success = successIn(cut);
          for (const { evidence } of of(cut)) evidence.other(cut, line, success);
        },
      },
      (found: Found) => {
        const told = numbered ? found : { ...found, number: 0 };
        for (const { evidence } of of(found.cut)) evidence.fault(told);
      },
    );
    sources.push(source);
    const cut = file.cut || row.bytes >= mostUnpacked;
    files.push({
      name: file.name,
      bytes: row.bytes,
      lines: row.lines,
      cut,
      ...(row.error ? { error: row.error } : {}),
    });
  }
  if (!signal.aborted) {
    const samples = [
      ...searches.flatMap(({ evidence }) => evidence.samples()),
      ...searches.flatMap(({ evidence }) => evidence.open()),
    ];
    await joinMessages(samples, sources, signal);
  }
  return searches.map(({ since: from, evidence }) => ({
    at: now.toISOString(),
    since: from,
    files,
    ...evidence.result(),
  }));
};
