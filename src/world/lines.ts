import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { printable } from './printable.ts';

/**
 * More than this without a line end is no line (the longest that a mail protocol knows is 8 KiB, RFC 7162 section 4).
 */
const longestLine = 64 * 1024;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** What waiting for a line brought. After closed, reset or flood nothing more comes. */
export type LineResult =
  /** `text` is printable and bounded, for facts; `bytes` is the whole line as it came, without its end. */
  | { readonly kind: 'line'; readonly text: string; readonly bytes: Buffer }
  /** Closed in good order (FIN, or close_notify in TLS). */
  | { readonly kind: 'closed' }
  /** code: ECONNRESET, EPIPE, or the TLS error's code; says: its message. */
  | { readonly kind: 'reset'; readonly code: string; readonly says: string }
  /** Nothing by the deadline; an unfinished line is kept and may be waited for again. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'flood'; readonly bytes: number };

/** The lines of one connection. Whatever the server does reads as a result and is never thrown. */
export interface Lines {
  /**
   * The next line. `deadline` is a time of `performance.now()` and bounds the whole wait, so that a server that drips
   * one byte a second gains nothing. On abort the socket is destroyed and the promise rejects with the signal's reason.
   * One call at a time.
   */
  readonly line: (deadline: number, signal: AbortSignal) => Promise<LineResult>;
  /** Sends text as it is (with its CRLF) as UTF-8; on a dead connection it does nothing. */
  readonly write: (text: string) => void;
  /**
   * Lets go of the socket, so that it can be handed to TLS, and returns what was read ahead. After the reply to
   * STARTTLS these bytes came in clear text and must not be taken for the inside of TLS (RFC 3207 section 6,
   * CVE-2011-0411).
   */
  readonly release: () => Buffer;
  /**
   * Says farewell (`QUIT\r\n`) where given, and closes. Returns at once: the answer is not waited for, and what remains
   * of the connection neither lasts long nor keeps the process alive.
   */
  readonly close: (farewell?: string) => void;
}

/** How long the other side has to answer our farewell before the connection is cut. */
const farewellMs = 500;

/** Ends a connection in the background: politely for a moment, then at once. */
export const leave = (socket: Socket, farewell = ''): void => {
  // Also after this a reset must find a listener: an 'error' without one ends the process.
  socket.on('error', () => undefined);
  if (socket.destroyed) return;
  socket.resume();
  socket.end(farewell);
  socket.unref();
  const timer = setTimeout(() => socket.destroy(), farewellMs);
  timer.unref();
  socket.once('end', () => socket.destroy());
  socket.once('close', () => clearTimeout(timer));
};

const textOf = (error: Error, key: string, otherwise: string): string => {
  const value: unknown = Reflect.get(error, key);
  return typeof value === 'string' ? value : otherwise;
};

/** What an error of a socket says; OpenSSL's message is its error queue, the reason is what it means. */
const resetBy = (error: Error): LineResult => ({
  kind: 'reset',
  code: textOf(error, 'code', 'ERROR'),
  says: printable(textOf(error, 'reason', error.message)),
});

/** Reads a socket (TCP or TLS) by lines, bounded in memory: it is paused while nobody asks. */
export const open = (socket: Socket): Lines => {
  let chunks: Buffer[] = [];
  let buffered = 0;
  /** How many of the buffered bytes are known to hold no line end. */
  let searched = 0;
  let ending: LineResult | undefined;
  let released = false;
  let wake: (() => void) | undefined;

  if (socket.errored) ending = resetBy(socket.errored);
  else if (socket.destroyed || socket.readableEnded) ending = { kind: 'closed' };

  const joined = (): Buffer => {
    const [only] = chunks;
    const all = chunks.length === 1 && only ? only : Buffer.concat(chunks);
    chunks = [all];
    return all;
  };
  const keep = (rest: Buffer): void => {
    chunks = rest.length > 0 ? [rest] : [];
    buffered = rest.length;
    searched = 0;
  };
  const changed = (): void => {
    const call = wake;
    wake = undefined;
    call?.();
  };
  const onData = (chunk: Buffer): void => {
    chunks.push(chunk);
    buffered += chunk.length;
    if (wake === undefined || buffered > longestLine) socket.pause();
    // Joining on each byte of a drip would cost the square of the line's length.
    if (chunk.includes(lineFeed) || buffered > longestLine) changed();
  };
  const onEnd = (): void => {
    ending ??= { kind: 'closed' };
    changed();
  };
  const onError = (error: Error): void => {
    ending ??= resetBy(error);
    changed();
  };
  socket.on('data', onData);
  socket.on('end', onEnd);
  socket.on('close', onEnd);
  socket.on('error', onError);

  const taken = (): LineResult | undefined => {
    if (buffered > searched) {
      const all = joined();
      const end = all.indexOf(lineFeed, searched);
      if (end >= 0 && end <= longestLine) {
        const bytes = all.subarray(0, end > 0 && all[end - 1] === carriageReturn ? end - 1 : end);
        keep(all.subarray(end + 1));
        return { kind: 'line', text: printable(bytes), bytes };
      }
      searched = all.length;
    }
    if (buffered > longestLine) {
      ending = { kind: 'flood', bytes: buffered };
      keep(Buffer.alloc(0));
      socket.destroy();
    }
    if (ending?.kind !== 'flood' && ending !== undefined && buffered > 0) {
      // Last words without a line end ("554 go away", FIN) are words all the same.
      const bytes = joined();
      keep(Buffer.alloc(0));
      return { kind: 'line', text: printable(bytes), bytes };
    }
    return ending;
  };

  const line = (deadline: number, signal: AbortSignal): Promise<LineResult> =>
    new Promise((resolve, reject) => {
      const finish = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        wake = undefined;
        if (!released) socket.pause();
      };
      const onAbort = (): void => {
        finish();
        socket.destroy();
        reject(signal.reason);
      };
      const look = (): void => {
        const result = taken();
        if (result) {
          finish();
          resolve(result);
          return;
        }
        wake = look;
        socket.resume();
      };
      // A line that is already here is given even when the time is over.
      const timer = setTimeout(
        () => {
          const result = taken();
          finish();
          resolve(result ?? { kind: 'silent' });
        },
        Math.max(0, deadline - performance.now()),
      );
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) onAbort();
      else look();
    });

  const release = (): Buffer => {
    released = true;
    socket.pause();
    socket.off('data', onData);
    socket.off('end', onEnd);
    socket.off('close', onEnd);
    // The error listener stays: between two owners a reset must not end the process.
    const ahead = joined();
    keep(Buffer.alloc(0));
    return ahead;
  };

  return {
    line,
    write: (text) => {
      if (!socket.destroyed && socket.writable) socket.write(text);
    },
    release,
    close: (farewell) => {
      socket.off('data', onData);
      leave(socket, farewell);
    },
  };
};
