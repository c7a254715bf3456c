import type { JsonMishap } from './json-faults.ts';
import type { Span } from './json-value.ts';

/** The next piece of a JSON text. */
export type JsonToken = Span &
  (
    | { readonly kind: '{' | '}' | '[' | ']' | ',' | ':' | 'null' | 'true' | 'false' | 'number' | 'end' }
    | { readonly kind: 'text'; readonly value: string; readonly escapes: boolean }
    | { readonly kind: 'fault'; readonly mishap: JsonMishap }
  );

const words = ['null', 'true', 'false'] as const;

const quote = 34;
const backslash = 92;
const firstPrintable = 32;

const afterBlanks = (text: string, from: number): number => {
  for (let at = from; ; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit !== 32 && unit !== 10 && unit !== 13 && unit !== 9) return at;
  }
};

const badEscape = (text: string, start: number, end: number): number => {
  for (let at = start; at < end; at += 1) {
    if (text.charCodeAt(at) !== backslash) continue;
    if (!/^(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(text.slice(at + 1, at + 6))) return at;
    at += 1;
  }
  return start;
};

const textFrom = (text: string, start: number): JsonToken => {
  let escapes = false;
  for (let at = start + 1; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === quote) {
      const end = at + 1;
      if (!escapes) return { kind: 'text', start, end, value: text.slice(start + 1, at), escapes };
      try {
        const value: unknown = JSON.parse(text.slice(start, end));
        return { kind: 'text', start, end, value: String(value), escapes };
      } catch {
        const wrong = badEscape(text, start, end);
        return { kind: 'fault', mishap: 'escape', start: wrong, end: wrong + 2 };
      }
    }
    if (unit === backslash) {
      escapes = true;
      at += 1;
    } else if (unit === 10 || unit === 13) return { kind: 'fault', mishap: 'unclosed text', start, end: at };
    else if (unit < firstPrintable) return { kind: 'fault', mishap: 'control', start: at, end: at + 1 };
  }
  return { kind: 'fault', mishap: 'unclosed text', start, end: text.length };
};

const otherwise = (text: string, start: number): JsonToken => {
  const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
  number.lastIndex = start;
  if (number.test(text)) {
    const end = number.lastIndex;
    // What goes on without a break belongs to it: 01, 1.e5, 12px.
    if (/[\w.+-]/.test(text.charAt(end))) return { kind: 'fault', mishap: 'number', start, end: end + 1 };
    return { kind: 'number', start, end };
  }
  for (const word of words) {
    const end = start + word.length;
    if (text.startsWith(word, start) && !/\w/.test(text.charAt(end))) return { kind: word, start, end };
  }
  const mishap =
    text.startsWith('//', start) || text.startsWith('/*', start)
      ? 'comment'
      : text.charAt(start) === "'"
        ? 'single quotes'
        : 'word';
  return { kind: 'fault', mishap, start, end: start + 1 };
};

/** Cuts the next token off; the built-in reader decodes what has escapes, so that a long text stays one piece of memory. */
export const nextToken = (text: string, from: number): JsonToken => {
  const start = afterBlanks(text, from);
  if (start >= text.length) return { kind: 'end', start: text.length, end: text.length };
  const unit = text.charAt(start);
  switch (unit) {
    case '{':
    case '}':
    case '[':
    case ']':
    case ',':
    case ':':
      return { kind: unit, start, end: start + 1 };
    case '"':
      return textFrom(text, start);
    default:
      return otherwise(text, start);
  }
};
