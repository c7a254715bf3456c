/** Tolerant readers of what a server calls JSON: what has not the wanted form counts as not there. */

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const objectIn = (value: unknown): Json => (isObject(value) ? value : {});

export const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const objectsIn = (value: unknown): readonly Json[] => listIn(value).filter(isObject);

/** The rows of a list; undefined where it is none, so that an answer of an unknown form is never taken for an empty one. */
export const rowsIn = (value: unknown): readonly Json[] | undefined =>
  Array.isArray(value) && value.every(isObject) ? value : undefined;

/** A text that is not empty; several systems write false, null or '' for "none". */
export const textIn = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

/** Numbers also where they come as text ("993"). */
export const numberIn = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};

/** Booleans also as 0, 1, '0', '1', 'true', 'false'. */
export const booleanIn = (value: unknown): boolean | undefined => {
  if (typeof value === 'boolean') return value;
  if (value === 1 || value === '1' || value === 'true') return true;
  if (value === 0 || value === '0' || value === 'false') return false;
  return undefined;
};

/** An id, which is a number here and a text there. */
export const idIn = (value: unknown): string | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? String(value) : textIn(value);

/** `2026-11-21 23:00:00`, without a zone mark and meant as UTC (Odoo, EspoCRM), as RFC 3339. */
export const utcIn = (value: unknown): string | undefined => {
  const text = textIn(value);
  if (text === undefined || !/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?$/.test(text)) return undefined;
  return isoOf(`${text.replace(' ', 'T')}Z`);
};

/** Any text with a zone that a Date can read, as RFC 3339 UTC; without one it would be read on the clock of this machine. */
export const timeIn = (value: unknown): string | undefined => {
  const text = textIn(value);
  return text !== undefined && /(?:Z|GMT|UTC|[+-]\d\d:?\d\d)$/i.test(text.trim()) ? isoOf(text) : undefined;
};

const isoOf = (value: string | number): string | undefined => {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
};
