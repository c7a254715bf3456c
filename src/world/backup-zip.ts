import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import type { BackupFormat, BackupIntegrity } from '../model/backup-facts.ts';
import { watchContent } from './backup-content.ts';
import { type Budget, codeOf, piecesOf } from './backup-reading.ts';
import { printable } from './printable.ts';

type Broken = Extract<BackupIntegrity, { kind: 'broken' }>['how'];

class ZipFault extends Error {
  override readonly name = 'ZipFault';
  readonly how: Broken;
  readonly inside: string | undefined;

  constructor(how: Broken, inside?: string) {
    super(how);
    this.how = how;
    this.inside = inside;
  }
}

/** One entry of the central directory. */
interface Entry {
  readonly name: string;
  readonly encrypted: boolean;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const endBytes = 22;
const longestComment = 65_535;

const readAt = async (handle: FileHandle, at: number, length: number): Promise<Buffer> => {
  // A place that no file has.
  if (!Number.isSafeInteger(at)) throw new ZipFault('damaged');
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
};

/** Beyond 2^53 is no file. */
const long = (buffer: Buffer, at: number): number => Number(buffer.readBigUInt64LE(at));

interface Directory {
  readonly at: number;
  readonly bytes: number;
}

/** The end of the central directory (APPNOTE 4.3.16), and its ZIP64 form (4.3.14) where there is one. */
const directoryOf = async (handle: FileHandle, size: number): Promise<Directory> => {
  const from = Math.max(0, size - endBytes - longestComment);
  const tail = await readAt(handle, from, size - from);
  for (let at = tail.length - endBytes; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== 0x06054b50 || at + endBytes + tail.readUInt16LE(at + 20) > tail.length) continue;
    const locator = at - 20;
    if (locator >= 0 && tail.readUInt32LE(locator) === 0x07064b50) {
      const wide = await readAt(handle, long(tail, locator + 8), 56);
      if (wide.length < 56 || wide.readUInt32LE(0) !== 0x06064b50) throw new ZipFault('damaged');
      return { bytes: long(wide, 40), at: long(wide, 48) };
    }
    return { bytes: tail.readUInt32LE(at + 12), at: tail.readUInt32LE(at + 16) };
  }
  // It is written last, so an archive that was cut has none.
  throw new ZipFault('cut');
};

const all32 = 0xffffffff;

/** Sizes and place of an entry that do not fit into 32 bits stand in an extra field, in this order (APPNOTE 4.5.3). */
const wideOf = (header: Buffer, extra: Buffer): readonly [packed: number, size: number, offset: number] => {
  let [packed, size, offset] = [header.readUInt32LE(20), header.readUInt32LE(24), header.readUInt32LE(42)];
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    let place = 0;
    const next = (): number => {
      if (place + 8 > field.length) throw new ZipFault('damaged');
      place += 8;
      return long(field, place - 8);
    };
    if (size === all32) size = next();
    if (packed === all32) packed = next();
    if (offset === all32) offset = next();
    break;
  }
  return [packed, size, offset];
};

const windowBytes = 256 * 1024;

const entriesOf = async function* (handle: FileHandle, directory: Directory): AsyncGenerator<Entry> {
  const end = directory.at + directory.bytes;
  let window: Buffer = Buffer.alloc(0);
  let start = directory.at;
  const have = async (at: number, length: number): Promise<Buffer> => {
    if (at < start || at + length > start + window.length) {
      window = await readAt(handle, at, Math.max(length, windowBytes));
      start = at;
    }
    const piece = window.subarray(at - start, at - start + length);
    if (piece.length < length) throw new ZipFault('damaged');
    return piece;
  };
  for (let at = directory.at; at < end; ) {
    const header = await have(at, 46);
    if (header.readUInt32LE(0) !== 0x02014b50) throw new ZipFault('damaged');
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((place) => header.readUInt16LE(place));
    const rest = await have(at + 46, (nameBytes ?? 0) + (extraBytes ?? 0));
    const [packed, size, offset] = wideOf(header, rest.subarray(nameBytes));
    yield {
      name: printable(rest.subarray(0, nameBytes)),
      encrypted: (header.readUInt16LE(8) & 1) !== 0,
      method: header.readUInt16LE(10),
      crc: header.readUInt32LE(16),
      packed,
      size,
      offset,
    };
    at += 46 + (nameBytes ?? 0) + (extraBytes ?? 0) + (commentBytes ?? 0);
  }
};

/** Unpacks one entry and compares it with what the directory says of it; tells what is in it. */
const verify = async (handle: FileHandle, entry: Entry, size: number, budget: Budget): Promise<BackupFormat> => {
  const header = await readAt(handle, entry.offset, 30);
  if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) throw new ZipFault('damaged', entry.name);
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (start + entry.packed > size) throw new ZipFault('cut', entry.name);
  const watch = watchContent();
  let [crc, bytes] = [0, 0];
  if (entry.packed > 0) {
    const packed = piecesOf(handle, start, start + entry.packed);
    const content = entry.method === 8 ? pipeline(packed, createInflateRaw(), () => undefined) : packed;
    try {
      for await (const chunk of content as AsyncIterable<Buffer>) {
        budget.check();
        crc = crc32(chunk, crc);
        bytes += chunk.length;
        // More than it says that it holds: no reason to unpack all of it.
        if (bytes > entry.size) break;
        watch.take(chunk);
      }
    } catch (error) {
      throw codeOf(error).startsWith('Z_') ? new ZipFault('checksum', entry.name) : error;
    }
  }
  budget.read(entry.packed);
  if (bytes !== entry.size || crc !== entry.crc) throw new ZipFault('checksum', entry.name);
  const end = watch.end();
  if (end.kind === 'stopped') throw new ZipFault('no-end', entry.name);
  return end.format;
};

/** Reads an archive as a program that restores it would: its directory, then every entry with its checksum. */
export const examineZip = async (handle: FileHandle, size: number, budget: Budget): Promise<BackupIntegrity> => {
  const formats = new Set<BackupFormat>(['zip']);
  let unseen: 'encrypted' | 'format' | undefined;
  try {
    const directory = await directoryOf(handle, size);
    if (directory.at + directory.bytes > size) throw new ZipFault('damaged');
    for await (const entry of entriesOf(handle, directory)) {
      budget.check();
      if (entry.encrypted) unseen ??= 'encrypted';
      else if (entry.method !== 0 && entry.method !== 8) unseen ??= 'format';
      else {
        const format = await verify(handle, entry, size, budget);
        if (format !== 'unknown') formats.add(format);
      }
    }
  } catch (error) {
    if (!(error instanceof ZipFault)) throw error;
    const { how, inside } = error;
    return { kind: 'broken', formats: [...formats], how, ...(inside === undefined ? {} : { inside }) };
  }
  return unseen === undefined
    ? { kind: 'whole', formats: [...formats], by: 'content' }
    : { kind: 'unknown', formats: [...formats], why: unseen };
};
