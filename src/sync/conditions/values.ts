import { trimEnd } from '../../reason/values/trim-ends.ts';
import { isNumber } from '../validate/forms.ts';
import type { ConditionDialect } from './tokens.ts';

/** A value of SQL; null stands for NULL and for all that cannot be told here, and no condition refuses it. */
export type Value = string | number | boolean | null;

/** What kind of values an expression has. `any`: a text or number as it is written in the condition, which takes the kind of the other side. */
export type Kind = 'number' | 'text' | 'time' | 'boolean' | 'any';

export interface Expression {
  readonly kind: Kind;
  readonly isColumn?: true;
  /** Of one record, by the position of its columns. */
  readonly of: (record: (at: number) => string) => Value;
}

const exact = 2 ** 53;

export const numberOf = (value: Value): number | null => {
  const number =
    typeof value === 'string' ? (isNumber(value) ? Number(value) : Number.NaN) : Number(value ?? Number.NaN);
  // Beyond it a double is not the number of the database.
  return Math.abs(number) < exact ? number : null;
};

const truths: Readonly<Record<string, boolean>> = { t: true, true: true, 1: true, f: false, false: false, 0: false };

export const truthOf = (value: Value): boolean | null => {
  if (typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return value !== 0;
  const word = value.trim().toLowerCase();
  return Object.hasOwn(truths, word) ? (truths[word] ?? null) : null;
};

const moment = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|\+00(?::?00)?)?)?$/;

/** Both with a zone or both without; a day is its midnight. */
const inOneForm = (a: Value, b: Value): readonly [string, string] | undefined => {
  const [one, other] = [moment.exec(String(a)), moment.exec(String(b))];
  if (!one || !other) return undefined;
  if (one[2] !== undefined && other[2] !== undefined && (one[3] === undefined) !== (other[3] === undefined))
    return undefined;
  // `.5` and `.500` are one time, and so is none and `.000`.
  const text = ([, day = '', time = '00:00:00']: RegExpExecArray): string =>
    `${day}T${time.includes('.') ? trimEnd(trimEnd(time, '0'), '.') : time.padEnd(8, ':00')}`;
  return [text(one), text(other)];
};

/** Less than 0, 0, or more; null where it cannot be told. */
export const ordered = (a: Value, b: Value, kind: Kind): number | null => {
  if (a === null || b === null) return null;
  if (kind === 'time') {
    const times = inOneForm(a, b);
    if (!times) return null;
    const [one, other] = times;
    return one < other ? -1 : one > other ? 1 : 0;
  }
  const [one, other] = [numberOf(a), numberOf(b)];
  return one === null || other === null ? null : one - other;
};

const ascii = /^[\x20-\x7e]*$/;

/**
 * Whether MySQL may hold two texts for equal, or one for fitting a pattern, that differ here: by its collation letters without their
 * accents, of full width or of the other kana are the same.
 */
export const isByCollation = (dialect: ConditionDialect, ...texts: readonly Value[]): boolean =>
  dialect === 'mysql' && texts.some((text) => typeof text === 'string' && !ascii.test(text));

export const equalTexts = (a: Value, b: Value, dialect: ConditionDialect): boolean | null => {
  if (a === null || b === null) return null;
  const [one, other] = [String(a), String(b)];
  if (one === other) return true;
  if (isByCollation(dialect, one, other)) return null;
  // Letter case and blanks at the end are as the collation has it.
  return dialect === 'mysql' && one.trimEnd().toLowerCase() === other.trimEnd().toLowerCase() ? null : false;
};
