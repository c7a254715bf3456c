import type { Automaton } from './automaton.ts';
import { classify, lineAutomaton } from './classify.ts';
import type { Found } from './collect.ts';
import type { Cut } from './dialect.ts';
import { cutterFor } from './dialects.ts';
import type { FileRow } from './report.ts';
import type { HitLine } from './scanner.ts';
import { createScanner } from './scanner.ts';
import type { Source } from './sources.ts';
import { bytesOf, changedAt, SourceError } from './sources.ts';

/** What is asked of every file. */
export interface ReadOptions {
  readonly now: number;
  /** Lines before this time are passed over. */
  readonly since?: number;
  readonly wanted: (cause: string) => boolean;
  readonly signal?: AbortSignal;
  /** Where lines are stopped at (`lineAutomatonWith`); default: at those that may tell of a fault. */
  readonly automaton?: Automaton;
  /** Hears of the lines that were stopped at and tell of no fault. */
  readonly other?: (cut: Cut, line: string) => void;
  /** Reading one source ends here, after decompression. */
  readonly mostBytes?: number;
}

const newline = 0x0a;
const furthestBack = 40;

const lineText = (buffer: Buffer, start: number, end: number): string =>
  buffer.toString('utf8', start, buffer[end - 1] === 0x0d ? end - 1 : end).replaceAll('\0', '');

/** Lines of a stack trace have no time of their own: the nearest line above that has one gives it. */
const headAbove = (cutLine: (line: string) => Cut, { buffer, start }: HitLine): Cut | undefined => {
  let end = start - 1;
  for (let back = 0; back < furthestBack && end > 0; back += 1) {
    const from = buffer.lastIndexOf(newline, end - 1) + 1;
    if (end - from < 4096) {
      const cut = cutLine(lineText(buffer, from, end));
      if (cut.at !== undefined) return cut;
    }
    end = from - 1;
  }
  return undefined;
};

/** Reads the text of one log piece by piece and hands over what it finds. */
export const createReader = (
  name: string,
  mtime: number,
  { since, wanted, automaton = lineAutomaton(), other }: ReadOptions,
  find: (found: Found) => void,
  header?: string,
) => {
  const dialects = new Set<string>();
  let cutLine = header === undefined ? undefined : cutterFor({ mtime, header });
  let latest: Cut | undefined;
  let head = Buffer.alloc(0);
  let bytes = 0;

  const hear = (hit: HitLine): void => {
    const { buffer, start, end, number } = hit;
    if (end <= start) return;
    const line = lineText(buffer, start, end);
    cutLine ??= cutterFor({ mtime, header: '' });
    const own = cutLine(line);
    const above = own.at === undefined ? (headAbove(cutLine, hit) ?? latest) : undefined;
    const cut = above?.at === undefined ? own : { ...own, at: above.at, program: own.program || above.program };
    if (own.at !== undefined) latest = own;
    if (since !== undefined && cut.at !== undefined && cut.at < since) return;
    const verdict = classify(cut, line, buffer.subarray(start, end), automaton);
    if (verdict.kind === 'nothing') {
      other?.(cut, line);
      return;
    }
    if (verdict.kind === 'cause' && !wanted(verdict.cause)) return;
    dialects.add(cut.dialect);
    find({ verdict, cut, line, file: name, number });
  };
  const scanner = createScanner(automaton, hear);

  /** The first line names the columns where the log is a table. */
  const begin = (chunk: Buffer): void => {
    const at = chunk.indexOf(newline);
    head = Buffer.concat([head, chunk.subarray(0, at < 0 ? 4096 : Math.min(at, 4096))]);
    if (at < 0 && head.length < 4096) return;
    cutLine = cutterFor({ mtime, header: lineText(head, 0, head.length) });
  };

  return {
    push: (chunk: Buffer): void => {
      bytes += chunk.length;
      if (!cutLine) begin(chunk);
      scanner.push(chunk);
    },
    end: (): void => scanner.end(),
    row: (): FileRow => ({ name, bytes, lines: scanner.lines(), dialects: [...dialects].sort() }),
  };
};

/** Reads one source to its end; trouble on the way is told in its row. */
export const readSource = async (
  source: Source,
  options: ReadOptions,
  find: (found: Found) => void,
): Promise<FileRow> => {
  const reader = createReader(source.name, await changedAt(source, options.now), options, find, source.header);
  let bytes = 0;
  try {
    for await (const chunk of bytesOf(source)) {
      if (options.signal?.aborted || (options.mostBytes !== undefined && bytes >= options.mostBytes)) break;
      bytes += chunk.length;
      reader.push(chunk);
    }
    reader.end();
    return reader.row();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    reader.end();
    return { ...reader.row(), error: { kind: error.trouble, detail: error.detail } };
  }
};
