import type { LogFileFact, LogSearch, LogsFact } from '../model/log-facts.ts';
import { lineAutomatonWith } from './classify.ts';
import { createConcern } from './concern.ts';
import { createEvidence } from './evidence.ts';
import { joinMessages } from './join.ts';
import { logFilesFor } from './log-files.ts';
import { readSource } from './read.ts';
import type { Source } from './sources.ts';
import { startNeedles } from './start.ts';
import { successIn, successNeedles } from './success.ts';

/** A packed file is read from its start; no more of it than this. */
const mostUnpacked = 256 * 1024 * 1024;

/** What the configured logs say of one mailbox: their newest part, and nothing that is about somebody else. */
export const searchLogs = async (search: LogSearch, signal: AbortSignal, now: Date): Promise<LogsFact> => {
  const { about } = search;
  const since = Date.parse(search.since);
  const concern = createConcern(about);
  const evidence = createEvidence(concern);
  const names = [...about.addresses, ...about.logins].filter((name) => name.length > 2);
  const automaton = lineAutomatonWith([...successNeedles, ...startNeedles, ...names.map((name) => name.toLowerCase())]);
  const files: LogFileFact[] = [];
  const sources: Source[] = [];
  for (const file of await logFilesFor(search.files, since)) {
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
        other: (cut, line) => evidence.other(cut, line, successIn(cut)),
      },
      (found) => evidence.fault(numbered ? found : { ...found, number: 0 }),
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
  if (!signal.aborted) await joinMessages([...evidence.samples(), ...evidence.open()], sources, signal);
  return { at: now.toISOString(), since: search.since, files, ...evidence.result() };
};
