import type { Place } from '../../model/workflow/place.ts';
import { type PhpValue, parsePhpSerialized } from '../../reason/workflow/languages/php-serialized.ts';
import { placeOf } from './json-places.ts';
import { membersOf } from './json-read.ts';
import type { JsonValue } from './json-value.ts';

/** A parameter of an action, as PHP serialized it or as plain JSON. What was serialized has the place of the whole. */
export type Parameter =
  | { readonly kind: 'text'; readonly text: string; readonly place: Place }
  | { readonly kind: 'entries'; readonly entries: ReadonlyMap<string, Parameter>; readonly place: Place };

const ofPhp = (value: PhpValue, place: Place): Parameter => {
  switch (value.kind) {
    case 'text':
      return { kind: 'text', text: value.value, place };
    case 'number':
      return { kind: 'text', text: String(value.value), place };
    case 'boolean':
      return { kind: 'text', text: value.value ? '1' : '', place };
    case 'null':
      return { kind: 'text', text: '', place };
    case 'array':
    case 'object':
      return {
        kind: 'entries',
        entries: new Map([...value.entries].map(([key, inner]) => [key, ofPhp(inner, place)])),
        place,
      };
  }
};

const ofJson = (value: JsonValue): Parameter => {
  const place = placeOf(value);
  switch (value.kind) {
    case 'text':
      return { kind: 'text', text: value.value, place };
    case 'number':
      return { kind: 'text', text: value.raw, place };
    case 'boolean':
      return { kind: 'text', text: value.value ? '1' : '', place };
    case 'null':
      return { kind: 'text', text: '', place };
    case 'list':
      return { kind: 'entries', entries: new Map(value.items.map((item, at) => [String(at), ofJson(item)])), place };
    case 'record':
      return { kind: 'entries', entries: new Map(membersOf(value).map(([key, inner]) => [key, ofJson(inner)])), place };
  }
};

const base64 = /^[A-Za-z0-9+/\s]{4,}={0,2}\s{0,9}$/;

const serialized = (text: string, place: Place): Parameter | undefined => {
  const encoded = base64.test(text);
  // Older exports hold the serialized text itself.
  if (!encoded && !/^[abdisNO][:;]/.test(text)) return undefined;
  const bytes = encoded
    ? Uint8Array.from(atob(text.replace(/\s/g, '')), (unit) => unit.charCodeAt(0))
    : new TextEncoder().encode(text);
  const value = parsePhpSerialized(bytes);
  return value.kind === 'fault' ? undefined : ofPhp(value, place);
};

/** Reads a column that holds base64 of a serialized value, the serialized value, or JSON. */
export const parameterOf = (value: JsonValue | undefined): Parameter | undefined => {
  if (!value || value.kind === 'null') return undefined;
  if (value.kind !== 'text') return ofJson(value);
  if (value.value.trim() === '') return undefined;
  try {
    return serialized(value.value, placeOf(value));
  } catch {
    // The letters of base64, but not its length.
    return undefined;
  }
};

export const entry = (parameter: Parameter | undefined, key: string): Parameter | undefined =>
  parameter?.kind === 'entries' ? parameter.entries.get(key) : undefined;

export const words = (parameter: Parameter | undefined): string | undefined =>
  parameter?.kind === 'text' && parameter.text !== '' ? parameter.text : undefined;

/** Entries by their keys; a single text counts as a list of one, as it did in older versions. */
export const listed = (parameter: Parameter | undefined): ReadonlyMap<string, Parameter> =>
  parameter?.kind === 'entries'
    ? parameter.entries
    : new Map(parameter && words(parameter) !== undefined ? [['0', parameter]] : []);
