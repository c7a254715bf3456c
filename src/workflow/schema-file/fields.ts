import type { Text } from '../../model/text.ts';
import { type Choice, type Field, type FieldType, fieldTypes } from '../../model/workflow/schema.ts';
import {
  booleanIn,
  type Complain,
  choiceIn,
  isEmpty,
  listIn,
  mapIn,
  missingKey,
  numberIn,
  oneOrMany,
  onlyKeys,
  textIn,
  wrongValue,
} from '../source/expect.ts';
import { labelOf } from '../source/label.ts';
import { entryOf, type TreeEntry, type TreeMap, type TreeNode } from '../source/tree.ts';

const aField: Text = { en: 'a field', ja: '項目' };
const aChoice: Text = { en: 'a value of a picklist', ja: '選択肢の値' };
const aFieldOrType: Text = {
  en: 'a type such as text, or { type: text, … }',
  ja: 'text などの型、または { type: text, … }',
};

const keys = [
  'type',
  'label',
  'required',
  'default',
  'values',
  'length',
  'precision',
  'scale',
  'min',
  'max',
  'unique',
  'readOnly',
  'editable',
  'to',
];

const choiceOf = (node: TreeNode, complain: Complain): Choice | undefined => {
  if (node.kind !== 'map') {
    const value = textIn(node, 'values', complain);
    return value === undefined ? undefined : { value, active: true };
  }
  onlyKeys(node, ['value', 'label', 'active', 'recordTypes'], aChoice, complain);
  const at = (key: string): TreeNode | undefined => entryOf(node, key)?.value;
  const valueNode = at('value');
  if (!valueNode) complain(missingKey('value', aChoice, node.place));
  const value = valueNode && textIn(valueNode, 'value', complain);
  const label = at('label');
  const name = label && textIn(label, 'label', complain);
  const active = at('active');
  const types = at('recordTypes');
  const isActive = active && booleanIn(active, 'active', complain);
  if (value === undefined) return undefined;
  return {
    value,
    ...(name === undefined ? {} : { label: name }),
    active: isActive ?? true,
    ...(types ? { recordTypes: oneOrMany(types).flatMap((one) => textIn(one, 'recordTypes', complain) ?? []) } : {}),
  };
};

const scalarDefault = (node: TreeNode, complain: Complain): Field['default'] | undefined => {
  if (node.kind === 'scalar') return node.value;
  complain(wrongValue('default', { en: 'one value', ja: '1 つの値' }, node));
  return undefined;
};

/** A field of which nothing but its name and type is said. */
const plainField = (name: string, type: FieldType): Field => ({
  name,
  type,
  required: false,
  hasDefault: false,
  restricted: false,
  unique: false,
  readOnly: false,
});

const longField = (name: string, map: TreeMap, complain: Complain): Omit<Field, 'place'> => {
  onlyKeys(map, keys, aField, complain);
  const at = (key: string): TreeNode | undefined => entryOf(map, key)?.value;
  const flag = (key: string): boolean | undefined => {
    const node = at(key);
    return node && booleanIn(node, key, complain);
  };
  const number = <Key extends 'length' | 'precision' | 'scale' | 'min' | 'max'>(
    key: Key,
  ): { readonly [Name in Key]?: number } => {
    const node = at(key);
    const value = node && numberIn(node, key, complain);
    // One key of these, which TypeScript makes an index signature of.
    return (value === undefined ? {} : { [key]: value }) as { readonly [Name in Key]?: number };
  };
  const typeNode = at('type');
  if (!typeNode) complain(missingKey('type', aField, map.place));
  const type = (typeNode && choiceIn(typeNode, fieldTypes, 'type', complain)) ?? 'text';
  const labelNode = at('label');
  const label = labelNode && labelOf(labelNode, complain);
  const valuesNode = at('values');
  const values = valuesNode && listIn(valuesNode, 'values', complain);
  const defaultNode = at('default');
  const start = defaultNode && scalarDefault(defaultNode, complain);
  const to = at('to');
  const editable = flag('editable');
  return {
    ...plainField(name, type),
    ...(label ? { label } : {}),
    required: flag('required') ?? false,
    ...(start === undefined ? {} : { default: start }),
    hasDefault: start !== undefined && start !== null,
    ...(values ? { choices: values.items.flatMap((item) => choiceOf(item, complain) ?? []) } : {}),
    restricted: values !== undefined,
    ...number('length'),
    ...number('precision'),
    ...number('scale'),
    ...number('min'),
    ...number('max'),
    unique: flag('unique') ?? false,
    readOnly: flag('readOnly') ?? false,
    ...(editable === undefined ? {} : { editable }),
    ...(to ? { to: oneOrMany(to).flatMap((one) => textIn(one, 'to', complain) ?? []) } : {}),
  };
};

const fieldOf = ({ key, keyPlace, value }: TreeEntry, complain: Complain): Field | undefined => {
  if (value.kind === 'list' || isEmpty(value)) {
    complain(wrongValue(key, aFieldOrType, value));
    return undefined;
  }
  if (value.kind === 'scalar') {
    const type = choiceIn(value, fieldTypes, key, complain);
    return type && { ...plainField(key, type), place: keyPlace };
  }
  return { ...longField(key, value, complain), place: keyPlace };
};

const always = { required: true, hasDefault: true } as const;

/** What every object has, unless it lists them itself. */
const implicit: readonly Field[] = [
  { ...plainField('id', 'id'), ...always, readOnly: true, unique: true },
  plainField('name', 'text'),
  { ...plainField('createdAt', 'datetime'), ...always, readOnly: true },
  { ...plainField('modifiedAt', 'datetime'), ...always, readOnly: true },
  { ...plainField('owner', 'reference'), ...always, to: ['User'] },
];

/** What people have besides. */
const ofUser: readonly Field[] = [
  { ...plainField('email', 'email'), required: true },
  plainField('role', 'text'),
  { ...plainField('active', 'boolean'), ...always },
  { ...plainField('manager', 'reference'), to: ['User'] },
];

/** The fields of an object by name. */
export const fieldsOf = (
  object: string,
  node: TreeNode | undefined,
  complain: Complain,
): ReadonlyMap<string, Field> => {
  const fields = new Map<string, Field>();
  for (const entry of (node && mapIn(node, 'fields', complain)?.entries) ?? []) {
    const field = fieldOf(entry, complain);
    if (field) fields.set(field.name, field);
  }
  for (const field of object === 'User' ? [...implicit, ...ofUser] : implicit) {
    if (!fields.has(field.name)) fields.set(field.name, field);
  }
  return fields;
};
