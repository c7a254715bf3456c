import { scannerBase64 } from './scanner.generated.ts';

// The little of WebAssembly that is used here; Node has it, its types do not.
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>);
    readonly exports: unknown;
  }
}

/** What the compiled byte loop offers (bin/dev/scanner.as says what each does). */
export interface Scanner {
  readonly memory: WebAssembly.Memory;
  readonly setup: (
    fields: number,
    columns: number,
    keys: number,
    partitions: number,
    bufferBytes: number,
    tables: number,
    seedLow: number,
    seedHigh: number,
  ) => number;
  readonly setColumn: (at: number, field: number) => void;
  readonly setKey: (at: number, field: number) => void;
  readonly open: (delimiter: number, quote: number, firstLine: number) => void;
  readonly isSkipping: () => number;
  readonly rowCount: () => number;
  readonly reason: () => number;
  readonly rejected: () => number;
  readonly lineOfRejected: () => number;
  readonly lookedTo: () => number;
  readonly isSpanned: () => number;
  readonly finish: () => void;
  readonly giveUp: (kind: number, recordAt: number, end: number) => number;
  readonly scan: (from: number, end: number, final: number, window: number, origin: number, scratch: number) => number;
}

export const newScanner = (flush: (partition: number, from: number, length: number) => void): Scanner => {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(scannerBase64, 'base64')), {
    env: { flush },
  });
  // The module is ours and built with the project: its exports are those of the interface.
  return exports as Scanner;
};
