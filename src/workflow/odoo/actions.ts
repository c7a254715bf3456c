import type { Named, Place } from '../../model/workflow/place.ts';
import type { Act, Assignment, Party, Step } from '../../model/workflow/step.ts';
import type { Value } from '../../model/workflow/value.ts';
import { literal, named, opaqueValue, pathOf, recordPath } from '../build.ts';
import { seenInCode } from './code.ts';
import {
  booleanIn,
  holdsMore,
  numberIn,
  type OdooRecord,
  type OdooReference,
  placeIn,
  referencesIn,
  selectionOfId,
  textIn,
} from './record.ts';
import { fieldsNamed, modelNamed, type OdooRecords } from './records.ts';

/** The steps that a server action is, and what in it is newer than this. */
export interface ReadActions {
  readonly steps: readonly Step[];
  readonly unknown: readonly Named[];
}

/** A Python expression: `record.x` is read by it. */
const equation = (text: string, place: Place): Value => ({
  kind: 'formula',
  language: 'python',
  text,
  reads: seenInCode(text, () => place).reads,
  place,
});

/** What an update writes (17 and later: one field by its path, and a value of the kind that the field has). */
const updateValue = (action: OdooRecord): Value => {
  const place = placeIn(action, 'value');
  const type = textIn(action, 'evaluation_type') ?? 'value';
  const text = textIn(action, 'value');
  if (type === 'equation' && text !== undefined) return equation(text, place);
  if (type !== 'value') return opaqueValue(type, place);
  const [selection] = referencesIn(action, 'selection_value');
  if (selection) {
    const value = selectionOfId(selection.id);
    return value === undefined ? opaqueValue(selection.label ?? '', selection.place) : literal(value, selection.place);
  }
  const resource = textIn(action, 'resource_ref');
  if (resource !== undefined) return opaqueValue(resource, placeIn(action, 'resource_ref'));
  if (text !== undefined) return literal(text, place);
  const yes = textIn(action, 'update_boolean_value');
  return yes === 'true' || yes === 'false'
    ? literal(yes === 'true', placeIn(action, 'update_boolean_value'))
    : opaqueValue('', place);
};

/** `ir.server.object.lines`: how an action before 17 says what it writes. */
const lines = (
  action: OdooRecord,
  records: OdooRecords,
): { readonly set: readonly Assignment[]; readonly more: boolean } => {
  const own = [
    ...referencesIn(action, 'fields_lines').flatMap(({ id }) => records.find('ir.server.object.lines', id) ?? []),
    ...records.ownedBy('ir.server.object.lines', 'server_id', action),
  ];
  let more = own.length < referencesIn(action, 'fields_lines').length || holdsMore(action, 'fields_lines');
  const set = [...new Set(own)].flatMap((line): readonly Assignment[] => {
    const { fields } = fieldsNamed(line, 'col1', records);
    const [field] = fields;
    if (!field) {
      more = true;
      return [];
    }
    const text = textIn(line, 'value') ?? '';
    const type = textIn(line, 'evaluation_type') ?? textIn(line, 'type') ?? 'value';
    const place = placeIn(line, 'value');
    const value =
      type === 'equation' ? equation(text, place) : type === 'value' ? literal(text, place) : opaqueValue(text, place);
    return [{ field, value, place: line.place }];
  });
  return { set, more };
};

const update = (action: OdooRecord, records: OdooRecords): Act => {
  const path = textIn(action, 'update_path')?.trim();
  const [field] = fieldsNamed(action, 'update_field_id', records).fields;
  const place = placeIn(action, path === undefined ? 'update_field_id' : 'update_path');
  const segments = path !== undefined ? path.split('.') : field ? [field.name] : [];
  const last = segments.at(-1);
  if (last === undefined) {
    const { set, more } = lines(action, records);
    return {
      kind: 'update',
      target: { kind: 'trigger' },
      set,
      ...(more || set.length === 0 ? { more: true as const } : {}),
    };
  }
  const operation = textIn(action, 'update_m2m_operation');
  const changesList = operation !== undefined && operation !== 'add' && textIn(action, 'value') === undefined;
  const value = changesList ? opaqueValue(operation, placeIn(action, 'update_m2m_operation')) : updateValue(action);
  const set: readonly Assignment[] = [{ field: named(last, place), value, place }];
  if (segments.length === 1) return { kind: 'update', target: { kind: 'trigger' }, set };
  const target = pathOf({ kind: 'record' }, segments.slice(0, -1), segments.slice(0, -1).join('.'), place);
  return { kind: 'update', target: { kind: 'path', path: target }, set };
};

const create = (action: OdooRecord, records: OdooRecords): Act => {
  const object = modelNamed(action, 'crud_model_id', 'crud_model_name');
  const { set, more } = lines(action, records);
  const name = textIn(action, 'value');
  const place = placeIn(action, 'value');
  const own: readonly Assignment[] =
    name === undefined ? set : [{ field: named('name', place), value: literal(name, place), place }, ...set];
  return {
    kind: 'create',
    set: own,
    ...(object ? { object } : {}),
    // What the form fills in by itself is not known, nor what is copied.
    ...(more || own.length === 0 ? { more: true as const } : {}),
  };
};

/** A copy has what the original has. */
const copy = (action: OdooRecord): Act => {
  const object = modelNamed(action, 'crud_model_id', 'crud_model_name');
  return { kind: 'create', set: [], ...(object ? { object } : {}), more: true };
};

