import type { FileHandle } from 'node:fs/promises';
import { errorCode } from './error-code.ts';
import type { Files } from './files.ts';
import { withFile } from './files.ts';
import { withLock } from './lock.ts';
import type { RunbookRecord, Who } from './record.ts';
import { parseRecord } from './record.ts';

const lineEnd = 0x0a;

/** A crash or a full disk in the middle of a write leaves a line without its end. */
const isTorn = async (file: FileHandle): Promise<boolean> => {
  const { size } = await file.stat();
  if (size === 0) return false;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return bytesRead === 1 && buffer[0] !== lineEnd;
};

const lineOf = (record: RunbookRecord): string => `${JSON.stringify(record)}\n`;

const repair = (at: string, who: Who): RunbookRecord => ({
  at,
  who,
  kind: 'repaired',
  text: 'The line before this one was cut off (crash or full disk). It is kept as it is and ignored.',
});

/**
 * Appends one record: one write at the end of the file, then fsync. A torn last line gets its line end first, in the
 * same write, and a record that says so; nothing that was written before is touched.
 */
export const appendRecord = (files: Files, path: string, record: RunbookRecord): Promise<void> =>
  withLock(files, `${path}.lock`, () =>
    withFile(files.open(path, 'a+', 0o600), async (file) => {
      const before = (await isTorn(file)) ? `\n${lineOf(repair(record.at, record.who))}` : '';
      const bytes = Buffer.from(before + lineOf(record));
      const { bytesWritten } = await file.write(bytes, 0, bytes.length);
      if (bytesWritten < bytes.length) {
        // The rest would be no single write any more; the line is torn and the next append says so.
        throw Object.assign(new Error('only a part of the record was written'), { code: 'ENOSPC' });
      }
      await file.sync();
    }),
  );

/** Records in the order of the file; `broken` counts the lines that were skipped so far. */
export interface Reading extends AsyncIterable<RunbookRecord> {
  readonly broken: number;
}

// A record is some kilobytes; a longer line is no record, and is passed over without being kept.
const longestLine = 8 * 1024 * 1024;

const isBlank = (line: Buffer): boolean => line.every((byte) => byte <= 0x20);

async function* linesOf(file: FileHandle): AsyncGenerator<Buffer | 'too-long'> {
  const chunk = Buffer.allocUnsafe(64 * 1024);
  let parts: Buffer[] = [];
  let length = 0;
  const line = () => (length > longestLine ? 'too-long' : Buffer.concat(parts));
  for (;;) {
    const { bytesRead } = await file.read(chunk, 0, chunk.length);
    if (bytesRead === 0) break;
    let start = 0;
    for (let end = chunk.indexOf(lineEnd); end !== -1 && end < bytesRead; end = chunk.indexOf(lineEnd, start)) {
      parts.push(Buffer.from(chunk.subarray(start, end)));
      length += end - start;
      yield line();
      parts = [];
      length = 0;
      start = end + 1;
    }
    length += bytesRead - start;
    if (length > longestLine) parts = [];
    else parts.push(Buffer.from(chunk.subarray(start, bytesRead)));
  }
  if (length > 0) yield line();
}

export const readRecords = (files: Files, path: string): Reading => {
  let broken = 0;
  return {
    get broken() {
      return broken;
    },
    async *[Symbol.asyncIterator]() {
      broken = 0;
      const file = await files.open(path, 'r').catch((error: unknown) => {
        // Nothing was ever written down.
        if (errorCode(error) === 'ENOENT') return undefined;
        throw error;
      });
      if (!file) return;
      try {
        for await (const line of linesOf(file)) {
          const record = line === 'too-long' ? undefined : parseRecord(line.toString('utf8'));
          if (record) yield record;
          else if (line === 'too-long' || !isBlank(line)) broken += 1;
        }
      } finally {
        await file.close();
      }
    },
  };
};
