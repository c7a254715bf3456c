import type { PlaceOfSpan } from './json-places.ts';

/** A stretch of a file, in offsets; lines and columns are worked out when somebody asks. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface InFile extends Span {
  readonly places: PlaceOfSpan;
  readonly parent: JsonList | JsonRecord | undefined;
  /** The key or the index under which the parent holds it. */
  readonly key: string | number;
  /** Where that key stands; the value's own place where it has none. */
  readonly keyStart: number;
  readonly keyEnd: number;
}

export interface JsonText extends InFile {
  readonly kind: 'text';
  readonly value: string;
  /** What stands between the quotes, where that is not the value itself. */
  readonly escapes?: string;
}

/** `raw` is what the file says: an id of 18 digits is no longer itself as a number. */
export interface JsonNumber extends InFile {
  readonly kind: 'number';
  readonly value: number;
  readonly raw: string;
}

export interface JsonBoolean extends InFile {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface JsonNull extends InFile {
  readonly kind: 'null';
}

export interface JsonList extends InFile {
  readonly kind: 'list';
  readonly items: readonly JsonValue[];
}

/** A map, so that a key named `__proto__` is a key like any other. */
export interface JsonRecord extends InFile {
  readonly kind: 'record';
  readonly members: ReadonlyMap<string, JsonValue>;
}

/** A value of a JSON file that knows where it stands. */
export type JsonValue = JsonText | JsonNumber | JsonBoolean | JsonNull | JsonList | JsonRecord;
