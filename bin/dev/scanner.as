// The byte loop of `sync`, in AssemblyScript: splits delimited records into fields, hashes key and columns, and lays the
// records into partition buffers. Compiled by bin/dev/scanner.js; nothing here allocates, memory is laid out by the caller.

@external("env", "flush")
declare function flush(partition: i32, from: i32, length: i32): void;

// Where the tables stand; set once.
let fields: i32 = 0;
let columns: i32 = 0;
let keys: i32 = 0;
let partitions: i32 = 0;
let bufferBytes: i32 = 0;
let width: i32 = 0;
// u8 a field: 1 is hashed as a column, 2 is part of the key.
let flagsAt: usize = 0;
// u32 a field: its hash; then u32 a field: where it starts; then u32 a field: its length.
let hashAt: usize = 0;
let startAt: usize = 0;
let lengthAt: usize = 0;
// i32 a column and i32 a key part: the field.
let columnsAt: usize = 0;
let keysAt: usize = 0;
// i32 a partition: bytes in its buffer.
let filledAt: usize = 0;
let buffersAt: usize = 0;
let delimiter: u8 = 44;
let quote: u8 = 34;
let seed: u64 = 0;

// Of the scan.
let rows: u32 = 0;
let line: f64 = 1;
let skipping: bool = false;
let why: i32 = 0;
let rejectedAt: usize = 0;
let rejectedLine: f64 = 0;
let looked: usize = 0;
let spanned: bool = false;

const P1: u64 = 0x9e3779b97f4a7c15;
const P2: u64 = 0xc2b2ae3d27d4eb4f;
const P3: u64 = 0x165667b19e3779f9;

export function setup(
  fields_: i32, columns_: i32, keys_: i32, partitions_: i32, bufferBytes_: i32,
  tables: usize, seedLow: u32, seedHigh: u32,
): usize {
  fields = fields_;
  columns = columns_;
  keys = keys_;
  partitions = partitions_;
  bufferBytes = bufferBytes_;
  width = 28 + 4 * columns;
  seed = ((seedHigh as u64) << 32) | (seedLow as u64);
  hashAt = tables;
  startAt = hashAt + 4 * fields;
  lengthAt = startAt + 4 * fields;
  columnsAt = lengthAt + 4 * fields;
  keysAt = columnsAt + 4 * columns;
  filledAt = keysAt + 4 * keys;
  flagsAt = filledAt + 4 * partitions;
  buffersAt = (flagsAt + fields + 63) & ~63;
  rows = 0;
  return buffersAt + (partitions as usize) * (bufferBytes as usize);
}

export function setColumn(at: i32, field: i32): void {
  store<i32>(columnsAt + 4 * at, field);
  store<u8>(flagsAt + field, load<u8>(flagsAt + field) | 1);
}
export function setKey(at: i32, field: i32): void {
  store<i32>(keysAt + 4 * at, field);
  store<u8>(flagsAt + field, load<u8>(flagsAt + field) | 2);
}
/** A new file begins. */
export function open(delimiter_: i32, quote_: i32, firstLine: f64): void {
  delimiter = delimiter_ as u8;
  quote = quote_ as u8;
  line = firstLine;
  skipping = false;
}
export function isSkipping(): bool { return skipping; }
export function rowCount(): u32 { return rows; }
export function reason(): i32 { return why; }
export function rejected(): usize { return rejectedAt; }
export function lineOfRejected(): f64 { return rejectedLine; }
/** How far the record that ended the scan was looked at. */
export function lookedTo(): usize { return looked; }
/** Whether the record that is not whole has a line break inside quotes. */
export function isSpanned(): bool { return spanned; }

@inline
function mixed(hash: u64, word: u64, prime: u64): u64 {
  const next = (hash ^ word) * prime;
  return next ^ (next >> 29);
}

@inline
function tail(at: usize, length: usize): u64 {
  // Loads past the field are inside memory; what is not of the field is cut away.
  return length == 0 ? 0 : load<u64>(at) & (<u64>-1 >> (64 - 8 * length));
}

