import type { Place } from '../../model/workflow/place.ts';
import type { JsonValue, Span } from './json-value.ts';
import { createLines } from './lines.ts';

/** Turns offsets of one file into places. */
export type PlaceOfSpan = (span: Span, pointer?: string) => Place;

/** Places of one file. */
export const placesIn = (file: string, text: string): PlaceOfSpan => {
  const at = createLines(text);
  return (span, pointer) => {
    const start = at(span.start);
    const end = at(span.end);
    const place = { file, ...start, endLine: end.line, endColumn: end.column };
    return pointer === undefined ? place : { ...place, pointer };
  };
};

// A key of a megabyte is no address that anybody can use.
const longest = 200;

/** One step of a JSON pointer (RFC 6901). */
export const pointerPart = (key: string | number): string =>
  String(key).slice(0, longest).replaceAll('~', '~0').replaceAll('/', '~1');

/** The JSON pointer of a value. */
export const pointerOf = (value: JsonValue): string => {
  const parts: string[] = [];
  for (let at: JsonValue | undefined = value; at?.parent; at = at.parent) parts.push(pointerPart(at.key));
  return parts.reverse().reduce((pointer, part) => `${pointer}/${part}`, '');
};

/** From the value's first character to its last. */
export const placeOf = (value: JsonValue): Place => value.places(value, pointerOf(value));

/** The key under which it stands; its own place where it has none. */
export const placeOfKey = (value: JsonValue): Place =>
  value.places({ start: value.keyStart, end: value.keyEnd }, pointerOf(value));

/** A stretch of a text value, by the characters that were read: an escape such as `\n` or `\u3042` is longer in the file. */
export const placeInText = (value: JsonValue & { readonly kind: 'text' }, from: number, to: number): Place => {
  const { start, end, escapes } = value;
  if (escapes === undefined) {
    const first = Math.min(start + 1 + from, end);
    return value.places({ start: first, end: Math.min(Math.max(start + 1 + to, first), end) }, pointerOf(value));
  }
  const raw = escapes;
  let at = 0;
  let read = 0;
  let first = raw.length;
  while (at < raw.length && read < to) {
    if (read === from) first = at;
    at += raw[at] !== '\\' ? 1 : raw[at + 1] === 'u' ? 6 : 2;
    read += 1;
  }
  if (read <= from) first = at;
  return value.places({ start: start + 1 + first, end: start + 1 + Math.max(first, at) }, pointerOf(value));
};
