import type { Named, Place } from '../../model/workflow/place.ts';
import type { Act, Assignment, Party, Step } from '../../model/workflow/step.ts';
import type { Value } from '../../model/workflow/value.ts';
import { literal, named, opaqueValue, pathOf, pathValue, recordPath } from '../build.ts';
import { placeInText, placeOf, placeOfKey } from '../source/json-places.ts';
import {
  idOf,
  isBlank,
  isRecord,
  itemsOf,
  member,
  membersOf,
  namedOf,
  numberOf,
  placeOr,
  textOf,
} from '../source/json-read.ts';
import type { JsonValue } from '../source/json-value.ts';
import { seenInScript } from './formula.ts';

export interface ReadStep {
  readonly step: Step;
  readonly unknown?: Named;
}

/** `{ subjectType, attributes | field | shiftDays }` for one field. */
const fieldValue = (name: string, spec: JsonValue): Value => {
  const place = placeOf(spec);
  switch (textOf(member(spec, 'subjectType'))) {
    case 'field': {
      const field = namedOf(member(spec, 'field'));
      return field ? pathValue(recordPath(field.name, field.place)) : opaqueValue('', place);
    }
    case 'today': {
      const days = numberOf(member(spec, 'shiftDays')) ?? 0;
      return days === 0
        ? { kind: 'moment', base: 'today', place }
        : { kind: 'moment', base: 'today', offset: { amount: days, unit: 'day' }, place };
    }
    default: {
      const attributes = member(spec, 'attributes');
      const value = member(attributes, name) ?? member(attributes, `${name}Id`);
      switch (value?.kind) {
        case 'text':
        case 'boolean':
          return literal(value.value, placeOf(value));
        case 'number':
          return literal(numberOf(value) ?? value.raw, placeOf(value));
        case 'null':
          return literal(null, placeOf(value));
        case 'list':
          return {
            kind: 'list',
            values: value.items.map((item) => literal(idOf(item) ?? '', placeOf(item))),
            place: placeOf(value),
          };
        default:
          return opaqueValue('', place);
      }
    }
  }
};

const assignments = (action: JsonValue): readonly Assignment[] =>
  membersOf(member(action, 'fields')).map(([name, spec]) => ({
    field: named(name, placeOfKey(spec)),
    value: isRecord(spec) ? fieldValue(name, spec) : opaqueValue('', placeOf(spec)),
    place: placeOfKey(spec),
  }));

/** A formula beside the fields sets more of them. */
const more = (action: JsonValue): { readonly more?: true } =>
  isBlank(member(action, 'formula')) ? {} : { more: true };

/** `{$name}` is a field of the record, `{$$name}` a variable of the process. */
const templateOf = (value: JsonValue | undefined): Value | undefined => {
  if (value?.kind !== 'text') return undefined;
  const parts: (string | Value)[] = [];
  let end = 0;
  for (const found of value.value.matchAll(/\{(\$\$?)(\w{1,80})\}/g)) {
    const [whole, sign, name = ''] = found;
    if (found.index > end) parts.push(value.value.slice(end, found.index));
    end = found.index + whole.length;
    const place = placeInText(value, found.index, end);
    parts.push(pathValue(sign === '$' ? recordPath(name, place) : pathOf({ kind: 'system', name }, [], whole, place)));
  }
  if (parts.length === 0) return literal(value.value, placeOf(value));
  if (end < value.value.length) parts.push(value.value.slice(end));
  return { kind: 'text', parts, place: placeOf(value) };
};

const idsOf = (list: JsonValue | undefined, kind: 'user' | 'group'): readonly Party[] =>
  itemsOf(list).flatMap((item): readonly Party[] => {
    const id = idOf(item);
    return id === undefined ? [] : [{ kind, id, place: placeOf(item) }];
  });

const addresses = (value: JsonValue | undefined): readonly Party[] =>
  value?.kind !== 'text'
    ? []
    : value.value
        .split(/[;,]/)
        .map((address) => address.trim())
        .filter((address) => address !== '')
        .map((address) => ({ kind: 'address', address, place: placeOf(value) }));

/** Who a mail or a notice goes to, by the word that the interface stores. */
const partiesFor = (action: JsonValue, key: string): readonly Party[] => {
  const to = member(action, key);
  const word = textOf(to) ?? '';
  if (!to || word === '') return [];
  const place = placeOf(to);
  const lists = ['toSpecifiedEntityIds', 'userIds', 'specifiedTeamsIds', 'teamIds'].map((name) => member(action, name));
  const users = lists.slice(0, 2).flatMap((list) => idsOf(list, 'user'));
  const teams = [...lists.slice(0, 1), ...lists.slice(2)].flatMap((list) => idsOf(list, 'group'));
  switch (word) {
    case 'targetEntity':
      return [{ kind: 'path', path: recordPath('emailAddress', place), place }];
    case 'specifiedEmailAddress':
      return addresses(member(action, 'toEmail') ?? member(action, 'toEmailAddress'));
    case 'specifiedUsers':
      return users;
    case 'specifiedTeams':
      return teams;
    case 'link:assignedUser':
    case 'assignedUser':
      return [{ kind: 'path', path: recordPath('assignedUser', place), place }];
    case 'link:createdBy':
      return [{ kind: 'creator', place }];
    default:
      // Followers, team members, the current user, the addresses of related records.
      return [{ kind: 'opaque', text: word, place }];
  }
};

