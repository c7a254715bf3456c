import type { CrmSchema } from '../../model/crm/answers.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { booleanIn, idIn, isObject, type Json, listIn, objectIn, textIn } from '../reading.ts';
import { fieldOf, fieldsIn } from './fields.ts';
import type { Rpc } from './rpc.ts';
import { type Group, people, readGroups } from './users.ts';
import { plainValue } from './value.ts';

/** What records and triggers of a CRM are about; a module that is not there has none of its own. */
const models = [
  'party.party',
  'party.contact_mechanism',
  'party.address',
  'party.identifier',
  'sale.opportunity',
  'sale.opportunity.line',
  'sale.sale',
  'company.employee',
] as const;

const deeds = { read: 'perm_read', create: 'perm_create', update: 'perm_write', delete: 'perm_delete' } as const;

/** What Tryton would fill in itself, of the fields that must be filled. */
const presetsOf = async (rpc: Rpc, model: string, required: readonly string[], signal: AbortSignal): Promise<Json> => {
  if (required.length === 0) return {};
  const told = await rpc.model(`${model}.default_get`, [required, false], signal);
  return told.kind === 'told' ? objectIn(plainValue(told.value)) : {};
};

const objectOf = async (rpc: Rpc, model: string, signal: AbortSignal) => {
  const told = await rpc.model(`${model}.fields_get`, [null], signal);
  if (told.kind === 'failed') return told;
  const fields = fieldsIn(told.value);
  const required = fields.filter(([, field]) => booleanIn(field.required)).map(([name]) => name);
  const presets = await presetsOf(rpc, model, required, signal);
  const written = fields.flatMap(([name, field]) => {
    const one = fieldOf(name, field, { printable: rpc.printable, preset: presets[name] });
    return one ? [[name, one] as const] : [];
  });
  return { kind: 'object' as const, fields: Object.fromEntries(written) };
};

/**
 * The rights of a group alone. Rows without a group are everybody's, and rows of several groups add up; a model without any
 * row is open to all (ir.model.access).
 */
const rightsOf = (group: Group, rows: readonly Json[], seen: readonly string[]): Json => ({
  objects: Object.fromEntries(
    seen.map((model) => {
      const own = rows.filter((row) => textIn(objectIn(row['model.']).model) === model);
      const counts = own.filter((row) => row.group === null || idIn(row.group) === group.id);
      const may = Object.entries(deeds).filter(
        ([, column]) => own.length === 0 || counts.some((row) => booleanIn(row[column])),
      );
      return [model, may.map(([deed]) => deed)];
    }),
  ),
});

/** As many rows as one search takes. */
const most = 2_000;

const rolesOf = async (rpc: Rpc, groups: readonly Group[], seen: readonly string[], signal: AbortSignal) => {
  const fields = ['model.model', 'group', ...Object.values(deeds)];
  const domain = [
    ['model.model', 'in', seen],
    ['active', '=', true],
  ];
  const rows = await rpc.search('ir.model.access', { domain, fields, limit: most }, signal);
  // A part of the rights says that the rest is not given.
  if (rows.kind === 'failed' || rows.value.length === most) return undefined;
  return Object.fromEntries(groups.map((group) => [group.name, rightsOf(group, rows.value, seen)]));
};

const usersOf = async (rpc: Rpc, groups: readonly Group[], signal: AbortSignal) => {
  const fields = ['login', 'active', 'email', 'groups', 'language.code'];
  const rows = await rpc.search('res.user', { domain: people, fields, limit: most, inactiveToo: true }, signal);
  if (rows.kind === 'failed' || rows.value.length === most) return undefined;
  const names = new Map(groups.map(({ id, name }) => [id, name]));
  return Object.fromEntries(
    rows.value.flatMap((row) => {
      const login = textIn(row.login);
      if (login === undefined) return [];
      const email = textIn(row.email);
      const language = isObject(row['language.']) ? textIn(row['language.'].code) : undefined;
      return [
        [
          rpc.printable(login, 200),
          {
            active: booleanIn(row.active) ?? true,
            roles: listIn(row.groups).flatMap((group) => names.get(idIn(group) ?? '') ?? []),
            ...(email === undefined ? {} : { email: rpc.printable(email, 254) }),
            ...(language === undefined ? {} : { language: rpc.printable(language, 20) }),
          },
        ],
      ];
    }),
  );
};

const hidden = (names: readonly string[]): Text => ({
  en: `this user may not see ${names.join(', ')}`,
  ja: `このユーザーには ${names.join('、')} を見る権限がありません`,
});

const noRoles: Text = {
  en: 'rights of groups and users could not be read, or not all of them',
  ja: 'グループの権限とユーザーは読み取れなかったか、一部しか読み取れませんでした',
};

/** Which of the models there are, and which of them this user may read. */
const readable = async (rpc: Rpc, signal: AbortSignal) => {
  const domain = [['model', 'in', models]];
  const there = await rpc.search('ir.model', { domain, fields: ['model'] }, signal);
  if (there.kind === 'failed') return there;
  const installed = there.value.flatMap(({ model }) => models.find((one) => one === model) ?? []);
  const access = await rpc.model('ir.model.access.get_access', [installed], signal);
  if (access.kind === 'failed') return access;
  const rights = objectIn(access.value);
  const may = installed.filter((model) => booleanIn(objectIn(rights[model]).read) !== false);
  return { kind: 'models' as const, may, not: installed.filter((model) => !may.includes(model)) };
};

/** Objects, fields, groups with their rights, and users, as a schema file of the workflow format. */
export const readSchema = async (rpc: Rpc, signal: AbortSignal): Promise<CrmReply<CrmSchema>> => {
  const there = await readable(rpc, signal);
  if (there.kind === 'failed') return there;
  const objects: Record<string, unknown> = {};
  for (const model of there.may) {
    const object = await objectOf(rpc, model, signal);
    if (object.kind === 'failed') return object;
    // Fields that a group may not read are left out by fields_get, so what is missing may still exist.
    objects[model] = { fields: object.fields };
  }
  const known = await readGroups(rpc, signal);
  const groups = known.kind === 'groups' ? known.groups : [];
  const roles = known.kind === 'groups' ? await rolesOf(rpc, groups, there.may, signal) : undefined;
  const users = roles && (await usersOf(rpc, groups, signal));
  const schema = {
    schema: 'crm-schema/v1',
    complete: false,
    timeZone: 'UTC',
    objects,
    ...(roles ? { roles } : {}),
    ...(users ? { users } : {}),
  };
  const gaps = [...(there.not.length > 0 ? [hidden(there.not)] : []), ...(roles && users ? [] : [noRoles])];
  return {
    kind: 'answered',
    value: { text: JSON.stringify(schema, undefined, 2) },
    ...(gaps.length > 0 ? { gaps } : {}),
  };
};
