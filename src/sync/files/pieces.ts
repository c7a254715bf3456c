import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { FileStamp } from '../../model/sync/source.ts';
import { sameStamp } from '../same-stamp.ts';
import { FileFault } from './fault.ts';

export const stampOf = async (path: string): Promise<FileStamp> => {
  const { size, mtimeMs, ino } = await stat(path);
  return { size, mtimeMs, ino };
};

const pieceBytes = 256 * 1024;

/** The bytes of a file from one place to another; it is a failure when the file is not the one of the stamp any more. */
export const filePieces = async function* (
  path: string,
  stamp: FileStamp,
  from = 0,
  to = stamp.size,
): AsyncGenerator<Buffer> {
  const changed = (): FileFault => new FileFault({ kind: 'changed', what: path });
  const handle = await open(path);
  try {
    if (!sameStamp(await handle.stat(), stamp)) throw changed();
    for (let at = from; at < to; ) {
      const length = Math.min(pieceBytes, to - at);
      const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafeSlow(length), 0, length, at);
      if (bytesRead === 0) throw changed();
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
    if (!sameStamp(await stampOf(path), stamp)) throw changed();
  } finally {
    await handle.close();
  }
};

const bombBytes = 64 * 1024 * 1024;
const bombRatio = 500;

/** Lists of records do not pack five hundred times; what does is made to fill a disk. */
export const refuseBomb = (packed: number, unpacked: number, what: string): void => {
  if (unpacked > bombBytes && unpacked > packed * bombRatio)
    throw new FileFault({
      kind: 'too-large',
      what,
      says: `it unpacks to more than ${bombRatio} times its size`,
    });
};

export const gunzipped = async function* (packed: () => AsyncIterable<Buffer>, what: string): AsyncGenerator<Buffer> {
  let [taken, given] = [0, 0];
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const piece of packed()) {
      taken += piece.length;
      yield piece;
    }
  };
  const unpacked = pipeline(counted(), createGunzip({ chunkSize: 64 * 1024 }), () => undefined);
  for await (const piece of unpacked as AsyncIterable<Buffer>) {
    given += piece.length;
    refuseBomb(taken, given, what);
    yield piece;
  }
};
