import type { Collection, Group } from './collect.ts';
import { createCollection } from './collect.ts';
import { followSource } from './follow.ts';
import { joinMessages } from './join.ts';
import type { ReadOptions } from './read.ts';
import { readSource } from './read.ts';
import { type CauseRow, type FileRow, type HiddenRow, isNothing, type LogReport, type ShapeRow } from './report.ts';
import type { Source } from './sources.ts';
import { inTimeOrder } from './sources.ts';

/** A question to some logs. */
export interface LogQuestion extends ReadOptions {
  readonly sources: readonly Source[];
  readonly version: string;
  readonly titleOf: (cause: string) => string;
  /** Go on reading files that grow; ends with the signal only. */
  readonly follow?: { readonly signal: AbortSignal; readonly pause: (signal: AbortSignal) => Promise<void> };
  readonly onNew?: (group: Group) => void;
  readonly interrupted?: () => 'SIGINT' | 'SIGTERM' | undefined;
}

const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

const counted = ({ count, first, last, samples }: Group) => ({ count, first: iso(first), last: iso(last), samples });

const rowsOf = (collection: Collection, titleOf: LogQuestion['titleOf']) => {
  const groups = collection.groups();
  const causes: readonly CauseRow[] = groups
    .filter(({ kind }) => kind === 'cause')
    .map((group) => ({
      cause: group.key,
      title: titleOf(group.key),
      confidence: group.confidence,
      ...counted(group),
      hosts: [...group.hosts],
      mailboxes: [...group.mailboxes],
    }));
  const hidden: readonly HiddenRow[] = groups
    .filter(({ kind }) => kind === 'hidden')
    .map((group) => ({ by: group.key, ...counted(group) }));
  const shapes: readonly ShapeRow[] = groups
    .filter(({ kind }) => kind === 'unknown')
    .map((group) => ({ shape: group.key, ...counted(group) }));
  return { causes, hidden, unknown: { ...collection.unknown(), shapes } };
};

const interruptedCode = { SIGINT: 130, SIGTERM: 143 } as const;

const statusOf = (
  files: readonly FileRow[],
  { causes, hidden, unknown }: ReturnType<typeof rowsOf>,
): LogReport['status'] => {
  if (causes.length > 0 || hidden.length > 0) return 'fail';
  return unknown.lines > 0 || files.some(({ error }) => error) || isNothing(files) ? 'unknown' : 'pass';
};

/** Reads logs and says what they speak of. */
export const readLogs = async (question: LogQuestion): Promise<LogReport> => {
  const startedAt = performance.now();
  const collection = createCollection(question.onNew);
  const sources = inTimeOrder(question.sources);
  const { follow } = question;
  const files: FileRow[] = [];
  if (follow) {
    const options = { ...question, ...follow };
    const read = (source: Source) =>
      // What is packed does not grow.
      source.path === undefined || source.path.endsWith('.gz')
        ? readSource(source, options, collection.add)
        : followSource(source, options, collection.add);
    files.push(...(await Promise.all(sources.map(read))));
  } else {
    for (const source of sources) {
      if (question.signal?.aborted) break;
      files.push(await readSource(source, question, collection.add));
    }
  }
  const named = collection.groups().filter(({ kind }) => kind !== 'unknown');
  if (!question.signal?.aborted) {
    await joinMessages(
      named.flatMap(({ samples }) => samples),
      sources,
    );
  }
  const rows = rowsOf(collection, question.titleOf);
  const status = statusOf(files, rows);
  const interrupted = question.interrupted?.();
  const unreadable = files.length > 0 && files.every(({ error, bytes }) => error && bytes === 0);
  const code = unreadable ? 2 : { pass: 0, fail: 1, unknown: 3 }[status];
  return {
    schema: 'crm-doctor/logs/v1',
    tool: { name: 'crm-doctor', version: question.version },
    status,
    files,
    ...rows,
    durationMs: Math.round(performance.now() - startedAt),
    ...(interrupted === undefined ? {} : { interrupted }),
    exitCode: interrupted === undefined ? code : interruptedCode[interrupted],
  };
};
