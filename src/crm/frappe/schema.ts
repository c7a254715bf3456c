import type { CrmSchema } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { booleanIn, type Json, numberIn, objectsIn, textIn } from '../reading.ts';
import { type Found, unlessRefused } from '../refusal.ts';
import type { Site } from './site.ts';
import { doctypes, layout } from './types.ts';
import { usersOf } from './users.ts';

/** The types of the schema file by those of Frappe; what is missing here is text. */
const types: Readonly<Record<string, string>> = {
  'Small Text': 'longtext',
  'Long Text': 'longtext',
  Text: 'longtext',
  'Text Editor': 'longtext',
  'Markdown Editor': 'longtext',
  'HTML Editor': 'longtext',
  Code: 'longtext',
  JSON: 'longtext',
  Int: 'integer',
  Float: 'number',
  Duration: 'number',
  Rating: 'number',
  Currency: 'currency',
  Percent: 'percent',
  Check: 'boolean',
  Date: 'date',
  Datetime: 'datetime',
  Phone: 'phone',
  Select: 'picklist',
  Link: 'reference',
};

const standard: Json = {
  name: { type: 'id' },
  owner: { type: 'reference', to: 'User' },
  creation: { type: 'datetime', readOnly: true },
  modified: { type: 'datetime', readOnly: true },
  modified_by: { type: 'reference', to: 'User', readOnly: true },
  docstatus: { type: 'integer' },
};

const typeOf = (field: Json): string => {
  const options = textIn(field.options);
  if (field.fieldtype === 'Data' && options === 'Email') return 'email';
  if (field.fieldtype === 'Data' && options === 'Phone') return 'phone';
  if (field.fieldtype === 'Data' && options === 'URL') return 'url';
  return types[textIn(field.fieldtype) ?? ''] ?? 'text';
};

const fieldOf = (field: Json, client: CrmClient): Json => {
  const type = typeOf(field);
  const options = textIn(field.options);
  const values = type === 'picklist' ? (options ?? '').split('\n').filter((value) => value.trim() !== '') : [];
  const label = textIn(field.label);
  const start = textIn(field.default);
  const length = numberIn(field.length);
  return {
    type: type === 'picklist' && values.length === 0 ? 'text' : type,
    ...(label === undefined ? {} : { label: client.printable(label, 140) }),
    ...(values.length > 0 ? { values: values.slice(0, 500) } : {}),
    ...(type === 'reference' && options !== undefined ? { to: options } : {}),
    ...(booleanIn(field.reqd) === true ? { required: true } : {}),
    ...(start === undefined ? {} : { default: client.printable(start, 300) }),
    ...(type === 'text' && length !== undefined && length > 0 ? { length } : {}),
    ...(booleanIn(field.unique) === true ? { unique: true } : {}),
  };
};

const rights = [
  ['create', 'create'],
  ['read', 'read'],
  ['write', 'update'],
  ['delete', 'delete'],
] as const;

/** Permissions of level 0 by role; those of higher levels are about single fields. */
const permissionsIn = (doctype: Json): readonly (readonly [role: string, operations: readonly string[]])[] =>
  objectsIn(doctype.permissions)
    .filter(({ permlevel }) => (numberIn(permlevel) ?? 0) === 0)
    .flatMap((row) => {
      const role = textIn(row.role);
      return role === undefined
        ? []
        : [[role, rights.flatMap(([name, operation]) => (booleanIn(row[name]) ? [operation] : []))] as const];
    });

const customHidden: Text = {
  en: 'fields that were added (Custom Field), and permissions that were changed in the Role Permissions Manager',
  ja: '追加された項目（カスタムフィールド）と、ロール権限マネージャーで変更された権限',
};

const missing = ['not-found', 'permission'] as const;

/** The document types of customer work with their fields, users and roles, as `workflow.schema` takes them. */
export const schemaOf = async (site: Site, signal: AbortSignal): Promise<Found<CrmSchema>> => {
  const { frappe, client } = site;
  const gaps: Text[] = [];
  const names = Object.values(doctypes).flat();
  const found: (readonly [name: string, doctype: Json])[] = [];
  for (const name of names) {
    const doctype = await unlessRefused(
      () => frappe.doctype(name, signal),
      missing,
      () => {},
    );
    if (doctype) found.push([name, doctype]);
  }
  const asked = {
    fields: ['dt', 'fieldname', 'fieldtype', 'options', 'label', 'reqd', 'default'],
    filters: [['dt', 'in', found.map(([name]) => name)]],
    limit: 5_000,
  };
  const custom = await unlessRefused(
    () => frappe.list('Custom Field', asked, signal),
    missing,
    () => gaps.push(customHidden),
  );
  // Permissions that were changed take the place of all that the type came with.
  const rules = await unlessRefused(
    () =>
      frappe.list(
        'Custom DocPerm',
        {
          fields: ['parent', 'role', 'permlevel', 'create', 'read', 'write', 'delete'],
          filters: [['parent', 'in', found.map(([name]) => name)]],
          limit: 5_000,
        },
        signal,
      ),
    missing,
    () => {},
  );
  const roles = new Map<string, Record<string, readonly string[]>>();
  const objects = found.map(([name, doctype]) => {
    const own = (rules ?? []).filter((row) => row.parent === name);
    for (const [role, operations] of permissionsIn(own.length > 0 ? { permissions: own } : doctype)) {
      const known = roles.get(role) ?? {};
      roles.set(role, { ...known, [name]: [...new Set([...(known[name] ?? []), ...operations])] });
    }
    const fields = [...objectsIn(doctype.fields), ...(custom ?? []).filter(({ dt }) => dt === name)]
      .filter(({ fieldtype }) => !layout.includes(textIn(fieldtype) ?? ''))
      .flatMap((field) => {
        const key = textIn(field.fieldname);
        return key === undefined ? [] : [[key, fieldOf(field, client)] as const];
      });
    return [name, { complete: custom !== undefined, fields: { ...standard, ...Object.fromEntries(fields) } }] as const;
  });
  const { value: users, gaps: unseen = [] } = await usersOf(site, signal);
  gaps.push(...unseen);
  const zone = await site.zone(signal);
  const schema = {
    schema: 'crm-schema/v1',
    complete: false,
    ...(zone === undefined ? {} : { timeZone: zone }),
    objects: Object.fromEntries(objects),
    // A section that is not there says nothing, a part of one that the rest does not exist.
    ...(unseen.length > 0
      ? {}
      : {
          users: Object.fromEntries(
            users.map(({ id, active, roles: held }) => [
              id,
              { active, roles: held, ...(id.includes('@') ? { email: id } : {}) },
            ]),
          ),
        }),
    ...(rules ? { roles: Object.fromEntries([...roles].map(([role, rows]) => [role, { objects: rows }])) } : {}),
  };
  return { value: { text: `${JSON.stringify(schema, undefined, 1)}\n` }, gaps };
};
