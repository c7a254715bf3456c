/** How records are written. */
export interface Dialect {
  readonly delimiter: string;
  /** '': there is no quoting. */
  readonly quote: string;
  readonly end: '\n' | '\r';
}

export type Reading =
  /** `next` is where the following record begins. */
  | { readonly kind: 'record'; readonly fields: readonly string[]; readonly next: number }
  /** The text ends within the record. */
  | { readonly kind: 'more' }
  | { readonly kind: 'fault'; readonly why: 'stray-quote' | 'unclosed-quote'; readonly next: number };

const behindEnd = (text: string, at: number, end: string): number => {
  const found = text.indexOf(end, at);
  return found < 0 ? text.length : found + 1;
};

/**
 * Reads one record (RFC 4180; a quote within an unquoted field is a character like any other).
 * Behind a fault it goes on with the line after the one where the record began: a quote that is missing must not swallow what follows.
 */
export const readRecord = (text: string, from: number, dialect: Dialect, whole: boolean): Reading => {
  const { end, quote } = dialect;
  const [delimiterCode, endCode] = [dialect.delimiter.charCodeAt(0), end.charCodeAt(0)];
  const quoteCode = quote === '' ? -1 : quote.charCodeAt(0);
  const fields: string[] = [];
  let at = from;
  for (;;) {
    if (text.charCodeAt(at) === quoteCode) {
      let value = '';
      let start = at + 1;
      for (;;) {
        const close = text.indexOf(quote, start);
        if (close < 0) {
          if (!whole) return { kind: 'more' };
          return { kind: 'fault', why: 'unclosed-quote', next: behindEnd(text, from, end) };
        }
        value += text.slice(start, close);
        start = close + 1;
        if (text.charCodeAt(start) !== quoteCode) break;
        value += quote;
        start += 1;
      }
      fields.push(value);
      at = start;
      const code = text.charCodeAt(at);
      if (code === delimiterCode) {
        at += 1;
        continue;
      }
      if (at >= text.length) return whole ? { kind: 'record', fields, next: at } : { kind: 'more' };
      if (code === endCode) return { kind: 'record', fields, next: at + 1 };
      if (code === 13 && (text.charCodeAt(at + 1) === endCode || at + 1 >= text.length))
        return at + 1 >= text.length && !whole ? { kind: 'more' } : { kind: 'record', fields, next: at + 2 };
      const next = behindEnd(text, from, end);
      // On another line than it began: the quote that closes it was meant to open another field.
      return { kind: 'fault', why: next <= at ? 'unclosed-quote' : 'stray-quote', next };
    }
    let until = at;
    for (; until < text.length; until += 1) {
      const code = text.charCodeAt(until);
      if (code === delimiterCode || code === endCode) break;
    }
    if (until >= text.length && !whole) return { kind: 'more' };
    if (until < text.length && text.charCodeAt(until) === delimiterCode) {
      fields.push(text.slice(at, until));
      at = until + 1;
      continue;
    }
    const last = end === '\n' && until > at && text.charCodeAt(until - 1) === 13 ? until - 1 : until;
    fields.push(text.slice(at, last));
    return { kind: 'record', fields, next: Math.min(until + 1, text.length) };
  }
};

/** An empty line, or the end mark of DOS. */
export const isBlank = (fields: readonly string[]): boolean =>
  fields.length === 1 && (fields[0] === '' || fields[0] === '\u001a');
