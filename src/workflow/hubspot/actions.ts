import type { Named } from '../../model/workflow/place.ts';
import type { Act, Assignment, Party, Step } from '../../model/workflow/step.ts';
import type { Duration } from '../../model/workflow/value.ts';
import type { Defect } from '../../model/workflow/workflow.ts';
import { literal, named, opaqueValue, pathOf, recordPath } from '../build.ts';
import { placeOf, placeOfKey } from '../source/json-places.ts';
import { idOf, isBlank, isRecord, itemsOf, member, namedOf, numberOf, textOf } from '../source/json-read.ts';
import type { JsonValue } from '../source/json-value.ts';
import { type ActionType, actionTypes } from './action-types.ts';
import { chanceBranches, edgeOf, listBranches, type Read, staticBranches } from './branches.ts';
import { objectOf } from './objects.ts';
import { durationOf, inputValue, peopleOf, templateOf } from './values.ts';

/** One action as a step, with what is wrong or unknown about it. */
export interface ReadAction {
  readonly step: Step;
  readonly defects: readonly Defect[];
  readonly unknown?: Named;
}

/** Fields of an action that are texts, as what the new record gets. */
const textFields = (fields: JsonValue | undefined, keys: readonly string[]): readonly Assignment[] =>
  keys.flatMap((key) => {
    const value = member(fields, key);
    const text = templateOf(value);
    return value && text ? [{ field: named(key, placeOfKey(value)), value: text, place: placeOf(value) }] : [];
  });

const setProperty = ({ fields }: Read): Act => {
  const property = namedOf(member(fields, 'property_name'));
  const value = member(fields, 'value');
  const set = property
    ? [{ field: property, value: inputValue(value) ?? literal(null, property.place), place: property.place }]
    : [];
  const association = member(fields, 'association');
  if (!association || isBlank(association)) return { kind: 'update', target: { kind: 'trigger' }, set };
  // Which records are meant is told by the number of the association: others than the one that is enrolled.
  const id = idOf(member(association, 'associationTypeId')) ?? '';
  const root = { kind: 'system', name: `association ${id}` } as const;
  const path = pathOf(root, [], root.name, placeOf(association));
  return { kind: 'update', target: { kind: 'path', path }, set, many: true };
};

const createRecord = ({ fields, place }: Read): Act => {
  const object = objectOf(member(fields, 'object_type_id'));
  const set = itemsOf(member(fields, 'properties')).flatMap((item) => {
    const field = namedOf(member(item, 'targetProperty'));
    return field
      ? [{ field, value: inputValue(member(item, 'value')) ?? opaqueValue('', place), place: placeOf(item) }]
      : [];
  });
  return { kind: 'create', set, ...(object ? { object } : {}) };
};

const task = ({ fields, place }: Read): Act => {
  const owner = member(fields, 'owner_assignment', 'value');
  const id = idOf(member(owner, 'staticValue'));
  const property = textOf(member(owner, 'propertyName'));
  const at = owner ? placeOf(owner) : place;
  const to: readonly Party[] =
    id !== undefined
      ? [{ kind: 'user', id, place: at }]
      : property !== undefined
        ? [{ kind: 'path', path: recordPath(property, at), place: at }]
        : [];
  return { kind: 'task', to, set: textFields(fields, ['subject', 'body']) };
};

const mail = ({ fields, object, place }: Read): Act => {
  const template = namedOf(member(fields, 'content_id')) ?? namedOf(member(fields, 'email_content_id'));
  const listed = peopleOf(fields);
  // A marketing mail goes to the enrolled contact; from other records to the contacts that belong to them.
  const enrolled: Party =
    object === 'contact'
      ? { kind: 'path', path: recordPath('email', place), place }
      : { kind: 'opaque', text: 'associated contacts', place };
  return {
    kind: 'mail',
    to: listed.length > 0 ? listed : [enrolled],
    cc: [],
    bcc: [],
    html: true,
    ...(template ? { template } : {}),
  };
};

const internalMail = ({ fields }: Read): Act => {
  const subject = templateOf(member(fields, 'subject'));
  const body = templateOf(member(fields, 'body'));
  return {
    kind: 'mail',
    to: peopleOf(fields),
    cc: [],
    bcc: [],
    html: true,
    ...(subject ? { subject } : {}),
    ...(body ? { body } : {}),
  };
};

const notice = ({ fields }: Read): Act => {
  const message = templateOf(member(fields, 'body')) ?? templateOf(member(fields, 'subject'));
  return { kind: 'notify', to: peopleOf(fields), ...(message ? { message } : {}) };
};

const delay = ({ fields, place }: Read): Act => {
  const duration = durationOf(member(fields, 'delta'), member(fields, 'time_unit'));
  return { kind: 'wait', until: duration ? { kind: 'duration', duration, place } : { kind: 'opaque' } };
};

const delayUntil = ({ fields }: Read): Act => {
  const value = inputValue(member(fields, 'date'));
  const offset = durationOf(member(fields, 'delta'), member(fields, 'time_unit'));
  if (!value) return { kind: 'wait', until: { kind: 'opaque' } };
  return { kind: 'wait', until: { kind: 'date', value, ...(offset && offset.amount !== 0 ? { offset } : {}) } };
};

