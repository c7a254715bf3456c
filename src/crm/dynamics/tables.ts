import type { CrmSchema } from '../../model/crm/answers.ts';
import type { CrmRecord, CrmRecordPage, CrmRecordQuery } from '../../model/crm/connector.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import type { FieldType } from '../../model/workflow/schema.ts';
import { answered } from '../cloud/answering.ts';
import { isName, isSecretName, type SchemaField, type SchemaObject, schemaText } from '../cloud/fields.ts';
import { booleanIn, type Json, objectIn, objectsIn, textIn } from '../reading.ts';
import { readOf } from './errors.ts';
import { type Ask, type Environment, pageOf, rowsOf } from './rows.ts';

export const recordTypes = {
  contacts: 'contacts',
  companies: 'accounts',
  leads: 'leads',
  opportunities: 'opportunities',
  tickets: 'incidents',
} as const;

/** AttributeType of attribute metadata; what is not listed holds no value of its own. */
const types: Readonly<Record<string, FieldType>> = {
  String: 'text',
  Memo: 'longtext',
  Integer: 'integer',
  BigInt: 'integer',
  Decimal: 'number',
  Double: 'number',
  Money: 'currency',
  Boolean: 'boolean',
  DateTime: 'datetime',
  Picklist: 'picklist',
  State: 'picklist',
  Status: 'picklist',
  Lookup: 'reference',
  Customer: 'reference',
  Owner: 'reference',
  Uniqueidentifier: 'id',
};

const attributes =
  'Attributes($select=LogicalName,AttributeType,AttributeTypeName,AttributeOf,IsValidForRead,IsValidForCreate,IsValidForUpdate)';

const typeOf = (attribute: Json): FieldType | undefined => {
  if (textIn(objectIn(attribute.AttributeTypeName).Value) === 'MultiSelectPicklistType') return 'multipicklist';
  const type = textIn(attribute.AttributeType) ?? '';
  return Object.hasOwn(types, type) ? types[type] : undefined;
};

interface Column {
  readonly name: string;
  readonly type: FieldType;
  readonly readOnly: boolean;
}

const columnsIn = (table: Json): readonly Column[] =>
  objectsIn(table.Attributes).flatMap((attribute) => {
    const [name, type] = [textIn(attribute.LogicalName), typeOf(attribute)];
    if (name === undefined || !isName(name) || type === undefined) return [];
    // What only repeats another column (a lookup's name) is not one of its own.
    if (textIn(attribute.AttributeOf) !== undefined || booleanIn(attribute.IsValidForRead) === false) return [];
    const readOnly = booleanIn(attribute.IsValidForCreate) === false && booleanIn(attribute.IsValidForUpdate) === false;
    return [{ name, type, readOnly }];
  });

/** In queries and flows, a lookup's value stands under this name. */
const columnName = ({ name, type }: Column): string => (type === 'reference' ? `_${name}_value` : name);

const objectOf = (table: Json): SchemaObject => {
  const fields: Record<string, SchemaField> = {};
  for (const column of columnsIn(table)) {
    const field: SchemaField = { type: column.type, ...(column.readOnly ? { readOnly: true as const } : {}) };
    fields[column.name] = field;
    if (column.type === 'reference') fields[columnName(column)] = { ...field, readOnly: true };
  }
  return { fields };
};

const standard = ['account', 'contact', 'lead', 'opportunity', 'incident', 'task', 'email', 'systemuser'];
const mostTables = 60;

/** The usual tables and the customer's own ones, with their columns. */
export const readSchema = async (environment: Environment, signal: AbortSignal): Promise<CrmReply<CrmSchema>> => {
  const right = readOf('Entity');
  const tables = await rowsOf(
    environment,
    {
      path: '/EntityDefinitions',
      query: { $select: 'LogicalName,IsCustomEntity,IsIntersect,IsPrivate' },
      right,
      most: 5_000,
    },
    signal,
  );
  if (tables.kind === 'failed') return tables;
  const wanted = tables.rows.flatMap(({ LogicalName, IsCustomEntity, IsIntersect, IsPrivate }) => {
    const name = textIn(LogicalName);
    const own = booleanIn(IsCustomEntity) === true && booleanIn(IsIntersect) !== true && booleanIn(IsPrivate) !== true;
    // Tables of Microsoft's own apps count as custom ones.
    return name !== undefined &&
      isName(name) &&
      (standard.includes(name) || (own && !/^(?:msdyn|adx|mspp|bot|ai|flow)/.test(name)))
      ? [name]
      : [];
  });
  const order = [
    ...standard.filter((name) => wanted.includes(name)),
    ...wanted.filter((name) => !standard.includes(name)),
  ];
  const objects = new Map<string, SchemaObject>();
  for (const name of order.slice(0, mostTables)) {
    const told = await rowsOf(
      environment,
      {
        path: '/EntityDefinitions',
        query: { $select: 'LogicalName', $filter: `LogicalName eq '${name}'`, $expand: attributes },
        right,
      },
      signal,
    );
    if (told.kind === 'failed') return told;
    const [table] = told.rows;
    if (table) objects.set(name, objectOf(table));
  }
  return answered({ text: schemaText(objects) }, [
    {
      en: 'the values of choices and the tables that lookups lead to are not in it',
      ja: '選択肢の値と、検索列の参照先テーブルは含みません',
    },
    ...(order.length > mostTables
      ? [
          {
            en: `${order.length - mostTables} more tables were not asked for`,
            ja: `ほかの ${order.length - mostTables} テーブルは取得していません`,
          },
        ]
      : []),
  ]);
};

const failed = (what: string, code: string): CrmRecordPage => ({
  kind: 'failed',
  failure: { kind: 'not-found', what, code, says: '' },
});

const withoutAnnotations = (row: Json): CrmRecord =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !name.includes('@')));

/** Rows of a table by the name of its set, page by page. */
export async function* readRecords(
  environment: Environment,
  { type, fields, since, pageSize = 1_000 }: CrmRecordQuery,
  signal: AbortSignal,
): AsyncGenerator<CrmRecordPage> {
  const set = Object.hasOwn(recordTypes, type) ? recordTypes[type as keyof typeof recordTypes] : type; // own: one of its keys
  if (!isName(set)) return yield failed('EntityDefinitions', 'EntitySetName');
  let columns: readonly string[] = fields?.filter(isName) ?? [];
  if (!fields) {
    const tables = await rowsOf(
      environment,
      {
        path: '/EntityDefinitions',
        query: { $select: 'LogicalName', $filter: `EntitySetName eq '${set}'`, $expand: attributes },
      },
      signal,
    );
    if (tables.kind === 'failed') return yield tables;
    const [table] = tables.rows;
    if (!table) return yield failed(set, 'EntitySetName');
    columns = columnsIn(table).map(columnName);
  }
  const at = since === undefined ? undefined : new Date(since);
  const $select = columns.filter((name) => !isSecretName(name)).join(',');
  let ask: Ask = {
    path: `/${set}`,
    query: {
      $select,
      ...(at && !Number.isNaN(at.getTime()) ? { $filter: `modifiedon ge ${at.toISOString()}` } : {}),
      $orderby: 'createdon asc',
    },
    right: readOf(set),
    size: Math.min(5_000, Math.max(1, pageSize)),
  };
  for (;;) {
    const page = await pageOf(environment, ask, signal);
    if (page.kind === 'failed') return yield page;
    yield { kind: 'page', records: page.rows.map(withoutAnnotations) };
    if (page.next === undefined) return;
    const { query: _, ...rest } = ask;
    ask = { ...rest, path: page.next };
  }
}
