import type { FileHandle } from 'node:fs/promises';

/** A part of a file that is made of whole lines. */
export interface Piece {
  /** Lines in the order of the file; the last one may lack its line end. Good until the next piece is asked for. */
  readonly lines: Buffer;
  /** Lines beside it that are longer than any record and were passed over without being kept. */
  readonly tooLong: number;
}

const lineEnd = 0x0a;

const pieceBytes = 1024 * 1024;

/** The end of the log is often all that is wanted. */
const firstBytes = 64 * 1024;

// A record is some kilobytes; a longer line is no record.
const longestLine = 8 * 1024 * 1024;

/** Reads again and again into one buffer: what is to be kept has to be copied. */
const readerOf = (file: FileHandle) => {
  const buffer = Buffer.allocUnsafe(pieceBytes);
  return async (from: number, length: number): Promise<Buffer> => {
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await file.read(buffer, filled, length - filled, from + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  };
};

const joined = (parts: readonly Buffer[]): Buffer => {
  const filled = parts.filter(({ length }) => length > 0);
  return filled.length === 1 && filled[0] ? filled[0] : Buffer.concat(filled);
};

/** From the first line to the last. */
export async function* piecesForward(file: FileHandle): AsyncGenerator<Piece> {
  const read = readerOf(file);
  let at = 0;
  let kept: Buffer[] = [];
  let length = 0;
  let skipping = false;
  for (;;) {
    const part = await read(at, pieceBytes);
    if (part.length === 0) break;
    at += part.length;
    const first = part.indexOf(lineEnd);
    if (first < 0) {
      length += part.length;
      skipping ||= length > longestLine;
      kept = skipping ? [] : [...kept, Buffer.from(part)];
      continue;
    }
    const last = part.lastIndexOf(lineEnd) + 1;
    // The line that was begun before is whole now, or over.
    const whole = skipping ? part.subarray(first + 1, last) : joined([...kept, part.subarray(0, last)]);
    yield { lines: whole, tooLong: skipping ? 1 : 0 };
    skipping = false;
    kept = [Buffer.from(part.subarray(last))];
    length = part.length - last;
  }
  if (skipping) yield { lines: Buffer.alloc(0), tooLong: 1 };
  else if (length > 0) yield { lines: Buffer.concat(kept), tooLong: 0 };
}

/** From the last line back to the first, as the file is now; within a piece the lines stand in the order of the file. */
export async function* piecesBackward(file: FileHandle): AsyncGenerator<Piece> {
  const read = readerOf(file);
  let end = (await file.stat()).size;
  let wanted = firstBytes;
  let kept: Buffer[] = [];
  let length = 0;
  let skipping = false;
  while (end > 0) {
    const from = Math.max(0, end - wanted);
    wanted = Math.min(pieceBytes, wanted * 2);
    const part = await read(from, end - from);
    end = from;
    const first = part.indexOf(lineEnd);
    if (first < 0) {
      length += part.length;
      skipping ||= length > longestLine;
      kept = skipping ? [] : [Buffer.from(part), ...kept];
      continue;
    }
    const last = part.lastIndexOf(lineEnd) + 1;
    const whole = skipping ? part.subarray(first + 1, last) : joined([part.subarray(first + 1), ...kept]);
    yield { lines: whole, tooLong: skipping ? 1 : 0 };
    skipping = false;
    kept = [Buffer.from(part.subarray(0, first + 1))];
    length = first + 1;
  }
  if (skipping) yield { lines: Buffer.alloc(0), tooLong: 1 };
  else if (length > 0) yield { lines: Buffer.concat(kept), tooLong: 0 };
}
