import type { CrmSchema } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { booleanIn, idIn, type Json, listIn, numberIn, textIn } from '../reading.ts';
import { type Found, unlessRefused } from '../refusal.ts';
import { archivedToo, type OdooCalls, searchRead } from './calls.ts';
import type { OdooDoor } from './door.ts';
import type { OdooFields } from './fields.ts';
import { groupsField } from './users.ts';

/** The types of the schema file by those of Odoo; what is missing here is no type that a workflow writes. */
const types: Readonly<Record<string, string>> = {
  char: 'text',
  text: 'longtext',
  html: 'longtext',
  integer: 'integer',
  float: 'number',
  monetary: 'currency',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  selection: 'picklist',
  many2one: 'reference',
  one2many: 'references',
  many2many: 'references',
  many2one_reference: 'integer',
};

const kept: readonly string[] = [
  'create_date',
  'write_date',
  'create_uid',
  'write_uid',
  '__last_update',
  'display_name',
];

/**
 * `required` is left out: whether Odoo fills a required field in by itself is known to `default_get` only, which may use up
 * numbers of a sequence. `readonly` is a matter of the form, the API writes such fields; only what is computed and not stored
 * cannot be written.
 */
const fieldOf = (name: string, field: Json, client: CrmClient): Json => {
  if (name === 'id') return { type: 'id' };
  const type = types[textIn(field.type) ?? ''] ?? 'text';
  const label = textIn(field.string);
  const values = listIn(field.selection).flatMap((choice) => {
    const [value, shown] = listIn(choice);
    const text = typeof value === 'string' ? value : undefined;
    return text === undefined || text === ''
      ? []
      : [{ value: text, ...(textIn(shown) ? { label: textIn(shown) } : {}) }];
  });
  const size = numberIn(field.size);
  const to = textIn(field.relation);
  const computed = booleanIn(field.readonly) === true && booleanIn(field.store) === false;
  return {
    type: type === 'picklist' && values.length === 0 ? 'text' : type,
    ...(label === undefined ? {} : { label: client.printable(label, 100) }),
    ...(type === 'picklist' && values.length > 0 ? { values: values.slice(0, 500) } : {}),
    ...(type === 'text' && size !== undefined && size > 0 ? { length: size } : {}),
    ...(to !== undefined && type.startsWith('reference') ? { to } : {}),
    ...(kept.includes(name) || computed ? { readOnly: true } : {}),
  };
};

/** Fields that `fields_get` hides from us for want of a group are there all the same. */
const hiddenFields = async (
  calls: OdooCalls,
  models: readonly string[],
  signal: AbortSignal,
): Promise<readonly Json[] | undefined> => {
  const fields = ['name', 'model', 'ttype', 'relation'];
  const ask = { domain: [['model', 'in', models]], fields, limit: 20_000 };
  return unlessRefused(
    () => searchRead(calls, 'ir.model.fields', ask, signal),
    ['permission'],
    () => {},
  );
};

/** Where customers and work are kept, besides what workflows name; not every module is installed. */
const usual: readonly string[] = [
  'res.partner',
  'res.users',
  'crm.lead',
  'crm.stage',
  'crm.team',
  'sale.order',
  'project.task',
  'helpdesk.ticket',
];

const mostModels = 60;

/** The models that rules and actions run on, then the usual ones; those that there are. */
const modelsOf = async (calls: OdooCalls, signal: AbortSignal): Promise<readonly string[]> => {
  const ask = { domain: [['model_id', '!=', false], archivedToo], fields: ['model_name'], limit: 2_000 };
  const rules = await unlessRefused(
    () => searchRead(calls, 'base.automation', ask, signal),
    ['not-found', 'permission'],
    () => {},
  );
  const named = (rules ?? []).flatMap(({ model_name: name }) => textIn(name) ?? []);
  const wanted = [...new Set([...usual, ...named])].slice(0, mostModels);
  const there = await searchRead(calls, 'ir.model', { domain: [['model', 'in', wanted]], fields: ['model'] }, signal);
  return there.flatMap(({ model }) => textIn(model) ?? []);
};

const rights = [
  ['perm_create', 'create'],
  ['perm_read', 'read'],
  ['perm_write', 'update'],
  ['perm_unlink', 'delete'],
] as const;

