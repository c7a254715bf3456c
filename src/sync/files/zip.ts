import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { FileFault } from './fault.ts';
import { filePieces, refuseBomb, type Stamp } from './pieces.ts';

/** One member of an archive (APPNOTE 4.3.12). */
export interface Member {
  readonly name: string;
  readonly encrypted: boolean;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const mostMembers = 100_000;
const mostDirectoryBytes = 64 * 1024 * 1024;
const all32 = 0xffffffff;

const malformed = (what: string, says: string): FileFault => new FileFault({ kind: 'malformed', what, says });
const damaged = (what: string): FileFault => malformed(what, 'the archive is damaged');
const cut = (what: string): FileFault => malformed(what, 'the archive ends in the middle');

const readAt = async (handle: FileHandle, at: number, length: number, what: string): Promise<Buffer> => {
  if (!Number.isSafeInteger(at) || at < 0) throw damaged(what);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
};

const long = (buffer: Buffer, at: number): number => Number(buffer.readBigUInt64LE(at));

const directoryOf = async (handle: FileHandle, size: number, what: string): Promise<Buffer> => {
  const from = Math.max(0, size - 22 - 65_535);
  const tail = await readAt(handle, from, size - from, what);
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== 0x06054b50 || at + 22 + tail.readUInt16LE(at + 20) > tail.length) continue;
    let [bytes, start] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
    if (at >= 20 && tail.readUInt32LE(at - 20) === 0x07064b50) {
      const wide = await readAt(handle, long(tail, at - 12), 56, what);
      if (wide.length < 56 || wide.readUInt32LE(0) !== 0x06064b50) throw damaged(what);
      [bytes, start] = [long(wide, 40), long(wide, 48)];
    }
    if (start + bytes > size) throw damaged(what);
    if (bytes > mostDirectoryBytes)
      throw new FileFault({ kind: 'too-large', what, says: 'the list of its members is over 64 MiB' });
    return readAt(handle, start, bytes, what);
  }
  // The directory is written last, so an archive that was cut has none.
  throw cut(what);
};

/** Sizes and place that do not fit into 32 bits stand in an extra field, in this order (APPNOTE 4.5.3). */
const wideOf = (header: Buffer, extra: Buffer, what: string): readonly [number, number, number] => {
  let [packed, size, offset] = [header.readUInt32LE(20), header.readUInt32LE(24), header.readUInt32LE(42)];
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    let place = 0;
    const next = (): number => {
      if (place + 8 > field.length) throw damaged(what);
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

/** Names are UTF-8 where the flag says so; Windows in Japan writes CP932 without it. */
const nameOf = (bytes: Buffer): string => {
  for (const encoding of ['utf-8', 'shift_jis']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {}
  }
  return bytes.toString('latin1');
};

export const membersOf = async (path: string, stamp: Stamp): Promise<readonly Member[]> => {
  const handle = await open(path);
  try {
    const directory = await directoryOf(handle, stamp.size, path);
    const members: Member[] = [];
    for (let at = 0; at + 46 <= directory.length; ) {
      const header = directory.subarray(at, at + 46);
      if (header.readUInt32LE(0) !== 0x02014b50) throw damaged(path);
      const [name, extra, comment] = [header.readUInt16LE(28), header.readUInt16LE(30), header.readUInt16LE(32)];
      if (at + 46 + name + extra > directory.length) throw damaged(path);
      if (members.length >= mostMembers)
        throw new FileFault({ kind: 'too-large', what: path, says: `more than ${mostMembers} members` });
      const rest = directory.subarray(at + 46, at + 46 + name + extra);
      const [packed, size, offset] = wideOf(header, rest.subarray(name), path);
      members.push({
        name: nameOf(rest.subarray(0, name)),
        encrypted: (header.readUInt16LE(8) & 1) !== 0,
        method: header.readUInt16LE(10),
        crc: header.readUInt32LE(16),
        packed,
        size,
        offset,
      });
      at += 46 + name + extra + comment;
    }
    return members;
  } finally {
    await handle.close();
  }
};

/** The content of one member; that it is whole is known when it has come to its end. */
export const memberPieces = async function* (
  path: string,
  stamp: Stamp,
  member: Member,
  what: string,
): AsyncGenerator<Buffer> {
  if (member.encrypted) throw new FileFault({ kind: 'refused', what, says: 'it is encrypted' });
  if (member.method !== 0 && member.method !== 8)
    throw new FileFault({ kind: 'refused', what, says: `packed by method ${member.method}; only deflate is read` });
  const handle = await open(path);
  let start: number;
  try {
    const header = await readAt(handle, member.offset, 30, what);
    if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) throw damaged(what);
    start = member.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  } finally {
    await handle.close();
  }
  if (start + member.packed > stamp.size) throw cut(what);
  const packed = filePieces(path, stamp, start, start + member.packed);
  const content = member.method === 8 ? pipeline(packed, createInflateRaw(), () => undefined) : packed;
  let [crc, bytes] = [0, 0];
  for await (const piece of content as AsyncIterable<Buffer>) {
    crc = crc32(piece, crc);
    bytes += piece.length;
    if (bytes > member.size) throw malformed(what, 'it holds more than the archive says');
    refuseBomb(member.packed, bytes, what);
    yield piece;
  }
  if (bytes !== member.size || crc !== member.crc) throw malformed(what, 'its checksum is wrong');
};
