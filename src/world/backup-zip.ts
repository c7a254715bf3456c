import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import type { BackupFormat, BackupIntegrity } from '../model/backup-facts.ts';
import {
  type ZipDirectory,
  type ZipMember,
  zipEnd,
  zipMember,
  zipMemberBytes,
  zipMemberRest,
  zipTailBytes,
  zipWideEnd,
  zipWideEndBytes,
} from '../reason/zip-directory.ts';
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
interface Entry extends ZipMember {
  readonly name: string;
}

const readAt = async (handle: FileHandle, at: number, length: number): Promise<Buffer> => {
  // A place that no file has.
  if (!Number.isSafeInteger(at)) throw new ZipFault('damaged');
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
};

const directoryOf = async (handle: FileHandle, size: number): Promise<ZipDirectory> => {
  const from = Math.max(0, size - zipTailBytes);
  const end = zipEnd(await readAt(handle, from, size - from));
  // It is written last, so an archive that was cut has none.
  if (!end) throw new ZipFault('cut');
  if (end.kind === 'directory') return end;
  const wide = zipWideEnd(await readAt(handle, end.at, zipWideEndBytes));
  if (!wide) throw new ZipFault('damaged');
  return wide;
};

const windowBytes = 256 * 1024;

const entriesOf = async function* (handle: FileHandle, directory: ZipDirectory): AsyncGenerator<Entry> {
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
    const header = await have(at, zipMemberBytes);
    const rest = zipMemberRest(header);
    if (!rest) throw new ZipFault('damaged');
    const behind = await have(at + zipMemberBytes, rest.name + rest.extra);
    const member = zipMember(header, behind.subarray(rest.name));
    if (!member) throw new ZipFault('damaged');
    yield { ...member, name: printable(behind.subarray(0, rest.name)) };
    at += zipMemberBytes + rest.name + rest.extra + rest.comment;
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
