import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { FileFault } from '../files/fault.ts';
import { gunzipped } from '../files/pieces.ts';

/** More of one line tells nothing that its beginning does not. */
const longestLine = 16 * 1024;
const pieceBytes = 256 * 1024;

const japanese = new TextDecoder('shift_jis');

/** Logs of one file may be written by programs that do not agree on an encoding: it is seen line by line. */
const textOf = (bytes: Buffer): string => (isUtf8(bytes) ? bytes.toString('utf8') : japanese.decode(bytes));

const looksBinary = (head: Buffer): boolean => {
  const odd = head.reduce((sum, byte) => sum + (byte < 9 || (byte > 13 && byte < 27) || byte === 0x7f ? 1 : 0), 0);
  return head.length > 0 && odd > head.length * 0.3;
};

const wideOf = (head: Buffer): string | undefined => {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : undefined;
};

/** The bytes as of now: a log goes on growing while it is read. */
const rawBytes = (path: string, size: number): AsyncIterable<Buffer> =>
  createReadStream(path, { highWaterMark: pieceBytes, end: size - 1 });

async function* plainBytes(path: string): AsyncGenerator<Buffer> {
  const info = await stat(path);
  // A pipe that nobody writes to would be waited for without end.
  if (!info.isFile()) {
    const says = info.isDirectory() ? 'it is a directory' : 'it is no regular file';
    throw new FileFault({ kind: 'not-data', what: path, says });
  }
  const { size } = info;
  const handle = await open(path);
  const head = Buffer.alloc(4096);
  let seen = 0;
  try {
    seen = (await handle.read(head, 0, head.length, 0)).bytesRead;
  } finally {
    await handle.close();
  }
  if (size === 0) return;
  const isGzip = seen > 1 && head[0] === 0x1f && head[1] === 0x8b;
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let first = true;
  for await (const piece of isGzip ? gunzipped(() => rawBytes(path, size), path) : rawBytes(path, size)) {
    if (first) {
      first = false;
      const wide = wideOf(piece);
      if (wide !== undefined) decoder = new TextDecoder(wide);
      else if (looksBinary(piece.subarray(0, 4096))) {
        throw new FileFault({ kind: 'not-data', what: path, says: 'it holds bytes that no text has' });
      }
    }
    yield decoder ? Buffer.from(decoder.decode(piece, { stream: true })) : piece;
  }
}

/** The lines of a log, in batches, packed or not; of a line that is too long its beginning. */
export async function* linesOf(path: string, signal: AbortSignal): AsyncGenerator<readonly string[]> {
  let rest: Buffer = Buffer.alloc(0);
  let dropping = false;
  for await (const piece of plainBytes(path)) {
    if (signal.aborted) return;
    const lines: string[] = [];
    let from = 0;
    for (let end = piece.indexOf(0x0a); end >= 0; end = piece.indexOf(0x0a, from)) {
      const part = piece.subarray(from, Math.min(end, from + longestLine));
      if (!dropping) lines.push(textOf(rest.length > 0 ? Buffer.concat([rest, part]) : part));
      dropping = false;
      rest = Buffer.alloc(0);
      from = end + 1;
    }
    if (!dropping) {
      rest = Buffer.concat([rest, piece.subarray(from, from + longestLine)]);
      if (rest.length >= longestLine) {
        lines.push(textOf(rest.subarray(0, longestLine)));
        rest = Buffer.alloc(0);
        dropping = true;
      }
    }
    if (lines.length > 0) yield lines;
  }
  if (rest.length > 0) yield [textOf(rest)];
}
