import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { looksLikeTls, type Overheard, recordReader } from './tls-records.ts';

/** What of our own bytes is kept: the ClientHello and the flight that ends the handshake. */
const mostSent = 64 * 1024;

/** How the connection under the tap ended, when it has. */
type TapEnd = { readonly kind: 'closed' } | { readonly kind: 'reset'; readonly code: string };

/**
 * Sits between a TCP socket and the TLS on top of it and listens: OpenSSL says only "wrong version number" where a
 * server has answered in clear text, and does not tell that a client certificate was asked for.
 */
export class Tap extends Duplex {
  readonly #socket: Socket;
  readonly #reader = recordReader();
  readonly #onPlain: (first: Buffer) => void;
  #received = 0;
  #sent: Buffer[] = [];
  #sentBytes = 0;
  #ending: TapEnd | undefined;
  #attached = true;

  /** `onPlain` gets the socket's first bytes where they are no TLS; the tap has let go of the socket by then. */
  constructor(socket: Socket, onPlain: (first: Buffer) => void) {
    super({ allowHalfOpen: true });
    this.#socket = socket;
    this.#onPlain = onPlain;
    this.on('error', () => undefined);
    socket.on('data', this.#onData);
    socket.on('end', this.#onEnd);
    socket.on('error', this.#onError);
    socket.on('close', this.#onClose);
    socket.pause();
  }

  /** Bytes that the server has sent through the tap. */
  get received(): number {
    return this.#received;
  }

  get ending(): TapEnd | undefined {
    return this.#ending;
  }

  overheard(): Overheard {
    return this.#reader.overheard();
  }

  /** The start of what we have sent. */
  sent(): Buffer {
    return Buffer.concat(this.#sent);
  }

  readonly #onData = (chunk: Buffer): void => {
    const first = this.#received === 0 ? chunk[0] : undefined;
    this.#received += chunk.length;
    if (first !== undefined && !looksLikeTls(first)) {
      this.#letGo();
      this.#onPlain(chunk);
      return;
    }
    this.#reader.read(chunk);
    if (!this.push(chunk)) this.#socket.pause();
  };

  readonly #onEnd = (): void => {
    this.#ending ??= { kind: 'closed' };
    this.push(null);
  };

  readonly #onError = (error: Error): void => {
    this.#ending ??= { kind: 'reset', code: 'code' in error ? String(error.code) : 'ECONNRESET' };
    this.destroy(error);
  };

  readonly #onClose = (): void => {
    this.#ending ??= { kind: 'closed' };
    this.destroy();
  };

  /** The socket's error listener stays: a reset without a listener ends the process. */
  #letGo(): void {
    this.#attached = false;
    this.#socket.pause();
    this.#socket.off('data', this.#onData);
    this.#socket.off('end', this.#onEnd);
    this.#socket.off('close', this.#onClose);
  }

  override _read(): void {
    if (this.#attached && !this.#socket.destroyed) this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    if (this.#sentBytes < mostSent) {
      this.#sent.push(Buffer.from(chunk.subarray(0, mostSent - this.#sentBytes)));
      this.#sentBytes += chunk.length;
    }
    if (this.#attached && this.#socket.writable) this.#socket.write(chunk, (error) => callback(error));
    else callback();
  }

  override _final(callback: (error?: Error | null) => void): void {
    if (this.#attached && this.#socket.writable) this.#socket.end(() => callback());
    else callback();
  }

  override _destroy(_error: Error | null, callback: (error?: Error | null) => void): void {
    if (this.#attached) this.#socket.destroy();
    callback();
  }
}
