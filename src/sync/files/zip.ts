import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import type { FileStamp } from '../../model/sync/source.ts';
import {
  type ZipMember,
  zipEnd,
  zipMember,
  zipMemberBytes,
  zipMemberRest,
  zipTailBytes,
  zipWideEnd,
  zipWideEndBytes,
} from '../../reason/zip-directory.ts';
import { FileFault } from './fault.ts';
import { filePieces, refuseBomb } from './pieces.ts';

export interface Member extends ZipMember {
  readonly name: string;
}

const mostMembers = 100_000;
const mostDirectoryBytes = 64 * 1024 * 1024;

const malformed = (what: string, says: string): FileFault => new FileFault({ kind: 'malformed', what, says });
const damaged = (what: string): FileFault => malformed(what, 'the archive is damaged');
const cut = (what: string): FileFault => malformed(what, 'the archive ends in the middle');

const readAt = async (handle: FileHandle, at: number, length: number, what: string): Promise<Buffer> => {
  if (!Number.isSafeInteger(at) || at < 0) throw damaged(what);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
};

const directoryOf = async (handle: FileHandle, size: number, what: string): Promise<Buffer> => {
  const from = Math.max(0, size - zipTailBytes);
  const end = zipEnd(await readAt(handle, from, size - from, what));
  // The directory is written last, so an archive that was cut has none.
  if (!end) throw cut(what);
  const found = end.kind === 'directory' ? end : zipWideEnd(await readAt(handle, end.at, zipWideEndBytes, what));
  if (!found || found.at + found.bytes > size) throw damaged(what);
  if (found.bytes > mostDirectoryBytes)
    throw new FileFault({ kind: 'too-large', what, says: 'the list of its members is over 64 MiB' });
  return readAt(handle, found.at, found.bytes, what);
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

export const membersOf = async (path: string, stamp: FileStamp): Promise<readonly Member[]> => {
  const handle = await open(path);
  try {
    const directory = await directoryOf(handle, stamp.size, path);
    const members: Member[] = [];
    let packed = 0;
    for (let at = 0; at + zipMemberBytes <= directory.length; ) {
      const header = directory.subarray(at, at + zipMemberBytes);
      const rest = zipMemberRest(header);
      const start = at + zipMemberBytes;
      if (!rest || start + rest.name + rest.extra > directory.length) throw damaged(path);
      if (members.length >= mostMembers)
        throw new FileFault({ kind: 'too-large', what: path, says: `more than ${mostMembers} members` });
      const names = start + rest.name;
      const member = zipMember(header, directory.subarray(names, names + rest.extra));
      packed += member?.packed ?? 0;
      // Members that lie over each other unpack one small file as often as they are listed (https://www.bamsoftware.com/hacks/zipbomb/).
      if (!member || packed > stamp.size) throw damaged(path);
      members.push({ ...member, name: nameOf(directory.subarray(start, names)) });
      at = names + rest.extra + rest.comment;
    }
    return members;
  } finally {
    await handle.close();
  }
};

/** The content of one member; that it is whole is known when it has come to its end. */
export const memberPieces = async function* (
  path: string,
  stamp: FileStamp,
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
