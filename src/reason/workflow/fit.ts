import type { Choice, Field, FieldType } from '../../model/workflow/schema.ts';
import type { Value } from '../../model/workflow/value.ts';
import type { Format } from '../../model/workflow/workflow.ts';
import { asIsoDay, readDay } from './calendar.ts';
import { nearestName } from './nearest-name.ts';

type Literal = Extract<Value, { readonly kind: 'literal' }>;

/** Why a literal cannot be stored in a field. */
export type Misfit =
  /** `instead`: the same in the form that the field takes. */
  | { readonly kind: 'type'; readonly instead?: string }
  | { readonly kind: 'choice'; readonly value: string; readonly nearest?: string; readonly inactive: boolean }
  | { readonly kind: 'length'; readonly length: number; readonly limit: number }
  | { readonly kind: 'range'; readonly what: 'min' | 'max' | 'scale' | 'precision'; readonly limit: number }
  /** It has the form of a date, but there is no such day. */
  | { readonly kind: 'no-such-day' };

/** Formats that write days and moments in ISO 8601 only; others have words and numbers of their own for them. */
const isoOnly: readonly Format[] = ['NY', 'SF', 'WR', 'AP'];

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** `1,000円`, `１０`, `¥5,000`, `10%` as a number. */
const asNumber = (text: string): string | undefined => {
  const bare = text.normalize('NFKC').replaceAll(/[,\s¥$€円%]/g, '');
  return bare !== '' && decimal.test(bare) ? bare : undefined;
};

const yes = ['true', 'yes', 'on', '1', 'はい'];
const no = ['false', 'no', 'off', '0', 'いいえ'];
const accepted = ['true', 'false', '1', '0'];

/** Digits before and after the decimal point of a number as people write it. */
const digitsOf = (value: number): { readonly whole: number; readonly fraction: number } | undefined => {
  const text = String(Math.abs(value));
  if (text.includes('e')) return undefined;
  const [whole = '', fraction = ''] = text.split('.');
  return { whole: whole === '0' ? 0 : whole.length, fraction: fraction.length };
};

const outOfRange = (value: number, field: Field): Misfit | undefined => {
  if (field.min !== undefined && value < field.min) return { kind: 'range', what: 'min', limit: field.min };
  if (field.max !== undefined && value > field.max) return { kind: 'range', what: 'max', limit: field.max };
  const digits = digitsOf(value);
  if (!digits) return undefined;
  const scale = field.type === 'integer' ? 0 : field.scale;
  if (field.precision !== undefined && digits.whole > field.precision - (scale ?? 0))
    return { kind: 'range', what: 'precision', limit: field.precision - (scale ?? 0) };
  if (scale !== undefined && digits.fraction > scale) return { kind: 'range', what: 'scale', limit: scale };
  return undefined;
};

const type = (instead?: string): Misfit => ({ kind: 'type', ...(instead === undefined ? {} : { instead }) });

const numberMisfit = (value: Literal['value'], field: Field): Misfit | undefined => {
  if (typeof value === 'boolean') return type();
  if (typeof value === 'number') return outOfRange(value, field);
  const text = String(value).trim();
  return decimal.test(text) ? outOfRange(Number(text), field) : type(asNumber(text));
};

const booleanMisfit = (value: Literal['value']): Misfit | undefined => {
  const text = String(value).normalize('NFKC').trim().toLowerCase();
  if (accepted.includes(text)) return undefined;
  if (typeof value === 'number') return type();
  return type(yes.includes(text) ? 'true' : no.includes(text) ? 'false' : undefined);
};

const dayMisfit = (value: Literal['value'], format: Format): Misfit | undefined => {
  if (typeof value === 'boolean') return type();
  const iso = isoOnly.includes(format);
  if (typeof value === 'number') return iso ? type(asIsoDay(String(value))) : undefined;
  const found = readDay(String(value));
  if (found === 'impossible') return { kind: 'no-such-day' };
  return found === undefined && iso ? type(asIsoDay(String(value))) : undefined;
};

const textOf = (value: Literal['value']): string => (value === null ? '' : String(value));

