import type { Place } from '../../model/workflow/place.ts';
import type { Path, Value } from '../../model/workflow/value.ts';
import type { XmlElement } from '../source/xml-element.ts';

/** How a format reads the name in `{!…}`. */
export type NameReader = (text: string, place: Place) => Value;

const longestName = 300;

/** Where `{!…}` stands in a text. */
const merges = function* (
  text: string,
): Generator<{ readonly name: string; readonly start: number; readonly end: number }> {
  for (let start = text.indexOf('{!'); start >= 0; ) {
    const end = text.indexOf('}', start);
    if (end < 0) return;
    if (end - start <= longestName) yield { name: text.slice(start + 2, end).trim(), start, end: end + 1 };
    start = text.indexOf('{!', end);
  }
};

/** A text of an element with what is inserted into it: a plain text, one value, or both in turn. */
export const mergedText = (element: XmlElement, read: NameReader): Value => {
  const { text } = element;
  const place = element.textPlace;
  const parts: (string | Value)[] = [];
  let at = 0;
  for (const { name, start, end } of merges(text)) {
    if (start > at) parts.push(text.slice(at, start));
    parts.push(read(name, element.placeIn(start, end)));
    at = end;
  }
  if (parts.length === 0) return { kind: 'literal', value: text, type: 'text', place };
  if (at < text.length) parts.push(text.slice(at));
  const [only] = parts;
  return parts.length === 1 && typeof only === 'object' ? only : { kind: 'text', parts, place };
};

/** The paths that a value reads. */
export const pathsIn = (value: Value): readonly Path[] => {
  switch (value.kind) {
    case 'path':
      return [value.path];
    case 'list':
      return value.values.flatMap(pathsIn);
    case 'text':
      return value.parts.flatMap((part) => (typeof part === 'string' ? [] : pathsIn(part)));
    case 'formula':
    case 'opaque':
      return value.reads;
    case 'literal':
    case 'moment':
      return [];
  }
};
