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
// Some bytes of the window are no UTF-8: each of its records is looked at by itself.
let doubtful: bool = false;
let headerAt: usize = 0;
/** 0: there is none. */
let headerLength: usize = 0;

const P1: u64 = 0x9e3779b97f4a7c15;
const P2: u64 = 0xc2b2ae3d27d4eb4f;
const P3: u64 = 0x165667b19e3779f9;

// Of placing records among others: the tables of `place` below; 0 orders and no targets while partitions are filled.
let placing: bool = false;
let orders: i32 = 0;
let ordersAt: usize = 0;
let targets: u32 = 0;
let targetsAt: usize = 0;
let rowsAt: usize = 0;
let next: u32 = 0;

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
  placing = false;
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
  for (let order = 0; order < orders; order++) {
    const field = load<i32>(ordersAt + 40 * order);
    store<u8>(flagsAt + field, load<u8>(flagsAt + field) | 2);
  }
}
/** A new file begins. Its header, without the line end, is no record where it stands again. */
export function open(delimiter_: i32, quote_: i32, firstLine: f64, header_At: usize, header_Length: usize): void {
  delimiter = delimiter_ as u8;
  quote = quote_ as u8;
  line = firstLine;
  headerAt = header_At;
  headerLength = header_Length;
  skipping = false;
}
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

/** The first eight bytes, so that a greater number is a greater text. */
@inline
function ordered(at: usize, length: usize): u64 {
  if (length == 0) return 0;
  const word = bswap<u64>(load<u64>(at));
  return length >= 8 ? word : word & (<u64>-1 << (64 - 8 * length));
}

// Of picking records: their values are laid into the partitions, as streams that go on from block to block.
let picking: bool = false;
/** One bit a record of the side: whether it is picked. */
let bitsAt: usize = 0;
let bits: u32 = 0;
/** Room for what stands before the values of a record. */
let headAt: usize = 0;

export function pick(bits_At: usize, bits_: u32, head_At: usize): void {
  picking = true;
  bitsAt = bits_At;
  bits = bits_;
  headAt = head_At;
  for (let column = 0; column < columns; column++) {
    const flag = flagsAt + load<i32>(columnsAt + 4 * column);
    store<u8>(flag, load<u8>(flag) | 2);
  }
}

function append(partition: i32, start: usize, length: usize): void {
  const filledIn = filledAt + 4 * partition;
  const buffer = buffersAt + (partition as usize) * (bufferBytes as usize);
  let from = start;
  let left = length;
  while (left > 0) {
    const filled = load<i32>(filledIn);
    const room = (bufferBytes - filled) as usize;
    const piece = left < room ? left : room;
    memory.copy(buffer + filled, from, piece);
    from += piece;
    left -= piece;
    if (piece == room) {
      flush(partition, buffer as i32, bufferBytes);
      store<i32>(filledIn, 0);
    } else store<i32>(filledIn, filled + (piece as i32));
  }
}

/** Key, address, then hash and length of every column, then the values one behind the other, up to a multiple of four bytes. */
function pickRecord(partition: i32, a: u64, b: u64, address: u64): void {
  store<u64>(headAt, a);
  store<u64>(headAt + 8, b);
  store<f64>(headAt + 16, address as f64);
  let total: usize = 0;
  for (let column = 0; column < columns; column++) {
    const field = load<i32>(columnsAt + 4 * column);
    const length = load<u32>(lengthAt + 4 * field);
    store<u32>(headAt + 24 + 8 * column, load<u32>(hashAt + 4 * field));
    store<u32>(headAt + 28 + 8 * column, length);
    total += length as usize;
  }
  append(partition, headAt, 24 + 8 * (columns as usize));
  for (let column = 0; column < columns; column++) {
    const field = load<i32>(columnsAt + 4 * column);
    append(partition, load<u32>(startAt + 4 * field) as usize, load<u32>(lengthAt + 4 * field) as usize);
  }
  store<u32>(headAt, 0);
  append(partition, headAt, (4 - (total & 3)) & 3);
}

