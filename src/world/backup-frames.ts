import type { FileHandle } from 'node:fs/promises';
import type { BackupIntegrity } from '../model/backup-facts.ts';
import type { Budget } from './backup-reading.ts';

const pieceBytes = 1024 * 1024;

/** Small pieces at growing places of a file, read in large ones. */
const reader = (handle: FileHandle) => {
  let window: Buffer = Buffer.alloc(0);
  let start = 0;
  return async (at: number, length: number): Promise<Buffer | undefined> => {
    if (at < start || at + length > start + window.length) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(pieceBytes), 0, pieceBytes, at);
      window = buffer.subarray(0, bytesRead);
      start = at;
    }
    const piece = window.subarray(at - start, at - start + length);
    return piece.length < length ? undefined : piece;
  };
};

const broken = (how: 'cut' | 'damaged'): BackupIntegrity => ({ kind: 'broken', formats: ['zstd'], how });

/**
 * Goes from block to block of Zstandard frames (RFC 8878 section 3.1) without unpacking them, which Node 20 cannot: a
 * file that was cut ends within one.
 */
export const examineZstd = async (handle: FileHandle, size: number, budget: Budget): Promise<BackupIntegrity> => {
  const read = reader(handle);
  for (let at = 0; at < size; ) {
    const magic = (await read(at, 4))?.readUInt32LE();
    if (magic === undefined) return broken('cut');
    if (magic >= 0x184d2a50 && magic <= 0x184d2a5f) {
      const skipped = (await read(at + 4, 4))?.readUInt32LE();
      if (skipped === undefined || at + 8 + skipped > size) return broken('cut');
      at += 8 + skipped;
      continue;
    }
    if (magic !== 0xfd2fb528) return broken('damaged');
    const descriptor = (await read(at + 4, 1))?.[0];
    if (descriptor === undefined) return broken('cut');
    const isSingle = (descriptor & 0x20) !== 0;
    const contentSize = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
    const dictionary = [0, 1, 2, 4][descriptor & 3] ?? 0;
    at += 5 + (isSingle ? 0 : 1) + dictionary + contentSize;
    for (let isLast = false; !isLast; ) {
      budget.check();
      const header = (await read(at, 3))?.readUIntLE(0, 3);
      if (header === undefined) return broken('cut');
      isLast = (header & 1) !== 0;
      const type = (header >> 1) & 3;
      if (type === 3) return broken('damaged');
      at += 3 + (type === 1 ? 1 : header >> 3);
      if (at > size) return broken('cut');
    }
    at += (descriptor & 4) === 0 ? 0 : 4;
    if (at > size) return broken('cut');
    budget.read(at - budget.readBytes());
  }
  return { kind: 'whole', formats: ['zstd'], by: 'structure' };
};

/** An xz file ends with `YZ`, after it only padding of zero bytes in fours (xz file format 2.1.2.4 and 2.2). */
export const examineXz = async (handle: FileHandle, size: number): Promise<BackupIntegrity> => {
  const length = Math.min(size, 4096);
  const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
  let end = length;
  while (end >= 4 && buffer.readUInt32LE(end - 4) === 0) end -= 4;
  const isWhole = end >= 12 && buffer[end - 2] === 0x59 && buffer[end - 1] === 0x5a;
  return isWhole
    ? { kind: 'whole', formats: ['xz'], by: 'structure' }
    : { kind: 'broken', formats: ['xz'], how: 'cut' };
};
