// The join of `sync`, in AssemblyScript: the rows of one partition of both sides, by hash. Compiled by bin/dev/scanner.js; nothing
// here allocates, where everything stands is told by the caller.
import { entryFor } from './sampler';
export { setSamples, offer, keep, sampleAt, keepInOrder } from './sampler';

// A row: u64 and u64 of its key, f64-exact u64 address, u32 rank in its side, u32 a column.
const HEAD: usize = 28;

// The question: u32 from here on.
const ASKED: usize = 64;
// The answer: u32 from here on.
const FOUND: usize = 192;
// The populations of which samples are kept.
const PRESENT: usize = 0;
const CHANGED: usize = 1;
const MISSING: usize = 2;
const EXTRA: usize = 3;

const P1: u64 = 0x9e3779b97f4a7c15;
const P2: u64 = 0xc2b2ae3d27d4eb4f;

let seed: u64 = 0;
export function setSeed(low: u32): void { seed = (low as u64) * P2 + P1; }

@inline
function asked(at: usize): usize { return load<u32>(ASKED + 4 * at) as usize; }

@inline
function count(at: usize): void { store<u32>(FOUND + 4 * at, load<u32>(FOUND + 4 * at) + 1); }

/** In [0, 2^52), of the key alone. */
@inline
function rankOf(row: usize): f64 {
  let hash = (load<u64>(row) ^ seed) * P1;
  hash = (hash ^ (hash >> 29)) * P2;
  return ((hash ^ (hash >> 32)) >> 12) as f64;
}

export function rankAt(row: usize): f64 { return rankOf(row); }

@inline
function sample(population: usize, row: usize, other: usize): void {
  const rank = rankOf(row);
  const to = entryFor(population, rank);
  if (to == 0) return;
  store<f64>(to, rank);
  store<f64>(to + 8, load<u64>(row + 16) as f64);
  store<f64>(to + 16, load<u32>(row + 24) as f64);
  store<f64>(to + 24, other == 0 ? 0 : load<u64>(other + 16) as f64);
  store<f64>(to + 32, other == 0 ? 0 : load<u32>(other + 24) as f64);
}

/** A row that is on one side only; its address goes into the list, where there is one. */
@inline
function alone(population: usize, counted: usize, list: usize, row: usize): void {
  if (list != 0) store<f64>(list + 8 * (load<u32>(FOUND + 4 * counted) as usize), load<u64>(row + 16) as f64);
  count(counted);
  sample(population, row, 0);
}

@inline
function differs(row: usize, other: usize, width: usize): bool {
  let at: usize = HEAD;
  while (at + 16 <= width) {
    if (v128.any_true(v128.xor(v128.load(row + at), v128.load(other + at)))) return true;
    at += 16;
  }
  while (at < width) {
    if (load<u32>(row + at) != load<u32>(other + at)) return true;
    at += 4;
  }
  return false;
}