@inline
function columnHash(at: usize, length: usize): u32 {
  let hash = seed ^ ((length as u64) * P2);
  let left = length;
  let from = at;
  while (left > 8) {
    hash = mixed(hash, load<u64>(from), P1);
    from += 8;
    left -= 8;
  }
  hash = mixed(hash, left == 8 ? load<u64>(from) : tail(from, left), P2);
  hash *= P3;
  return (hash >> 32) as u32;
}

function commit(recordAt: usize, window: usize, origin: u64): void {
  let a = seed + P1;
  let b = rotl<u64>(seed, 31) + P3;
  for (let part = 0; part < keys; part++) {
    const field = load<i32>(keysAt + 4 * part);
    let from = load<u32>(startAt + 4 * field) as usize;
    let left = load<u32>(lengthAt + 4 * field) as usize;
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
    const word = left == 8 ? load<u64>(from) : tail(from, left);
    a = mixed(a, word, P1);
    b = mixed(rotl<u64>(b, 27), word, P3);
  }
  a = mixed(a, a >> 32, P3);
  b = mixed(b, b >> 32, P2);
  const partition = (a >> 40) as i32 & (partitions - 1);
  let filled = load<i32>(filledAt + 4 * partition);
  if (filled + width > bufferBytes) {
    flush(partition, (buffersAt + partition * bufferBytes) as i32, filled);
    filled = 0;
  }
  let to = buffersAt + (partition as usize) * (bufferBytes as usize) + (filled as usize);
  store<u64>(to, a);
  store<u64>(to + 8, b);
  store<u64>(to + 16, origin + ((recordAt - window) as u64));
  store<u32>(to + 24, rows);
  to += 28;
  for (let column = 0; column < columns; column++) {
    store<u32>(to, load<u32>(hashAt + 4 * load<i32>(columnsAt + 4 * column)));
    to += 4;
  }
  store<i32>(filledAt + 4 * partition, filled + width);
  rows++;
}

/** Writes out what the buffers hold. */
export function finish(): void {
  for (let partition = 0; partition < partitions; partition++) {
    const filled = load<i32>(filledAt + 4 * partition);
    if (filled > 0) flush(partition, (buffersAt + partition * bufferBytes) as i32, filled);
    store<i32>(filledAt + 4 * partition, 0);
  }
}

function reject(kind: i32, recordAt: usize): void {
  why = kind;
  rejectedAt = recordAt;
  rejectedLine = line;
}

/** From a record that is none on to the line after its first one. */
function afterFirstLine(recordAt: usize, end: usize): usize {
  let at = recordAt;
  while (at < end && load<u8>(at) != 10) at++;
  if (at == end) {
    skipping = true;
    return end;
  }
  line += 1;
  return at + 1;
}

/** The record that begins here is given up. */
export function giveUp(kind: i32, recordAt: usize, end: usize): usize {
  reject(kind, recordAt);
  return afterFirstLine(recordAt, end);
}

/**
 * Takes whole records from `from` on; `origin` is the address of `window`. Returns where the first record begins that is not
 * whole, or, with a `reason()`, where to go on after a record that was rejected.
 */
