// Whether bytes are UTF-8, in AssemblyScript: part of the scan of `sync` (bin/dev/scanner.as).

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

// The block, moved on by so many bytes; the last ones of the block before it come in.
@inline
function shifted1(before: v128, block: v128): v128 {
  return v128.shuffle<u8>(before, block, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
}
@inline
function shifted2(before: v128, block: v128): v128 {
  return v128.shuffle<u8>(before, block, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
}
@inline
function shifted3(before: v128, block: v128): v128 {
  return v128.shuffle<u8>(before, block, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28);
}

/** Whether these bytes are UTF-8. The 16 bytes before them are below 0x80, and the last character is whole. */
export function isUtf8(from: usize, end: usize): bool {
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
  // Behind the end stand zeros for so long: they may follow every whole character.
  const behind = v128.load(end);
  v128.store(end, i8x16.splat(0));
  let wrong = i8x16.splat(0);
  // Constants here, and the operands of the exclusive or the other way round, make V8 compile a loop that takes twice as long.
  let before = v128.load(from - 16);
  let firstBefore = v128.and(
    v128.swizzle(firstHigh, v128.and(i16x8.shr_u(before, 4), low)), v128.swizzle(firstLow, v128.and(before, low)),
  );
  // Without a branch for blocks that are ASCII: in Japanese records nobody guesses which ones are.
  for (let at = from; at < end; at += 16) {
    const block = v128.load(at);
    const high = v128.and(i16x8.shr_u(block, 4), low);
    // What each byte allows to follow; the one before each is taken from there by a shift.
    const first = v128.and(v128.swizzle(firstHigh, high), v128.swizzle(firstLow, v128.and(block, low)));
    const pair = v128.and(shifted1(firstBefore, first), v128.swizzle(secondHigh, high));
    const continued = v128.or(
      i8x16.sub_sat_u(shifted2(before, block), third), i8x16.sub_sat_u(shifted3(before, block), fourth),
    );
    wrong = v128.or(wrong, v128.xor(pair, v128.and(continued, top)));
    before = block;
    firstBefore = first;
  }
  v128.store(end, behind);
  return !v128.any_true(wrong);
}

/** Where the last character that is not whole begins, or `end`. */
export function wholeTo(from: usize, end: usize): usize {
  for (let back: usize = 1; back <= 3 && from + back <= end; back++) {
    const byte = load<u8>(end - back);
    if (byte < 0x80) return end;
    if (byte >= 0xc0) return back < <usize>(byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? end - back : end;
  }
  return end;
}

/** The same of one record, whose neighbours may be anything. */
export function isUtf8Record(from: usize, end: usize): bool {
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
