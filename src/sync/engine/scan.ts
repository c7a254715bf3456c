import { closeSync, fstatSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { DelimitedFile, RejectedRecord, SourceFailure } from '../../model/sync/source.ts';
import { addressOf, mostFileBytes, mostFiles } from './address.ts';
import { type Blocks, newBlockList } from './blocks.ts';
import { failureOf } from './failure.ts';
import { newScanner } from './scanner.ts';
import type { CompareSide } from './types.ts';
import { ensure } from './wasm.ts';

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
/** What may be read again after records that are none; a file that asks for more is not quoted as it claims. */
const mostLookedAgain = 256 * 1024 * 1024;

const reasons = [
  'malformed',
  'too-few-fields',
  'too-many-fields',
  'unclosed-quote',
  'stray-quote',
  'too-long',
  'empty-key',
  'invalid-encoding',
] as const;
const unclosedQuote = 3;
const tooLong = 5;

const shownOf = (bytes: Uint8Array): string =>
  new TextDecoder()
    .decode(bytes)
    .trimEnd()
    .replace(/[\p{C}\u2028\u2029]/gu, '·')
    .slice(0, 80);

/** Lines before the first record, so that a rejected record's line is the one that an editor shows. */
const linesBefore = (descriptor: number, from: number): number => {
  const bytes = Buffer.alloc(Math.min(from, 1024 * 1024));
  const read = readSync(descriptor, bytes, 0, bytes.length, 0);
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0 && at < read; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
};

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
  let lookedAgain = 0;
  let temporary: number | undefined;
  let written = 0;
  let finishing = false;
  let fatal: SourceFailure | undefined;

  const scanner = newScanner((partition, from, length) => {
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
  });
  // Tables first, then the partition buffers, then the window and as much again for fields with doubled quotes.
  const tables = 4096;
  const tableBytes = 13 * side.fields + 4 * (side.columns.length + side.key.length + partitions) + 64;
  ensure(scanner.memory, tables + tableBytes);
  const bitsAt = scanner.setup(
    side.fields,
    side.columns.length,
    side.key.length,
    partitions,
    bufferBytes,
    tables,
    task.seed >>> 0,
    0x5bd1e995,
  );
  for (const [at, field] of side.columns.entries()) scanner.setColumn(at, field);
  for (const [at, field] of side.key.entries()) scanner.setKey(at, field);
  const headAt = Math.ceil((bitsAt + (picked?.length ?? 0)) / 8) * 8;
  const windowAt = headAt + (picked ? 24 + 8 * side.columns.length : 0) + 64;
  if (picked) {
    ensure(scanner.memory, windowAt);
    new Uint8Array(scanner.memory.buffer).set(picked, bitsAt);
    scanner.pick(bitsAt, 8 * picked.length, headAt);
  }
  let capacity = task.windowBytes;
  ensure(scanner.memory, windowAt + 2 * (capacity + 64));

  const take = (file: DelimitedFile, index: number, windowOffset: number, at: number, end: number) => {
    const from = scanner.rejected();
    count += 1;
    lookedAgain += Math.max(0, scanner.lookedTo() - at);
    if (shown.length >= mostShown) return;
    shown.push({
      why: reasons[scanner.reason()] ?? 'malformed',
      ...(side.files.length > 1 || index > 0 ? { file: file.path } : {}),
      row: scanner.rowCount() + count,
      line: scanner.lineOfRejected(),
      byte: windowOffset + from - windowAt,
      shown: shownOf(new Uint8Array(scanner.memory.buffer, from, Math.min(160, (at > from ? at : end) - from))),
    });
  };

  const scanFile = async (file: DelimitedFile, index: number): Promise<SourceFailure | undefined> => {
    const descriptor = openSync(file.path, 'r');
    try {
      const before = fstatSync(descriptor);
      if (before.size > mostFileBytes) return { kind: 'too-large', what: file.path, says: 'a file of more than 1 TiB' };
      scanner.open(file.delimiter, file.quote, 1 + linesBefore(descriptor, file.from));
      let offset = file.from;
      let held = 0;
      for (let turn = 1; ; turn += 1) {
        if (signal.aborted) return undefined;
        const memory = new Uint8Array(scanner.memory.buffer);
        const read = readSync(descriptor, memory, windowAt + held, capacity - held, offset + held);
        held += read;
        bytesRead += read;
        progress(read);
        const final = read === 0;
        const end = windowAt + held;
        let at = windowAt;
        scanner.look(windowAt, end, final ? 1 : 0);
        do {
          at = scanner.scan(at, end, final ? 1 : 0, windowAt, addressOf(index, offset), windowAt + capacity + 64);
          if (scanner.reason() === 0) break;
          take(file, index, offset, at, end);
        } while (at < end);
        if (lookedAgain > mostLookedAgain)
          return {
            kind: 'malformed',
            what: file.path,
            says: 'quotes that are never closed, again and again',
            line: scanner.lineOfRejected(),
            byte: offset + at - windowAt,
          };
        if (final) break;
        if (at === windowAt && held === capacity) {
          if (capacity < task.mostRecordBytes) {
            capacity = Math.min(2 * capacity, Math.max(task.mostRecordBytes, capacity));
            ensure(scanner.memory, windowAt + 2 * (capacity + 64));
          } else {
            at = scanner.giveUp(scanner.isSpanned() ? unclosedQuote : tooLong, windowAt, end);
            take(file, index, offset, at, end);
          }
        }
        new Uint8Array(scanner.memory.buffer).copyWithin(windowAt, at, end);
        offset += at - windowAt;
        held = end - at;
        if (turn % 8 === 0) await setImmediate();
      }
      const after = statSync(file.path);
      const same = after.size === before.size && after.mtimeMs === before.mtimeMs && after.ino === before.ino;
      return same ? undefined : { kind: 'changed', what: file.path };
    } finally {
      closeSync(descriptor);
    }
  };

  let failure: SourceFailure | undefined;
  try {
    for (const [index, file] of side.files.entries()) {
      if (signal.aborted) break;
      if (index >= mostFiles) {
        failure ??= { kind: 'too-large', what: file.path, says: `more than ${mostFiles} files` };
        break;
      }
      try {
        failure = (await scanFile(file, index)) ?? failure;
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