const template = (action: OdooRecord, field: string): Named | undefined => {
  const [found] = referencesIn(action, field);
  return found && named(found.id, found.place);
};

const mail = (action: OdooRecord): Act => {
  const sent = template(action, 'template_id');
  const place = placeIn(action, 'template_id');
  // The recipients are those of the template, or the followers of the record.
  const to: readonly Party[] = [{ kind: 'opaque', text: 'template', place }];
  return { kind: 'mail', to, cc: [], bcc: [], html: true, ...(sent ? { template: sent } : {}) };
};

const activity = (action: OdooRecord): Act => {
  const [user] = referencesIn(action, 'activity_user_id');
  const field = textIn(action, 'activity_user_field_name');
  const place = placeIn(action, 'activity_user_field_name');
  const generic = textIn(action, 'activity_user_type') === 'generic' && field !== undefined;
  const to: readonly Party[] = generic
    ? [{ kind: 'path', path: recordPath(field, place), place }]
    : user
      ? [{ kind: 'user', id: user.id, place: user.place }]
      : [];
  const summary = textIn(action, 'activity_summary');
  const at = placeIn(action, 'activity_summary');
  const set = summary === undefined ? [] : [{ field: named('summary', at), value: literal(summary, at), place: at }];
  return { kind: 'task', to, set };
};

const code = (action: OdooRecord): Act => {
  const value = action.fields.get('code')?.value;
  const text = value?.kind === 'text' ? value.text : '';
  const seen = value?.kind === 'text' ? seenInCode(text, value.at) : { reads: [], writes: [] };
  return { kind: 'code', language: 'python', text, ...seen, complete: false };
};

const webhook = (action: OdooRecord): Act => {
  const url = textIn(action, 'webhook_url');
  const place = placeIn(action, 'webhook_url');
  return { kind: 'http', method: 'POST', headers: [], ...(url === undefined ? {} : { url: literal(url, place) }) };
};

const acts: Readonly<Record<string, (action: OdooRecord, records: OdooRecords) => Act>> = {
  object_write: update,
  object_create: create,
  object_copy: copy,
  code,
  webhook,
  mail_post: mail,
  email: mail,
  next_activity: activity,
};

const outside: readonly string[] = [
  'sms',
  'followers',
  'remove_followers',
  'client_action',
  'trigger',
  'loop',
  'dummy',
];

const custom = (action: Named, effect: 'outside' | 'opaque'): Act => ({ kind: 'custom', action, effect, reads: [] });

const stepOf = (
  action: OdooRecord,
  id: string,
  records: OdooRecords,
): { readonly step: Step; readonly unknown?: Named } => {
  const state = textIn(action, 'state')?.trim();
  const place = placeIn(action, 'name');
  const kind = named(state ?? '', placeIn(action, 'state'));
  const known = state === undefined ? undefined : acts[state];
  const act = known ? known(action, records) : custom(kind, outside.includes(kind.name) ? 'outside' : 'opaque');
  const label = textIn(action, 'name');
  const step: Step = {
    id,
    ...(label === undefined ? {} : { label }),
    place,
    canFail: true,
    mayHandleErrors: false,
    ...act,
  };
  const unknown = known || state === undefined || outside.includes(state) ? undefined : kind;
  return { step, ...(unknown ? { unknown } : {}) };
};

// Actions that hold each other would go round for ever.
const deepest = 10;
const most = 2_000;

/** A server action as steps: one of kind `multi` is the actions in it, one after the other. */
export const readActions = (
  actions: readonly OdooRecord[],
  records: OdooRecords,
  unique: (wanted: string) => string,
): ReadActions => {
  const steps: Step[] = [];
  const unknown: Named[] = [];
  const add = (action: OdooRecord, within: readonly OdooRecord[]): void => {
    if (steps.length >= most) return;
    if (textIn(action, 'state')?.trim() !== 'multi' || within.length >= deepest || within.includes(action)) {
      const { step, unknown: newer } = stepOf(action, unique(action.id), records);
      steps.push(step);
      if (newer) unknown.push(newer);
      return;
    }
    const references = referencesIn(action, 'child_ids');
    const found = references.flatMap(({ id }) => records.find('ir.actions.server', id) ?? []);
    const children = [...new Set([...found, ...records.ownedBy('ir.actions.server', 'parent_id', action)])];
    for (const child of inOrder(children)) add(child, [...within, action]);
    for (const reference of references) {
      if (!records.find('ir.actions.server', reference.id)) steps.push(missingStep(unique(reference.id), reference));
    }
  };
  for (const action of inOrder(actions)) add(action, []);
  return { steps, unknown };
};

/** An action that is named and not in the file may do anything. */
export const missingStep = (id: string, { id: name, label, place }: OdooReference): Step => ({
  id,
  place,
  canFail: true,
  mayHandleErrors: false,
  ...custom(named(label ?? name, place), 'opaque'),
});

/** By `sequence`, which Odoo takes for 5 where it is not given; else in the order of the file. */
export const inOrder = (actions: readonly OdooRecord[]): readonly OdooRecord[] =>
  actions
    .filter((action) => booleanIn(action, 'active') !== false)
    .toSorted((one, other) => (numberIn(one, 'sequence') ?? 5) - (numberIn(other, 'sequence') ?? 5));
