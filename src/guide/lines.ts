import { createInterface, type Interface } from 'node:readline';
import type { Readable } from 'node:stream';
import { Left } from './talk.ts';

/** Lines that a person types, as the terminal itself takes them: nothing on the screen is drawn anew. */
export interface Lines {
  /** Throws `Left` where the person goes. */
  readonly next: (options: NextLine) => Promise<string>;
}

interface NextLine {
  /** What is typed is not shown. */
  readonly hidden: boolean;
  /** Writes what is asked. Called once a key does what the question says: nothing typed at its sight is shown or lost. */
  readonly ask: () => void;
}

/** What is typed; `setRawMode` where it is a terminal. */
type Terminal = Readable & { readonly setRawMode?: (on: boolean) => unknown };

type OnInterrupt = (hear: (signal: 'SIGINT' | 'SIGTERM') => void) => () => void;

/** What is left of a hidden line, in which the keys that take back stand as they were pressed. */
const takenBack = (typed: string): string => {
  const kept: string[] = [];
  for (const letter of typed) {
    if (letter === '\u007f' || letter === '\b') kept.pop();
    else if (letter === '\u0015') kept.length = 0;
    else kept.push(letter);
  }
  return kept.join('');
};

export const openLines = (input: Terminal, onInterrupt: OnInterrupt): Lines => {
  let reader: Interface | undefined;
  // What was typed ahead of its question.
  const ahead: string[] = [];
  let ended = false;
  let wake = (): void => {};
  const read = (): void => {
    if (reader) {
      reader.resume();
      return;
    }
    reader = createInterface({ input, terminal: false, crlfDelay: Number.POSITIVE_INFINITY });
    reader.on('line', (line) => {
      ahead.push(line);
      wake();
    });
    reader.on('close', () => {
      ended = true;
      wake();
    });
  };
  return {
    next: async ({ hidden, ask }) => {
      let left: Left['by'] | undefined;
      const leave = (by: Left['by']): void => {
        left = by;
        wake();
      };
      // Without echo the terminal hands over every key as it is.
      const hear = (data: Buffer | string): void => {
        if (hidden && /[\u0003\u0004]/.test(String(data))) leave('SIGINT');
      };
      const deaf = onInterrupt(leave);
      if (hidden) input.setRawMode?.(true);
      input.on('data', hear);
      read();
      try {
        ask();
        for (;;) {
          if (left) throw new Left(left);
          const line = ahead.shift();
          if (line !== undefined) return hidden ? takenBack(line) : line;
          if (ended) throw new Left('SIGINT');
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      } finally {
        input.off('data', hear);
        if (hidden) input.setRawMode?.(false);
        deaf();
        // Else the process would wait for more of it.
        if (!ended) reader?.pause();
      }
    },
  };
};
