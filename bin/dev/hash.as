// The hashes of the scan of `sync` (bin/dev/scanner.as), in AssemblyScript.
import { fieldOfKey, keys, lengthOf, startOf } from './tables';

const P1: u64 = 0x9e3779b97f4a7c15;
const P2: u64 = 0xc2b2ae3d27d4eb4f;
const P3: u64 = 0x165667b19e3779f9;

/** Sixteen bytes from `16 - length` on are the mask of a tail of so many bytes. */
const masks = memory.data<u64>([<u64>-1, <u64>-1, 0, 0]);

let seed: u64 = 0;
export function setSeed(low: u32, high: u32): void { seed = ((high as u64) << 32) | (low as u64); }

@inline
function mixed(hash: u64, word: u64, prime: u64): u64 {
  const next = (hash ^ word) * prime;
  return next ^ (next >> 29);
}

/**
 * Of a field. Sixteen bytes at a time, the last ones of them some twice over: the lengths of values follow no rhythm, and a branch that
 * is guessed wrong costs more than the bytes. Loads past a short field are inside memory; what is not of the field is cut away.
 */
@inline
export function columnHash(at: usize, length: usize): u32 {
  let one = seed ^ ((length as u64) * P2);
  let other = seed;
  if (length > 16) {
    const last = at + length - 16;
    for (let from = at; from < last; from += 16) {
      one = mixed(one, load<u64>(from), P1);
      other = mixed(other, load<u64>(from + 8), P2);
    }
    one = mixed(one, load<u64>(last), P1);
    other = mixed(other, load<u64>(last + 8), P2);
  } else {
    const mask = masks + 16 - length;
    one = mixed(one, load<u64>(at) & load<u64>(mask), P1);
    other = mixed(other, load<u64>(at + 8) & load<u64>(mask + 8), P2);
  }
  return (((one ^ rotl<u64>(other, 32)) * P3) >> 32) as u32;
}

// The key of the record at hand.
export let keyHigh: u64 = 0;
export let keyLow: u64 = 0;

@inline
function tail(at: usize, length: usize): u64 { return load<u64>(at) & load<u64>(masks + 16 - length); }

export function hashKey(): void {
  let a = seed + P1;
  let b = rotl<u64>(seed, 31) + P3;
  for (let part = 0; part < keys; part++) {
    const field = fieldOfKey(part);
    let from = startOf(field);
    let left = lengthOf(field);
    // The length of every part goes in, so that ("a", "bc") and ("ab", "c") are two keys.
    a = mixed(a, left as u64, P2);
    b = mixed(b, left as u64, P1);
    while (left > 8) {
      const word = load<u64>(from);
      a = mixed(a, word, P1);
      b = mixed(rotl<u64>(b, 27), word, P3);
      from += 8;
      left -= 8;
    }
    const word = tail(from, left);
    a = mixed(a, word, P1);
    b = mixed(rotl<u64>(b, 27), word, P3);
  }
  keyHigh = mixed(a, a >> 32, P3);
  keyLow = mixed(b, b >> 32, P2);
}
