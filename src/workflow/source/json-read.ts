import type { Named, Place } from '../../model/workflow/place.ts';
import { exactNumber } from './json.ts';
import { placeOf } from './json-places.ts';
import type { JsonValue } from './json-value.ts';

/**
 * Questions to a JSON value that may be anything: what is not of the kind asked for is `undefined`, as if it were absent. A
 * definition that comes from elsewhere is never trusted to have the kinds that its vendor documents.
 */
type Maybe = JsonValue | undefined;

/** The value under a key, or under keys one inside the other. */
export const member = (value: Maybe, ...keys: readonly string[]): Maybe => {
  let at = value;
  for (const key of keys) at = at?.kind === 'record' ? at.members.get(key) : undefined;
  return at;
};

export const textOf = (value: Maybe): string | undefined => (value?.kind === 'text' ? value.value : undefined);

/** A text or a number as it is written: ids come as either. */
export const idOf = (value: Maybe): string | undefined =>
  value?.kind === 'text' ? value.value : value?.kind === 'number' ? value.raw : undefined;

/** A number, also one in quotes. */
export const numberOf = (value: Maybe): number | undefined => {
  if (value?.kind === 'number') return exactNumber(value);
  if (value?.kind !== 'text' || !/^-?\d{1,15}(?:\.\d{1,10})?$/.test(value.value)) return undefined;
  return Number(value.value);
};

/** Yes or no, also as PHP and SQL exports write it. */
export const booleanOf = (value: Maybe): boolean | undefined => {
  if (value?.kind === 'boolean') return value.value;
  const written = idOf(value);
  if (written === '1' || written === 'true') return true;
  return written === '0' || written === 'false' || written === '' ? false : undefined;
};

export const itemsOf = (value: Maybe): readonly JsonValue[] => (value?.kind === 'list' ? value.items : []);

/** The entries of an object in their order. */
export const membersOf = (value: Maybe): readonly (readonly [key: string, value: JsonValue])[] =>
  value?.kind === 'record' ? [...value.members] : [];

export const isRecord = (value: Maybe): value is JsonValue & { readonly kind: 'record' } => value?.kind === 'record';

/** Absent, null, or an empty text, list or object. */
export const isBlank = (value: Maybe): boolean => {
  switch (value?.kind) {
    case undefined:
    case 'null':
      return true;
    case 'text':
      return value.value.trim() === '';
    case 'list':
      return value.items.length === 0;
    case 'record':
      return value.members.size === 0;
    case 'number':
    case 'boolean':
      return false;
  }
};

/** A text or number that is not blank, with its place. */
export const namedOf = (value: Maybe): Named | undefined => {
  const name = idOf(value);
  return value && name !== undefined && name.trim() !== '' ? { name, place: placeOf(value) } : undefined;
};

/** The place of the value if it is there, else of what should hold it. */
export const placeOr = (value: Maybe, holder: JsonValue): Place => placeOf(value ?? holder);
