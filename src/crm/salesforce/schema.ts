import type { CrmSchema } from '../../model/crm/answers.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import type { FieldType } from '../../model/workflow/schema.ts';
import { answered } from '../cloud/answering.ts';
import { isName, type SchemaField, type SchemaObject, schemaText, valuesOf } from '../cloud/fields.ts';
import { booleanIn, type Json, listIn, numberIn, objectsIn, textIn } from '../reading.ts';
import { rights } from './errors.ts';
import type { Org } from './query.ts';

/** One request each. */
const mostObjects = 80;

/** Standard objects that flows work on; the customer's own come behind them. */
const standard: readonly string[] = [
  'Account',
  'Contact',
  'Lead',
  'Opportunity',
  'Case',
  'Task',
  'Event',
  'Campaign',
  'CampaignMember',
  'User',
  'Contract',
  'Order',
  'OrderItem',
  'Product2',
  'Quote',
  'OpportunityLineItem',
  'EmailMessage',
];

const types: Readonly<Record<string, FieldType>> = {
  string: 'text',
  textarea: 'longtext',
  double: 'number',
  int: 'integer',
  long: 'integer',
  currency: 'currency',
  percent: 'percent',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  email: 'email',
  phone: 'phone',
  url: 'url',
  picklist: 'picklist',
  multipicklist: 'multipicklist',
  reference: 'reference',
  id: 'id',
};

const textsIn = (value: unknown): readonly string[] => listIn(value).flatMap((one) => textIn(one) ?? []);

const fieldOf = (field: Json, { printable }: Org): SchemaField => {
  const type = types[textIn(field.type) ?? ''] ?? 'text';
  const is = (key: string): boolean => booleanIn(field[key]) === true;
  const length = numberIn(field.length) ?? 0;
  const numeric = type === 'number' || type === 'currency' || type === 'percent';
  const to = textsIn(field.referenceTo).filter(isName);
  // Where the platform takes any other value as well, the list forbids nothing.
  const values = is('restrictedPicklist')
    ? valuesOf(
        objectsIn(field.picklistValues).flatMap(({ value, active }) => {
          const text = textIn(value);
          return text === undefined ? [] : [{ value: printable(text), active: booleanIn(active) !== false }];
        }),
      )
    : [];
  return {
    type,
    ...(is('createable') && booleanIn(field.nillable) === false && !is('defaultedOnCreate') && type !== 'boolean'
      ? { required: true as const }
      : {}),
    ...(is('createable') || is('updateable') ? {} : { readOnly: true as const }),
    ...(is('unique') ? { unique: true as const } : {}),
    ...((type === 'text' || type === 'longtext') && length > 0 ? { length } : {}),
    ...(numeric ? { precision: numberIn(field.precision) ?? 18, scale: numberIn(field.scale) ?? 0 } : {}),
    ...(to.length > 0 ? { to } : {}),
    ...(values.length > 0 ? { values } : {}),
  };
};

const objectOf = (described: readonly Json[], org: Org): SchemaObject => {
  const fields: Record<string, SchemaField> = {};
  for (const field of described) {
    const name = textIn(field.name);
    if (name === undefined || !isName(name)) continue;
    const read = fieldOf(field, org);
    fields[name] = read;
    // `Account.Name`: flows reach the other record by the name of the relationship.
    const relation = textIn(field.relationshipName);
    if (relation !== undefined && isName(relation) && read.to) {
      fields[relation] ??= { type: 'reference', to: read.to, readOnly: true };
    }
  }
  return { fields };
};

const byLogin: Text = {
  en: 'only the objects and fields that the API user may see',
  ja: 'API ユーザーが参照できるオブジェクトと項目だけです',
};

/** The customer's own objects and the usual ones with their fields, as the API user sees them. */
export const readSchema = async (org: Org, signal: AbortSignal): Promise<CrmReply<CrmSchema>> => {
  const told = await org.api({ path: `${org.data}/sobjects`, right: rights.api, list: 'sobjects' }, signal);
  if (told.kind === 'failed') return told;
  const there = told.rows.flatMap(({ name, queryable, custom, customSetting }) => {
    const text = textIn(name);
    if (text === undefined || !isName(text) || booleanIn(queryable) !== true) return [];
    return [{ name: text, own: booleanIn(custom) === true && booleanIn(customSetting) !== true }];
  });
  const wanted = [
    ...standard.filter((name) => there.some((one) => one.name === name)),
    ...there.filter(({ own, name }) => own && /__c$/i.test(name)).map(({ name }) => name),
  ];
  const objects = new Map<string, SchemaObject>();
  for (const name of wanted.slice(0, mostObjects)) {
    const path = `${org.data}/sobjects/${name}/describe`;
    const described = await org.api({ path, right: rights.records, list: 'fields' }, signal);
    if (described.kind === 'told') objects.set(name, objectOf(described.rows, org));
    else if (described.failure.kind !== 'not-found' && described.failure.kind !== 'permission') return described;
  }
  return answered({ text: schemaText(objects) }, [
    byLogin,
    ...(wanted.length > mostObjects
      ? [
          {
            en: `${wanted.length - mostObjects} more objects were not asked for`,
            ja: `ほかの ${wanted.length - mostObjects} 個のオブジェクトは取得していません`,
          },
        ]
      : []),
  ]);
};
