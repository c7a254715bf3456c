import { mixed, startOf, withUnit } from '../duplicates/blocks.ts';
import { longestKey } from './key-rules.ts';
import type { Spans } from './record-fields.ts';

/** A form in which keys are held against each other. */
export interface FormOfKeys {
  readonly of: (part: string) => string;
  /** What `of` comes to where a value is ASCII: made of its bytes, no text is needed. Absent: there is no such short cut. */
  readonly plain?: 'as-is' | 'text' | 'digits';
}

/** The hash of a key while its units come in: that of `longHash`. */
interface Hashing {
  high: number;
  low: number;
  /** Units so far. */
  units: number;
}

type Plain = NonNullable<FormOfKeys['plain']>;

/** By byte, what a form keeps of it; 0: nothing. */
const keptOf = (pattern: RegExp): Uint8Array =>
  Uint8Array.from({ length: 0x80 }, (_, byte) => {
    const letter = String.fromCharCode(byte);
    return pattern.test(letter) ? letter.toLowerCase().charCodeAt(0) : 0;
  });
const kept: Readonly<Record<Exclude<Plain, 'as-is'>, Uint8Array>> = {
  text: keptOf(/[A-Za-z0-9]/),
  digits: keptOf(/[0-9]/),
};

const takeAsIs = (hashing: Hashing, bytes: Uint8Array, from: number, to: number): void => {
  let { high, low } = hashing;
  for (let at = from; at < to; at += 1) {
    const unit = bytes[at] ?? 0;
    high = withUnit(high, unit);
    low = withUnit(low, unit);
  }
  hashing.high = high;
  hashing.low = low;
  hashing.units += to - from;
};

/** Takes in the form of a part; false: these bytes have to be read as text. */
const takeIn = (
  hashing: Hashing,
  bytes: Uint8Array,
  from: number,
  to: number,
  plain: Exclude<Plain, 'as-is'>,
): boolean => {
  // Of these lengths are the ids of Salesforce, which have a rule of their own.
  if (plain === 'text' && (to - from === 15 || to - from === 18)) return false;
  let { high, low, units } = hashing;
  const before = units;
  const table = kept[plain];
  let zeros = false;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    // What blanks around it do to its length is seen in the text.
    if (byte <= 0x20 && plain === 'text') return false;
    const unit = table[byte] ?? 0;
    if (unit === 0) continue;
    // Zeros before anything else are none of it.
    if (unit === 0x30 && units === before) {
      zeros = true;
      continue;
    }
    high = withUnit(high, unit);
    low = withUnit(low, unit);
    units += 1;
  }
  if (zeros && units === before) {
    high = withUnit(high, 0x30);
    low = withUnit(low, 0x30);
    units += 1;
  }
  hashing.high = high;
  hashing.low = low;
  hashing.units = units;
  return true;
};

// One that is used again: a key has one for a moment only, and there are millions of them.
const hashing: Hashing = { high: 0, low: 0, units: 0 };

/** The parts of the key are all blank, or too long for one. */
export const noKey = -1;
/** The bytes do not tell: its text has to be made. */
export const needsText = -2;

/** The hash of the key in these fields, which is that of its form as text (`longHash`), or one of the two above. */
export const hashOfFields = (bytes: Uint8Array, spans: Spans, slots: readonly number[], plain: Plain): number => {
  hashing.high = startOf(7);
  hashing.low = startOf(11);
  hashing.units = 0;
  for (let part = 0; part < slots.length; part += 1) {
    const slot = slots[part] ?? 0;
    const [from, to] = [spans.starts[slot] ?? 0, spans.ends[slot] ?? 0];
    if ((spans.bits[slot] ?? 0) >= 0x80 || spans.doubled[slot] === 1) return needsText;
    if (to - from > longestKey) return noKey;
    if (part > 0) {
      hashing.high = withUnit(hashing.high, 0);
      hashing.low = withUnit(hashing.low, 0);
    }
    if (plain === 'as-is') takeAsIs(hashing, bytes, from, to);
    else if (!takeIn(hashing, bytes, from, to, plain)) return needsText;
  }
  return hashing.units === 0 ? noKey : mixed(hashing.high) * 0x200000 + (mixed(hashing.low) >>> 11);
};
