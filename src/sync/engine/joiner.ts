import { joinerBase64 } from './scanner.generated.ts';
import { instantiate, type Memory } from './wasm.ts';

/** What the compiled join offers (bin/dev/joiner.as says what each does). */
export interface Joiner {
  readonly memory: Memory;
  readonly setSeed: (seed: number) => void;
  readonly rankAt: (row: number) => number;
  readonly join: () => void;
}

// The module is ours and built with the project: its exports are those of the interface.
export const newJoiner = (): Joiner => instantiate(joinerBase64, {}) as Joiner;
