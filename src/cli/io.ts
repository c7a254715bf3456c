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

/** Node sets a standard stream up when it is first touched, so it is touched only when it is needed. */
const streamOf = (open: () => NodeJS.WriteStream): Stream => {
  let opened: NodeJS.WriteStream | undefined;
  const stream = (): NodeJS.WriteStream => {
    if (opened) return opened;
    opened = open();
    // A closed pipe (`crm-doctor … | head`) is the reader's wish, not a fault.
    opened.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
    return opened;
  };
  return {
    write: (text) => {
      if (!stream().destroyed) stream().write(text);
    },
    get isTTY() {
      return stream().isTTY === true;
    },
    get columns() {
      return stream().columns ?? 80;
    },
  };
};

export const processIo = (): Io => ({
  out: streamOf(() => process.stdout),
  err: streamOf(() => process.stderr),
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
