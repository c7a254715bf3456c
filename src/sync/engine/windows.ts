import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { DelimitedFile, SourceFailure } from '../../model/sync/source.ts';
import { sameStamp } from '../same-stamp.ts';
import { addressOf, mostFileBytes } from './address.ts';
import { headerBytes, headerIn } from './header.ts';
import type { Scanner } from './scanner.ts';
import { ensure } from './wasm.ts';

/** What may be read again after records that are none; a file that asks for more is not quoted as it claims. */
const mostLookedAgain = 256 * 1024 * 1024;
const unclosedQuote = 3;
const tooLong = 5;

/** A record that is none; the scanner tells why and in which line. */
interface Refused {
  /** Where it begins in the file. */
  readonly byte: number;
  /** Where it stands in the memory of the scanner, until the scan goes on. */
  readonly from: number;
  readonly to: number;
}

const changed = ({ path }: DelimitedFile): SourceFailure => ({ kind: 'changed', what: path });

const aligned = (at: number): number => Math.ceil(at / 64) * 64;

/** Lines before the first record, so that a refused record's line is the one that an editor shows. */
const linesBefore = (descriptor: number, from: number): number => {
  const bytes = Buffer.alloc(Math.min(from, 1024 * 1024));
  const read = readSync(descriptor, bytes, 0, bytes.length, 0);
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0 && at < read; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
};

/** Gives the scanner these files, window by window; what stands in its memory from `free` on is overwritten. */
export const newWindows = (
  scanner: Scanner,
  free: number,
  files: readonly DelimitedFile[],
  { windowBytes, mostRecordBytes }: { readonly windowBytes: number; readonly mostRecordBytes: number },
) => {
  const headerAt = aligned(free);
  const windowAt = aligned(headerAt + files.reduce((most, file) => Math.max(most, headerBytes(file)), 0)) + 64;
  let capacity = windowBytes;
  let lookedAgain = 0;
  // The window, and as much again for fields with doubled quotes.
  const makeRoom = () => ensure(scanner.memory, windowAt + 2 * (capacity + 64));
  makeRoom();

  /** The whole file, or why it was not read to its end; what the system says is thrown. */
  return async (
    file: DelimitedFile,
    index: number,
    signal: AbortSignal,
    visit: { readonly read?: (bytes: number) => void; readonly refused?: (record: Refused) => void } = {},
  ): Promise<SourceFailure | undefined> => {
    const descriptor = openSync(file.path, 'r');
    try {
      const before = fstatSync(descriptor);
      if (file.stamp && !sameStamp(file.stamp, before)) return changed(file);
      if (before.size > mostFileBytes) return { kind: 'too-large', what: file.path, says: 'a file of more than 1 TiB' };
      const header = headerIn(descriptor, file);
      new Uint8Array(scanner.memory.buffer).set(header, headerAt);
      scanner.open(file.delimiter, file.quote, 1 + linesBefore(descriptor, file.from), headerAt, header.length);
      let [offset, held] = [file.from, 0];
      const refuse = (at: number, end: number) => {
        const from = scanner.rejected();
        lookedAgain += Math.max(0, scanner.lookedTo() - at);
        visit.refused?.({ byte: offset + from - windowAt, from, to: at > from ? at : end });
      };
      for (let turn = 1; ; turn += 1) {
        if (signal.aborted) return undefined;
        const memory = new Uint8Array(scanner.memory.buffer);
        const read = readSync(descriptor, memory, windowAt + held, capacity - held, offset + held);
        held += read;
        visit.read?.(read);
        const final = read === 0;
        const end = windowAt + held;
        let at = windowAt;
        scanner.look(windowAt, end, final ? 1 : 0);
        do {
          at = scanner.scan(at, end, final ? 1 : 0, windowAt, addressOf(index, offset), windowAt + capacity + 64);
          if (scanner.reason() === 0) break;
          refuse(at, end);
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
          if (capacity < mostRecordBytes) {
            capacity = Math.min(2 * capacity, mostRecordBytes);
            makeRoom();
          } else {
            at = scanner.giveUp(scanner.isSpanned() ? unclosedQuote : tooLong, windowAt, end);
            refuse(at, end);
          }
        }
        new Uint8Array(scanner.memory.buffer).copyWithin(windowAt, at, end);
        offset += at - windowAt;
        held = end - at;
        if (turn % 8 === 0) await setImmediate();
      }
      return sameStamp(before, statSync(file.path)) ? undefined : changed(file);
    } finally {
      closeSync(descriptor);
    }
  };
};
