import type { DelimitedFile } from '../../model/sync/source.ts';

/** Where the wanted fields of a record stand in its bytes; one that is used again for each record. */
export interface Spans {
  readonly file: Pick<DelimitedFile, 'delimiter' | 'quote'>;
  /** By field: where in the arrays below it is noted; -1: it is not wanted. */
  readonly slots: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** All bytes of the field, or-ed: below 0x80, it is ASCII. */
  readonly bits: Uint8Array;
  /** 1: quotes are doubled in it. */
  readonly doubled: Uint8Array;
  /** Fields of the record. */
  taken: number;
}

export const spansOf = (
  file: Spans['file'],
  fields: number,
  wanted: readonly number[],
): Spans & { readonly of: (field: number) => number } => {
  const slots = new Int32Array(fields).fill(-1);
  for (const [slot, field] of wanted.entries()) slots[field] = slot;
  return {
    file,
    slots,
    starts: new Int32Array(wanted.length),
    ends: new Int32Array(wanted.length),
    bits: new Uint8Array(wanted.length),
    doubled: new Uint8Array(wanted.length),
    taken: 0,
    of: (field) => slots[field] ?? -1,
  };
};

const note = (spans: Spans, slot: number, start: number, end: number, bits: number, doubled: number): void => {
  spans.starts[slot] = start;
  spans.ends[slot] = end;
  spans.bits[slot] = bits;
  spans.doubled[slot] = doubled;
};

/** A field behind the quote at `opened`; gives the place of its closing quote, or -1 where the bytes end before that. */
const takeQuoted = (bytes: Buffer, opened: number, end: number, final: boolean, spans: Spans, slot: number): number => {
  const { quote } = spans.file;
  let [at, bits, doubled] = [opened + 1, 0, 0];
  for (;;) {
    for (; at < end && bytes[at] !== quote; at += 1) bits |= bytes[at] ?? 0;
    if (at >= end || (at + 1 >= end && !final)) return -1;
    if (at + 1 >= end || bytes[at + 1] !== quote) break;
    doubled = 1;
    at += 2;
  }
  if (slot >= 0) note(spans, slot, opened + 1, at, bits, doubled);
  return at;
};

/**
 * Finds the fields of the record that begins at `from`, as the scan of a comparison splits them, and gives the place after it; -1 where
 * the bytes end before the record does.
 */
export const takeRecord = (bytes: Buffer, from: number, end: number, final: boolean, spans: Spans): number => {
  const { delimiter, quote } = spans.file;
  let [at, field] = [from, 0];
  for (;;) {
    const slot = spans.slots[field] ?? -1;
    field += 1;
    let over = false;
    if (quote !== 0 && at < end && bytes[at] === quote) {
      const closed = takeQuoted(bytes, at, end, final, spans, slot);
      if (closed < 0) return -1;
      at = closed + 1;
      if (at >= end || bytes[at] !== delimiter) {
        while (at < end && bytes[at] !== 10) at += 1;
        over = true;
      }
    } else {
      const start = at;
      let bits = 0;
      for (; at < end; at += 1) {
        const byte = bytes[at] ?? 0;
        if (byte === delimiter || byte === 10) break;
        bits |= byte;
      }
      over = at >= end || bytes[at] === 10;
      if (slot >= 0) note(spans, slot, start, over && at > start && bytes[at - 1] === 13 ? at - 1 : at, bits, 0);
    }
    if (over) {
      spans.taken = field;
      return at >= end ? (final ? end : -1) : at + 1;
    }
    at += 1;
  }
};

/** The text of a wanted field. */
export const fieldText = (bytes: Buffer, spans: Spans, slot: number): string => {
  const text = bytes.toString('utf8', spans.starts[slot], spans.ends[slot]);
  if (spans.doubled[slot] !== 1) return text;
  const mark = String.fromCharCode(spans.file.quote);
  return text.replaceAll(mark + mark, mark);
};