/** The values that a multiple choice is written as: a list, or a text with `;` (Salesforce, HubSpot) or Odoo's and Espo's comma. */
const chosen = (text: string, field: Field): readonly string[] =>
  field.type === 'multipicklist' && text.includes(';') ? text.split(';').map((one) => one.trim()) : [text];

const choiceMisfit = (value: Literal['value'], field: Field, choices: readonly Choice[]): Misfit | undefined => {
  if (!field.restricted) return undefined;
  for (const one of chosen(textOf(value), field)) {
    const choice = choices.find((known) => known.value === one);
    if (choice?.active) continue;
    if (choice) return { kind: 'choice', value: one, inactive: true };
    const nearest = nearestChoice(one, choices);
    return { kind: 'choice', value: one, inactive: false, ...(nearest === undefined ? {} : { nearest }) };
  }
  return undefined;
};

/** The choice that was probably meant: the one with that label, else the nearest value. */
const nearestChoice = (value: string, choices: readonly Choice[]): string | undefined => {
  const active = choices.filter((choice) => choice.active);
  return (
    active.find(({ label }) => label === value)?.value ??
    nearestName(
      value.replaceAll('﻿', '').trim(),
      active.map((choice) => choice.value),
    )
  );
};

const lengthMisfit = (value: Literal['value'], { length }: Field): Misfit | undefined => {
  const text = textOf(value);
  return length !== undefined && text.length > length
    ? { kind: 'length', length: text.length, limit: length }
    : undefined;
};

const emailLike = /^[^@\s]+@[^@\s]+$/;

/** Why this literal cannot be stored in this field; undefined where it can, or where that is not known. An empty value fits all. */
export const misfitOf = ({ value }: Literal, field: Field, format: Format): Misfit | undefined => {
  if (value === null || value === '') return undefined;
  switch (field.type) {
    case 'text':
    case 'longtext':
    case 'phone':
    case 'url':
      return lengthMisfit(value, field);
    case 'email':
      return typeof value === 'string' && emailLike.test(value.trim()) ? lengthMisfit(value, field) : type();
    case 'number':
    case 'integer':
    case 'currency':
    case 'percent':
      return numberMisfit(value, field);
    case 'boolean':
      return booleanMisfit(value);
    case 'date':
    case 'datetime':
      return dayMisfit(value, format);
    case 'picklist':
    case 'multipicklist':
      return field.choices ? choiceMisfit(value, field, field.choices) : undefined;
    case 'reference':
    case 'references':
    case 'id':
      return typeof value === 'boolean' ? type() : undefined;
  }
};

const numbers: readonly FieldType[] = ['number', 'integer', 'currency', 'percent'];
const days: readonly FieldType[] = ['date', 'datetime'];
const texts: readonly FieldType[] = ['text', 'longtext', 'phone', 'url', 'email', 'picklist', 'id'];
const references: readonly FieldType[] = ['reference', 'references'];

/**
 * Whether what a field of one type holds can be stored in one of another: `never`, or `maybe` where it depends on what is in it (a text
 * that may be a number). Whatever is stored in a text becomes text.
 */
export const fits = (from: FieldType, to: FieldType): 'yes' | 'maybe' | 'never' => {
  if (from === to || (numbers.includes(from) && numbers.includes(to)) || (days.includes(from) && days.includes(to)))
    return 'yes';
  const plainText = from === 'text' || from === 'longtext';
  if (to === 'text' || to === 'longtext') return from === 'references' ? 'maybe' : 'yes';
  if (to === 'picklist' || to === 'multipicklist') {
    if (from === 'picklist' || from === 'multipicklist' || plainText) return from === 'multipicklist' ? 'maybe' : 'yes';
    return days.includes(from) || references.includes(from) ? 'never' : 'maybe';
  }
  if (to === 'email' || to === 'phone' || to === 'url') return texts.includes(from) ? 'yes' : 'maybe';
  if (references.includes(to) || to === 'id')
    return references.includes(from) || from === 'id' || plainText || numbers.includes(from) ? 'yes' : 'never';
  // What is left takes numbers, days, or yes and no.
  if (plainText || from === 'picklist') return 'maybe';
  if (to === 'boolean' && numbers.includes(from)) return 'maybe';
  return 'never';
};
