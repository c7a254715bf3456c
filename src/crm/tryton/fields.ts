import type { FieldType } from '../../model/workflow/schema.ts';
import { booleanIn, isObject, type Json, listIn, numberIn, textIn } from '../reading.ts';
import type { Rpc } from './rpc.ts';

/** Fields that are never read, whatever a model calls them. */
export const isSecret = (name: string): boolean => /passw|secret|token|api_?key|private_?key/i.test(name);

/** Kinds that hold no value that could be shown or compared. */
export const withoutValue: readonly string[] = ['binary', 'dict'];

const types: Readonly<Record<string, FieldType>> = {
  char: 'text',
  text: 'longtext',
  fullText: 'longtext',
  integer: 'integer',
  biginteger: 'integer',
  float: 'number',
  numeric: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  timestamp: 'datetime',
  time: 'text',
  timedelta: 'number',
  selection: 'picklist',
  multiselection: 'multipicklist',
  many2one: 'reference',
  one2one: 'reference',
  reference: 'reference',
  one2many: 'references',
  many2many: 'references',
};

const typeOf = (name: string, field: Json): FieldType | undefined => {
  const type = textIn(field.type) ?? '';
  if (name === 'id') return 'id';
  if (name === 'email' && type === 'char') return 'email';
  if ((name === 'phone' || name === 'mobile' || name === 'fax') && type === 'char') return 'phone';
  // A selection whose values a method computes tells only the method's name.
  if ((type === 'selection' || type === 'multiselection') && !Array.isArray(field.selection)) return 'text';
  return Object.hasOwn(types, type) ? types[type] : undefined;
};

const valuesOf = (field: Json, printable: Rpc['printable']): readonly unknown[] =>
  listIn(field.selection).flatMap((one) => {
    const [value, label] = listIn(one);
    if (typeof value !== 'string' || value === '') return [];
    const name = textIn(label);
    return [{ value: printable(value, 200), ...(name === undefined ? {} : { label: printable(name, 200) }) }];
  });

/** `[16, 2]`, a PYSON statement as JSON text; numbers only where nothing has to be computed. */
const digitsOf = (field: Json): { readonly precision?: number; readonly scale?: number } => {
  const text = textIn(field.digits);
  if (text === undefined || !/^\[ ?\d{1,3}, ?\d{1,3} ?\]$/.test(text)) return {};
  const [precision, scale] = text.slice(1, -1).split(',').map(Number);
  return { ...(precision ? { precision } : {}), ...(scale === undefined ? {} : { scale }) };
};

/** One field of `fields_get` as the schema file writes it. */
export const fieldOf = (
  name: string,
  field: Json,
  { printable, preset }: { readonly printable: Rpc['printable']; readonly preset: unknown },
): Json | undefined => {
  const type = typeOf(name, field);
  if (type === undefined || isSecret(name)) return undefined;
  const label = textIn(field.string);
  const to = textIn(field.relation);
  const values = type === 'picklist' || type === 'multipicklist' ? valuesOf(field, printable) : [];
  const length = type === 'text' ? numberIn(field.size) : undefined;
  return {
    type,
    ...(label === undefined ? {} : { label: printable(label, 120) }),
    ...(booleanIn(field.required) ? { required: true } : {}),
    ...(booleanIn(field.readonly) ? { readOnly: true } : {}),
    ...(values.length > 0 ? { values } : {}),
    ...((type === 'reference' || type === 'references') && to !== undefined ? { to: printable(to, 120) } : {}),
    ...(length === undefined ? {} : { length }),
    ...(type === 'number' ? digitsOf(field) : {}),
    ...(typeof preset === 'string' || typeof preset === 'number' || typeof preset === 'boolean'
      ? { default: typeof preset === 'string' ? printable(preset, 200) : preset }
      : {}),
  };
};

/** The fields that `fields_get` tells of, by name. */
export const fieldsIn = (told: unknown): readonly (readonly [string, Json])[] =>
  isObject(told)
    ? Object.entries(told).flatMap(([name, field]) =>
        isObject(field) && /^\w{1,100}$/.test(name) ? [[name, field] as const] : [],
      )
    : [];
