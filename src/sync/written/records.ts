import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { csvRecord, looksLikeFormula } from '../csv-text.ts';

export type RecordFormat = 'csv' | 'jsonl';

/** One file of records, written in pieces. Only this user can read it: it holds the data of customers. */
export interface RecordFile {
  readonly write: (values: readonly string[]) => Promise<void>;
  /** How many were written. */
  readonly close: () => Promise<number>;
}

const flushAt = 256 * 1024;

/** Telephone numbers and amounts below zero are no formulas, and stand as they are. */
const isNumber = (value: string): boolean => /^[+\-\uff0b\uff0d][\d\uff10-\uff19.,() \-\uff0d]*$/.test(value);

/** What a spreadsheet would run on opening the file becomes a text there. */
const safe = (value: string): string => (looksLikeFormula(value) && !isNumber(value) ? `'${value}` : value);

/** CSV begins with a byte order mark, without which Excel takes Japanese for another encoding (RFC 4180 for the rest). */
export const openRecords = async (
  path: string,
  names: readonly string[],
  format: RecordFormat,
): Promise<RecordFile> => {
  const handle: FileHandle = await open(path, 'w', 0o600);
  const lineOf = (values: readonly string[]): string =>
    format === 'csv'
      ? `${csvRecord(values.map(safe))}\r\n`
      : `${JSON.stringify(Object.fromEntries(names.map((name, at) => [name, values[at] ?? ''])))}\n`;
  let waiting = format === 'csv' ? `\ufeff${lineOf(names)}` : '';
  let count = 0;
  const flush = async (): Promise<void> => {
    const text = waiting;
    waiting = '';
    await handle.writeFile(text);
  };
  return {
    write: async (values) => {
      waiting += lineOf(values);
      count += 1;
      if (waiting.length >= flushAt) await flush();
    },
    close: async () => {
      try {
        await flush();
      } finally {
        await handle.close();
      }
      return count;
    },
  };
};
