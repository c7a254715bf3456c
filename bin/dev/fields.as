// One record: where its fields begin and end, and their hashes, in AssemblyScript: part of the scan of `sync` (bin/dev/scanner.as).
import { columnHash } from './hash';
import { FIELD, fields, fieldsAt } from './tables';

/** Fields of the record at hand go on behind it. */
const MORE = 0;
/** It was the last one of its record. */
const LAST = 1;
/** The bytes end before it does. */
export const CUT = 2;
/** Its quote is never closed, or what stands behind the quote does not belong there. */
export const UNCLOSED = 3;
const STRAY = 4;

// The field that was taken last.
let start: usize = 0;
let length: usize = 0;
/** Where the bytes behind the last field begin; where it is refused, how far it was looked at. */
export let after: usize = 0;
/** Fields of the record at hand; there may be more than are kept. */
export let taken: i32 = 0;
/** Line breaks of the record at hand up to there. */
export let breaks: i32 = 0;

let delimiter: u8 = 44;
let quote: u8 = 34;
// Fields with doubled quotes are written out from here on, one behind the other.
let writtenTo: usize = 0;

// Where delimiters, quotes and line feeds stand, in order: so many that finding them costs few branches that are guessed wrong, so
// few that nothing much is lost where a record is refused and they are found again.
const FOUND: usize = 2048;
const ENOUGH: usize = FOUND + 4 * 128;
let next: usize = FOUND;
let lookedTo: usize = 0;

export function setMarks(delimiter_: i32, quote_: i32): void {
  delimiter = delimiter_ as u8;
  quote = quote_ as u8;
}

/** Bytes are read from here on. What stands at `end` is overwritten. */
export function begin(at: usize, end: usize): void {
  next = FOUND;
  store<u32>(FOUND, 0);
  lookedTo = at;
  // No mark, so that one look tells that a field is not over.
  store<u8>(end, 0);
}

@inline
function marksOf(at: usize, delimiters: v128, quotes: v128, feeds: v128): u64 {
  const block = v128.load(at);
  return i8x16.bitmask(v128.or(v128.or(i8x16.eq(block, delimiters), i8x16.eq(block, quotes)), i8x16.eq(block, feeds))) as u64;
}

/** Finds the next of them, or the end where there are none before it; behind the last one stands a zero. */
function find(end: usize): void {
  const delimiters = i8x16.splat(delimiter as i8);
  const quotes = i8x16.splat((quote == 0 ? delimiter : quote) as i8);
  const feeds = i8x16.splat(10);
  let to = FOUND;
  let at = lookedTo;
  while (at < end && to < ENOUGH) {
    let marks = marksOf(at, delimiters, quotes, feeds) | (marksOf(at + 16, delimiters, quotes, feeds) << 16) |
      (marksOf(at + 32, delimiters, quotes, feeds) << 32) | (marksOf(at + 48, delimiters, quotes, feeds) << 48);
    // What stands behind the end is not looked at.
    if (at + 64 > end) marks &= <u64>-1 >> (64 - ((end - at) as u64));
    const more = to + 4 * (popcnt(marks) as usize);
    // Some too many, which the next ones overwrite, cost less than asking after each whether it was the last.
    do {
      store<u32>(to, (at + (ctz(marks) as usize)) as u32);
      marks &= marks - 1;
      store<u32>(to, (at + (ctz(marks) as usize)) as u32, 4);
      marks &= marks - 1;
      store<u32>(to, (at + (ctz(marks) as usize)) as u32, 8);
      marks &= marks - 1;
      store<u32>(to, (at + (ctz(marks) as usize)) as u32, 12);
      marks &= marks - 1;
      to += 16;
    } while (to < more);
    to = more;
    at += 64;
  }
  if (to == FOUND) {
    store<u32>(to, end as u32);
    to += 4;
  }
  store<u32>(to, 0);
  lookedTo = at;
  next = FOUND;
}

/** Where the next delimiter, quote or line feed stands; `end`: there is none. */
@inline
function mark(end: usize): usize {
  if (load<u32>(next) == 0) find(end);
  const at = load<u32>(next) as usize;
  next += 4;
  return at;
}

