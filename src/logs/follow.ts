import type { FileHandle } from 'node:fs/promises';
import { open, stat } from 'node:fs/promises';
import type { Found } from './collect.ts';
import type { ReadOptions } from './read.ts';
import { createReader } from './read.ts';
import type { FileRow } from './report.ts';
import type { Source } from './sources.ts';

/** Waits until it is worth looking again; ends early when the signal does. */
type Pause = (signal: AbortSignal) => Promise<void>;

const bufferSize = 256 * 1024;

interface Tail {
  readonly handle: FileHandle;
  readonly ino: number;
  at: number;
  reader: ReturnType<typeof createReader>;
}

/**
 * Reads a file as it grows until the signal comes. As `tail -F`: a file that is moved away is read to its end and its
 * successor from the start, one that was emptied from the start, one that is gone is waited for.
 */
export const followSource = async (
  { name, path = name }: Source,
  options: ReadOptions & { readonly signal: AbortSignal; readonly pause: Pause },
  find: (found: Found) => void,
): Promise<FileRow> => {
  const { signal, pause } = options;
  const buffer = Buffer.alloc(bufferSize);
  const done = { bytes: 0, lines: 0, dialects: new Set<string>() };
  let tail: Tail | undefined;

  const drain = async (current: Tail): Promise<void> => {
    while (!signal.aborted) {
      const { bytesRead } = await current.handle.read(buffer, 0, bufferSize, current.at);
      if (bytesRead === 0) return;
      current.at += bytesRead;
      current.reader.push(buffer.subarray(0, bytesRead));
    }
  };
  const tally = (reader: Tail['reader']): void => {
    reader.end();
    const { bytes, lines, dialects } = reader.row();
    done.bytes += bytes;
    done.lines += lines;
    for (const dialect of dialects) done.dialects.add(dialect);
  };
  const leave = async (current: Tail): Promise<void> => {
    await drain(current);
    await current.handle.close();
    tally(current.reader);
  };
  const reader = () => createReader(name, Date.now(), options, find);

  try {
    while (!signal.aborted) {
      const now = await stat(path).catch(() => undefined);
      if (tail && now && now.ino !== tail.ino) {
        await leave(tail);
        tail = undefined;
      }
      if (!tail && now?.isFile()) {
        const handle = await open(path).catch(() => undefined);
        if (handle) tail = { handle, ino: (await handle.stat()).ino, at: 0, reader: reader() };
      }
      if (tail) {
        if (now && now.size < tail.at) {
          tally(tail.reader);
          tail.at = 0;
          tail.reader = reader();
        }
        await drain(tail);
      }
      await pause(signal);
    }
  } finally {
    if (tail) {
      await tail.handle.close();
      tally(tail.reader);
    }
  }
  return { name, bytes: done.bytes, lines: done.lines, dialects: [...done.dialects].sort() };
};
