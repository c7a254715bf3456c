import { closeSync, openSync, writeSync } from 'node:fs';
import type { RejectedRecord, SourceFailure } from '../../model/sync/source.ts';
import { mostFiles } from './address.ts';
import { type Blocks, newBlockList } from './blocks.ts';
import { failureOf } from './failure.ts';
import { newScanner } from './scanner.ts';
import type { CompareSide } from './types.ts';
import { ensure } from './wasm.ts';
import { newWindows } from './windows.ts';

/** Plain data: it travels to a worker thread. */
export interface ScanTask {
  readonly side: CompareSide;
  readonly partitions: number;
  readonly bufferBytes: number;
  readonly windowBytes: number;
  readonly mostRecordBytes: number;
  readonly seed: number;
  /** One bit a record: only these are taken, with the values of their columns. Their partitions are streams (`pickedIn`). */
  readonly picked?: Uint8Array;
  /** The file that takes the partitions. */
  readonly to: string;
}

export interface Scanned {
  readonly rows: number;
  readonly rejected: { readonly count: number; readonly shown: readonly RejectedRecord[] };
  readonly failure?: SourceFailure;
  /** The temporary file could not be written. */
  readonly fatal?: SourceFailure;
  readonly bytes: number;
  readonly blocks: Blocks;
}

const mostShown = 100;

/** By what the scanner says; 0 is nothing. */
const reasons = [
  undefined,
  'too-few-fields',
  'too-many-fields',
  'unclosed-quote',
  'stray-quote',
  'too-long',
  'empty-key',
  'invalid-encoding',
  'header-again',
] as const;

const shownOf = (bytes: Uint8Array): string =>
  new TextDecoder()
    .decode(bytes)
    .trimEnd()
    .replace(/[\p{C}\u2028\u2029]/gu, '·')
    .slice(0, 80);

export const scanSide = async (
  task: ScanTask,
  signal: AbortSignal,
  progress: (bytes: number) => void,
): Promise<Scanned> => {
  const { side, partitions, bufferBytes } = task;
  const rowBytes = 28 + 4 * side.columns.length;
  const { picked } = task;
  const blocks = newBlockList(partitions, picked ? bufferBytes : Math.floor(bufferBytes / rowBytes) * rowBytes);
  const shown: RejectedRecord[] = [];
  let count = 0;
  let bytesRead = 0;
  let temporary: number | undefined;
  let written = 0;
  let finishing = false;
  let fatal: SourceFailure | undefined;

  const flush = (partition: number, from: number, length: number): void => {
    try {
      if (temporary === undefined) temporary = openSync(task.to, 'wx', 0o600);
      const bytes = new Uint8Array(scanner.memory.buffer, from, length);
      for (let done = 0; done < length; ) done += writeSync(temporary, bytes, done, length - done, written + done);
    } catch (error) {
      fatal = failureOf(error, task.to);
      throw error;
    }
    if (finishing) blocks.addTail(partition, length);
    else blocks.addFull(partition);
    written += length;
  };
  const scanner = newScanner({ flush });
  // Tables first, then the partition buffers, then the windows.
  const bitsAt = scanner.setup(
    side.fields,
    side.columns.length,
    side.key.length,
    partitions,
    bufferBytes,
    4096,
    task.seed >>> 0,
    0x5bd1e995,
  );
  ensure(scanner.memory, bitsAt);
  for (const [at, field] of side.columns.entries()) scanner.setColumn(at, field);
  for (const [at, field] of side.key.entries()) scanner.setKey(at, field);
  const headAt = Math.ceil((bitsAt + (picked?.length ?? 0)) / 8) * 8;
  const free = headAt + (picked ? 24 + 8 * side.columns.length : 0);
  if (picked) {
    ensure(scanner.memory, free);
    new Uint8Array(scanner.memory.buffer).set(picked, bitsAt);
    scanner.pick(bitsAt, 8 * picked.length, headAt);
  }
  const scanFile = newWindows(scanner, free, side.files, task);

  let failure: SourceFailure | undefined;
  try {
    for (const [index, file] of side.files.entries()) {
      if (signal.aborted) break;
      if (index >= mostFiles) {
        failure ??= { kind: 'too-large', what: file.path, says: `more than ${mostFiles} files` };
        break;
      }
      try {
        const broken = await scanFile(file, index, signal, {
          read: (bytes) => {
            bytesRead += bytes;
            progress(bytes);
          },
          refused: ({ byte, from, to }) => {
            count += 1;
            if (shown.length >= mostShown) return;
            shown.push({
              why: reasons[scanner.reason()] ?? 'malformed',
              ...(side.files.length > 1 ? { file: file.path } : {}),
              row: scanner.rowCount() + count,
              line: scanner.lineOfRejected(),
              byte,
              shown: shownOf(new Uint8Array(scanner.memory.buffer, from, Math.min(160, to - from))),
            });
          },
        });
        failure = broken ?? failure;
      } catch (error) {
        if (fatal) break;
        failure ??= failureOf(error, file.path, scanner.rowCount());
      }
    }
    finishing = true;
    if (!fatal) scanner.finish();
  } catch (error) {
    fatal ??= failureOf(error, task.to);
  } finally {
    if (temporary !== undefined) closeSync(temporary);
  }
  return {
    rows: scanner.rowCount(),
    rejected: { count, shown },
    ...(failure ? { failure } : {}),
    ...(fatal ? { fatal } : {}),
    bytes: bytesRead,
    blocks: blocks.taken(),
  };
};
