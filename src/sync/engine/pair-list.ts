import { closeSync, openSync, readSync } from 'node:fs';
import { bytesOfPair } from './join-tables.ts';

/** The list of changed pairs in one file, so many at a time; the arrays are used again for the next ones. */
export function* pairListIn(
  path: string,
  atOnce: number,
): Generator<{ readonly count: number; readonly addresses: Float64Array; readonly ranks: Uint32Array }> {
  const buffer = new ArrayBuffer(bytesOfPair * atOnce);
  const bytes = new Uint8Array(buffer);
  // Three doubles, or six words: an address and an address, a rank and a rank.
  const [doubles, words] = [new Float64Array(buffer), new Uint32Array(buffer)];
  const addresses = new Float64Array(2 * atOnce);
  const ranks = new Uint32Array(2 * atOnce);
  const descriptor = openSync(path, 'r');
  try {
    for (;;) {
      let filled = 0;
      for (let read = -1; filled < bytes.length && read !== 0; filled += read)
        read = readSync(descriptor, bytes, filled, bytes.length - filled, null);
      const count = Math.floor(filled / bytesOfPair);
      if (count === 0) return;
      for (let pair = 0; pair < count; pair += 1) {
        for (let side = 0; side < 2; side += 1) {
          addresses[2 * pair + side] = doubles[3 * pair + side] ?? 0;
          ranks[2 * pair + side] = words[6 * pair + 4 + side] ?? 0;
        }
      }
      yield { count, addresses, ranks };
    }
  } finally {
    closeSync(descriptor);
  }
}
