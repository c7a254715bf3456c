import { joinerBase64 } from './scanner.generated.ts';
import { instantiate, type Memory } from './wasm.ts';

/** What the compiled join offers (bin/dev/joiner.as and bin/dev/sampler.as say what each does). */
export interface Joiner {
  readonly memory: Memory;
  readonly setSeed: (seed: number) => void;
  readonly rankAt: (row: number) => number;
  readonly join: () => void;
  readonly setSamples: (populations: number, most: number, room: number, entriesAt: number) => number;
  readonly offer: (population: number, from: number, count: number) => void;
  readonly keep: (population: number) => number;
  readonly sampleAt: (population: number) => number;
  readonly keepInOrder: (population: number, to: number, spare: number) => number;
}

// The module is ours and built with the project: its exports are those of the interface.
export const newJoiner = (): Joiner => instantiate(joinerBase64, {}) as Joiner;
