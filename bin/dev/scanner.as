// The byte loop of `sync`, in AssemblyScript: splits delimited records into fields, hashes key and columns, and lays the
// records into partition buffers. Compiled by bin/dev/scanner.js; nothing here allocates, memory is laid out by the caller.
import { asking, askRecord, finishAsking, isOver } from './asking';
import { after, afterBlank, begin, breaks, CUT, setMarks, taken, takeRecord, UNCLOSED } from './fields';
import { hashKey, keyHigh, keyLow, setSeed } from './hash';
import { isPicked, picking, pickRecord } from './picking';
import { placeRecord, placing } from './placing';
import {
  buffersAt, bufferBytes, fieldOf, fieldOfKey, fields, filledAt, finishRow, keys, layOut, lengthOf, partitions,
  rowAt, startOf, width,
} from './tables';
import { isUtf8, isUtf8Record, wholeTo } from './utf8';

export { ask } from './asking';
export { pick } from './picking';
export { place } from './placing';
export { setColumn, setKey } from './tables';

@external("env", "flush")
declare function flush(partition: i32, from: i32, length: i32): void;

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

/** Where memory behind the tables and buffers begins; it has to be there before anything else is asked for. */
export function setup(
  fields_: i32, columns_: i32, keys_: i32, partitions_: i32, bufferBytes_: i32,
  tables: usize, seedLow: u32, seedHigh: u32,
): usize {
  setSeed(seedLow, seedHigh);
  rows = 0;
  return layOut(fields_, columns_, keys_, partitions_, bufferBytes_, tables);
}

/** A new file begins. Its header, without the line end, is no record where it stands again. */
export function open(delimiter_: i32, quote_: i32, firstLine: f64, header_At: usize, header_Length: usize): void {
  setMarks(delimiter_, quote_);
  line = firstLine;
  headerAt = header_At;
  headerLength = header_Length;
  skipping = false;
}
export function rowCount(): u32 { return rows; }
export function reason(): i32 { return why; }
export function rejected(): usize { return rejectedAt; }
/** Where a field of the record at hand stands, and its bytes, until the scan goes on. */
export function fieldStart(field: i32): usize { return startOf(fieldOf(field)); }
export function fieldLength(field: i32): usize { return lengthOf(fieldOf(field)); }
export function lineOfRejected(): f64 { return rejectedLine; }
/** How far the record that ended the scan was looked at. */
export function lookedTo(): usize { return looked; }
/** Whether the record that is not whole has a line break inside quotes. */
export function isSpanned(): bool { return spanned; }

function commit(address: u64): void {
  if (placing) {
    placeRecord(address, rows);
    rows++;
    return;
  }
  if (asking) {
    if (askRecord(address, rows)) rows++;
    return;
  }
  if (picking && !isPicked(rows)) {
    rows++;
    return;
  }
  hashKey();
  const partition = (keyHigh >> 40) as i32 & (partitions - 1);
  if (picking) {
    pickRecord(partition, address);
    rows++;
    return;
  }
  const buffer = buffersAt + (partition as usize) * (bufferBytes as usize);
  let filled = load<i32>(filledAt + 4 * (partition as usize)) as usize;
  if (filled + width > (bufferBytes as usize)) {
    flush(partition, buffer as i32, filled as i32);
    filled = 0;
  }
  store<u64>(rowAt, keyHigh);
  store<u64>(rowAt + 8, keyLow);
  store<u64>(rowAt + 16, address);
  store<u32>(rowAt + 24, rows);
  finishRow();
  const to = buffer + filled;
  for (let at: usize = 0; at + 16 < width; at += 16) v128.store(to + at, v128.load(rowAt + at));
  // A row is longer than sixteen bytes: the last ones of it, some of them once more.
  v128.store(to + width - 16, v128.load(rowAt + width - 16));
  store<i32>(filledAt + 4 * (partition as usize), (filled + width) as i32);
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

/** Whether more keys would have been asked for than are to be. */
export function isEnough(): bool { return isOver; }

/** Writes out what the buffers hold. */
export function finish(): void {
  if (asking) {
    finishAsking();
    return;
  }
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

/** A record that began here and ends before `next`, whether it is one; else it is refused. */
function isRecord(recordAt: usize, next: usize): bool {
  if (doubtful && !isUtf8Record(recordAt, next)) reject(7, recordAt);
  else if (taken != fields) reject(taken < fields ? 1 : 2, recordAt);
  else if (headerLength != 0 && isHeader(recordAt, next)) reject(8, recordAt);
  else {
    if (keys == 0) return true;
    let keyBytes: usize = 0;
    for (let part = 0; part < keys; part++) keyBytes |= lengthOf(fieldOfKey(part));
    if (keyBytes != 0) return true;
    reject(6, recordAt);
  }
  return false;
}

/**
 * Takes whole records from `from` on; `origin` is the address of `window`. Returns where the first record begins that is not
 * whole, or, with a `reason()`, where to go on after a record that was rejected. What stands at `end` is overwritten.
 */
export function scan(from: usize, end: usize, final: bool, window: usize, originAs: f64, scratch: usize): usize {
  const origin = originAs as u64;
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
  begin(at, end);
  while (at < end) {
    const recordAt = at;
    // A line without anything is no record.
    at = afterBlank(at, end);
    if (at != recordAt) {
      line += 1;
      continue;
    }
    const what = takeRecord(at, end, final, scratch);
    if (what == CUT) {
      spanned = breaks > 0;
      return recordAt;
    }
    if (what >= UNCLOSED) {
      reject(what, recordAt);
      looked = after;
      return afterFirstLine(recordAt, end);
    }
    at = after;
    if (!isRecord(recordAt, at)) {
      line += breaks as f64;
      looked = at;
      return at;
    }
    commit(origin + ((recordAt - window) as u64));
    line += breaks as f64;
  }
  looked = end;
  return at;
}
