import type { CrmSchema } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { booleanIn, idIn, isObject, type Json, listIn, numberIn, objectIn, textIn } from '../reading.ts';
import { type Found, unlessRefused } from '../refusal.ts';
import type { Door } from './door.ts';
import { readUsers } from './users.ts';

/** Field types of EspoCRM as those of a schema file; what is not listed is a text of some kind. */
const types: Readonly<Record<string, string>> = {
  varchar: 'text',
  personName: 'text',
  number: 'text',
  text: 'longtext',
  wysiwyg: 'longtext',
  jsonObject: 'longtext',
  jsonArray: 'longtext',
  int: 'integer',
  autoincrement: 'integer',
  duration: 'integer',
  float: 'number',
  decimal: 'number',
  currency: 'currency',
  currencyConverted: 'currency',
  bool: 'boolean',
  date: 'date',
  datetime: 'datetime',
  datetimeOptional: 'datetime',
  email: 'email',
  phone: 'phone',
  url: 'url',
  enum: 'picklist',
  multiEnum: 'multipicklist',
  checklist: 'multipicklist',
  link: 'reference',
  linkOne: 'reference',
  linkParent: 'reference',
  file: 'reference',
  image: 'reference',
  linkMultiple: 'references',
  attachmentMultiple: 'references',
};

const numeric = ['int', 'float', 'currency', 'decimal'];

type Fields = Record<string, Json>;

const limits = (field: Json): Json => {
  const [length, min, max] = [numberIn(field.maxLength), numberIn(field.min), numberIn(field.max)];
  const counts = numeric.includes(textIn(field.type) ?? '');
  return {
    ...(length === undefined || length < 1 || counts ? {} : { length }),
    ...(min === undefined || !counts ? {} : { min }),
    ...(max === undefined || !counts ? {} : { max }),
  };
};

/** Options may be a reference to another list (`optionsPath`), and anybody's own values where custom ones are allowed. */
const values = (field: Json): Json => {
  const options = listIn(field.options).flatMap((one) => (typeof one === 'string' && one !== '' ? [one] : []));
  return options.length === 0 || booleanIn(field.allowCustomOptions) === true ? {} : { values: options };
};

const addField = (fields: Fields, name: string, field: Json, link: Json): void => {
  const kind = textIn(field.type) ?? 'varchar';
  // Passwords are no field of a workflow.
  if (kind === 'password' || booleanIn(field.disabled) === true) return;
  const type = types[kind] ?? 'text';
  const readOnly = booleanIn(field.readOnly) === true || kind === 'foreign' || kind === 'autoincrement';
  const to = textIn(link.entity);
  const isList = type === 'picklist' || type === 'multipicklist';
  const options = isList ? values(field) : {};
  const usual = field.default;
  const shared: Json = {
    ...(readOnly ? { readOnly: true } : {}),
    ...(booleanIn(field.required) === true ? { required: true } : {}),
    ...(typeof usual === 'string' || typeof usual === 'number' || typeof usual === 'boolean'
      ? usual === ''
        ? {}
        : { default: String(usual) }
      : {}),
  };
  // A list of values that is not known is no list of none.
  const listType = type === 'picklist' ? 'text' : 'longtext';
  fields[name] = {
    type: isList && !('values' in options) ? listType : type,
    ...options,
    ...limits(field),
    ...shared,
    ...(to === undefined ? {} : { to }),
  };
  if (type === 'reference') {
    fields[`${name}Id`] = { type: 'reference', ...(to === undefined ? {} : { to }), ...(readOnly ? { readOnly } : {}) };
    fields[`${name}Name`] = { type: 'text', readOnly: true };
    if (kind === 'linkParent') fields[`${name}Type`] = { type: 'text' };
  }
  if (type === 'references') fields[`${name}Ids`] = { type: 'references', ...(to === undefined ? {} : { to }) };
  if (kind === 'currency') fields[`${name}Currency`] = { type: 'text' };
  if (kind === 'personName') {
    for (const part of ['salutationName', 'firstName', 'lastName']) fields[part] ??= { type: 'text' };
  }
  if (kind === 'address') {
    for (const part of ['Street', 'City', 'State', 'Country', 'PostalCode'])
      fields[`${name}${part}`] = { type: 'text' };
  }
};

const objectOf = (defs: Json): Json => {
  const fields: Fields = { id: { type: 'id', readOnly: true } };
  const links = objectIn(defs.links);
  for (const [name, field] of Object.entries(objectIn(defs.fields))) {
    if (isObject(field)) addField(fields, name, field, objectIn(links[name]));
  }
  // Links without a field of their own can be asked for by name, too.
  for (const [name, link] of Object.entries(links)) {
    const to = isObject(link) ? textIn(link.entity) : undefined;
    if (to !== undefined && !Object.hasOwn(fields, name)) {
      fields[name] = { type: objectIn(link).type === 'belongsTo' ? 'reference' : 'references', to };
    }
  }
  return { fields };
};

