import type { FileHandle } from 'node:fs/promises';

/** The time is over, or the run is; what was seen until then counts. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/** So much time for the content of the files of one place. */
export interface Budget {
  /** Throws OutOfTime. */
  readonly check: () => void;
  /** So many bytes of the file were read. */
  readonly read: (bytes: number) => void;
  readonly readBytes: () => number;
}

export const budgetOf = (until: number, signal: AbortSignal): Budget => {
  let bytes = 0;
  return {
    check: () => {
      if (signal.aborted || performance.now() > until) throw new OutOfTime();
    },
    read: (more) => {
      bytes += more;
    },
    readBytes: () => bytes,
  };
};

/** The code of an error of the system or of zlib. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

const pieceBytes = 256 * 1024;

/** A part of a file in pieces. A stream of a handle would close it at its own end, and there are many parts of one. */
export const piecesOf = async function* (handle: FileHandle, from: number, to: number): AsyncGenerator<Buffer> {
  for (let at = from; at < to; ) {
    const length = Math.min(pieceBytes, to - at);
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, at);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
};
