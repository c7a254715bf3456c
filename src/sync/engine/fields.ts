import type { DelimitedFile } from '../../model/sync/source.ts';

/**
 * The fields of the record that begins at `from`, as the scan splits them; undefined where the bytes end before the record does.
 * Only the wanted positions are made text, the others are ''.
 */
export const recordAt = (
  bytes: Buffer,
  from: number,
  end: number,
  file: Pick<DelimitedFile, 'delimiter' | 'quote'>,
  final: boolean,
  wanted?: ReadonlySet<number>,
): string[] | undefined => {
  const { delimiter, quote } = file;
  const fields: string[] = [];
  let at = from;
  for (;;) {
    const text = wanted === undefined || wanted.has(fields.length);
    if (quote !== 0 && at < end && bytes[at] === quote) {
      const start = at + 1;
      let doubled = false;
      at = start;
      for (;;) {
        at = bytes.indexOf(quote, at);
        if (at < 0 || at >= end) return undefined;
        if (at + 1 >= end && !final) return undefined;
        if (at + 1 >= end || bytes[at + 1] !== quote) break;
        doubled = true;
        at += 2;
      }
      const value = text ? bytes.toString('utf8', start, at) : '';
      const mark = String.fromCharCode(quote);
      fields.push(doubled ? value.replaceAll(mark + mark, mark) : value);
      at += 1;
      if (at >= end) return fields;
      if (bytes[at] !== delimiter) return fields;
      at += 1;
      continue;
    }
    const start = at;
    while (at < end && bytes[at] !== delimiter && bytes[at] !== 10) at += 1;
    if (at >= end && !final) return undefined;
    const last = at >= end || bytes[at] === 10;
    const stop = last && at > start && bytes[at - 1] === 13 ? at - 1 : at;
    fields.push(text ? bytes.toString('utf8', start, stop) : '');
    if (last) return fields;
    at += 1;
  }
};
