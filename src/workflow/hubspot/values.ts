import type { Party } from '../../model/workflow/step.ts';
import type { Duration, Path, Unit, Value } from '../../model/workflow/value.ts';
import { literal, opaqueValue, pathOf, pathValue, recordPath } from '../build.ts';
import { placeInText, placeOf } from '../source/json-places.ts';
import { idOf, itemsOf, member, numberOf, textOf } from '../source/json-read.ts';
import type { JsonText, JsonValue } from '../source/json-value.ts';

const units: Readonly<Record<string, Unit>> = {
  SECONDS: 'second',
  MINUTES: 'minute',
  HOURS: 'hour',
  DAYS: 'day',
  WEEKS: 'week',
  MONTHS: 'month',
  YEARS: 'year',
};

export const durationOf = (amount: JsonValue | undefined, unit: JsonValue | undefined): Duration | undefined => {
  const number = numberOf(amount);
  const named = units[textOf(unit) ?? ''];
  return number === undefined || !named ? undefined : { amount: number, unit: named };
};

const token = /\{\{\s{0,20}([\w.]{1,200})\s{0,20}\}\}/g;

/** `enrolled_object.name` is a property of the record; what else HubSpot fills in is known to it alone. */
const tokenPath = (words: string, text: JsonText, from: number, to: number): Path => {
  const place = placeInText(text, from, to);
  const [root = '', ...rest] = words.split('.');
  return root === 'enrolled_object' && rest.length > 0
    ? pathOf({ kind: 'record' }, rest, words, place)
    : pathOf({ kind: 'system', name: root }, rest, words, place);
};

/** A text with `{{ enrolled_object.property }}` in it. */
export const templateOf = (value: JsonValue | undefined): Value | undefined => {
  if (value?.kind !== 'text') {
    const written = idOf(value);
    return value && written !== undefined ? literal(written, placeOf(value)) : undefined;
  }
  const parts: (string | Value)[] = [];
  let end = 0;
  for (const found of value.value.matchAll(token)) {
    const [whole, words = ''] = found;
    if (found.index > end) parts.push(value.value.slice(end, found.index));
    end = found.index + whole.length;
    parts.push(pathValue(tokenPath(words, value, found.index, end)));
  }
  if (parts.length === 0) return literal(value.value, placeOf(value));
  if (end < value.value.length) parts.push(value.value.slice(end));
  return { kind: 'text', parts, place: placeOf(value) };
};

/** The result of an earlier action. */
const outputOf = (value: JsonValue): Value => {
  const step = idOf(member(value, 'actionId'));
  const key = textOf(member(value, 'dataKey')) ?? '';
  const place = placeOf(value);
  return step === undefined
    ? opaqueValue(key, place)
    : pathValue(pathOf({ kind: 'step', step }, key === '' ? [] : [key], `${step}.${key}`, place));
};

/** What an action puts into a property (the input values of the v4 API). */
export const inputValue = (value: JsonValue | undefined): Value | undefined => {
  if (value === undefined) return undefined;
  if (value.kind !== 'record') return templateOf(value);
  const place = placeOf(value);
  const property = member(value, 'propertyName');
  const name = textOf(property);
  switch (textOf(member(value, 'type')) ?? (member(value, 'staticValue') ? 'STATIC_VALUE' : '')) {
    case 'STATIC_VALUE': {
      const fixed = member(value, 'staticValue');
      if (fixed?.kind === 'boolean') return literal(fixed.value, placeOf(fixed));
      if (fixed?.kind === 'null') return literal(null, placeOf(fixed));
      return templateOf(fixed) ?? opaqueValue('', place);
    }
    case 'OBJECT_PROPERTY':
      return name !== undefined && property ? pathValue(recordPath(name, placeOf(property))) : opaqueValue('', place);
    case 'FIELD_DATA':
      return outputOf(value);
    case 'TIMESTAMP':
      return { kind: 'moment', base: 'now', place };
    case 'RELATIVE_DATETIME': {
      const offset = durationOf(member(value, 'timeDelay', 'delta'), member(value, 'timeDelay', 'timeUnit'));
      return offset ? { kind: 'moment', base: 'now', offset, place } : opaqueValue('RELATIVE_DATETIME', place);
    }
    default: {
      const type = textOf(member(value, 'type')) ?? '';
      return opaqueValue(type, place, name !== undefined && property ? [recordPath(name, placeOf(property))] : []);
    }
  }
};

/** Users, teams and the people that properties of the record name. */
export const peopleOf = (fields: JsonValue | undefined): readonly Party[] => [
  ...itemsOf(member(fields, 'user_ids')).flatMap((value): readonly Party[] => {
    const id = idOf(value);
    return id === undefined ? [] : [{ kind: 'user', id, place: placeOf(value) }];
  }),
  ...itemsOf(member(fields, 'team_ids')).flatMap((value): readonly Party[] => {
    const id = idOf(value);
    return id === undefined ? [] : [{ kind: 'group', id, place: placeOf(value) }];
  }),
  ...itemsOf(member(fields, 'owner_properties')).flatMap((value): readonly Party[] => {
    const name = textOf(value);
    const place = placeOf(value);
    return name === undefined ? [] : [{ kind: 'path', path: recordPath(name, place), place }];
  }),
  ...itemsOf(member(fields, 'recipient_emails')).flatMap((value): readonly Party[] => {
    const address = textOf(value);
    return address === undefined ? [] : [{ kind: 'address', address, place: placeOf(value) }];
  }),
];