/** `table`: u32 of the key and i32 of the row a slot, all 0. Left rows from 1, right rows that stand alone from -1 down. */
export function join(): void {
  const width = asked(0);
  const left = asked(1), leftRows = asked(2) as u32, right = asked(3), rightRows = asked(4) as u32;
  const table = asked(5), mask = asked(6) as u32;
  // u32 a left row: its row on the right, from 1. u8 a row: 1 begins a group, 2 is of one that began before, 4 is alone, 8 differs.
  const partner = asked(7), leftMarks = asked(8), rightMarks = asked(9);
  const pairs = asked(10);
  const missing = asked(11), extra = asked(12);
  const leftRepeats = asked(13), rightRepeats = asked(14);
  const differing = asked(15);

  let at = left;
  for (let row: u32 = 0; row < leftRows; row++, at += width) {
    const a = load<u64>(at), b = load<u64>(at + 8);
    const tag = (a >> 16) as u32;
    let slot = (b as u32) & mask;
    while (true) {
      const entry = table + 8 * (slot as usize);
      const found = load<i32>(entry + 4);
      if (found == 0) {
        store<u32>(entry, tag);
        store<i32>(entry + 4, row + 1);
        break;
      }
      if (load<u32>(entry) == tag) {
        const first = left + ((found - 1) as usize) * width;
        if (load<u64>(first) == a && load<u64>(first + 8) == b) {
          store<u8>(leftMarks + ((found - 1) as usize), 1);
          store<u8>(leftMarks + (row as usize), 2);
          const to = leftRepeats + 8 * (load<u32>(FOUND + 28) as usize);
          store<u32>(to, found - 1);
          store<u32>(to + 4, row);
          count(7);
          break;
        }
      }
      slot = (slot + 1) & mask;
    }
  }

  at = right;
  for (let row: u32 = 0; row < rightRows; row++, at += width) {
    const a = load<u64>(at), b = load<u64>(at + 8);
    const tag = (a >> 16) as u32;
    let slot = (b as u32) & mask;
    while (true) {
      const entry = table + 8 * (slot as usize);
      const found = load<i32>(entry + 4);
      if (found == 0) {
        store<u32>(entry, tag);
        store<i32>(entry + 4, -((row + 1) as i32));
        store<u8>(rightMarks + (row as usize), 4);
        break;
      }
      if (load<u32>(entry) == tag) {
        const other = found > 0 ? left + ((found - 1) as usize) * width : right + ((-found - 1) as usize) * width;
        if (load<u64>(other) == a && load<u64>(other + 8) == b) {
          const first = found > 0 ? load<i32>(partner + 4 * ((found - 1) as usize)) : -found;
          if (first == 0) {
            store<i32>(partner + 4 * ((found - 1) as usize), row + 1);
            if (differs(other, at, width)) {
              const mark = leftMarks + ((found - 1) as usize);
              store<u8>(mark, load<u8>(mark) | 8);
            }
          } else {
            const mark = rightMarks + ((first - 1) as usize);
            store<u8>(mark, load<u8>(mark) | 1);
            const to = rightRepeats + 8 * (load<u32>(FOUND + 32) as usize);
            store<u32>(to, first - 1);
            store<u32>(to + 4, row);
            count(8);
          }
          break;
        }
      }
      slot = (slot + 1) & mask;
    }
  }

  at = left;
  for (let row: u32 = 0; row < leftRows; row++, at += width) {
    const mark = load<u8>(leftMarks + (row as usize));
    if (mark & 2) continue;
    const withRow = load<u32>(partner + 4 * (row as usize));
    const otherRepeats = withRow != 0 && (load<u8>(rightMarks + ((withRow - 1) as usize)) & 1) != 0;
    if (mark & 1) {
      if (withRow != 0 && !otherRepeats) count(6);
      continue;
    }
    if (withRow == 0) {
      alone(MISSING, 3, missing, at);
      continue;
    }
    if (otherRepeats) {
      count(5);
      continue;
    }
    count(0);
    const other = right + ((withRow - 1) as usize) * width;
    sample(PRESENT, at, other);
    if ((mark & 8) == 0) {
      count(1);
      continue;
    }
    for (let column: usize = HEAD; column < width; column += 4) {
      if (load<u32>(at + column) == load<u32>(other + column)) continue;
      const counter = differing + column - HEAD;
      store<u32>(counter, load<u32>(counter) + 1);
    }
    sample(CHANGED, at, other);
    const to = pairs + 24 * (load<u32>(FOUND + 8) as usize);
    store<f64>(to, load<u64>(at + 16) as f64);
    store<f64>(to + 8, load<u64>(other + 16) as f64);
    store<u32>(to + 16, load<u32>(at + 24));
    store<u32>(to + 20, load<u32>(other + 24));
    count(2);
  }

  at = right;
  for (let row: u32 = 0; row < rightRows; row++, at += width) {
    if (load<u8>(rightMarks + (row as usize)) != 4) continue;
    alone(EXTRA, 4, extra, at);
  }
}
