import { booleanIn, isObject, type Json, listIn, numberIn, objectIn, textIn } from '../reading.ts';

// https://cybozu.dev/ja/kintone/docs/overview/field-types
const types: Readonly<Record<string, string>> = {
  SINGLE_LINE_TEXT: 'text',
  MULTI_LINE_TEXT: 'longtext',
  RICH_TEXT: 'longtext',
  NUMBER: 'number',
  CALC: 'number',
  RADIO_BUTTON: 'picklist',
  DROP_DOWN: 'picklist',
  CHECK_BOX: 'multipicklist',
  MULTI_SELECT: 'multipicklist',
  CATEGORY: 'multipicklist',
  DATE: 'date',
  DATETIME: 'datetime',
  USER_SELECT: 'references',
  ORGANIZATION_SELECT: 'references',
  GROUP_SELECT: 'references',
  STATUS_ASSIGNEE: 'references',
  SUBTABLE: 'references',
  CREATOR: 'reference',
  MODIFIER: 'reference',
  CREATED_TIME: 'datetime',
  UPDATED_TIME: 'datetime',
  RECORD_NUMBER: 'id',
};

const links: Readonly<Record<string, string>> = { MAIL: 'email', CALL: 'phone', WEB: 'url' };
const people: readonly string[] = ['USER_SELECT', 'CREATOR', 'MODIFIER', 'STATUS_ASSIGNEE'];
const decoration: readonly string[] = ['GROUP', 'LABEL', 'SPACER', 'HR', 'REFERENCE_TABLE'];
const own: readonly string[] = [
  'CALC',
  'CREATOR',
  'MODIFIER',
  'CREATED_TIME',
  'UPDATED_TIME',
  'RECORD_NUMBER',
  'STATUS',
  'STATUS_ASSIGNEE',
];

const typeOf = (kind: string, property: Json): string => {
  if (kind === 'LINK') return links[textIn(property.protocol) ?? ''] ?? 'url';
  return types[kind] ?? 'text';
};

const limits = (property: Json): Json => {
  const [length, min, max] = [property.maxLength, property.minValue, property.maxValue].map(numberIn);
  return {
    ...(length === undefined || length < 1 ? {} : { length }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  };
};

const fieldOf = (property: Json, states: readonly string[]): Json => {
  const kind = textIn(property.type) ?? '';
  const label = textIn(property.label);
  const options = kind === 'STATUS' ? states : Object.keys(objectIn(property.options));
  const type = typeOf(kind, property);
  const readOnly = own.includes(kind) || textIn(property.expression) !== undefined;
  return {
    type:
      options.length > 0 && kind === 'STATUS'
        ? 'picklist'
        : options.length === 0 && type === 'picklist'
          ? 'text'
          : type,
    ...(label === undefined ? {} : { label }),
    ...(options.length > 0 ? { values: options } : {}),
    ...limits(property),
    ...(booleanIn(property.required) === true ? { required: true } : {}),
    ...(booleanIn(property.unique) === true ? { unique: true } : {}),
    ...(readOnly ? { readOnly: true } : {}),
    ...(people.includes(kind) ? { to: 'User' } : {}),
  };
};

/** One app as an object of a schema file; the fields of its tables are asked for by codes of their own. */
export const objectOf = (name: string, fields: Json, status: Json | undefined): Json => {
  const found: Record<string, Json> = { $id: { type: 'id', readOnly: true } };
  const states = Object.keys(objectIn(status?.states));
  const add = (properties: Json): void => {
    for (const [code, property] of Object.entries(properties)) {
      const kind = isObject(property) ? textIn(property.type) : undefined;
      if (!isObject(property) || kind === undefined || decoration.includes(kind)) continue;
      found[code] = fieldOf(property, states);
    }
  };
  add(objectIn(fields.properties));
  for (const property of Object.values(objectIn(fields.properties))) {
    if (isObject(property) && property.type === 'SUBTABLE') add(objectIn(property.fields));
  }
  return { label: name, complete: true, fields: found };
};

const operations: readonly (readonly [flag: string, operation: string])[] = [
  ['recordAddable', 'create'],
  ['recordViewable', 'read'],
  ['recordEditable', 'update'],
  ['recordDeletable', 'delete'],
];

/** What each group or organisation may do in an app, the first line that names it. */
export const rightsOf = (acl: Json): ReadonlyMap<string, readonly string[]> => {
  const rights = new Map<string, readonly string[]>();
  for (const right of listIn(acl.rights)) {
    const { entity, ...flags } = objectIn(right);
    const { type, code } = objectIn(entity);
    const group = textIn(code);
    if ((type !== 'GROUP' && type !== 'ORGANIZATION') || group === undefined || rights.has(group)) continue;
    rights.set(
      group,
      operations.flatMap(([flag, operation]) => (booleanIn(flags[flag]) === true ? [operation] : [])),
    );
  }
  return rights;
};