const minutesOf = (value: JsonValue | undefined): Duration | undefined => {
  const amount = numberOf(value);
  return amount !== undefined && amount > 0 ? { amount, unit: 'minute' } : undefined;
};

const waitForEvent = ({ fields }: Read): Act => {
  const timeout = minutesOf(member(fields, 'expiration_minutes'));
  return { kind: 'wait', until: { kind: 'opaque' }, ...(timeout ? { timeout } : {}) };
};

const custom = (action: Named, effect: 'outside' | 'opaque'): Act => ({ kind: 'custom', action, effect, reads: [] });

const enroll = ({ fields, place }: Read): Act => {
  const workflow = namedOf(member(fields, 'flow_id'));
  return workflow ? { kind: 'call', workflow, inputs: [] } : custom(named('0-15', place), 'outside');
};

/** What an action of a known type does. */
const actOf = (type: ActionType, id: Named, read: Read): Act => {
  switch (type.kind) {
    case 'delay':
      return delay(read);
    case 'delay-until':
      return delayUntil(read);
    case 'wait-for-event':
      return waitForEvent(read);
    case 'task':
      return task(read);
    case 'mail':
    case 'mail-to':
      return mail(read);
    case 'internal-mail':
      return internalMail(read);
    case 'notice':
      return notice(read);
    case 'set-property':
      return setProperty(read);
    case 'rotate-owner':
      return { kind: 'assign', to: { kind: 'opaque', text: 'rotate', place: read.place } };
    case 'create-record':
      return createRecord(read);
    case 'enroll':
      return enroll(read);
    case 'delete-record':
      return { kind: 'delete', target: { kind: 'trigger' } };
    case 'outside':
      return custom(id, 'outside');
  }
};

/** Parameters that are absent, or there under another name. */
const defectsOf = (type: ActionType, { fields, place }: Read, step: string): readonly Defect[] =>
  type.required.flatMap((what): readonly Defect[] => {
    if (!isBlank(member(fields, what))) return [];
    const wrong = Object.entries(type.mistaken ?? {}).find(
      ([key, right]) => right === what && member(fields, key) !== undefined,
    );
    const at = wrong && member(fields, wrong[0]);
    if (wrong && at) {
      return [
        {
          rule: 'action-unknown-parameter',
          step,
          what: wrong[0],
          found: wrong[0],
          allowed: [what],
          place: placeOfKey(at),
        },
      ];
    }
    return [{ rule: 'action-missing-parameter', step, what, place: fields ? placeOfKey(fields) : place }];
  });

const code = ({ action }: Read): Act => {
  const source = member(action, 'sourceCode');
  const runtime = textOf(member(action, 'runtime')) ?? '';
  return {
    kind: 'code',
    language: /python/i.test(runtime) ? 'python' : 'javascript',
    text: textOf(source) ?? '',
    reads: itemsOf(member(action, 'inputFields')).flatMap((field) => {
      const property = namedOf(member(field, 'value', 'propertyName'));
      return property ? [recordPath(property.name, property.place)] : [];
    }),
    writes: [],
    // It may call the API with a token of its own.
    complete: false,
  };
};

const webhook = ({ action }: Read): Act => {
  const url = templateOf(member(action, 'webhookUrl'));
  const method = textOf(member(action, 'method'));
  return {
    kind: 'http',
    headers: [],
    ...(url ? { url } : {}),
    ...(method === undefined ? {} : { method }),
    // HubSpot calls it and tries again for days by itself; the record waits for nothing.
    deferred: true,
  };
};

const structural: Readonly<Record<string, (read: Read) => Act>> = {
  LIST_BRANCH: listBranches,
  STATIC_BRANCH: staticBranches,
  AB_TEST_BRANCH: chanceBranches,
  CUSTOM_CODE: code,
  WEBHOOK: webhook,
};

/** An action of an app (`1-…`) works outside; one of HubSpot's own that is not in the table may do anything. */
const single = (read: Read, step: string): { readonly act: Act } & Omit<ReadAction, 'step'> => {
  const id = namedOf(member(read.action, 'actionTypeId'));
  const type = id && actionTypes.get(id.name);
  if (id && type) return { act: actOf(type, id, read), defects: defectsOf(type, read, step) };
  if (id && !id.name.startsWith('0-')) return { act: custom(id, 'outside'), defects: [] };
  const kind = namedOf(member(read.action, 'type'));
  const unknown = id ?? kind ?? named('', read.place);
  return { act: custom(unknown, 'opaque'), defects: [], unknown };
};

/** Reads an action under the id that it has in the model. */
export const readAction = (action: JsonValue, id: string, object: string | undefined): ReadAction => {
  const place = placeOf(member(action, 'actionId') ?? action);
  const read: Read = { action, fields: member(action, 'fields'), object, place };
  const shape = structural[textOf(member(action, 'type')) ?? ''];
  const { act, defects, unknown } = shape ? { act: shape(read), defects: [], unknown: undefined } : single(read, id);
  const connection = member(action, 'connection');
  const step: Step = {
    id,
    place,
    canFail: act.kind !== 'wait' && act.kind !== 'decision',
    mayHandleErrors: false,
    ...(isRecord(connection) ? { next: edgeOf(connection, place) } : {}),
    ...act,
  };
  return { step, defects, ...(unknown ? { unknown } : {}) };
};