const actions: readonly (readonly [action: string, operation: string])[] = [
  ['create', 'create'],
  ['read', 'read'],
  ['edit', 'update'],
  ['delete', 'delete'],
];

const granted = (level: unknown): boolean => typeof level === 'string' && level !== 'no' && level !== 'not-set';

/** A role's rights; without a word of an object the user's other roles decide, which nobody can tell from here. */
const roleOf = (row: Json, known: ReadonlySet<string>): Json => {
  const objects: Record<string, readonly string[]> = {};
  let onlyOwn = true;
  for (const [name, rights] of Object.entries(objectIn(row.data))) {
    if (!known.has(name)) continue;
    if (typeof rights === 'boolean') {
      objects[name] = rights ? actions.map(([, operation]) => operation) : [];
      if (rights) onlyOwn = false;
      continue;
    }
    const levels = objectIn(rights);
    objects[name] = actions.flatMap(([action, operation]) => (granted(levels[action]) ? [operation] : []));
    if (levels.read !== 'own') onlyOwn = false;
  }
  const fields: Record<string, string> = {};
  for (const [name, byField] of Object.entries(objectIn(row.fieldData))) {
    for (const [field, rights] of Object.entries(objectIn(byField))) {
      const { read, edit } = objectIn(rights);
      const right = read === 'no' ? 'none' : edit === 'no' ? 'read' : undefined;
      if (known.has(name) && right !== undefined) fields[`${name}.${field}`] = right;
    }
  }
  return { objects, ...(Object.keys(fields).length > 0 ? { fields } : {}), records: onlyOwn ? 'own' : 'all' };
};

const partly: Text = {
  en: 'roles, teams and templates were not read: this login may not see them',
  ja: 'このログインでは、役割、チーム、テンプレートを読み取れません',
};

/** The entity types that people work with. */
const entitiesIn = (scopes: Json): ReadonlySet<string> =>
  new Set(
    Object.entries(scopes).flatMap(([name, scope]) =>
      isObject(scope) && scope.entity === true && scope.disabled !== true && (scope.object === true || name === 'User')
        ? [name]
        : [],
    ),
  );

export const schemaOf = async (
  door: Door,
  settings: Json,
  client: CrmClient,
  signal: AbortSignal,
): Promise<Found<CrmSchema>> => {
  const scopes = await door.object('/Metadata', signal, { key: 'scopes' });
  const defs = await door.object('/Metadata', signal, { key: 'entityDefs' });
  const names = entitiesIn(scopes);
  const objects = Object.fromEntries(
    [...names].flatMap((name) => (isObject(defs[name]) ? [[name, objectOf(objectIn(defs[name]))] as const] : [])),
  );
  const gaps: Text[] = [];
  const people = await unlessRefused(
    async () => {
      const { items: users, whole } = await readUsers(door, signal);
      const roles = await door.all(
        'Role',
        { select: ['id', 'name', 'data', 'fieldData'], orderBy: 'id' },
        signal,
        1_000,
      );
      const teams = await door.all('Team', { select: ['id', 'name'], orderBy: 'id' }, signal, 1_000);
      const templates = await door.all('EmailTemplate', { select: ['id', 'name'], orderBy: 'id' }, signal, 5_000);
      return { users, whole, roles, teams, templates };
    },
    ['permission'],
    () => gaps.push(partly),
  );
  const zone = textIn(settings.timeZone);
  const keyed = (items: readonly Json[], value: (row: Json) => Json): Json =>
    Object.fromEntries(items.flatMap((row) => (idIn(row.id) === undefined ? [] : [[idIn(row.id), value(row)]])));
  const schema = {
    schema: 'crm-schema/v1',
    complete: false,
    ...(zone === undefined ? {} : { timeZone: client.printable(zone, 60) }),
    objects: Object.fromEntries(Object.entries(objects).map(([name, object]) => [name, { ...object, complete: true }])),
    ...(people?.whole
      ? {
          users: keyed(people.users, (row) => {
            const email = textIn(row.emailAddress);
            return {
              active: booleanIn(row.isActive) !== false,
              roles: listIn(row.rolesIds).flatMap((role) => idIn(role) ?? []),
              ...(email === undefined ? {} : { email }),
            };
          }),
        }
      : {}),
    ...(people?.teams.whole ? { queues: keyed(people.teams.items, () => ({})) } : {}),
    ...(people?.roles.whole ? { roles: keyed(people.roles.items, (row) => roleOf(row, names)) } : {}),
    ...(people?.templates.whole ? { templates: keyed(people.templates.items, () => ({ html: true })) } : {}),
  };
  return { value: { text: JSON.stringify(schema, null, 2) }, gaps };
};
