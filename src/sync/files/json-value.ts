import { byJsonName, decimalText } from '../databases/canonical.ts';

/** JSON with its numbers as they are written: a number beyond 2^53 keeps its digits. */
export type JsonValue =
  | string
  | boolean
  | null
  | { readonly number: string }
  | { readonly list: readonly JsonValue[] }
  | { readonly entries: ReadonlyMap<string, JsonValue> };

export class JsonFault extends Error {
  override readonly name = 'JsonFault';
  /** Position in the text. */
  readonly at: number;

  constructor(says: string, at: number) {
    super(says);
    this.at = at;
  }
}

const deepest = 200;
const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9;
const inNumber = (code: number): boolean =>
  (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46 || code === 69 || code === 101;

/** Behind the quote that closes the string that begins at `at`; -1 where it is not closed. */
export const behindString = (text: string, at: number): number => {
  for (let close = text.indexOf('"', at + 1); close >= 0; close = text.indexOf('"', close + 1)) {
    let slashes = 0;
    while (text.charCodeAt(close - 1 - slashes) === 92) slashes += 1;
    if (slashes % 2 === 0) return close + 1;
  }
  return -1;
};

/** Parses one value that is all of the text. */
export const parseJson = (text: string): JsonValue => {
  let at = 0;
  const space = (): void => {
    while (isSpace(text.charCodeAt(at))) at += 1;
  };
  const string = (): string => {
    const next = behindString(text, at);
    if (next < 0) throw new JsonFault('a string is not closed', at);
    const inside = text.slice(at + 1, next - 1);
    const start = at;
    at = next;
    if (!inside.includes('\\')) return inside;
    try {
      const value: unknown = JSON.parse(
        `"${inside.replace(/[\u0000-\u001f]/g, (sign) => JSON.stringify(sign).slice(1, -1))}"`,
      );
      return String(value);
    } catch {
      throw new JsonFault('a string has an unknown escape', start);
    }
  };
  const word = (name: string): boolean => {
    if (!text.startsWith(name, at)) return false;
    at += name.length;
    return true;
  };
  const value = (depth: number): JsonValue => {
    if (depth > deepest) throw new JsonFault(`nested more than ${deepest} deep`, at);
    space();
    const code = text.charCodeAt(at);
    if (code === 34) return string();
    if (code === 123) {
      const entries = new Map<string, JsonValue>();
      at += 1;
      space();
      if (text.charCodeAt(at) === 125) {
        at += 1;
        return { entries };
      }
      for (;;) {
        space();
        if (text.charCodeAt(at) !== 34) throw new JsonFault('a name is expected', at);
        const name = string();
        space();
        if (text.charCodeAt(at) !== 58) throw new JsonFault('":" is expected', at);
        at += 1;
        entries.set(name, value(depth + 1));
        space();
        const next = text.charCodeAt(at);
        at += 1;
        if (next === 125) return { entries };
        if (next !== 44) throw new JsonFault('"," or "}" is expected', at - 1);
      }
    }
    if (code === 91) {
      const items: JsonValue[] = [];
      at += 1;
      space();
      if (text.charCodeAt(at) === 93) {
        at += 1;
        return { list: items };
      }
      for (;;) {
        items.push(value(depth + 1));
        space();
        const next = text.charCodeAt(at);
        at += 1;
        if (next === 93) return { list: items };
        if (next !== 44) throw new JsonFault('"," or "]" is expected', at - 1);
      }
    }
    if (word('true')) return true;
    if (word('false')) return false;
    if (word('null')) return null;
    const start = at;
    while (inNumber(text.charCodeAt(at))) at += 1;
    const number = text.slice(start, at);
    if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(number)) throw new JsonFault('a value is expected', start);
    return { number };
  };
  const parsed = value(0);
  space();
  if (at < text.length) throw new JsonFault('something follows the value', at);
  return parsed;
};

/** As a database's JSON is written (databases/canonical.ts). */
const written = (value: JsonValue): string => {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if ('number' in value) return decimalText(value.number);
  if ('list' in value) return `[${value.list.map(written).join(', ')}]`;
  const names = [...value.entries.keys()].sort(byJsonName);
  return `{${names.map((name) => `${JSON.stringify(name)}: ${written(value.entries.get(name) ?? null)}`).join(', ')}}`;
};

/** A value as it is compared: lists with `;` as multi-picklists are exported, objects with their names in order. */
export const canonical = (value: JsonValue): string => {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if ('number' in value) return value.number;
  if ('list' in value)
    return value.list
      .map((item) =>
        item !== null && typeof item === 'object' && !('number' in item) ? written(item) : canonical(item),
      )
      .join(';');
  return written(value);
};
