import type { CrmDefinition, CrmSchema, CrmUser } from '../../model/crm/answers.ts';
import type { CrmFailure, CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import type { FieldType } from '../../model/workflow/schema.ts';
import { answered } from '../cloud/answering.ts';
import { type Api, malformed } from '../cloud/ask.ts';
import { isName, type SchemaField, type SchemaObject, schemaText, valuesOf } from '../cloud/fields.ts';
import { booleanIn, idIn, type Json, numberIn, objectIn, objectsIn, textIn } from '../reading.ts';
import { scope } from './errors.ts';

/** One account; paths are below `/crm/v8`. */
export interface Account {
  readonly api: Api;
  readonly printable: (text: string, most?: number) => string;
  readonly site: string;
}

type Rows =
  | { readonly kind: 'rows'; readonly rows: readonly Json[]; readonly whole: boolean }
  | { readonly kind: 'failed'; readonly failure: CrmFailure };

const perPage = 200;

/** All of a list, page by page; nothing at all is 204. */
const list = async (
  { api }: Account,
  {
    path,
    key,
    right,
    query = {},
    mostPages = 10,
  }: {
    readonly path: string;
    readonly key: string;
    readonly right: Text;
    readonly query?: Readonly<Record<string, string>>;
    readonly mostPages?: number;
  },
  signal: AbortSignal,
): Promise<Rows> => {
  const rows: Json[] = [];
  for (let page = 1; ; page += 1) {
    const told = await api({ path, query: { ...query, page, per_page: perPage }, right, list: key }, signal);
    if (told.kind === 'failed') return told;
    rows.push(...told.rows);
    const more = booleanIn(objectIn(told.object.info).more_records) === true;
    // What does not move on would never end.
    if (more && told.rows.length === 0) return malformed(path, told.response);
    if (!more || page >= mostPages) return { kind: 'rows', rows, whole: !more };
  }
};

const mostRules = 300;

/** Workflow rules with all that is inside them, one request each. */
export const readRules = async (account: Account, signal: AbortSignal): Promise<CrmReply<readonly CrmDefinition[]>> => {
  const right = scope('ZohoCRM.settings.workflow_rules.READ');
  const path = '/settings/automation/workflow_rules';
  const rules = await list(account, { path, key: 'workflow_rules', right }, signal);
  if (rules.kind === 'failed') return rules;
  const definitions: CrmDefinition[] = [];
  for (const row of rules.rows.slice(0, mostRules)) {
    const id = idIn(row.id);
    if (id === undefined || !/^\d{1,30}$/.test(id)) continue;
    const told = await account.api({ path: `${path}/${id}`, right, list: 'workflow_rules' }, signal);
    if (told.kind === 'failed') {
      if (told.failure.kind === 'not-found') continue;
      return told;
    }
    const name = account.printable(textIn(row.name) ?? id, 120);
    definitions.push({
      path: `zoho/workflow_rules/${id}.json`,
      text: JSON.stringify({ workflow_rules: told.rows }, undefined, 2),
      name,
      place: {
        en: `Setup > Automation > Workflow Rules > ${name}`,
        ja: `設定 > 自動化 > ワークフロールール > ${name}`,
      },
    });
  }
  const whole = rules.whole && rules.rows.length <= mostRules;
  return answered(definitions, [
    {
      en: 'what the actions of a rule send or write (email notifications, field updates) is not in it; blueprints and functions are not read',
      ja: 'ルールのアクションの内容（メール通知、項目の更新）は含みません。ブループリントと関数は読み取っていません',
    },
    ...(whole ? [] : [{ en: `only the first ${mostRules} rules`, ja: `最初の ${mostRules} 件のルールだけです` }]),
  ]);
};

export const readUsers = async (account: Account, signal: AbortSignal): Promise<CrmReply<readonly CrmUser[]>> => {
  const users = await list(
    account,
    { path: '/users', key: 'users', right: scope('ZohoCRM.users.READ'), query: { type: 'AllUsers' } },
    signal,
  );
  if (users.kind === 'failed') return users;
  return answered(
    users.rows.flatMap((row) => userOf(row, account) ?? []),
    users.whole ? [] : [{ en: 'only the first 2000 users', ja: '最初の 2000 ユーザーだけです' }],
  );
};

export const userOf = (row: Json, { printable }: Pick<Account, 'printable'>): CrmUser | undefined => {
  const [id, login] = [idIn(row.id), textIn(row.email)];
  if (id === undefined || login === undefined) return undefined;
  const roles = [objectIn(row.role).name, objectIn(row.profile).name].flatMap((name) => textIn(name) ?? []);
  return {
    id: printable(id, 40),
    login: printable(login),
    active: textIn(row.status) === 'active',
    ...(textIn(objectIn(row.profile).name) === 'Administrator' ? { admin: true } : {}),
    roles: roles.map((role) => printable(role, 120)),
  };
};

/** data_type of a field. */
const types: Readonly<Record<string, FieldType>> = {
  textarea: 'longtext',
  integer: 'integer',
  bigint: 'integer',
  double: 'number',
  decimal: 'number',
  percent: 'percent',
  currency: 'currency',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  email: 'email',
  phone: 'phone',
  website: 'url',
  picklist: 'picklist',
  multiselectpicklist: 'multipicklist',
  lookup: 'reference',
  ownerlookup: 'reference',
  userlookup: 'reference',
};

const fieldOf = (field: Json, printable: (text: string) => string): SchemaField => {
  const data = textIn(field.data_type) ?? '';
  const type = (Object.hasOwn(types, data) ? types[data] : undefined) ?? 'text';
  const to =
    data === 'lookup'
      ? textIn(objectIn(objectIn(field.lookup).module).api_name)
      : type === 'reference'
        ? 'User'
        : undefined;
  const length = type === 'text' ? numberIn(field.length) : undefined;
  const values =
    type === 'picklist' || type === 'multipicklist'
      ? valuesOf(
          objectsIn(field.pick_list_values).flatMap(({ actual_value, type: use }) => {
            const value = textIn(actual_value);
            return value === undefined ? [] : [{ value: printable(value), active: use !== 'unused' }];
          }),
        )
      : [];
  return {
    type,
    ...(booleanIn(field.system_mandatory) === true ? { required: true as const } : {}),
    ...(booleanIn(field.read_only) === true ? { readOnly: true as const } : {}),
    ...(length !== undefined && length > 0 ? { length } : {}),
    ...(to !== undefined && isName(to) ? { to: [to] } : {}),
    ...(values.length > 0 ? { values } : {}),
  };
};

const mostModules = 40;

export const readSchema = async (account: Account, signal: AbortSignal): Promise<CrmReply<CrmSchema>> => {
  const told = await account.api(
    { path: '/settings/modules', right: scope('ZohoCRM.settings.modules.READ'), list: 'modules' },
    signal,
  );
  if (told.kind === 'failed') return told;
  const modules = told.rows.flatMap(({ api_name, api_supported }) => {
    const name = textIn(api_name);
    return name !== undefined && isName(name) && booleanIn(api_supported) === true ? [name] : [];
  });
  const objects = new Map<string, SchemaObject>();
  for (const module of modules.slice(0, mostModules)) {
    const fields = await account.api(
      { path: '/settings/fields', query: { module }, right: scope('ZohoCRM.settings.fields.READ'), list: 'fields' },
      signal,
    );
    if (fields.kind === 'failed') {
      // Some modules of the list have no fields that are shown.
      if (fields.failure.kind === 'not-found' || fields.failure.status === 400) continue;
      return fields;
    }
    objects.set(module, {
      fields: Object.fromEntries(
        fields.rows.flatMap((field) => {
          const name = textIn(field.api_name);
          return name === undefined || !isName(name) ? [] : [[name, fieldOf(field, account.printable)]];
        }),
      ),
    });
  }
  return answered(
    { text: schemaText(objects) },
    modules.length > mostModules
      ? [
          {
            en: `${modules.length - mostModules} more modules were not asked for`,
            ja: `ほかの ${modules.length - mostModules} タブは取得していません`,
          },
        ]
      : [],
  );
};
