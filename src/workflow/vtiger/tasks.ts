import type { Named, Place } from '../../model/workflow/place.ts';
import type { Act, Assignment, Party, Step } from '../../model/workflow/step.ts';
import type { Value } from '../../model/workflow/value.ts';
import { literal, named, pathValue } from '../build.ts';
import { readJson } from '../source/json.ts';
import { placeOf } from '../source/json-places.ts';
import { idOf, isRecord, itemsOf, member, textOf } from '../source/json-read.ts';
import type { JsonValue } from '../source/json-value.ts';
import { entry, type Parameter, parameterOf, words } from '../source/parameter.ts';
import { fieldPath, valueOfType } from './conditions.ts';

export interface ReadTask {
  readonly step: Step;
  readonly active: boolean;
  readonly unknown?: Named;
}

/** `[{ fieldname, value, valuetype }]`, as JSON within the serialized task. */
const mapping = (task: Parameter | undefined, place: Place): readonly Assignment[] => {
  const text = words(entry(task, 'field_value_mapping'));
  const { root } = readJson('', text ?? '[]', { depth: 20, values: 20_000, units: 1_000_000 });
  return itemsOf(root)
    .filter(isRecord)
    .flatMap((row): readonly Assignment[] => {
      const name = textOf(member(row, 'fieldname'));
      if (name === undefined || name === '') return [];
      const value = valueOfType(textOf(member(row, 'valuetype')), idOf(member(row, 'value')) ?? '', place);
      return [{ field: named(name, place), value, place }];
    });
};

/** `$email`, `$(account_id : (Accounts) email1)`: fields in a text, and what else vtiger fills in. */
const template = /\$(?:(\w{1,80})|(\([^()$]{0,100}\([^()$]{0,80}\)[^()$]{0,100}\)))/g;

const templateOf = (text: string, place: Place): Value => {
  const parts: (string | Value)[] = [];
  let end = 0;
  for (const found of text.matchAll(template)) {
    if (found.index > end) parts.push(text.slice(end, found.index));
    end = found.index + found[0].length;
    parts.push(pathValue(fieldPath(found[1] ?? found[2] ?? '', place)));
  }
  if (parts.length === 0) return literal(text, place);
  if (end < text.length) parts.push(text.slice(end));
  return { kind: 'text', parts, place };
};

/** Addresses and fields, parted by commas. */
const partiesOf = (text: string | undefined, place: Place): readonly Party[] =>
  (text ?? '')
    .split(/[,;]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one): Party => {
      if (!one.includes('$')) return { kind: 'address', address: one, place };
      const field = /^\$(?:(\w{1,80})|(\(.{1,200}\)))$/.exec(one);
      const path = fieldPath(field?.[1] ?? field?.[2] ?? '', place);
      // `$(general : (__VtigerMeta__) …)` is no field.
      return field && !/__VtigerMeta__/.test(one) && !/\(\s*general\s*:/.test(one)
        ? { kind: 'path', path, place }
        : { kind: 'opaque', text: one, place };
    });

const mail = (task: Parameter | undefined, place: Place): Act => {
  const text = (key: string): string | undefined => words(entry(task, key));
  const [subject, content] = [text('subject'), text('content')];
  const [from] = partiesOf(text('fromEmail')?.replace(/^.*&lt;|&gt;$/g, ''), place);
  return {
    kind: 'mail',
    to: partiesOf(text('recepient'), place),
    cc: partiesOf(text('emailcc'), place),
    bcc: partiesOf(text('emailbcc'), place),
    html: true,
    ...(from ? { from } : {}),
    ...(subject === undefined ? {} : { subject: templateOf(subject, place) }),
    ...(content === undefined ? {} : { body: templateOf(content, place) }),
  };
};

const create = (task: Parameter | undefined, place: Place): Act => {
  const object = words(entry(task, 'entity_type'));
  return {
    kind: 'create',
    set: mapping(task, place),
    // The field that refers to the record is filled by itself.
    more: true,
    ...(object === undefined ? {} : { object: named(object, place) }),
  };
};

const todo = (task: Parameter | undefined, place: Place): Act => {
  const who = words(entry(task, 'assigned_user_id'));
  const what = words(entry(task, 'todo')) ?? words(entry(task, 'eventName'));
  return {
    kind: 'task',
    to:
      who === undefined
        ? []
        : who === 'copyParentOwner'
          ? [{ kind: 'owner', place }]
          : [{ kind: 'user', id: who, place }],
    set: what === undefined ? [] : [{ field: named('subject', place), value: templateOf(what, place), place }],
  };
};

const acts: Readonly<Record<string, (task: Parameter | undefined, place: Place) => Act>> = {
  VTEmailTask: mail,
  VTUpdateFieldsTask: (task, place) => ({ kind: 'update', target: { kind: 'trigger' }, set: mapping(task, place) }),
  VTCreateEntityTask: create,
  VTCreateTodoTask: todo,
  VTCreateEventTask: todo,
  VTSMSTask: (_, place) => ({ kind: 'custom', action: named('VTSMSTask', place), effect: 'outside', reads: [] }),
};

/** One row of com_vtiger_workflowtasks. */
export const readTask = (row: JsonValue, id: string): ReadTask => {
  const serialized = member(row, 'task');
  const task = parameterOf(serialized);
  const place = placeOf(serialized ?? row);
  const text = textOf(serialized);
  const type = /^O:\d{1,3}:"(\w{1,80})"/.exec(text ?? '')?.[1] ?? textOf(member(serialized, 'type')) ?? '';
  const summary = textOf(member(row, 'summary')) ?? words(entry(task, 'summary'));
  const act = Object.hasOwn(acts, type) && task ? acts[type] : undefined;
  const name = named(type, place);
  const step: Step = {
    id,
    ...(summary === undefined || summary === '' ? {} : { label: summary }),
    place,
    canFail: true,
    mayHandleErrors: false,
    // A method of PHP may do anything, and so may what cannot be read.
    ...(act ? act(task, place) : { kind: 'custom', action: name, effect: 'opaque', reads: [] }),
  };
  const active = words(entry(task, 'active'));
  const known = act !== undefined || type === 'VTEntityMethodTask';
  return { step, active: active !== '0' && active !== 'false', ...(known ? {} : { unknown: name }) };
};
