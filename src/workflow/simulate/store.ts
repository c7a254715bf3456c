import type { Field, Schema } from '../../model/workflow/schema.ts';
import type { Format } from '../../model/workflow/workflow.ts';
import { entryOf, objectOf } from '../../reason/workflow/resolve.ts';
import type { Row, Value } from './held.ts';
import { hold, isEmpty, isHeld, isList, isUnknown, plainOf, unknown } from './held.ts';

const isSalesforce = (format: Format): boolean => format === 'SF' || format === 'WR' || format === 'AP';

/** The field behind a name; Salesforce writes `Account.Name` for `AccountId`, and `Boss__r` for `Boss__c`. */
const spellings = (name: string, format: Format): readonly string[] =>
  isSalesforce(format) ? [name, `${name}Id`, ...(/__r$/i.test(name) ? [`${name.slice(0, -1)}c`] : [])] : [name];

const emptyRow = (object: string, id: string): Row => ({ object, id, values: new Map(), auto: new Map(), gone: false });

/** All records that the sample knows, and those that its workflows create. */
export interface Store {
  readonly schema: Schema;
  readonly rows: (object: string) => readonly Row[];
  readonly row: (object: string, id: string) => Row | undefined;
  readonly add: (row: Row) => Row;
  /** The next id of a record that a step creates. */
  readonly newId: (object: string) => string;
  /** What the name of a field is in this record, whatever the letter case where the system ignores it. */
  readonly fieldName: (object: string, name: string, values?: ReadonlyMap<string, Value>) => string;
  readonly field: (object: string, name: string) => Field | undefined;
  /** The value of a field, or the record or records that a relation leads to. */
  readonly read: (row: Row, name: string, format: Format, draft?: ReadonlyMap<string, Value>) => Value;
  /** The same, but a relation in the middle of a path leads to its record. */
  readonly follow: (row: Row, name: string, format: Format, draft?: ReadonlyMap<string, Value>) => Value;
  readonly lead: (id: Value, to: readonly string[] | undefined) => Value;
  readonly write: (row: Row, values: ReadonlyMap<string, Value>) => void;
  readonly doubtAll: (why: Parameters<typeof unknown>[0]) => void;
  readonly copy: () => ReadonlyMap<Row, Pick<Row, 'values' | 'gone'>>;
  readonly restore: (copy: ReadonlyMap<Row, Pick<Row, 'values' | 'gone'>>) => void;
}

