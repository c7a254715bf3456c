import { wholeText } from '../../reason/encoding/whole-text.ts';
import { FileFault } from './fault.ts';

/** A line that is none, where it stands in a text, and the byte of the file at which it goes wrong. */
export interface BadLine {
  readonly from: number;
  readonly to: number;
  readonly byte: number;
  readonly why: 'invalid-encoding' | 'too-long';
}

/** The same lines in a text with so many characters more before it. */
export const movedBy = (by: number, bad: readonly BadLine[]): readonly BadLine[] =>
  bad.map(({ from, to, ...rest }) => ({ from: from + by, to: to + by, ...rest }));

/** Whole lines of a text; of a line that is too long only its beginning. */
export interface TextBlock {
  readonly text: string;
  readonly bad: readonly BadLine[];
}

/** No record of a CRM is longer; a line that is belongs to something else. */
const longestLine = 16 * 1024 * 1024;
const shownOfLong = 200;

const lineFeed = 0x0a;

/** Behind the last line end in the bytes, 0 where there is none. */
const behindLastEnd = (bytes: Buffer, end: number, unit: 'byte' | 'le' | 'be'): number => {
  if (unit === 'byte') return bytes.lastIndexOf(end) + 1;
  for (let at = (bytes.length & ~1) - 2; at >= 0; at -= 2) {
    const code = unit === 'le' ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
    if (code === end) return at + 2;
  }
  return 0;
};

const behindNextEnd = (bytes: Buffer, from: number, end: number, unit: 'byte' | 'le' | 'be'): number => {
  if (unit === 'byte') {
    const at = bytes.indexOf(end, from);
    return at < 0 ? bytes.length : at + 1;
  }
  for (let at = from; at + 2 <= bytes.length; at += 2) {
    const code = unit === 'le' ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
    if (code === end) return at + 2;
  }
  return bytes.length;
};

/** The first byte from which on a line cannot be decoded. */
export const brokenAt = (line: Buffer, encoding: string): number => {
  let [good, bad] = [0, line.length];
  while (good + 1 < bad) {
    const middle = (good + bad) >> 1;
    try {
      new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(line.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return good;
};

/**
 * Bytes as text, some whole lines at a time: a line end is one byte in all encodings but UTF-16 and never part of a character,
 * so each block can be decoded by itself and a broken character spoils only its line.
 */
export const textBlocks = async function* (
  pieces: AsyncIterable<Buffer>,
  encoding: string,
  what: string,
  options: { readonly skip?: number; readonly end?: number } = {},
): AsyncGenerator<TextBlock> {
  const { skip = 0, end = lineFeed } = options;
  const unit = encoding === 'utf-16le' ? 'le' : encoding === 'utf-16be' ? 'be' : 'byte';
  const strict = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  const lossy = new TextDecoder(encoding, { ignoreBOM: true });
  const atOnce = wholeText(encoding);

  const decoded = (bytes: Buffer, place: number): TextBlock => {
    try {
      return { text: strict.decode(bytes, atOnce), bad: [] };
    } catch {}
    let text = '';
    const bad: BadLine[] = [];
    for (let at = 0; at < bytes.length; ) {
      const next = behindNextEnd(bytes, at, end, unit);
      const line = bytes.subarray(at, next);
      try {
        text += strict.decode(line, atOnce);
      } catch {
        const from = text.length;
        text += lossy.decode(line, atOnce);
        bad.push({ from, to: text.length, byte: place + at + brokenAt(line, encoding), why: 'invalid-encoding' });
      }
      at = next;
    }
    return { text, bad };
  };

  let waiting: Buffer[] = [];
  let [waitingBytes, place, first, passing] = [0, 0, true, false];
  /** What is seen of a line of which nobody wants to hold more; a quote in it would go on behind it. */
  const beginning = (line: Buffer): TextBlock => {
    const text = `${lossy.decode(line.subarray(0, shownOfLong), atOnce).replace(/["']/g, '')}${String.fromCharCode(end)}`;
    return { text, bad: [{ from: 0, to: text.length, byte: place, why: 'too-long' }] };
  };
  for await (const whole of pieces) {
    let piece = whole;
    if (first && skip > 0) {
      // The first piece holds the mark: files are read in large pieces, and unpacked ones are joined until they do.
      waiting.push(piece);
      waitingBytes += piece.length;
      if (waitingBytes < skip) continue;
      piece = Buffer.concat(waiting).subarray(skip);
      [waiting, waitingBytes, place] = [[], 0, skip];
    }
    first = false;
    // UTF-16 must stay aligned, so there the piece is looked at together with what waits.
    if (unit !== 'byte' && waitingBytes > 0) {
      piece = Buffer.concat([...waiting, piece]);
      [waiting, waitingBytes] = [[], 0];
    }
    if (passing) {
      const next = piece.indexOf(end) + 1;
      passing = next === 0;
      place += passing ? piece.length : next;
      piece = piece.subarray(passing ? piece.length : next);
    }
    const until = behindLastEnd(piece, end, unit);
    if (until > 0) {
      const block = waitingBytes > 0 ? Buffer.concat([...waiting, piece.subarray(0, until)]) : piece.subarray(0, until);
      yield decoded(block, place);
      place += block.length;
      [waiting, waitingBytes] = [[], 0];
    }
    if (until < piece.length) {
      waiting.push(piece.subarray(until));
      waitingBytes += piece.length - until;
    }
    if (waitingBytes > longestLine) {
      if (unit !== 'byte')
        throw new FileFault({ kind: 'too-large', what, says: `a line of more than ${longestLine / 1024 / 1024} MiB` });
      yield beginning(Buffer.concat(waiting));
      place += waitingBytes;
      [waiting, waitingBytes, passing] = [[], 0, true];
    }
  }
  if (waitingBytes > 0 && !(first && skip > 0)) yield decoded(Buffer.concat(waiting), place);
};