function placeIn(order: usize, address: u64): void {
  const field = load<i32>(order);
  let at = load<u32>(startAt + 4 * field) as usize;
  let length = load<u32>(lengthAt + 4 * field) as usize;
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

function placeRecord(address: u64): void {
  if (next < targets && load<u64>(targetsAt + 8 * (next as usize)) == address) {
    store<u32>(rowsAt + 4 * (next as usize), rows);
    next++;
  }
  for (let order = 0; order < orders; order++) placeIn(ordersAt + 40 * (order as usize), address);
  rows++;
}

// By the lookup of Keiser and Lemire ("Validating UTF-8 In Less Than One Instruction Per Byte"): three tables of 16 tell every pair of
// bytes that cannot follow each other.
const TOO_SHORT: i8 = 1 << 0;
const TOO_LONG: i8 = 1 << 1;
const OVERLONG_3: i8 = 1 << 2;
const TOO_LARGE: i8 = 1 << 3;
const SURROGATE: i8 = 1 << 4;
const OVERLONG_2: i8 = 1 << 5;
const TOO_LARGE_1000: i8 = 1 << 6;
const OVERLONG_4: i8 = 1 << 6;
const TWO_CONTS: i8 = -128;
const CARRY: i8 = TOO_SHORT | TOO_LONG | TWO_CONTS;

/** Whether these bytes are UTF-8; one more character may begin at their end. The 16 bytes before them are below 0x80. */
function isUtf8(from: usize, end: usize): bool {
  const firstHigh = i8x16(
    TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
    TWO_CONTS, TWO_CONTS, TWO_CONTS, TWO_CONTS,
    TOO_SHORT | OVERLONG_2, TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE,
    TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4,
  );
  const firstLow = i8x16(
    CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4, CARRY | OVERLONG_2, CARRY, CARRY,
    CARRY | TOO_LARGE, CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000,
    CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000,
    CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000,
    CARRY | TOO_LARGE | TOO_LARGE_1000 | SURROGATE, CARRY | TOO_LARGE | TOO_LARGE_1000,
    CARRY | TOO_LARGE | TOO_LARGE_1000,
  );
  const secondHigh = i8x16(
    TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
    TOO_LONG | OVERLONG_2 | TWO_CONTS | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4,
    TOO_LONG | OVERLONG_2 | TWO_CONTS | OVERLONG_3 | TOO_LARGE,
    TOO_LONG | OVERLONG_2 | TWO_CONTS | SURROGATE | TOO_LARGE,
    TOO_LONG | OVERLONG_2 | TWO_CONTS | SURROGATE | TOO_LARGE,
    TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
  );
  const low = i8x16.splat(15);
  const third = i8x16.splat((0xe0 - 0x80) as i8);
  const fourth = i8x16.splat((0xf0 - 0x80) as i8);
  const top = i8x16.splat(-128);
  const lanes = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  let wrong = i8x16.splat(0);
  let at = from;
  while (at < end) {
    const block = v128.load(at);
    const before1 = v128.load(at - 1);
    if (i8x16.bitmask(v128.or(block, v128.load(at - 3))) == 0) {
      at += 16;
      continue;
    }
    const pair = v128.and(
      v128.and(
        v128.swizzle(firstHigh, v128.and(i16x8.shr_u(before1, 4), low)),
        v128.swizzle(firstLow, v128.and(before1, low)),
      ),
      v128.swizzle(secondHigh, v128.and(i16x8.shr_u(block, 4), low)),
    );
    const continued = v128.and(
      v128.or(i8x16.sub_sat_u(v128.load(at - 2), third), i8x16.sub_sat_u(v128.load(at - 3), fourth)),
      top,
    );
    let here = v128.xor(continued, pair);
    // What stands behind the end is not looked at.
    if (at + 16 > end) here = v128.and(here, i8x16.lt_s(lanes, i8x16.splat((end - at) as i8)));
    wrong = v128.or(wrong, here);
    at += 16;
  }
  return !v128.any_true(wrong);
}

/** Where the last character that is not whole begins, or `end`. */
function wholeTo(from: usize, end: usize): usize {
  for (let back: usize = 1; back <= 3 && from + back <= end; back++) {
    const byte = load<u8>(end - back);
    if (byte < 0x80) return end;
    if (byte >= 0xc0) return back < <usize>(byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? end - back : end;
  }
  return end;
}

/** The same of one record, whose neighbours may be anything. */
function isUtf8Record(from: usize, end: usize): bool {
  let at = from;
  while (at < end) {
    const byte = load<u8>(at);
    if (byte < 0x80) { at++; continue; }
    const more: usize = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
    if (byte < 0xc2 || byte > 0xf4 || at + more >= end) return false;
    const next = load<u8>(at + 1);
    if (next < (byte == 0xe0 ? 0xa0 : byte == 0xf0 ? 0x90 : 0x80)) return false;
    if (next > (byte == 0xed ? 0x9f : byte == 0xf4 ? 0x8f : 0xbf)) return false;
    for (let k: usize = 2; k <= more; k++) if ((load<u8>(at + k) & 0xc0) != 0x80) return false;
    at += more + 1;
  }
  return true;
}

function commit(recordAt: usize, window: usize, origin: u64): void {
  if (placing) {
    placeRecord(origin + ((recordAt - window) as u64));
    return;
  }
  if (picking && (rows >= bits || (load<u8>(bitsAt + (rows >> 3)) & (1 << (rows & 7))) == 0)) {
    rows++;
    return;
  }
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
  if (picking) {
    pickRecord(partition, a, b, origin + ((recordAt - window) as u64));
    rows++;
    return;
  }
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

/** Whether it is the header once more, with the byte order mark of a file of its own or without. */
function isHeader(recordAt: usize, end: usize): bool {
  let from = recordAt;
  let to = end;
  if (to > from && load<u8>(to - 1) == 10) to--;
  if (to > from && load<u8>(to - 1) == 13) to--;
  if (to - from == headerLength + 3 && (load<u32>(from) & 0xffffff) == 0xbfbbef) from += 3;
  return to - from == headerLength && memory.compare(from, headerAt, headerLength) == 0;
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

/** The window holds new bytes: whether they are text. */
export function look(from: usize, end: usize, final: bool): void {
  store<u64>(from - 8, 0);
  store<u64>(from - 16, 0);
  const whole = wholeTo(from, end);
  doubtful = !isUtf8(from, whole) || (final && whole != end);
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
    if (doubtful && !isUtf8Record(recordAt, at)) {
      reject(7, recordAt);
      line += within;
      looked = at;
      return at;
    }
    if (field != fields) {
      reject(field < fields ? 1 : 2, recordAt);
      line += within;
      looked = at;
      return at;
    }
    if (headerLength != 0 && isHeader(recordAt, at)) {
      reject(8, recordAt);
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
