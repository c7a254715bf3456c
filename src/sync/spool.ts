import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { DelimitedFile, OpenedSource, RejectedRecord, SourceFailure, SourceRow } from '../model/sync/source.ts';
import type { RecordFilter } from '../model/sync/subject.ts';
import { escapeControls } from '../reason/escape.ts';
import { csvRecord } from './csv-text.ts';
import { writeFailure } from './files/fault.ts';

/** All records of a source in one file of a form of our own. */
export interface Spooled {
  readonly file: DelimitedFile;
  /** Records in the file. */
  readonly rows: number;
  readonly bytes: number;
  /** Records that the filter left out. */
  readonly leftOut: number;
  readonly rejected: { readonly count: number; readonly first: readonly RejectedRecord[] };
  /** Why it is not all of the source; what came before is in the file. */
  readonly failure?: SourceFailure;
}

/** Fields of our own behind those of each record. */
export interface Appended {
  readonly names: readonly string[];
  /** Undefined: the record has no key. */
  readonly cells: (row: SourceRow) => readonly string[] | undefined;
}

const mostShown = 1_000;
const mostCharacters = 80;
const bufferCharacters = 256 * 1024;

/** A record of one empty value would be an empty line, which is no record. */
export const lineOf = (row: readonly string[]): string => {
  const line = csvRecord(row);
  return line === '' ? '""\n' : `${line}\n`;
};

/** Which rows are meant; a name that is no column is a failure. */
const chooser = (
  filter: RecordFilter | undefined,
  columns: readonly string[],
): ((row: SourceRow) => boolean) | { readonly unknown: string } => {
  const tests: { readonly at: number; readonly values: ReadonlySet<string>; readonly wanted: boolean }[] = [];
  for (const [name, values] of Object.entries(filter ?? {})) {
    const at = columns.indexOf(name);
    if (at < 0) return { unknown: name };
    tests.push(
      'not' in values
        ? { at, values: new Set(values.not), wanted: false }
        : { at, values: new Set(values), wanted: true },
    );
  }
  return (row) => tests.every(({ at, values, wanted }) => values.has(row[at] ?? '') === wanted);
};

const shownOf = (row: SourceRow): string => escapeControls(row.join(',').slice(0, mostCharacters));

/** Writes the records of a source as one CSV file (UTF-8, RFC 4180 with LF, with a header) that the engine can read. */
export const spool = async (
  source: Pick<OpenedSource, 'facts' | 'rows'>,
  directory: string,
  signal: AbortSignal,
  filter?: RecordFilter,
  append?: Appended,
): Promise<Spooled> => {
  const names = source.facts.columns.map(({ name }) => name);
  const name = createHash('sha256').update(source.facts.name).digest('hex').slice(0, 12);
  const path = join(directory, `${name}-${randomUUID()}.csv`);
  const header = lineOf(append ? [...names, ...append.names] : names);
  const file: DelimitedFile = { path, from: Buffer.byteLength(header), delimiter: 0x2c, quote: 0x22 };
  const first: RejectedRecord[] = [];
  let [rows, leftOut, count, bytes] = [0, 0, 0, 0];
  let failure: SourceFailure | undefined;
  let handle: FileHandle | undefined;
  const reject = (at: RejectedRecord): void => {
    count += 1;
    if (first.length < mostShown) first.push(at);
  };
  const write = async (text: string): Promise<void> => {
    await handle?.writeFile(text);
    bytes += Buffer.byteLength(text);
  };
  try {
    handle = await open(path, 'wx', 0o600);
    let waiting = header;
    const chosen = chooser(filter, names);
    if (typeof chosen === 'object')
      failure = { kind: 'not-found', what: `column ${chosen.unknown}`, hint: names.slice(0, 5) };
    else
      for await (const batch of source.rows(signal)) {
        if (batch.kind === 'failed') {
          failure = batch.failure;
          break;
        }
        if (batch.kind === 'rejected') {
          reject(batch.at);
          continue;
        }
        for (const row of batch.rows) {
          if (!chosen(row)) {
            leftOut += 1;
            continue;
          }
          const more = append?.cells(row);
          if (append && !more) {
            reject({ why: 'empty-key', row: rows + leftOut + count + 1, shown: shownOf(row) });
            continue;
          }
          rows += 1;
          waiting += lineOf(more ? [...row, ...more] : row);
          if (waiting.length >= bufferCharacters) {
            await write(waiting);
            waiting = '';
          }
        }
      }
    await write(waiting);
    if (failure === undefined && signal.aborted)
      failure = { kind: 'interrupted', what: source.facts.name, says: 'stopped', after: rows };
  } catch (error) {
    failure = writeFailure(error, directory);
  } finally {
    await handle?.close().catch(() => undefined);
  }
  return { file, rows, bytes, leftOut, rejected: { count, first }, ...(failure === undefined ? {} : { failure }) };
};
