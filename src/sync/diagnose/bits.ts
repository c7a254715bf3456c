/** One bit for each of so many places. */
export type Bits = Uint32Array;

export const noBits = (places: number): Bits => new Uint32Array(Math.ceil(places / 32));

export const setBit = (bits: Bits, at: number): void => {
  bits[at >>> 5] = (bits[at >>> 5] ?? 0) | (1 << (at & 31));
};

/** All set. */
export const allBits = (places: number): Bits => {
  const bits = noBits(places).fill(0xffff_ffff);
  if (places % 32 !== 0) bits[bits.length - 1] = (1 << (places % 32)) - 1;
  return bits;
};

const onesIn = (word: number): number => {
  let n = word - ((word >>> 1) & 0x5555_5555);
  n = (n & 0x3333_3333) + ((n >>> 2) & 0x3333_3333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
};

/** How many places have their bit in all of them. */
export const countIn = (one: Bits, ...others: readonly Bits[]): number => {
  let count = 0;
  for (let at = 0; at < one.length; at += 1) {
    let word = one[at] ?? 0;
    for (const other of others) word &= other[at] ?? 0;
    if (word !== 0) count += onesIn(word);
  }
  return count;
};

/** Takes the bits of `gone` out of `bits`. */
export const clearBits = (bits: Bits, gone: Bits): void => {
  for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) & ~(gone[at] ?? 0);
};
