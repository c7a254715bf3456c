import { scannerBase64 } from './scanner.generated.ts';
import { instantiate, type Memory } from './wasm.ts';

/** What the compiled byte loop offers (bin/dev/scanner.as says what each does). */
export interface Scanner {
  readonly memory: Memory;
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
  readonly place: (orders: number, ordersAt: number, targets: number, targetsAt: number, rowsAt: number) => void;
  readonly pick: (bits: number, count: number, head: number) => void;
  readonly ask: (keysAt: number, keys: number, tablesAt: number, most: number) => void;
  readonly isEnough: () => number;
  readonly fieldStart: (field: number) => number;
  readonly fieldLength: (field: number) => number;
  readonly open: (delimiter: number, quote: number, firstLine: number, headerAt: number, headerLength: number) => void;
  readonly look: (from: number, end: number, final: number) => void;
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

/** What it calls while it scans. */
export interface ScannerCalls {
  readonly flush?: (partition: number, from: number, length: number) => void;
  readonly asked?: (key: number, from: number, length: number) => void;
  readonly askedText?: (key: number, address: number) => void;
}

const nothing = (): void => {};

// The module is ours and built with the project: its exports are those of the interface.
export const newScanner = ({ flush = nothing, asked = nothing, askedText = nothing }: ScannerCalls): Scanner =>
  instantiate(scannerBase64, { flush, asked, askedText }) as Scanner;
