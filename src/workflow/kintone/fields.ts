import type { Choice, Field, FieldType, ObjectSchema } from '../../model/workflow/schema.ts';
import { placeOfKey } from '../source/json-places.ts';
import { booleanOf, isBlank, isRecord, itemsOf, member, membersOf, numberOf, textOf } from '../source/json-read.ts';
import type { JsonValue } from '../source/json-value.ts';

// https://cybozu.dev/ja/kintone/docs/overview/field-types
const types: Readonly<Record<string, FieldType>> = {
  SINGLE_LINE_TEXT: 'text',
  MULTI_LINE_TEXT: 'longtext',
  RICH_TEXT: 'longtext',
  NUMBER: 'number',
  CALC: 'number',
  RADIO_BUTTON: 'picklist',
  DROP_DOWN: 'picklist',
  CHECK_BOX: 'multipicklist',
  MULTI_SELECT: 'multipicklist',
  DATE: 'date',
  DATETIME: 'datetime',
  TIME: 'text',
  LINK: 'url',
  FILE: 'text',
  USER_SELECT: 'references',
  ORGANIZATION_SELECT: 'references',
  GROUP_SELECT: 'references',
  CREATOR: 'reference',
  MODIFIER: 'reference',
  CREATED_TIME: 'datetime',
  UPDATED_TIME: 'datetime',
  RECORD_NUMBER: 'id',
  STATUS: 'picklist',
  STATUS_ASSIGNEE: 'references',
  CATEGORY: 'multipicklist',
};

const system: readonly string[] = [
  'CALC',
  'CREATOR',
  'MODIFIER',
  'CREATED_TIME',
  'UPDATED_TIME',
  'RECORD_NUMBER',
  'STATUS',
  'STATUS_ASSIGNEE',
];
const people: readonly string[] = ['USER_SELECT', 'CREATOR', 'MODIFIER', 'STATUS_ASSIGNEE'];
const calculated: Readonly<Record<string, FieldType>> = { DATE: 'date', DATETIME: 'datetime', TIME: 'text' };
const links: Readonly<Record<string, FieldType>> = { MAIL: 'email', CALL: 'phone', WEB: 'url' };

const typeOf = (kind: string, property: JsonValue): FieldType => {
  if (kind === 'CALC') return calculated[textOf(member(property, 'format')) ?? ''] ?? 'number';
  if (kind === 'LINK') return links[textOf(member(property, 'protocol')) ?? ''] ?? 'url';
  return types[kind] ?? 'text';
};

const choicesOf = (property: JsonValue): readonly Choice[] | undefined => {
  const options = member(property, 'options');
  if (!isRecord(options)) return undefined;
  return membersOf(options).map(([value, option]) => {
    const label = textOf(member(option, 'label'));
    return { value, active: true, ...(label === undefined ? {} : { label }) };
  });
};

const limit = <Key extends string>(key: Key, value: JsonValue | undefined): Partial<Record<Key, number>> => {
  const number = numberOf(value);
  // The key is the one asked for; TypeScript widens a computed key to any string.
  return number === undefined ? {} : ({ [key]: number } as Partial<Record<Key, number>>);
};

const fieldOf = (code: string, property: JsonValue): Field => {
  const kind = textOf(member(property, 'type')) ?? '';
  const type = typeOf(kind, property);
  const label = textOf(member(property, 'label'));
  const fallback = member(property, 'defaultValue');
  const choices = choicesOf(property);
  const computed = system.includes(kind) || !isBlank(member(property, 'expression'));
  return {
    name: code,
    ...(label === undefined ? {} : { label: { ja: label } }),
    type,
    required: booleanOf(member(property, 'required')) === true,
    hasDefault: !isBlank(fallback) || booleanOf(member(property, 'defaultNowValue')) === true,
    ...(fallback?.kind === 'text' && fallback.value !== '' ? { default: fallback.value } : {}),
    ...(choices ? { choices } : {}),
    restricted: choices !== undefined,
    ...limit('length', member(property, 'maxLength')),
    ...limit('min', member(property, 'minValue')),
    ...limit('max', member(property, 'maxValue')),
    unique: booleanOf(member(property, 'unique')) === true,
    readOnly: computed,
    editable: !computed,
    ...(people.includes(kind) ? { to: ['User'] } : {}),
    place: placeOfKey(property),
  };
};

const decoration: readonly string[] = ['GROUP', 'LABEL', 'SPACER', 'HR', 'REFERENCE_TABLE'];

/** The fields of an app (`fields.json`); those of tables are asked for in queries by their own codes. */
export const objectOfFields = (root: JsonValue, name: string): ObjectSchema => {
  const fields = new Map<string, Field>();
  const add = (properties: JsonValue | undefined, inTable: boolean): void => {
    for (const [code, property] of membersOf(properties)) {
      if (!isRecord(property)) continue;
      const kind = textOf(member(property, 'type')) ?? '';
      if (kind === 'SUBTABLE') {
        fields.set(code, { ...fieldOf(code, property), type: 'references' });
        if (!inTable) add(member(property, 'fields'), true);
        continue;
      }
      if (decoration.includes(kind)) continue;
      const field = fieldOf(code, property);
      // A field of a table has a value in each of its rows.
      fields.set(code, inTable && field.type === 'picklist' ? { ...field, type: 'multipicklist' } : field);
    }
  };
  add(member(root, 'properties'), false);
  fields.set('$id', {
    name: '$id',
    type: 'id',
    required: false,
    hasDefault: true,
    restricted: false,
    unique: true,
    readOnly: true,
  });
  return { name, fields, rules: [], complete: true, settings: false };
};

/** The states of the process are the values of the status field. */
export const withStates = (object: ObjectSchema, states: readonly string[]): ObjectSchema => {
  const fields = new Map(object.fields);
  for (const [code, field] of fields) {
    if (field.type === 'picklist' && field.readOnly && field.choices === undefined) {
      fields.set(code, { ...field, choices: states.map((value) => ({ value, active: true })), restricted: true });
    }
  }
  return { ...object, fields };
};

export const isFieldsFile = (root: JsonValue): boolean => {
  const first = membersOf(member(root, 'properties'))[0];
  return (
    first !== undefined &&
    /^[A-Z_]+$/.test(textOf(member(first[1], 'type')) ?? '') &&
    member(first[1], 'code') !== undefined
  );
};

export const isRightsFile = (root: JsonValue): boolean =>
  itemsOf(member(root, 'rights')).some((right) => member(right, 'entity') ?? member(right, 'entities'));
