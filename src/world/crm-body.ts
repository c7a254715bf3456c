import type { IncomingMessage } from 'node:http';
import type { Readable, Transform } from 'node:stream';

/** A body that is not kept, and why. */
export class BodyFault extends Error {
  override readonly name = 'BodyFault';
  readonly kind: 'malformed' | 'too-large';

  constructor(kind: 'malformed' | 'too-large', says: string) {
    super(says);
    this.kind = kind;
  }
}

const megabytes = (bytes: number): string => `${Math.round((bytes / (1024 * 1024)) * 10) / 10} MiB`;

const tooLarge = (most: number): BodyFault =>
  new BodyFault('too-large', `the answer is larger than ${megabytes(most)}`);

const decoderFor = async (coding: string, first: number): Promise<Transform> => {
  const zlib = await import('node:zlib');
  if (coding === 'br') return zlib.createBrotliDecompress();
  if (coding === 'gzip' || coding === 'x-gzip') return zlib.createGunzip();
  // "deflate" is zlib's format (RFC 9110 section 8.4.1.2), but some servers send the bare stream.
  if (coding === 'deflate') return (first & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw();
  throw new BodyFault('malformed', 'the answer is compressed in a way that was not asked for');
};

/** Both an error of Node and one of zlib are told by their codes. */
const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

const plainOf = async (response: IncomingMessage, coding: string): Promise<AsyncIterable<Buffer>> => {
  if (coding === '' || coding === 'identity') return response;
  const chunks: AsyncIterator<Buffer> = response[Symbol.asyncIterator]();
  const first = await chunks.next();
  // An empty body has nothing to unpack, whatever the header says of it.
  if (first.done === true) return response;
  const decoder = await decoderFor(coding, first.value[0] ?? 0);
  const { pipeline } = await import('node:stream');
  const packed = async function* (): AsyncGenerator<Buffer> {
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => chunks };
  };
  return pipeline(packed, decoder, () => undefined) as Readable;
};

/**
 * The whole body, unpacked, and never more than `most` bytes of it in memory: a packed body that grows without end is
 * left where it passes the limit. `alive` is called whenever something came. Throws BodyFault.
 */
export const bodyOf = async (response: IncomingMessage, most: number, alive: () => void): Promise<Buffer> => {
  if (Number(response.headers['content-length'] ?? 0) > most) throw tooLarge(most);
  const coding = (response.headers['content-encoding'] ?? '').trim().toLowerCase();
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of await plainOf(response, coding)) {
      alive();
      size += chunk.length;
      if (size > most) throw tooLarge(most);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof BodyFault) throw error;
    const code = codeOf(error);
    if (/^(?:Z_|ERR__)/.test(code) && response.complete && code !== 'Z_BUF_ERROR') {
      throw new BodyFault('malformed', 'the answer says that it is compressed, and is not');
    }
    throw error;
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
};
