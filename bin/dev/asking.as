// The hashes of keys that may join two sides, under forms that set notation aside, in AssemblyScript: part of the scan of `sync`
// (bin/dev/scanner.as).
import { fieldOf, lengthOf, startOf } from './tables';

/** The buffer of a key holds so many bytes. */
@external("env", "asked")
declare function asked(key: i32, from: i32, length: i32): void;
/** The key of the record at hand has to be read as text. */
@external("env", "askedText")
declare function askedText(key: i32, address: f64): void;

export let asking: bool = false;
/** There are more records than are to be looked at. */
export let isOver: bool = false;
let keysAt: usize = 0;
let keysCount: i32 = 0;
let most: u32 = 0;

// A key: u32 its form, u32 how many parts, u32 where their fields stand (u32 each), u32 bytes of an entry, u32 its buffer, u32 the
// bytes of that, u32 how many are filled, u32 records without the key, f64 hashes below it are wanted, f64 the largest of the marked
// ones (-1: there is none), f64 where a hash has its mark, u32 the marks (a byte each).
const KEY: usize = 64;
/** Forms: of whatever is kept of a byte (tables of 128 bytes: 0 nothing, 255 it has to be read as text). */
const AS_IS: u32 = 0;
/** A value of 15 or 18 bytes may be an id of Salesforce, which has a rule of its own. */
const TEXT: u32 = 1;
/** What a rule may change has to be read as text. */
const RULED: u32 = 3;
const longest: usize = 200;
const START: u32 = 0x811c9dc5;
const PRIME: u32 = 0x01000193;

let tablesAt: usize = 0;

/** From here on keys are asked for, and records are not laid into partitions; `tables` are those of the forms, in their order. */
export function ask(keys_At: usize, keys_: i32, tables_At: usize, most_: u32): void {
  asking = true;
  isOver = false;
  keysAt = keys_At;
  keysCount = keys_;
  tablesAt = tables_At;
  most = most_;
}

// The key of the record at hand: its hash so far, and how many units went in.
let high: u32 = 0;
let low: u32 = 0;
let units: u32 = 0;

/** Takes in a part; false: it has to be read as text. */
@inline
function take(at: usize, length: usize, form: u32): bool {
  if ((form == TEXT || form >= RULED) && (length == 15 || length == 18)) return false;
  const table = tablesAt + 128 * (form as usize);
  let one = high;
  let other = low;
  let count: u32 = 0;
  let zeros = false;
  const end = at + length;
  for (let from = at; from < end; from++) {
    const byte = load<u8>(from);
    if (byte >= 128) return false;
    const unit = load<u8>(table + (byte as usize)) as u32;
    if (unit == 0) continue;
    if (unit == 255) return false;
    if (unit == 48 && count == 0 && form != AS_IS) {
      if (form >= RULED) return false;
      zeros = true;
      continue;
    }
    one = (one ^ unit) * PRIME;
    other = (other ^ unit) * PRIME;
    count++;
  }
  if (zeros && count == 0) {
    one = (one ^ 48) * PRIME;
    other = (other ^ 48) * PRIME;
    count++;
  }
  high = one;
  low = other;
  units += count;
  return true;
}

@inline
function mixed(unmixed: u32): u32 {
  let hash = (unmixed ^ (unmixed >> 16)) * 0x85ebca6b;
  hash ^= hash >> 13;
  return hash == 0 ? 1 : hash;
}

function askFor(at: i32, address: u64): void {
  const key = keysAt + KEY * (at as usize);
  const form = load<u32>(key);
  const parts = load<u32>(key + 4);
  const partsAt = load<u32>(key + 8) as usize;
  high = START ^ 7;
  low = START ^ 11;
  units = 0;
  for (let part: u32 = 0; part < parts; part++) {
    const field = fieldOf(load<i32>(partsAt + 4 * (part as usize)));
    const length = lengthOf(field);
    if (part > 0) {
      high *= PRIME;
      low *= PRIME;
    }
    // It may still be short enough in characters.
    if (length > longest || !take(startOf(field), length, form)) {
      askedText(at, address as f64);
      return;
    }
  }
  if (units == 0) {
    store<u32>(key + 28, load<u32>(key + 28) + 1);
    return;
  }
  const hash = (mixed(high) as f64) * 2097152 + ((mixed(low) >> 11) as f64);
  if (hash >= load<f64>(key + 32)) {
    if (hash > load<f64>(key + 40)) return;
    const mark = (hash * load<f64>(key + 48)) as u32;
    if (load<u8>((load<u32>(key + 56) as usize) + (mark as usize)) == 0) return;
  }
  const width = load<u32>(key + 12);
  const buffer = load<u32>(key + 16);
  let filled = load<u32>(key + 24);
  if (filled + width > load<u32>(key + 20)) {
    asked(at, buffer as i32, filled as i32);
    filled = 0;
  }
  const to = (buffer + filled) as usize;
  store<f64>(to, hash);
  if (width > 8) store<f64>(to, address as f64, 8);
  store<u32>(key + 24, filled + width);
}

/** Whether the record is one of those that are looked at. */
export function askRecord(address: u64, rows: u32): bool {
  isOver = rows >= most;
  if (isOver) return false;
  for (let at = 0; at < keysCount; at++) askFor(at, address);
  return true;
}

/** Hands over what the buffers hold. */
export function finishAsking(): void {
  for (let at = 0; at < keysCount; at++) {
    const key = keysAt + KEY * (at as usize);
    asked(at, load<i32>(key + 16), load<i32>(key + 24));
    store<u32>(key + 24, 0);
  }
}
