import { type FileHandle, open } from 'node:fs/promises';
import { codeOf } from './walk.ts';

export type Bytes =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'folder' }
  /** A pipe, a device: only read when it is named. */
  | { readonly kind: 'special' }
  | { readonly kind: 'unreadable'; readonly code: string };

const piece = 65_536;

interface Reading {
  readonly most: number;
  readonly goesOn: 'always' | ((head: Uint8Array) => boolean);
}

/** `promised` is what the file system says; a pipe has no size, and a file may grow. */
const readAll = async (handle: FileHandle, promised: number, { most, goesOn }: Reading): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size <= most) {
    const left = promised > size ? promised - size : piece;
    const wanted = Math.min(size === 0 ? Math.min(left, piece) : left, most + 1 - size);
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(wanted), 0, wanted);
    if (bytesRead === 0) break;
    const chunk = buffer.subarray(0, bytesRead);
    size += bytesRead;
    chunks.push(chunk);
    if (chunks.length === 1 && goesOn !== 'always' && !goesOn(chunk)) break;
    if (size === promised) break;
  }
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks);
};

/**
 * The bytes of a file, at most one more than `most`. Of a file in a folder only the first piece is read when `goesOn` says that
 * it is none of ours.
 */
export const readBytes = async (path: string, most: number, goesOn: Reading['goesOn']): Promise<Bytes> => {
  try {
    const handle = await open(path, 'r');
    try {
      const about = await handle.stat();
      if (about.isDirectory()) return { kind: 'folder' };
      if (!about.isFile() && goesOn !== 'always') return { kind: 'special' };
      const bytes = await readAll(handle, about.isFile() ? about.size : 0, { most, goesOn });
      return { kind: 'bytes', bytes };
    } finally {
      await handle.close();
    }
  } catch (error) {
    return { kind: 'unreadable', code: codeOf(error) };
  }
};