export const storeOf = (schema: Schema): Store => {
  const objects = new Map<string, Map<string, Row>>();
  const counts = new Map<string, number>();
  const keyOf = (object: string): string => {
    const name = objectOf(schema, object)?.name ?? object;
    return schema.ignoreCase ? name.toLowerCase() : name;
  };
  const field: Store['field'] = (object, name) => entryOf(objectOf(schema, object)?.fields, name, schema);
  const fieldName: Store['fieldName'] = (object, name, values) => {
    if (values?.has(name)) return name;
    const known = field(object, name)?.name;
    if (known !== undefined) return known;
    if (!schema.ignoreCase || !values) return name;
    const lower = name.toLowerCase();
    for (const key of values.keys()) if (key.toLowerCase() === lower) return key;
    return name;
  };
  const user = (id: string): Row | undefined => {
    const found = entryOf(schema.users, id, schema);
    if (!found) return undefined;
    const values = new Map<string, Value>([
      ['id', found.id],
      ['active', found.active],
    ]);
    if (found.email !== undefined) values.set('email', found.email);
    if (found.roles[0] !== undefined) values.set('role', found.roles[0]);
    const row: Row = {
      ...emptyRow('User', found.id),
      values,
      open: {
        en: `the sample does not hold the user ${id} with this field`,
        ja: `サンプルのユーザー ${id} にこの項目がありません`,
      },
    };
    return add(row);
  };
  const queue = (id: string): Row | undefined => {
    const found = entryOf(schema.queues, id, schema);
    if (!found) return undefined;
    const values = new Map<string, Value>([['id', found.id]]);
    if (found.email !== undefined) values.set('email', found.email);
    return add({ ...emptyRow('Queue', id), values });
  };
  const row: Store['row'] = (object, id) =>
    objects.get(keyOf(object))?.get(id) ?? (object === 'User' ? user(id) : object === 'Queue' ? queue(id) : undefined);
  const add: Store['add'] = (one) => {
    const key = keyOf(one.object);
    const own = objects.get(key) ?? new Map<string, Row>();
    own.set(one.id, one);
    objects.set(key, own);
    return one;
  };
  const anywhere = (id: string): Row | undefined => {
    for (const own of objects.values()) {
      const found = own.get(id);
      if (found) return found;
    }
    return row('User', id) ?? row('Queue', id);
  };
  const lead: Store['lead'] = (id, to) => {
    if (isList(id)) return id.map((one) => lead(one, to));
    if (isEmpty(id) || isUnknown(id) || isHeld(id)) return id;
    const text = plainOf(id);
    if (typeof text !== 'string' && typeof text !== 'number') return id;
    const name = String(text);
    // What people own, queues own too.
    const objectsOf = to?.includes('User') ? [...to, 'Queue'] : to;
    const found = objectsOf
      ? objectsOf.map((object) => row(object, name)).find((one) => one !== undefined)
      : anywhere(name);
    if (found) return found.gone ? null : hold(found);
    const object = to?.length === 1 ? `${to[0]} ` : '';
    return unknown({
      en: `the sample has no record ${object}${name}`,
      ja: `サンプルに ${object}${name} のレコードがありません`,
    });
  };
  const raw = (one: Row, name: string, draft: ReadonlyMap<string, Value> | undefined): Value | undefined => {
    const key = fieldName(one.object, name, one.values);
    if (draft?.has(key)) return draft.get(key);
    if (key === 'id' || (schema.ignoreCase && key.toLowerCase() === 'id')) return one.id;
    if (one.doubt && !one.doubt.sure.has(key)) return unknown(one.doubt.why);
    return one.values.has(key) ? one.values.get(key) : one.auto.get(key);
  };
  const missing = (one: Row): Value => (one.open ? unknown(one.open) : null);
  const read: Store['read'] = (one, name, _format, draft) => {
    const value = raw(one, name, draft);
    if (value === undefined) return missing(one);
    const { type, to } = field(one.object, name) ?? {};
    return type === 'references' ? lead(value, to) : value;
  };
  const follow: Store['follow'] = (one, name, format, draft) => {
    for (const spelling of spellings(name, format)) {
      const value = raw(one, spelling, draft);
      if (value === undefined) continue;
      const to = field(one.object, spelling)?.to ?? (spelling === 'owner' ? ['User', 'Queue'] : undefined);
      return lead(value, to);
    }
    return missing(one);
  };
  return {
    schema,
    rows: (object) => {
      if (object === 'User') for (const id of schema.users?.keys() ?? []) row('User', id);
      return [...(objects.get(keyOf(object))?.values() ?? [])].filter(({ gone }) => !gone);
    },
    row,
    add,
    newId: (object) => {
      const count = (counts.get(object) ?? 0) + 1;
      counts.set(object, count);
      const id = `${object}#${count}`;
      return objects.get(keyOf(object))?.has(id) ? `${id}'` : id;
    },
    fieldName,
    field,
    read,
    follow,
    lead,
    write: (one, values) => {
      one.values = new Map([...one.values, ...values]);
      if (one.doubt) one.doubt = { ...one.doubt, sure: new Set([...one.doubt.sure, ...values.keys()]) };
    },
    doubtAll: (why) => {
      for (const own of objects.values()) for (const one of own.values()) one.doubt = { why, sure: new Set() };
    },
    copy: () => {
      const copied = new Map<Row, Pick<Row, 'values' | 'gone'>>();
      for (const own of objects.values())
        for (const one of own.values()) copied.set(one, { values: one.values, gone: one.gone });
      return copied;
    },
    restore: (copied) => {
      for (const own of objects.values())
        for (const one of own.values()) {
          const before = copied.get(one);
          one.values = before?.values ?? one.values;
          one.gone = before?.gone ?? true;
        }
    },
  };
};
