import type { CrmDefinition } from '../../model/crm/answers.ts';
import type { CrmAccess, CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { idIn, type Json, listIn, numberIn, textIn } from '../reading.ts';
import { type Found, unlessRefused } from '../refusal.ts';
import { archivedToo, searchRead } from './calls.ts';
import type { OdooDoor } from './door.ts';
import { holdsSecret, type OdooFields } from './fields.ts';
import { actionPlace, cronPlace, rulePlace } from './places.ts';

/** What the importer of `workflow` reads of a rule; to 16 the rule is itself the action. */
const ofRule = [
  'name',
  'active',
  'model_id',
  'model_name',
  'description',
  'trigger',
  'trg_date_id',
  'trg_date_range',
  'trg_date_range_type',
  'trg_date_range_mode',
  'filter_pre_domain',
  'filter_domain',
  'trigger_field_ids',
  'on_change_field_ids',
  'on_change_fields',
  'action_server_ids',
];

const ofAction = [
  'name',
  'state',
  'sequence',
  'active',
  'model_id',
  'model_name',
  'code',
  'child_ids',
  'parent_id',
  'crud_model_id',
  'crud_model_name',
  'fields_lines',
  'update_path',
  'update_field_id',
  'update_m2m_operation',
  'update_boolean_value',
  'evaluation_type',
  'value',
  'selection_value',
  'resource_ref',
  'template_id',
  'base_automation_id',
  'activity_user_type',
  'activity_user_id',
  'activity_user_field_name',
  'activity_summary',
];

const ofCron = ['name', 'active', 'interval_number', 'interval_type', 'user_id', ...ofAction];

const ofLine = ['server_id', 'col1', 'value', 'evaluation_type', 'type'];

const most = 2_000;
const deepest = 6;

const idsIn = (rows: readonly Json[], fields: readonly string[]): readonly number[] => [
  ...new Set(
    rows.flatMap((row) =>
      fields.flatMap((field) => {
        const value = row[field];
        // One record is `[id, name]`, several are a list of ids.
        const list = listIn(value);
        const one = list.length === 2 && typeof list[1] === 'string' ? list.slice(0, 1) : list;
        return one.flatMap((id) => numberIn(id) ?? []);
      }),
    ),
  ),
];

interface Reading {
  readonly door: OdooDoor;
  readonly fields: OdooFields;
  readonly signal: AbortSignal;
}

const read = async (
  { door, fields, signal }: Reading,
  model: string,
  wanted: readonly string[],
  domain: readonly unknown[],
): Promise<readonly Json[]> => {
  const known = await fields.of(model, signal);
  const names = [...new Set(wanted)].filter((name) => known.has(name) && !holdsSecret(name));
  const archived = known.has('active') ? [archivedToo] : [];
  return searchRead(door.calls, model, { domain: [...domain, ...archived], fields: names, limit: most }, signal);
};

/** These actions, and the actions in them. */
const actionsOf = async (reading: Reading, first: readonly number[]): Promise<readonly Json[]> => {
  const found = new Map<number, Json>();
  let wanted = first;
  for (let depth = 0; depth < deepest && wanted.length > 0 && found.size < most; depth += 1) {
    const rows = await read(reading, 'ir.actions.server', ofAction, [['id', 'in', wanted]]);
    for (const row of rows) found.set(numberIn(row.id) ?? 0, row);
    wanted = idsIn(rows, ['child_ids']).filter((id) => !found.has(id));
  }
  return [...found.values()];
};

/** What records say by number only: the lines of an update to 16, and the fields that they and rules name. */
const besides = async (reading: Reading, rows: readonly Json[]): Promise<Readonly<Record<string, readonly Json[]>>> => {
  const lineIds = idsIn(rows, ['fields_lines']);
  const lines =
    lineIds.length === 0
      ? []
      : ((await unlessRefused(
          () => read(reading, 'ir.server.object.lines', ofLine, [['id', 'in', lineIds]]),
          ['not-found', 'permission'],
          () => {},
        )) ?? []);
  const named = ['trigger_field_ids', 'on_change_field_ids', 'trg_date_id', 'update_field_id', 'col1'];
  const fieldIds = idsIn([...rows, ...lines], named);
  const fields =
    fieldIds.length === 0 ? [] : await read(reading, 'ir.model.fields', ['name', 'model'], [['id', 'in', fieldIds]]);
  return {
    ...(lines.length > 0 ? { 'ir.server.object.lines': lines } : {}),
    ...(fields.length > 0 ? { 'ir.model.fields': fields } : {}),
  };
};

const only = (rows: readonly Json[] | undefined, ids: readonly number[]): readonly Json[] =>
  (rows ?? []).filter(({ id }) => ids.includes(numberIn(id) ?? 0));

/** The part of `all` that one record needs, following actions into actions. */
const partFor = (
  record: Json,
  actions: readonly Json[],
  all: Readonly<Record<string, readonly Json[]>>,
): Readonly<Record<string, readonly Json[]>> => {
  const own = new Set<Json>();
  let ids = [...idsIn([record], ['action_server_ids', 'child_ids'])];
  for (let depth = 0; depth < deepest && ids.length > 0; depth += 1) {
    const next = only(actions, ids).filter((action) => !own.has(action));
    for (const action of next) own.add(action);
    ids = [...idsIn(next, ['child_ids'])];
  }
  const rows = [record, ...own];
  const lines = only(all['ir.server.object.lines'], idsIn(rows, ['fields_lines']));
  const named = ['trigger_field_ids', 'on_change_field_ids', 'trg_date_id', 'update_field_id', 'col1'];
  const fields = only(all['ir.model.fields'], idsIn([...rows, ...lines], named));
  return {
    ...(own.size > 0 ? { 'ir.actions.server': [...own] } : {}),
    ...(lines.length > 0 ? { 'ir.server.object.lines': lines } : {}),
    ...(fields.length > 0 ? { 'ir.model.fields': fields } : {}),
  };
};

/** Records that a module brought along; what people made has no external id, or one of these modules. */
const byPeople: readonly string[] = ['__export__', '__import__', '__custom__', 'studio_customization'];

const shipped = async ({ door, signal }: Reading): Promise<ReadonlySet<string>> => {
  const domain = [
    ['model', 'in', ['ir.cron', 'ir.actions.server']],
    ['module', 'not in', byPeople],
  ];
  const rows = await searchRead(
    door.calls,
    'ir.model.data',
    { domain, fields: ['model', 'res_id'], limit: 10_000 },
    signal,
  );
  return new Set(rows.map((row) => `${textIn(row.model)},${idIn(row.res_id)}`));
};

const definitionOf = (
  model: string,
  record: Json,
  parts: Readonly<Record<string, readonly Json[]>>,
  { access, client, major }: { readonly access: CrmAccess; readonly client: CrmClient; readonly major: number },
): CrmDefinition => {
  const id = idIn(record.id) ?? '';
  const name = client.printable(textIn(record.name) ?? id, 150);
  const place = model === 'base.automation' ? rulePlace(major) : model === 'ir.cron' ? cronPlace : actionPlace;
  const own = parts[model] ?? [];
  return {
    path: `odoo/${model}/${id}.json`,
    text: `${JSON.stringify({ ...parts, [model]: [record, ...own.filter((other) => other !== record)] }, undefined, 2)}\n`,
    name,
    place: place(name),
    url: major < 18 ? `${access.url}/web#id=${id}&model=${model}&view_type=form` : `${access.url}/odoo/${model}/${id}`,
  };
};

const noRules: Text = {
  en: 'automation rules: the module base_automation is not installed',
  ja: '自動化規則（base_automation モジュールがインストールされていません）',
};

const ownHidden: Text = {
  en: "scheduled actions and server actions that people made: they cannot be told from Odoo's own without the right to read external identifiers",
  ja: '利用者が作成したスケジュール済アクションとサーバアクション（外部 ID を読む権限がないため、Odoo 標準のものと区別できません）',
};

/** Automation rules, and the scheduled and server actions that people made, each with what it runs. */
export const definitionsOf = async (
  door: OdooDoor,
  { access, client, fields }: { readonly access: CrmAccess; readonly client: CrmClient; readonly fields: OdooFields },
  signal: AbortSignal,
): Promise<Found<readonly CrmDefinition[]>> => {
  const gaps: Text[] = [];
  const reading: Reading = { door, fields, signal };
  const rules =
    (await unlessRefused(
      () => read(reading, 'base.automation', [...ofRule, ...ofAction], []),
      ['not-found'],
      () => gaps.push(noRules),
    )) ?? [];
  const own = await unlessRefused(
    () => shipped(reading),
    ['permission'],
    () => gaps.push(ownHidden),
  );
  const isOwn = (model: string) => (row: Json) => own !== undefined && !own.has(`${model},${idIn(row.id)}`);
  const crons = own ? (await read(reading, 'ir.cron', ofCron, [])).filter(isOwn('ir.cron')) : [];
  const loose = own
    ? (await read(reading, 'ir.actions.server', ofAction, [['usage', '=', 'ir_actions_server']])).filter(
        (row) => isOwn('ir.actions.server')(row) && !row.base_automation_id && !row.parent_id,
      )
    : [];
  const actions = await actionsOf(reading, idsIn([...rules, ...crons, ...loose], ['action_server_ids', 'child_ids']));
  const all = await besides(reading, [...rules, ...crons, ...loose, ...actions]);
  const run = new Set(idsIn([...rules, ...crons, ...loose, ...actions], ['action_server_ids', 'child_ids']));
  const about = { access, client, major: door.server.major };
  const of = (model: string, rows: readonly Json[]): readonly CrmDefinition[] =>
    rows.map((row) => definitionOf(model, row, partFor(row, actions, all), about));
  return {
    value: [
      ...of('base.automation', rules),
      ...of('ir.cron', crons),
      ...of(
        'ir.actions.server',
        loose.filter(({ id }) => !run.has(numberIn(id) ?? 0)),
      ),
    ],
    gaps,
  };
};
