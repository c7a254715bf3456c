import { closeSync, openSync } from 'node:fs';
import { withWidth } from './sized.ts';

/** What a command may touch of its process; tests hand in their own. */
export interface Io {
  readonly out: Stream;
  readonly err: Stream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /**
   * Calls back when the user or the system wants the run to end. Returns how to stop listening. `hangup`: takes SIGHUP as a wish
   * to read the configuration again, as services do, unless the terminal is gone.
   */
  readonly onInterrupt: (hear: (signal: 'SIGINT' | 'SIGTERM') => void, hangup?: () => void) => () => void;
}

export interface Stream {
  readonly write: (text: string) => void;
  /** Resolves when what was written has gone, or will never go; for those who write very much. */
  readonly drained?: () => Promise<void>;
  readonly isTTY: boolean;
  readonly columns: number;
}

/** The reader is gone, or the terminal is: their wish, and no fault. */
const readerLeft = new Set(['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

/** What kept standard output from being written (a full disk), as its error code. */
let unwritten: string | undefined;

export const writeFailure = (): string | undefined => unwritten;

/** Node sets a standard stream up when it is first touched, so it is touched only when it is needed. */
const streamOf = (open: () => NodeJS.WriteStream): Stream => {
  let opened: NodeJS.WriteStream | undefined;
  const stream = (): NodeJS.WriteStream => {
    if (opened) return opened;
    opened = withWidth(open());
    opened.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      if (readerLeft.has(code ?? '')) return;
      unwritten = code ?? message;
      // The run is over already where the write fails late.
      process.exitCode = 3;
    });
    return opened;
  };
  return {
    write: (text) => {
      if (!stream().destroyed) stream().write(text);
    },
    drained: async () => {
      const target = stream();
      if (target.destroyed || !target.writableNeedDrain) return;
      await new Promise<void>((resolve) => {
        const over = (): void => {
          for (const event of ['drain', 'close', 'error'] as const) target.off(event, over);
          resolve();
        };
        for (const event of ['drain', 'close', 'error'] as const) target.once(event, over);
      });
    },
    get isTTY() {
      return stream().isTTY === true;
    },
    get columns() {
      return stream().columns || 80;
    },
  };
};

/** Whether there was a terminal that has been closed. */
const terminalIsGone = (): boolean => {
  if (process.stdout.isTTY !== true) return false;
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return false;
  } catch {
    return true;
  }
};

export const processIo = (): Io => ({
  out: streamOf(() => process.stdout),
  err: streamOf(() => process.stderr),
  env: process.env,
  cwd: process.cwd(),
  onInterrupt: (hear, hangup) => {
    const onInt = () => hear('SIGINT');
    const onTerm = () => hear('SIGTERM');
    process.on('SIGINT', onInt);
    process.on('SIGTERM', onTerm);
    // The terminal was closed: what was seen so far is kept as when the system ends the run.
    const onHup = () => (hangup && !terminalIsGone() ? hangup() : onTerm());
    process.on('SIGHUP', onHup);
    return () => {
      process.off('SIGINT', onInt);
      process.off('SIGTERM', onTerm);
      process.off('SIGHUP', onHup);
    };
  },
});
