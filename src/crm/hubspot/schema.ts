import type { CrmSchema } from '../../model/crm/answers.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import type { FieldType } from '../../model/workflow/schema.ts';
import { answered } from '../cloud/answering.ts';
import type { Api } from '../cloud/ask.ts';
import { isName, type SchemaField, type SchemaObject, schemaText, valuesOf } from '../cloud/fields.ts';
import { booleanIn, type Json, objectIn, objectsIn, textIn } from '../reading.ts';
import { scope, version } from './errors.ts';
import { list } from './pages.ts';

/** As the path of the API and as workflows call them. */
const standard: readonly (readonly [path: string, name: string])[] = [
  ['contacts', 'contact'],
  ['companies', 'company'],
  ['deals', 'deal'],
  ['tickets', 'ticket'],
  ['leads', 'lead'],
];
const mostOwn = 20;

const types: Readonly<Record<string, FieldType>> = {
  number: 'number',
  date: 'date',
  datetime: 'datetime',
  bool: 'boolean',
  phone_number: 'phone',
};
const forms: Readonly<Record<string, FieldType>> = {
  textarea: 'longtext',
  html: 'longtext',
  phonenumber: 'phone',
};

const typeOf = (name: string, property: Json): FieldType => {
  const [type, form] = [textIn(property.type) ?? '', textIn(property.fieldType) ?? ''];
  if (textIn(property.referencedObjectType) === 'OWNER') return 'reference';
  if (type === 'enumeration')
    return form === 'checkbox' ? 'multipicklist' : form === 'booleancheckbox' ? 'boolean' : 'picklist';
  if (name === 'email') return 'email';
  const own = (table: Readonly<Record<string, FieldType>>, key: string) =>
    Object.hasOwn(table, key) ? table[key] : undefined;
  return own(types, type) ?? own(forms, form) ?? 'text';
};

const fieldOf = (name: string, property: Json, printable: (text: string) => string): SchemaField => {
  const type = typeOf(name, property);
  const fixed = booleanIn(objectIn(property.modificationMetadata).readOnlyValue) === true;
  const listed = type === 'picklist' || type === 'multipicklist';
  // Values that another system keeps are not all told.
  const values =
    listed && booleanIn(property.externalOptions) !== true
      ? valuesOf(
          objectsIn(property.options).flatMap(({ value, hidden }) => {
            const text = textIn(value);
            return text === undefined ? [] : [{ value: printable(text), active: booleanIn(hidden) !== true }];
          }),
        )
      : [];
  return {
    type,
    ...(fixed || booleanIn(property.calculated) === true ? { readOnly: true as const } : {}),
    ...(booleanIn(property.hasUniqueValue) === true ? { unique: true as const } : {}),
    ...(type === 'reference' ? { to: ['User'] } : {}),
    ...(values.length > 0 ? { values } : {}),
  };
};

const objectOf = (properties: readonly Json[], printable: (text: string) => string): SchemaObject => ({
  fields: Object.fromEntries(
    properties.flatMap((property) => {
      const name = textIn(property.name);
      return name === undefined || !isName(name) || booleanIn(property.archived) === true
        ? []
        : [[name, fieldOf(name, property, printable)]];
    }),
  ),
});

const unseen = (names: readonly string[]): readonly Text[] =>
  names.length === 0
    ? []
    : [
        {
          en: `not readable with this key: ${names.join(', ')}`,
          ja: `このキーでは読み取れません: ${names.join(', ')}`,
        },
      ];

/** Objects with their properties and options. */
export const readSchema = async (
  api: Api,
  printable: (text: string) => string,
  signal: AbortSignal,
): Promise<CrmReply<CrmSchema>> => {
  const own = await list(api, { path: '/crm/v3/schemas', query: { limit: undefined } }, signal);
  const wanted = [
    ...standard,
    ...(own.kind === 'rows' ? own.rows : []).slice(0, mostOwn).flatMap(({ objectTypeId }) => {
      const id = textIn(objectTypeId);
      return id !== undefined && /^2-\d{1,12}$/.test(id) ? [[id, id] as const] : [];
    }),
  ];
  const objects = new Map<string, SchemaObject>();
  const missing: string[] = own.kind === 'rows' ? [] : ['custom objects'];
  for (const [path, name] of wanted) {
    const scoped = scope(`crm.schemas.${/^2-/.test(path) ? 'custom' : path}.read`);
    const told = await api({ path: `/crm/properties/${version}/${path}`, right: scoped, list: 'results' }, signal);
    if (told.kind === 'told') objects.set(name, objectOf(told.rows, printable));
    else if (told.failure.kind === 'permission' || told.failure.kind === 'not-found') missing.push(path);
    else return told;
    // Nothing at all may be read: which scope is lacking is said once.
    if (told.kind === 'failed' && objects.size === 0 && path === 'leads') return told;
  }
  const more = own.kind === 'rows' ? own.rows.length - mostOwn : 0;
  return answered({ text: schemaText(objects) }, [
    ...unseen(missing),
    ...(more > 0
      ? [
          {
            en: `${more} more custom objects were not asked for`,
            ja: `ほかの ${more} 個のカスタムオブジェクトは取得していません`,
          },
        ]
      : []),
  ]);
};