/** A task of a process that sends a mail has the same keys as the action. */
export const mailAct = (action: JsonValue): Act => {
  const template = namedOf(member(action, 'emailTemplateId'));
  const from = member(action, 'fromEmail') ?? member(action, 'fromEmailAddress');
  const [sender] = addresses(from);
  return {
    kind: 'mail',
    to: partiesFor(action, 'to'),
    cc: partiesFor(action, 'cc'),
    bcc: partiesFor(action, 'bcc'),
    html: true,
    ...(sender ? { from: sender } : {}),
    ...(template ? { template } : {}),
  };
};

const notice = (action: JsonValue): Act => {
  const message = templateOf(member(action, 'messageTemplate'));
  return { kind: 'notify', to: partiesFor(action, 'recipient'), ...(message ? { message } : {}) };
};

const create = (action: JsonValue): Act => {
  const object =
    namedOf(member(action, 'entityType')) ??
    (textOf(member(action, 'type')) === 'createEntity' ? namedOf(member(action, 'link')) : undefined);
  return { kind: 'create', set: assignments(action), ...(object ? { object } : {}), ...more(action) };
};

const updateRelated = (action: JsonValue): Act => {
  const link = namedOf(member(action, 'link'));
  const place = placeOf(action);
  const path = link
    ? recordPath(link.name, link.place)
    : pathOf({ kind: 'system', name: textOf(member(action, 'target')) ?? 'created' }, [], 'created', place);
  return { kind: 'update', target: { kind: 'path', path }, set: assignments(action), many: true, ...more(action) };
};

export const scriptAct = (action: JsonValue): Act => {
  const formula = member(action, 'formula');
  const seen = formula?.kind === 'text' ? seenInScript(formula) : { reads: [], writes: [] };
  return { kind: 'code', language: 'espocrm', text: textOf(formula) ?? '', ...seen, complete: false };
};

const request = (action: JsonValue): Act => {
  const url = templateOf(member(action, 'requestUrl'));
  const method = textOf(member(action, 'requestType'));
  const body = templateOf(member(action, 'content'));
  const headers = itemsOf(member(action, 'headers')).flatMap((header): readonly Assignment[] => {
    const text = textOf(header);
    if (text === undefined) return [];
    const colon = text.indexOf(':');
    const place = placeOf(header);
    return [
      {
        field: named(text.slice(0, Math.max(0, colon)).trim(), place),
        value: literal(text.slice(colon + 1).trim(), place),
        place,
      },
    ];
  });
  return {
    kind: 'http',
    headers,
    ...(url ? { url } : {}),
    ...(method === undefined ? {} : { method }),
    ...(body ? { body } : {}),
  };
};

const call = (action: JsonValue, key: string): Act => {
  const workflow = namedOf(member(action, key));
  return workflow
    ? { kind: 'call', workflow, inputs: [] }
    : { kind: 'custom', action: named(key, placeOf(action)), effect: 'opaque', reads: [] };
};

const outside = (_action: JsonValue, type: Named): Act => ({
  kind: 'custom',
  action: type,
  effect: 'outside',
  reads: [],
});
const opaque = (_: JsonValue, type: Named): Act => ({ kind: 'custom', action: type, effect: 'opaque', reads: [] });

const acts: Readonly<Record<string, (action: JsonValue, type: Named) => Act>> = {
  sendEmail: mailAct,
  createEntity: create,
  createRelatedEntity: create,
  updateEntity: (action) => ({
    kind: 'update',
    target: { kind: 'trigger' },
    set: assignments(action),
    ...more(action),
  }),
  updateRelatedEntity: updateRelated,
  updateCreatedEntity: updateRelated,
  updateProcessEntity: outside,
  relateWithEntity: outside,
  unrelateFromEntity: outside,
  applyAssignmentRule: (action) => ({
    kind: 'assign',
    to: { kind: 'opaque', text: textOf(member(action, 'assignmentRule')) ?? '', place: placeOf(action) },
  }),
  createNotification: notice,
  makeFollowed: outside,
  triggerWorkflow: (action) => call(action, 'workflowId'),
  // Services may change the record; which do is known to their programmers.
  runService: opaque,
  startBpmnProcess: (action) => call(action, 'flowchartId'),
  sendRequest: request,
  executeFormula: scriptAct,
};

/** What every step of EspoCRM has. */
export const stepWith = (id: string, place: Place, label: string | undefined, act: Act): Step => ({
  id,
  ...(label === undefined || label === '' ? {} : { label }),
  place,
  canFail: act.kind !== 'decision' && act.kind !== 'wait' && act.kind !== 'split' && act.kind !== 'join',
  mayHandleErrors: false,
  ...act,
});

/** One entry of an action list. */
export const readAction = (action: JsonValue, id: string): ReadStep => {
  const type = namedOf(member(action, 'type')) ?? named('', placeOf(action));
  const act = Object.hasOwn(acts, type.name) ? acts[type.name] : undefined;
  const place = placeOr(member(action, 'type'), action);
  const step = stepWith(id, place, undefined, act ? act(action, type) : opaque(action, type));
  return act ? { step } : { step, unknown: type };
};