/** Groups by number, each with what it may do; a right without a group is everybody's. */
const rolesOf = async (
  calls: OdooCalls,
  models: readonly string[],
  signal: AbortSignal,
): Promise<Readonly<Record<string, Json>> | undefined> => {
  const fields = ['model_id', 'group_id', ...rights.map(([name]) => name)];
  const ids = await searchRead(calls, 'ir.model', { domain: [['model', 'in', models]], fields: ['model'] }, signal);
  const names = new Map(ids.map((row) => [numberIn(row.id), textIn(row.model)]));
  const domain = [['model_id', 'in', [...names.keys()]]];
  const access = await unlessRefused(
    () => searchRead(calls, 'ir.model.access', { domain, fields, limit: 5_000 }, signal),
    ['permission'],
    () => {},
  );
  if (!access) return undefined;
  const held = new Map<string, Map<string, Set<string>>>();
  for (const row of access) {
    const group = idIn(listIn(row.group_id)[0]) ?? '';
    const model = names.get(numberIn(listIn(row.model_id)[0]));
    if (model === undefined) continue;
    const objects = held.get(group) ?? new Map<string, Set<string>>();
    const operations = objects.get(model) ?? new Set<string>();
    for (const [name, operation] of rights) if (booleanIn(row[name])) operations.add(operation);
    held.set(group, objects.set(model, operations));
  }
  const everybody = held.get('') ?? new Map<string, Set<string>>();
  held.delete('');
  return Object.fromEntries(
    [...held].map(([group, objects]) => {
      const all = new Set([...objects.keys(), ...everybody.keys()]);
      const rows = [...all].map((model) => [
        model,
        [...new Set([...(objects.get(model) ?? []), ...(everybody.get(model) ?? [])])],
      ]);
      return [group, { objects: Object.fromEntries(rows) }];
    }),
  );
};

/** By number, as actions name them. */
const usersOf = async (
  calls: OdooCalls,
  fields: OdooFields,
  signal: AbortSignal,
): Promise<Readonly<Record<string, Json>>> => {
  const groups = await groupsField(fields, signal);
  const names = ['active', 'email', 'lang', ...(groups === undefined ? [] : [groups])];
  const rows = await searchRead(calls, 'res.users', { domain: [archivedToo], fields: names, limit: 2_000 }, signal);
  return Object.fromEntries(
    rows.map((row) => {
      const email = textIn(row.email);
      const language = textIn(row.lang)?.slice(0, 2);
      return [
        idIn(row.id) ?? '',
        {
          active: booleanIn(row.active) !== false,
          roles: groups === undefined ? [] : listIn(row[groups]).flatMap((id) => idIn(id) ?? []),
          ...(email === undefined ? {} : { email }),
          ...(language === 'ja' || language === 'en' ? { language } : {}),
        },
      ];
    }),
  );
};

/** By number; their texts are not read. */
const templatesOf = async (
  calls: OdooCalls,
  fields: OdooFields,
  signal: AbortSignal,
): Promise<Readonly<Record<string, Json>>> => {
  const names = await fields.among('mail.template', ['model', 'active'], signal);
  const domain = names.includes('active') ? [archivedToo] : [];
  const rows = await searchRead(calls, 'mail.template', { domain, fields: names, limit: 2_000 }, signal);
  return Object.fromEntries(
    rows.map((row) => {
      const object = textIn(row.model);
      return [
        idIn(row.id) ?? '',
        { ...(object === undefined ? {} : { object }), state: row.active === false ? 'deleted' : 'published' },
      ];
    }),
  );
};

const incomplete: Text = {
  en: 'fields that this user may not see: without the right to read ir.model.fields the lists of fields may have gaps',
  ja: 'このユーザーに見えない項目（ir.model.fields を読む権限がないため、項目の一覧に欠けがある可能性があります）',
};

/** Models with their fields, users, groups and templates, as `workflow.schema` takes them. */
export const schemaOf = async (
  { calls }: OdooDoor,
  { client, fields }: { readonly client: CrmClient; readonly fields: OdooFields },
  signal: AbortSignal,
): Promise<Found<CrmSchema>> => {
  const models = await modelsOf(calls, signal);
  const hidden = await hiddenFields(calls, models, signal);
  const objects: Record<string, Json> = {};
  for (const model of models) {
    const known = await unlessRefused(
      () => fields.of(model, signal),
      ['permission', 'not-found'],
      () => {},
    );
    const more = (hidden ?? []).filter((row) => row.model === model);
    const unseen = more.map((row) => [textIn(row.name) ?? '', { type: row.ttype, relation: row.relation }] as const);
    const all = new Map<string, Json>([...unseen, ...(known ?? [])]);
    all.delete('');
    objects[model] = {
      complete: hidden !== undefined,
      fields: Object.fromEntries([...all].map(([name, field]) => [name, fieldOf(name, field, client)])),
    };
  }
  const roles = await rolesOf(calls, models, signal);
  const users = await usersOf(calls, fields, signal);
  const templates = await unlessRefused(
    () => templatesOf(calls, fields, signal),
    ['not-found', 'permission'],
    () => {},
  );
  const schema = {
    schema: 'crm-schema/v1',
    complete: false,
    objects,
    users,
    ...(roles ? { roles } : {}),
    ...(templates ? { templates } : {}),
  };
  return { value: { text: `${JSON.stringify(schema, undefined, 1)}\n` }, gaps: hidden ? [] : [incomplete] };
};
