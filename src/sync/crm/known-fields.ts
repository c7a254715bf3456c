import type { ColumnType, SourceColumn } from '../../model/sync/column.ts';
import { type FieldType, fieldTypes } from '../../model/workflow/schema.ts';

/** What the schema of a CRM tells of its fields. */
export interface KnownField {
  readonly type: FieldType;
  readonly column: Omit<SourceColumn, 'name'>;
}

export interface KnownTypes {
  readonly names: readonly string[];
  readonly fieldsOf: (type: string) => ReadonlyMap<string, KnownField> | undefined;
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const columnTypes: Readonly<Partial<Record<FieldType, ColumnType>>> = {
  text: 'text',
  longtext: 'text',
  number: 'number',
  integer: 'number',
  percent: 'number',
  currency: 'amount',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamp',
  email: 'email',
  phone: 'phone',
  picklist: 'picklist',
  multipicklist: 'multi-picklist',
  reference: 'reference',
  references: 'reference',
  id: 'id',
};

/** So long lists were cut by whoever read them: a value that is not among them may be allowed all the same. */
const mostOptions = 500;

/** Fields that nobody writes and that are no formula: ids, who and when. */
const own: readonly FieldType[] = ['id', 'datetime', 'reference', 'references', 'picklist', 'multipicklist'];

const optionsOf = (values: unknown): readonly string[] | undefined => {
  if (!Array.isArray(values) || values.length === 0 || values.length >= mostOptions) return undefined;
  return values.flatMap((one: unknown) => {
    if (typeof one === 'string') return [one];
    return isObject(one) && typeof one.value === 'string' && one.active !== false ? [one.value] : [];
  });
};

const fieldOf = (field: Json): KnownField | undefined => {
  const type = fieldTypes.find((one) => one === field.type);
  if (type === undefined) return undefined;
  const columnType = columnTypes[type];
  const options = optionsOf(field.values);
  const { length } = field;
  return {
    type,
    column: {
      declared: type,
      ...(columnType === undefined ? {} : { type: columnType }),
      ...(field.required === true ? { required: true } : {}),
      ...(typeof length === 'number' && Number.isInteger(length) && length > 0 ? { maxLength: length } : {}),
      ...(options ? { options } : {}),
      ...(field.readOnly === true && !own.includes(type) ? { calculated: true } : {}),
      ...(field.unique === true || type === 'id' ? { unique: true } : {}),
    },
  };
};

/** `contacts` of a list of records is `contact` in the schema of some (Dynamics). */
const singulars = (type: string): readonly string[] => [
  type,
  type.replace(/ies$/, 'y'),
  type.replace(/es$/, ''),
  type.replace(/s$/, ''),
];

/** The objects of a schema file of the workflow format, in JSON; what has not its form counts as not there. */
export const knownTypes = (text: string): KnownTypes => {
  let schema: unknown;
  try {
    schema = JSON.parse(text);
  } catch {
    schema = undefined;
  }
  const objects = isObject(schema) && isObject(schema.objects) ? schema.objects : {};
  const names = Object.keys(objects);
  const labelled = new Map(
    names.flatMap((name) => {
      const object = objects[name];
      return isObject(object) && typeof object.label === 'string' ? [[object.label, name] as const] : [];
    }),
  );
  return {
    names,
    fieldsOf: (type) => {
      const name =
        [...singulars(type), labelled.get(type) ?? ''].find((one) => Object.hasOwn(objects, one)) ??
        // An app of kintone, by its number: `案件管理 (12)`.
        names.find((one) => one.endsWith(` (${type})`));
      const object = name === undefined ? undefined : objects[name];
      if (!isObject(object) || !isObject(object.fields)) return undefined;
      return new Map(
        Object.entries(object.fields).flatMap(([field, value]) => {
          const known = isObject(value) ? fieldOf(value) : undefined;
          return known ? [[field, known] as const] : [];
        }),
      );
    },
  };
};
