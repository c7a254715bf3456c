import { isAscii } from 'node:buffer';
import type { FileStamp } from '../../model/sync/source.ts';
import type { Encoding } from './encoding.ts';
import { detectEncoding, markOf } from './encoding.ts';
import { FileFault } from './fault.ts';

/** Bytes that are one table: a file, what a gzip file holds, or a member of an archive. */
export interface Part {
  /** For a person, printable: the path, with the member behind `!`. */
  readonly name: string;
  readonly pieces: () => AsyncIterable<Buffer>;
  /** The file itself, where nothing has to be unpacked. */
  readonly file?: { readonly path: string; readonly stamp: FileStamp };
}

/** What is seen of a part before it is read. */
export interface Survey {
  readonly head: Buffer;
  /** Begins where the first byte beyond ASCII is, or is the head. */
  readonly sample: Buffer;
  /** The head is all of it. */
  readonly whole: boolean;
}

const headBytes = 256 * 1024;

/** Text in ASCII only is followed as long as this for a byte that tells its encoding. */
const mostFollowed = 1024 * 1024 * 1024;

export const surveyOf = async (part: Part, signal: AbortSignal): Promise<Survey> => {
  const head: Buffer[] = [];
  let [seen, whole] = [0, true];
  let sample: Buffer | undefined;
  try {
    for await (const piece of part.pieces()) {
      if (signal.aborted) break;
      if (seen < headBytes) head.push(piece);
      else if (sample !== undefined || seen > mostFollowed) {
        whole = false;
        break;
      } else whole = false;
      seen += piece.length;
      if (sample === undefined && !isAscii(piece)) sample = seen <= headBytes ? Buffer.alloc(0) : piece;
      // A file of bytes zero is no text, however it goes on.
      if (!whole && sample === undefined && head[0]?.includes(0)) break;
    }
  } catch (error) {
    // A break behind the beginning comes again with the rows, after those before it.
    if (head.length === 0) throw error;
    whole = false;
  }
  const joined = Buffer.concat(head);
  return { head: joined, sample: sample === undefined || sample.length === 0 ? joined : sample, whole };
};

/** The encoding that is asked for, or the one that is found. */
export const encodingOf = (survey: Survey, asked: string, what: string): Encoding => {
  if (asked === 'auto') return detectEncoding(survey.head, survey.sample);
  try {
    const name = new TextDecoder(asked).encoding;
    return { name, bom: markOf(survey.head, name) };
  } catch {
    throw new FileFault({ kind: 'encoding', what, says: `no encoding is called "${asked}"` });
  }
};
