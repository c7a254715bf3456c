import type { Operator } from '../../model/workflow/condition.ts';
import type { Semantics } from '../../reason/workflow/semantics.ts';
import { dayOf, momentOf, readWhen } from './clock.ts';
import type { Value } from './held.ts';
import { isEmpty, isHeld, isList, isSame, isUnknown } from './held.ts';
import type { Frame } from './read.ts';

/** `undefined`: may be true or false. */
export type Truth = boolean | undefined;

export const not = (truth: Truth): Truth => (truth === undefined ? undefined : !truth);

export const every = (truths: readonly Truth[]): Truth =>
  truths.includes(false) ? false : truths.includes(undefined) ? undefined : true;

export const some = (truths: readonly Truth[]): Truth =>
  truths.includes(true) ? true : truths.includes(undefined) ? undefined : false;

/** A record counts as its id. */
const scalar = (value: Value): string | number | boolean | undefined => {
  const plain = isHeld(value) ? value.row.id : value;
  return typeof plain === 'object' ? undefined : plain;
};

const numberOf = (value: string | number | boolean): number | undefined => {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '' || value.length > 40) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
};

/** Texts that differ only by letter case are the same, different, or either. */
const sameText = (one: string, other: string, { letterCase }: Semantics): Truth => {
  if (one === other) return true;
  if (letterCase === 'exact' || one.toLowerCase() !== other.toLowerCase()) return false;
  return letterCase === 'ignored' ? true : undefined;
};

/** Negative, zero, positive; undefined where they have no order. */
const order = (one: Value, other: Value, frame: Frame): number | undefined => {
  const left = scalar(one);
  const right = scalar(other);
  if (left === undefined || right === undefined) return undefined;
  if (typeof left === 'number' || typeof right === 'number') {
    const first = numberOf(left);
    const second = numberOf(right);
    return first === undefined || second === undefined ? undefined : first - second;
  }
  const { zone } = frame.box;
  const early = readWhen(String(left), zone);
  const late = readWhen(String(right), zone);
  if (early && late) {
    if (early.kind === 'moment' && late.kind === 'moment') return early.ms - late.ms;
    // A day and a moment meet on the day.
    const first = dayOf(early, zone);
    const second = dayOf(late, zone);
    return first < second ? -1 : first > second ? 1 : 0;
  }
  return String(left) < String(right) ? -1 : String(left) > String(right) ? 1 : 0;
};

/** The same value, as the format compares. */
export const equal = (one: Value, other: Value, frame: Frame, semantics: Semantics): Truth => {
  if (isUnknown(one) || isUnknown(other)) return undefined;
  if (isList(one) || isList(other)) {
    const left = isList(one) ? one : [one];
    const right = isList(other) ? other : [other];
    if (left.length !== right.length) return false;
    return every(left.map((item) => some(right.map((wanted) => equal(item, wanted, frame, semantics)))));
  }
  const left = scalar(one);
  const right = scalar(other);
  if (left === undefined || right === undefined) return isSame(one, other);
  if (typeof left === 'string' && typeof right === 'string') {
    const same = sameText(left, right, semantics);
    if (same !== false) return same;
    const { zone } = frame.box;
    const first = readWhen(left, zone);
    const second = readWhen(right, zone);
    if (!first || !second) return false;
    return first.kind === second.kind
      ? momentOf(first, zone) === momentOf(second, zone)
      : dayOf(first, zone) === dayOf(second, zone);
  }
  if (typeof left === 'boolean' || typeof right === 'boolean') return String(left) === String(right).toLowerCase();
  return order(left, right, frame) === 0;
};

const part = (text: string, piece: string, op: 'contains' | 'startsWith' | 'endsWith', exact: boolean): boolean => {
  const whole = exact ? text : text.toLowerCase();
  const wanted = exact ? piece : piece.toLowerCase();
  if (op === 'contains') return whole.includes(wanted);
  return op === 'startsWith' ? whole.startsWith(wanted) : whole.endsWith(wanted);
};

const hasPart = (
  value: Value,
  piece: Value,
  op: 'contains' | 'startsWith' | 'endsWith',
  frame: Frame,
  semantics: Semantics,
): Truth => {
  if (isUnknown(value) || isUnknown(piece)) return undefined;
  const pieces = isList(piece) ? piece : [piece];
  if (isList(value)) return some(pieces.flatMap((one) => value.map((item) => equal(item, one, frame, semantics))));
  const text = scalar(value);
  return some(
    pieces.map((one): Truth => {
      const wanted = scalar(one);
      if (text === undefined || wanted === undefined) return false;
      const exact = part(String(text), String(wanted), op, true);
      if (exact || semantics.letterCase === 'exact') return exact;
      const loose = part(String(text), String(wanted), op, false);
      return semantics.letterCase === 'ignored' || !loose ? loose : undefined;
    }),
  );
};

/** What a field has chosen: a list, or a text with `;` between. */
const chosen = (value: Value): readonly Value[] => {
  if (isList(value)) return value;
  if (isEmpty(value)) return [];
  return typeof value === 'string' && value.includes(';') ? value.split(';').map((one) => one.trim()) : [value];
};

/** How two values stand to each other; `undefined` where that is not known. */
export const compare = (op: Operator, left: Value, right: Value, frame: Frame, semantics: Semantics): Truth => {
  const items = isList(right) ? right : [right];
  switch (op) {
    case 'eq':
      return equal(left, right, frame, semantics);
    case 'in':
      return some(items.map((one) => some(chosen(left).map((item) => equal(item, one, frame, semantics)))));
    case 'contains':
    case 'startsWith':
    case 'endsWith':
      return hasPart(left, right, op, frame, semantics);
    case 'includes':
      return some(chosen(left).flatMap((item) => items.map((one) => equal(item, one, frame, semantics))));
    case 'includesAll':
      return every(items.map((one) => some(chosen(left).map((item) => equal(item, one, frame, semantics)))));
    case 'between': {
      const [low, high] = items;
      if (low === undefined || high === undefined) return undefined;
      return every([compare('ge', left, low, frame, semantics), compare('le', left, high, frame, semantics)]);
    }
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge': {
      const sign = order(left, right, frame);
      if (sign === undefined) return false;
      if (op === 'lt') return sign < 0;
      if (op === 'le') return sign <= 0;
      return op === 'gt' ? sign > 0 : sign >= 0;
    }
    default:
      return undefined;
  }
};
