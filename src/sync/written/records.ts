import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';

export type RecordFormat = 'csv' | 'jsonl';

/** One file of records, written in pieces. Only this user can read it: it holds the data of customers. */
export interface RecordFile {
  readonly write: (values: readonly string[]) => Promise<void>;
  /** How many were written. */
  readonly close: () => Promise<number>;
}

const flushAt = 256 * 1024;

/** What a spreadsheet would run on opening the file; a phone number and a negative amount are not that. */
const isFormula = (value: string): boolean =>
  /^[=@\t\r]/.test(value) || (/^[+-]/.test(value) && !/^[+-][\d.,() -]*$/.test(value));

const cellOf = (value: string): string => {
  const safe = isFormula(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** CSV begins with a byte order mark, without which Excel takes Japanese for another encoding (RFC 4180 for the rest). */
export const openRecords = async (
  path: string,
  names: readonly string[],
  format: RecordFormat,
): Promise<RecordFile> => {
  const handle: FileHandle = await open(path, 'w', 0o600);
  const lineOf = (values: readonly string[]): string =>
    format === 'csv'
      ? `${values.map(cellOf).join(',')}\r\n`
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
