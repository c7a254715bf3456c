import type { Automaton } from './automaton.ts';

/** A line that holds one of the needles. */
export interface HitLine {
  readonly buffer: Buffer;
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly number: number;
}

/** Of a longer line only the beginning is kept. */
export const longestLine = 64 * 1024;

const newline = 0x0a;

/** Cuts bytes into lines and hands over those that hold a needle; all others are passed over undecoded. */
export const createScanner = ({ next, finding, lineEnd }: Automaton, hear: (line: HitLine) => void) => {
  let carry: Buffer = Buffer.alloc(0);
  let inLongLine = false;
  let lines = 0;

  /** Whole lines only, so that the state starts anew with each call. */
  const scan = (buffer: Buffer): void => {
    const size = buffer.length;
    let state = 0;
    let start = 0;
    for (let at = 0; at < size; at += 1) {
      // The table has a row for every state and a column for every byte.
      state = next[(state << 8) + (buffer[at] as number)] as number;
      if (state < finding) continue;
      if (state === lineEnd) {
        lines += 1;
        start = at + 1;
        continue;
      }
      const lineFeed = buffer.indexOf(newline, at);
      const end = lineFeed < 0 ? size : lineFeed;
      hear({ buffer, start, end: Math.min(end, start + longestLine), number: lines + 1 });
      // The line feed itself is looked at next, and counts the line.
      at = end - 1;
      state = 0;
    }
  };

  const startLongLine = (): void => {
    scan(carry.subarray(0, longestLine));
    carry = Buffer.alloc(0);
    inLongLine = true;
  };

  return {
    push: (chunk: Buffer): void => {
      let rest = chunk;
      if (inLongLine) {
        const lineFeed = chunk.indexOf(newline);
        if (lineFeed < 0) return;
        inLongLine = false;
        lines += 1;
        rest = chunk.subarray(lineFeed + 1);
      }
      const buffer = carry.length === 0 ? rest : Buffer.concat([carry, rest]);
      const last = buffer.lastIndexOf(newline);
      if (last >= 0) scan(buffer.subarray(0, last + 1));
      // A copy: the stream may use its memory again.
      carry = Buffer.from(buffer.subarray(last + 1));
      if (carry.length > longestLine) startLongLine();
    },
    /** The last line need not end with a line feed. */
    end: (): void => {
      if (carry.length > 0) {
        scan(carry);
        lines += 1;
      } else if (inLongLine) lines += 1;
      carry = Buffer.alloc(0);
      inLongLine = false;
    },
    lines: (): number => lines,
  };
};
