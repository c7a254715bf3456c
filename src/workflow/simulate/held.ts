import type { Text } from '../../model/text.ts';
import type { Plain, PlainRecord } from '../../model/workflow/sample.ts';

/** A value that nobody can tell without the real system, and why. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly why: Text;
}

/** A record in memory. Values are replaced, never changed in place. */
export interface Row {
  readonly object: string;
  readonly id: string;
  values: ReadonlyMap<string, Value>;
  /** What the platform fills in by itself; read, but not shown as part of the record. */
  readonly auto: ReadonlyMap<string, Value>;
  /** A field that is not listed is not empty but unknown, for this reason. */
  readonly open?: Text;
  /** An element that may change anything has run: only these fields are still certain. */
  doubt?: { readonly why: Text; readonly sure: ReadonlySet<string> };
  gone: boolean;
}

/** A record as a workflow holds it: with values that it has not written yet. */
export interface Held {
  readonly kind: 'record';
  readonly row: Row;
  readonly draft: Map<string, Value>;
}

/** An object of JSON, the outputs of a called workflow. */
export interface Group {
  readonly kind: 'group';
  readonly of: ReadonlyMap<string, Value>;
}

export type Value = null | string | number | boolean | Held | Group | Unknown | readonly Value[];

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

export const unknown = (why: Text): Unknown => ({ kind: 'unknown', why });

export const isUnknown = (value: Value): value is Unknown =>
  typeof value === 'object' && value !== null && !isList(value) && value.kind === 'unknown';

export const isHeld = (value: Value): value is Held =>
  typeof value === 'object' && value !== null && !isList(value) && value.kind === 'record';

export const hold = (row: Row): Held => ({ kind: 'record', row, draft: new Map() });

export const isEmpty = (value: Value): boolean =>
  value === null || value === '' || (isList(value) && value.length === 0);

/** Whether any part of it is not known. */
export const doubtIn = (value: Value): Unknown | undefined => {
  if (isUnknown(value)) return value;
  if (isList(value)) for (const one of value) if (isUnknown(one)) return one;
  return undefined;
};

export const groupOf = (record: PlainRecord): Group => ({ kind: 'group', of: valuesOf(record) });

export const valuesOf = (record: PlainRecord): Map<string, Value> =>
  new Map(Object.entries(record).map(([name, plain]) => [name, heldOf(plain)]));

/** Samples are read with a limit on nesting, so this ends. */
export const heldOf = (plain: Plain): Value => {
  if (plain === null || typeof plain !== 'object') return plain;
  if (Array.isArray(plain)) return (plain as readonly Plain[]).map(heldOf); // isArray does not narrow readonly arrays
  return groupOf(plain as PlainRecord);
};

/** As the report shows it; `undefined`: not known. A record is shown as its id. */
export const plainOf = (value: Value): Plain | undefined => {
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) {
    const shown = value.map(plainOf);
    return shown.some((one) => one === undefined) ? undefined : (shown as readonly Plain[]); // none is undefined
  }
  switch (value.kind) {
    case 'record':
      return value.row.id;
    case 'unknown':
      return undefined;
    case 'group': {
      const shown: [string, Plain][] = [];
      for (const [name, one] of value.of) {
        const plain = plainOf(one);
        if (plain !== undefined) shown.push([name, plain]);
      }
      return Object.fromEntries(shown);
    }
  }
};

/** All fields that are known, by name. */
export const plainRecord = (values: ReadonlyMap<string, Value>): PlainRecord => {
  const shown: [string, Plain][] = [];
  for (const [name, value] of values) {
    const plain = plainOf(value);
    if (plain !== undefined) shown.push([name, plain]);
  }
  return Object.fromEntries(shown);
};

/** Whether a write of one over the other changes nothing; an empty text and no value are the same. */
export const isSame = (one: Value, other: Value): boolean => {
  if (isEmpty(one) && isEmpty(other)) return true;
  const left = plainOf(one);
  const right = plainOf(other);
  if (left === undefined || right === undefined) return false;
  return JSON.stringify(left) === JSON.stringify(right);
};
