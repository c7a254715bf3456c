// The samples of `sync`, in AssemblyScript: of each population the rows whose keys have the smallest ranks, in any order. Part of
// the join (bin/dev/joiner.as); where they stand is told by the caller.

// An entry: f64 its rank, then f64 address and f64 rank in the file of one row, or of two.
export const ENTRY: usize = 40;
// The populations stand from here on: f64 the rank from which on entries are of no use any more, u32 its entries, u32 how many.
const SAMPLES: usize = 256;
// u32 how many entries have which digit of their rank, or address.
const DIGITS: usize = 512;
const DIGIT_BITS: u64 = 11;
const DIGIT_COUNT: usize = 2048;
const RANK_BITS: u64 = 52;

let most: u32 = 0;
let room: u32 = 0;

/** At most `most` entries a population stay; `room` is how many are held before the ones too many are looked for. */
export function setSamples(populations: u32, most_: u32, room_: u32, entriesAt: usize): usize {
  most = most_;
  room = room_;
  for (let at: u32 = 0; at < populations; at++) {
    const sample = SAMPLES + 16 * (at as usize);
    store<f64>(sample, most == 0 ? 0 : Infinity);
    store<u32>(sample + 8, (entriesAt + (at as usize) * ENTRY * (room as usize)) as u32);
    store<u32>(sample + 12, 0);
  }
  return entriesAt + (populations as usize) * ENTRY * (room as usize);
}

@inline
function copyEntry(to: usize, from: usize): void {
  v128.store(to, v128.load(from));
  v128.store(to + 16, v128.load(from + 16));
  store<u64>(to + 32, load<u64>(from + 32));
}

@inline
function digitOf(value: f64, shift: u64): usize {
  return (((value as u64) >> shift) as usize) & (DIGIT_COUNT - 1);
}

/** Keeps the entries with the smallest ranks, no more than `most`. */
function shrink(sample: usize): void {
  const entries = load<u32>(sample + 8) as usize;
  const count = load<u32>(sample + 12);
  if (count <= most) return;
  const end = entries + ENTRY * (count as usize);
  // Digit by digit, the rank that is the last one to stay, and how many of those that have it.
  let last: u64 = 0;
  let stay = most;
  for (let shift = RANK_BITS; shift > 0; ) {
    const width = shift < DIGIT_BITS ? shift : DIGIT_BITS;
    const above = shift;
    shift -= width;
    memory.fill(DIGITS, 0, 4 * DIGIT_COUNT);
    for (let at = entries; at < end; at += ENTRY) {
      const rank = load<f64>(at) as u64;
      if (rank >> above != last) continue;
      const digit = DIGITS + 4 * (((rank >> shift) & ((1 << width) - 1)) as usize);
      store<u32>(digit, load<u32>(digit) + 1);
    }
    let digit: u64 = 0;
    for (let here = load<u32>(DIGITS); here < stay; here = load<u32>(DIGITS + 4 * (digit as usize))) {
      stay -= here;
      digit++;
    }
    last = (last << width) | digit;
  }
  const highest = last as f64;
  let to = entries;
  for (let at = entries; at < end; at += ENTRY) {
    const rank = load<f64>(at);
    if (rank > highest) continue;
    if (rank == highest) {
      if (stay == 0) continue;
      stay--;
    }
    if (to != at) copyEntry(to, at);
    to += ENTRY;
  }
  store<f64>(sample, highest);
  store<u32>(sample + 12, most);
}

/** Where the next entry of this rank is to be written; 0: it is of no use. */
@inline
export function entryFor(population: usize, rank: f64): usize {
  const sample = SAMPLES + 16 * population;
  if (rank >= load<f64>(sample)) return 0;
  if (load<u32>(sample + 12) == room) {
    shrink(sample);
    if (rank >= load<f64>(sample)) return 0;
  }
  const count = load<u32>(sample + 12);
  store<u32>(sample + 12, count + 1);
  return (load<u32>(sample + 8) as usize) + ENTRY * (count as usize);
}

/** Offers the entries of another sample of the same population. */
export function offer(population: u32, from: usize, count: u32): void {
  const end = from + ENTRY * (count as usize);
  for (let at = from; at < end; at += ENTRY) {
    const to = entryFor(population as usize, load<f64>(at));
    if (to != 0) copyEntry(to, at);
  }
}

/** Those that stay: how many; they begin at `sampleAt`. */
export function keep(population: u32): u32 {
  const sample = SAMPLES + 16 * (population as usize);
  shrink(sample);
  return load<u32>(sample + 12);
}

export function sampleAt(population: u32): u32 {
  return load<u32>(SAMPLES + 16 * (population as usize) + 8);
}

/** Copies those that stay to `to`, in the order of the addresses of their first rows. `spare` has room for as many. */
export function keepInOrder(population: u32, to: usize, spare: usize): u32 {
  const count = keep(population) as usize;
  const entries = sampleAt(population) as usize;
  // f64 the address and u32 the entry, 16 bytes each: digit by digit from one list into the other.
  let from = spare;
  let into = spare + 16 * count;
  let highest: f64 = 0;
  for (let at: usize = 0; at < count; at++) {
    const address = load<f64>(entries + ENTRY * at + 8);
    store<f64>(from + 16 * at, address);
    store<u32>(from + 16 * at + 8, at as u32);
    highest = max<f64>(highest, address);
  }
  for (let shift: u64 = 0; (highest as u64) >> shift != 0; shift += DIGIT_BITS) {
    memory.fill(DIGITS, 0, 4 * DIGIT_COUNT);
    for (let at: usize = 0; at < count; at++) {
      const digit = DIGITS + 4 * digitOf(load<f64>(from + 16 * at), shift);
      store<u32>(digit, load<u32>(digit) + 1);
    }
    let before: u32 = 0;
    for (let digit = DIGITS; digit < DIGITS + 4 * DIGIT_COUNT; digit += 4) {
      const here = load<u32>(digit);
      store<u32>(digit, before);
      before += here;
    }
    for (let at: usize = 0; at < count; at++) {
      const item = from + 16 * at;
      const digit = DIGITS + 4 * digitOf(load<f64>(item), shift);
      const place = load<u32>(digit);
      store<u32>(digit, place + 1);
      v128.store(into + 16 * (place as usize), v128.load(item));
    }
    const other = from;
    from = into;
    into = other;
  }
  for (let at: usize = 0; at < count; at++)
    copyEntry(to + ENTRY * at, entries + ENTRY * (load<u32>(from + 16 * at + 8) as usize));
  return count as u32;
}
