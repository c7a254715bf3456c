import type { JsonValue } from './json-value.ts';

type Entries = ReadonlyMap<string, JsonValue>;

const entriesOf = (value: JsonValue | undefined): Entries | undefined =>
  value !== null && typeof value === 'object' && 'entries' in value ? value.entries : undefined;

/**
 * What stands around the fields of a record in the answers of an API, and nothing else does: HubSpot
 * (https://developers.hubspot.com/docs/api/crm/contacts), Airtable (https://airtable.com/developers/web/api/list-records).
 */
const around: readonly (readonly [within: string, besides: ReadonlySet<string>])[] = [
  [
    'properties',
    new Set(['id', 'createdAt', 'updatedAt', 'archived', 'archivedAt', 'associations', 'propertiesWithHistory', 'url']),
  ],
  ['fields', new Set(['id', 'createdTime'])],
];

/** A name of its own for each field: that of the record itself stays, where both have it. */
const unwrapped = (record: Entries): Entries | undefined => {
  for (const [within, besides] of around) {
    const inner = entriesOf(record.get(within));
    const outer = [...record].filter(([name]) => name !== within);
    if (inner === undefined || outer.length === 0 || !outer.every(([name]) => besides.has(name))) continue;
    const own = new Map(outer);
    return new Map([
      ...outer,
      ...[...inner].map(([name, value]) => [own.has(name) ? `${within}.${name}` : name, value] as const),
    ]);
  }
  return undefined;
};

/** A user, a group or an organisation of kintone is known by its code. */
const codeOf = (value: JsonValue): JsonValue => {
  const entries = entriesOf(value);
  return entries?.size === 2 && entries.has('name') ? (entries.get('code') ?? value) : value;
};

/** `{ "type": "NUMBER", "value": "1" }`, as kintone writes a field (https://kintone.dev/en/docs/kintone/overview/field-types/). */
const fieldValue = (field: JsonValue): JsonValue | undefined => {
  const entries = entriesOf(field);
  const value = entries?.get('value');
  if (entries?.size !== 2 || typeof entries.get('type') !== 'string' || value === undefined) return undefined;
  return value !== null && typeof value === 'object' && 'list' in value
    ? { list: value.list.map(codeOf) }
    : codeOf(value);
};

const ofKintone = (record: Entries): Entries | undefined => {
  const fields = new Map<string, JsonValue>();
  for (const [name, field] of record) {
    const value = fieldValue(field);
    if (value === undefined) return undefined;
    fields.set(name, value);
  }
  return fields.size === 0 ? undefined : fields;
};

/** The fields of a record by their names, without what an API puts around them. */
export const fieldsOf = (record: Entries): Entries => ofKintone(record) ?? unwrapped(record) ?? record;
