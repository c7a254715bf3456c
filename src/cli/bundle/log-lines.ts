import { cutterFor } from '../../logs/dialects.ts';
import { logFilesFor } from '../../logs/log-files.ts';
import type { Source } from '../../logs/sources.ts';
import { bytesOf, changedAt, SourceError } from '../../logs/sources.ts';
import { troubleText } from '../../logs/words.ts';
import type { Text } from '../../model/text.ts';

/** Lines of one log around the time that is asked for. */
export interface LogPart {
  readonly name: string;
  readonly text: string;
  /** None was of the asked time, so that these are the last ones before it. */
  readonly earlier: boolean;
}

export interface LogParts {
  readonly parts: readonly LogPart[];
  readonly troubles: readonly { readonly name: string; readonly why: Text }[];
}

const minute = 60_000;
/** A failure is older than the run that saw it; what a job logs comes a little later. */
const beforeMs = 30 * minute;
const afterMs = 5 * minute;

const mostBytes = 256 * 1024;
const mostOfAll = 4 * 1024 * 1024;
const longestLine = 4096;
const mostEarlier = 200;
const mostRead = 256 * 1024 * 1024;

interface Line {
  readonly text: string;
  readonly at?: number;
}

async function* linesOf(source: Source): AsyncGenerator<string> {
  let rest = '';
  let read = 0;
  const decoder = new TextDecoder();
  for await (const chunk of bytesOf(source)) {
    read += chunk.length;
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    // A file without line ends is not kept in memory.
    if (rest.length > longestLine * 4) rest = rest.slice(0, longestLine * 4);
    for (const line of lines) yield line.slice(0, longestLine);
    if (read > mostRead) return;
  }
  if (rest !== '') yield rest.slice(0, longestLine);
}

/** The newest lines up to a size. */
const bounded = (lines: readonly Line[], most: number): string => {
  let bytes = 0;
  let from = lines.length;
  while (from > 0) {
    bytes += Buffer.byteLength(lines[from - 1]?.text ?? '') + 1;
    if (bytes > most) break;
    from -= 1;
  }
  return lines
    .slice(from)
    .map(({ text }) => `${text.replace(/\r$/, '')}\n`)
    .join('');
};

const partOf = async (source: Source, from: number, to: number, now: number): Promise<LogPart | undefined> => {
  const cutLine = cutterFor({ mtime: await changedAt(source, now), header: source.header ?? '' });
  const inside: Line[] = [];
  const earlier: Line[] = [];
  let at: number | undefined;
  for await (const text of linesOf(source)) {
    // Lines of a stack trace have no time: they belong to the line above them.
    at = cutLine(text).at ?? at;
    if (at !== undefined && at > to) continue;
    const list = at === undefined || at < from ? earlier : inside;
    list.push({ text });
    if (list.length > 40_000) list.splice(0, 20_000);
  }
  const late = inside.length === 0;
  const kept = late ? earlier.slice(-mostEarlier) : inside;
  return kept.length === 0 ? undefined : { name: source.name, text: bounded(kept, mostBytes), earlier: late };
};

/** The lines of the configured logs around a run, of each file the newest, together not more than a mail can carry. */
export const logLinesAround = async (
  names: readonly string[],
  run: { readonly startedAt: string; readonly durationMs: number },
  now: number,
): Promise<LogParts> => {
  const started = Date.parse(run.startedAt);
  const [from, to] = [started - beforeMs, started + run.durationMs + afterMs];
  const parts: LogPart[] = [];
  const troubles: { name: string; why: Text }[] = [];
  let bytes = 0;
  for (const file of await logFilesFor(names, from)) {
    if (!('source' in file)) {
      troubles.push({ name: file.name, why: troubleText(file.trouble) });
      continue;
    }
    try {
      const part = await partOf(file.source, from, to, now);
      if (!part) continue;
      bytes += part.text.length;
      if (bytes > mostOfAll) {
        const why = { en: 'the logs together are over 4 MiB', ja: 'ログの合計が 4 MiB を超えました' };
        troubles.push({ name: file.name, why });
        continue;
      }
      parts.push(part);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      troubles.push({ name: file.name, why: troubleText({ kind: error.trouble, detail: error.detail }) });
    }
  }
  return { parts, troubles };
};