export function scan(from: usize, end: usize, final: bool, window: usize, originAs: f64, scratch: usize): usize {
  const origin = originAs as u64;
  const delimiters = i8x16.splat(delimiter as i8);
  const newlines = i8x16.splat(10);
  const quotes = i8x16.splat(quote as i8);
  let at = from;
  why = 0;
  looked = from;
  if (skipping) {
    while (at < end && load<u8>(at) != 10) at++;
    if (at == end) return end;
    line += 1;
    at++;
    skipping = false;
  }
  while (at < end) {
    const recordAt = at;
    const first = load<u8>(at);
    // A line without anything is no record.
    if (first == 10) { line += 1; at++; continue; }
    if (first == 13 && at + 1 < end && load<u8>(at + 1) == 10) { line += 1; at += 2; continue; }
    let field = 0;
    let within: f64 = 0;
    let unescapedTo = scratch;
    let ended = false;
    while (!ended) {
      let start = at;
      let length: usize = 0;
      if (quote != 0 && at < end && load<u8>(at) == quote) {
        start = ++at;
        let doubled = false;
        let copied = start;
        let target = unescapedTo;
        while (true) {
          let found = false;
          while (at + 16 <= end) {
            const block = v128.load(at);
            const hits = i8x16.bitmask(i8x16.eq(block, quotes));
            const breaks = i8x16.bitmask(i8x16.eq(block, newlines));
            if (hits != 0) {
              const offset = ctz(hits);
              if (breaks != 0) within += popcnt(breaks & ((1 << offset) - 1)) as f64;
              at += offset;
              found = true;
              break;
            }
            if (breaks != 0) within += popcnt(breaks) as f64;
            at += 16;
          }
          if (!found) {
            while (at < end && load<u8>(at) != quote) {
              if (load<u8>(at) == 10) within += 1;
              at++;
            }
          }
          if (at + 1 >= end && !final) { spanned = within > 0; return recordAt; }
          if (at >= end) {
            reject(3, recordAt);
            looked = at;
            return afterFirstLine(recordAt, end);
          }
          if (at + 1 < end && load<u8>(at + 1) == quote) {
            doubled = true;
            const piece = at + 1 - copied;
            memory.copy(target, copied, piece);
            target += piece;
            at += 2;
            copied = at;
            continue;
          }
          break;
        }
        if (doubled) {
          const piece = at - copied;
          memory.copy(target, copied, piece);
          target += piece;
          start = unescapedTo;
          length = target - unescapedTo;
          unescapedTo = target;
        } else length = at - start;
        at++;
        if (at >= end) ended = true;
        else {
          const next = load<u8>(at);
          if (next == delimiter) at++;
          else if (next == 10) { at++; within += 1; ended = true; }
          else if (next == 13 && at + 1 >= end && !final) { spanned = within > 0; return recordAt; }
          else if (next == 13 && at + 1 >= end) { at = end; ended = true; }
          else if (next == 13 && at + 1 < end && load<u8>(at + 1) == 10) { at += 2; within += 1; ended = true; }
          else {
            reject(within > 0 ? 3 : 4, recordAt);
            looked = at;
            return afterFirstLine(recordAt, end);
          }
        }
      } else {
        let found = false;
        while (at + 16 <= end) {
          const block = v128.load(at);
          const hits = i8x16.bitmask(v128.or(i8x16.eq(block, delimiters), i8x16.eq(block, newlines)));
          if (hits != 0) {
            at += ctz(hits);
            found = true;
            break;
          }
          at += 16;
        }
        if (!found) {
          while (at < end && load<u8>(at) != delimiter && load<u8>(at) != 10) at++;
          if (at == end && !final) { spanned = within > 0; return recordAt; }
        }
        length = at - start;
        if (at == end) {
          // A CRLF that was cut in two.
          if (length > 0 && load<u8>(at - 1) == 13) length--;
          ended = true;
        } else if (load<u8>(at) == 10) {
          if (length > 0 && load<u8>(at - 1) == 13) length--;
          at++;
          within += 1;
          ended = true;
        } else at++;
      }
      if (field < fields) {
        const flag = load<u8>(flagsAt + field);
        if (flag != 0) {
          if (flag & 1) store<u32>(hashAt + 4 * field, columnHash(start, length));
          if (flag & 2) {
            store<u32>(startAt + 4 * field, start as u32);
            store<u32>(lengthAt + 4 * field, length as u32);
          }
        }
      }
      field++;
      // A quote that is never closed runs through line after line; a record of so many fields is none.
      if (!ended && within > 0 && field > 2 * fields + 16) {
        reject(3, recordAt);
        looked = at;
        return afterFirstLine(recordAt, end);
      }
    }
    if (field != fields) {
      reject(field < fields ? 1 : 2, recordAt);
      line += within;
      looked = at;
      return at;
    }
    let keyBytes: u32 = 0;
    for (let part = 0; part < keys; part++) keyBytes |= load<u32>(lengthAt + 4 * load<i32>(keysAt + 4 * part));
    if (keyBytes == 0) {
      reject(6, recordAt);
      line += within;
      looked = at;
      return at;
    }
    commit(recordAt, window, origin);
    line += within;
  }
  looked = end;
  return at;
}