/** A line without anything; what stands behind it, or `at` where it is none. */
export function afterBlank(at: usize, end: usize): usize {
  const byte = load<u8>(at);
  if (byte != 10 && (byte != 13 || load<u8>(at + 1) != 10)) return at;
  return mark(end) + 1;
}

/** A field whose quote stands at `opened`. */
function takeQuoted(opened: usize, end: usize, final: bool): i32 {
  start = opened + 1;
  const writtenFrom = writtenTo;
  let copied = start;
  let at: usize;
  while (true) {
    at = mark(end);
    const byte = load<u8>(at);
    if (byte != quote || at == end) {
      if (byte == 10) breaks++;
      if (at != end) continue;
    }
    if (at + 1 >= end && !final) return CUT;
    if (at >= end) {
      after = end;
      return UNCLOSED;
    }
    if (at + 1 == end || load<u8>(at + 1) != quote) break;
    // Doubled: one of them is of the value.
    mark(end);
    memory.copy(writtenTo, copied, at + 1 - copied);
    writtenTo += at + 1 - copied;
    copied = at + 2;
  }
  if (copied == start) length = at - start;
  else {
    memory.copy(writtenTo, copied, at - copied);
    writtenTo += at - copied;
    start = writtenFrom;
    length = writtenTo - writtenFrom;
  }
  at++;
  after = at;
  if (at == end) return LAST;
  const byte = load<u8>(at);
  if (byte == 13) {
    if (at + 1 == end) {
      after = end;
      return final ? LAST : CUT;
    }
    if (load<u8>(at + 1) == 10) {
      after = mark(end) + 1;
      breaks++;
      return LAST;
    }
  } else if (byte == delimiter || byte == 10) {
    after = mark(end) + 1;
    if (byte == delimiter) return MORE;
    breaks++;
    return LAST;
  }
  return breaks > 0 ? UNCLOSED : STRAY;
}

/** A field that does not begin with a quote and end with a delimiter before the next of all marks. */
function takeOther(from: usize, found: usize, end: usize, final: bool): i32 {
  let at = found;
  if (at != end && load<u8>(at) == quote) {
    if (at == from) return takeQuoted(from, end, final);
    // Elsewhere it is a byte like any other.
    do at = mark(end); while (at != end && load<u8>(at) == quote);
  }
  start = from;
  length = at - from;
  if (at == end) {
    if (!final) return CUT;
    after = end;
  } else {
    after = at + 1;
    if (load<u8>(at) == delimiter) return MORE;
    breaks++;
  }
  if (length > 0 && load<u8>(at - 1) == 13) length--;
  return LAST;
}

/** A quote that is never closed runs through line after line; a record of so many fields is none. */
function isEndless(entry: usize): bool {
  return breaks > 0 && entry - fieldsAt > FIELD * (2 * (fields as usize) + 15);
}

/**
 * Takes the record that begins here, and says how it ends. What is hot stands in few locals: a global is written to memory each time,
 * and so are locals that find no register. `scratch` has room for its values.
 */
export function takeRecord(from: usize, end: usize, final: bool, scratch: usize): i32 {
  const between = delimiter;
  const last = fieldsAt + FIELD * (fields as usize);
  let at = from;
  let entry = fieldsAt;
  let cursor = next;
  let goesOn = true;
  breaks = 0;
  writtenTo = scratch;
  do {
    if (load<u32>(cursor) == 0) {
      find(end);
      cursor = FOUND;
    }
    const found = load<u32>(cursor) as usize;
    cursor += 4;
    let begins = at;
    let bytes = found - at;
    at = found + 1;
    if (load<u8>(found) != between) {
      next = cursor;
      const what = takeOther(begins, found, end, final);
      cursor = next;
      if (what >= CUT) return what;
      begins = start;
      bytes = length;
      at = after;
      goesOn = what == MORE;
    }
    if (entry < last) {
      const hashTo = load<u32>(entry) as usize;
      store<u32>(entry + 4, begins as u32);
      store<u32>(entry + 8, bytes as u32);
      if (hashTo != 0) store<u32>(hashTo, columnHash(begins, bytes));
    } else if (goesOn && isEndless(entry)) {
      after = at;
      return UNCLOSED;
    }
    entry += FIELD;
  } while (goesOn);
  next = cursor;
  after = at;
  taken = ((entry - fieldsAt) / FIELD) as i32;
  return LAST;
}
