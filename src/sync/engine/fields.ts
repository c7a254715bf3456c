import type { DelimitedFile } from '../../model/sync/source.ts';

/**
 * Puts the fields of the record that begins at `from` into `fields`, as the scan splits them, and gives the place after it; -1 where the
 * bytes end before the record does. Only the wanted positions are made text, the others are ''; what comes after `last` is not looked at.
 */
const splitAt = (
  bytes: Buffer,
  {
    from,
    end,
    final,
    last: lastWanted = Number.POSITIVE_INFINITY,
  }: { readonly from: number; readonly end: number; readonly final: boolean; readonly last?: number },
  { delimiter, quote }: Pick<DelimitedFile, 'delimiter' | 'quote'>,
  fields: string[],
  wanted?: ReadonlySet<number>,
): number => {
  let at = from;
  for (;;) {
    if (fields.length > lastWanted) return at;
    const text = wanted === undefined || wanted.has(fields.length);
    if (quote !== 0 && at < end && bytes[at] === quote) {
      const start = at + 1;
      let doubled = false;
      at = start;
      for (;;) {
        at = bytes.indexOf(quote, at);
        if (at < 0 || at >= end) return -1;
        if (at + 1 >= end && !final) return -1;
        if (at + 1 >= end || bytes[at + 1] !== quote) break;
        doubled = true;
        at += 2;
      }
      const value = text ? bytes.toString('utf8', start, at) : '';
      const mark = String.fromCharCode(quote);
      fields.push(doubled ? value.replaceAll(mark + mark, mark) : value);
      at += 1;
      if (at >= end) return end;
      if (bytes[at] !== delimiter) {
        const line = bytes.indexOf(10, at);
        return line >= 0 && line < end ? line + 1 : final ? end : -1;
      }
      at += 1;
      continue;
    }
    const start = at;
    while (at < end && bytes[at] !== delimiter && bytes[at] !== 10) at += 1;
    if (at >= end && !final) return -1;
    const last = at >= end || bytes[at] === 10;
    const stop = last && at > start && bytes[at - 1] === 13 ? at - 1 : at;
    fields.push(text ? bytes.toString('utf8', start, stop) : '');
    if (last) return Math.min(end, at + 1);
    at += 1;
  }
};

/** A record of one line, which ends at `line`, without quotes is made text once and not field by field. */
const plainAt = (
  bytes: Buffer,
  from: number,
  line: number,
  { delimiter, quote }: Pick<DelimitedFile, 'delimiter' | 'quote'>,
): string[] | undefined => {
  const stop = line > from && bytes[line - 1] === 13 ? line - 1 : line;
  const text = bytes.toString('utf8', from, stop);
  return quote !== 0 && text.includes(String.fromCharCode(quote))
    ? undefined
    : text.split(String.fromCharCode(delimiter));
};

/** Of a longer line with few wanted fields, only those are taken apart. */
const longLine = 4096;

/** The fields of the record that begins at `from`; undefined where the bytes end before the record does. */
export const recordAt = (
  bytes: Buffer,
  from: number,
  end: number,
  file: Pick<DelimitedFile, 'delimiter' | 'quote'>,
  final: boolean,
  wanted?: ReadonlySet<number>,
): string[] | undefined => {
  // No line ends here: a record of ten thousand fields is not taken apart only to find out.
  const line = bytes.indexOf(10, from);
  if (!final && (line < 0 || line >= end)) return undefined;
  const fields: string[] = [];
  if (wanted && line - from > longLine) {
    const last = Math.max(...wanted);
    return splitAt(bytes, { from, end, final, last }, file, fields, wanted) < 0 ? undefined : fields;
  }
  const plain = line < 0 || line >= end ? undefined : plainAt(bytes, from, line, file);
  if (plain) return plain;
  return splitAt(bytes, { from, end, final }, file, fields, wanted) < 0 ? undefined : fields;
};

/** One record after another: its fields and its place within the bytes, and how many bytes were taken in all. */
export const eachRecordIn = (
  bytes: Buffer,
  end: number,
  file: Pick<DelimitedFile, 'delimiter' | 'quote'>,
  final: boolean,
  wanted: ReadonlySet<number>,
  visit: (fields: readonly string[], from: number, to: number) => void,
): number => {
  let from = 0;
  while (from < end) {
    const fields: string[] = [];
    const next = splitAt(bytes, { from, end, final }, file, fields, wanted);
    if (next < 0) break;
    visit(fields, from, next);
    from = next;
  }
  return from;
};
