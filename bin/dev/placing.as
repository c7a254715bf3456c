// Places of some records among all of their side, in AssemblyScript: part of the scan of `sync` (bin/dev/scanner.as).
import { fieldOf, lengthOf, startOf } from './tables';

export let placing: bool = false;
let orders: i32 = 0;
let ordersAt: usize = 0;
let targets: u32 = 0;
let targetsAt: usize = 0;
let rowsAt: usize = 0;
let next: u32 = 0;

/**
 * From here on records are placed and not laid into partitions. Orders are u32 tables of 10: field, 1 where values are ordered
 * as numbers, bytes that all targets begin with and how many, number of different keys, keys (the first u64 of all, ascending,
 * then the second of all), u32 a key: its first target, u64 a target: its address, u32 a target and one more: records before it, u32 a key: records that have it.
 */
export function place(orders_: i32, orders_At: usize, targets_: u32, targets_At: usize, rows_At: usize): void {
  placing = true;
  orders = orders_;
  ordersAt = orders_At;
  targets = targets_;
  targetsAt = targets_At;
  rowsAt = rows_At;
  next = 0;
}

/** The first eight bytes, so that a greater number is a greater text. */
@inline
function ordered(at: usize, length: usize): u64 {
  if (length == 0) return 0;
  const word = bswap<u64>(load<u64>(at));
  return length >= 8 ? word : word & (<u64>-1 << (64 - 8 * length));
}

function placeIn(order: usize, address: u64): void {
  const field = fieldOf(load<i32>(order));
  let at = startOf(field);
  let length = lengthOf(field);
  const keysCount = load<u32>(order + 16);
  const keysFrom = load<u32>(order + 20) as usize;
  const lowsFrom = keysFrom + 8 * (keysCount as usize);
  const firstsAt = load<u32>(order + 24) as usize;
  const addressesAt = load<u32>(order + 28) as usize;
  const beforeAt = load<u32>(order + 32) as usize;
  const tiesAt = load<u32>(order + 36) as usize;
  let high: u64 = 0;
  let low: u64 = 0;
  let beyond = false;
  if (load<u32>(order + 4) != 0) {
    // What is no number comes last.
    beyond = length == 0 || length > 15;
    for (let digit: usize = 0; digit < length && !beyond; digit++) {
      const byte = load<u8>(at + digit);
      beyond = byte < 48 || byte > 57;
    }
    while (!beyond && length > 1 && load<u8>(at) == 48) { at++; length--; }
    if (!beyond) {
      high = ((length as u64) << 56) | (ordered(at, length < 7 ? length : 7) >> 8);
      low = length > 7 ? ordered(at + 7, length - 7) : 0;
    }
  } else {
    const prefixAt = load<u32>(order + 8) as usize;
    const prefix = load<u32>(order + 12) as usize;
    let same: usize = 0;
    while (same < prefix && same < length && load<u8>(prefixAt + same) == load<u8>(at + same)) same++;
    if (same < prefix) {
      if (same == length || load<u8>(at + same) < load<u8>(prefixAt + same)) {
        store<u32>(beforeAt, load<u32>(beforeAt) + 1);
        return;
      }
      beyond = true;
    } else {
      at += prefix;
      length -= prefix;
      high = ordered(at, length < 8 ? length : 8);
      low = length > 8 ? ordered(at + 8, length < 16 ? length - 8 : 8) : 0;
    }
  }
  let gap = targets;
  if (!beyond) {
    // Without a branch that could be guessed wrong at every step.
    let from: u32 = 0;
    let left = keysCount;
    while (left > 0) {
      const half = left >> 1;
      const at = 8 * ((from + half) as usize);
      const other = load<u64>(keysFrom + at);
      const below = ((other < high) as u32) | (((other == high) as u32) & ((load<u64>(lowsFrom + at) < low) as u32));
      from = select<u32>(from + half + 1, from, below != 0);
      left = select<u32>(left - half - 1, half, below != 0);
    }
    gap = load<u32>(firstsAt + 4 * (from as usize));
    const found = 8 * (from as usize);
    if (from < keysCount && load<u64>(keysFrom + found) == high && load<u64>(lowsFrom + found) == low) {
      const tie = tiesAt + 4 * (from as usize);
      store<u32>(tie, load<u32>(tie) + 1);
      let last = load<u32>(firstsAt + 4 * (from as usize) + 4);
      // Of equal ones, those that stand before it in the files.
      while (gap < last) {
        const middle = (gap + last) >> 1;
        if (load<u64>(addressesAt + 8 * (middle as usize)) <= address) gap = middle + 1;
        else last = middle;
      }
    }
  }
  const before = beforeAt + 4 * (gap as usize);
  store<u32>(before, load<u32>(before) + 1);
}

export function placeRecord(address: u64, rows: u32): void {
  if (next < targets && load<u64>(targetsAt + 8 * (next as usize)) == address) {
    store<u32>(rowsAt + 4 * (next as usize), rows);
    next++;
  }
  for (let order = 0; order < orders; order++) placeIn(ordersAt + 40 * (order as usize), address);
}
