/** What a command may touch of its process; tests hand in their own. */
export interface Io {
  readonly out: Stream;
  readonly err: Stream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Calls back when the user or the system wants the run to end. Returns how to stop listening. */
  readonly onInterrupt: (hear: (signal: 'SIGINT' | 'SIGTERM') => void) => () => void;
}

export interface Stream {
  readonly write: (text: string) => void;
  readonly isTTY: boolean;
  readonly columns: number;
}

const streamOf = (stream: NodeJS.WriteStream): Stream => {
  // A closed pipe (`crm-doctor … | head`) is the reader's wish, not a fault.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    write: (text) => {
      if (!stream.destroyed) stream.write(text);
    },
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns ?? 80;
    },
  };
};

export const processIo = (): Io => ({
  out: streamOf(process.stdout),
  err: streamOf(process.stderr),
  env: process.env,
  cwd: process.cwd(),
  onInterrupt: (hear) => {
    const onInt = () => hear('SIGINT');
    const onTerm = () => hear('SIGTERM');
    process.on('SIGINT', onInt);
    process.on('SIGTERM', onTerm);
    return () => {
      process.off('SIGINT', onInt);
      process.off('SIGTERM', onTerm);
    };
  },
});
