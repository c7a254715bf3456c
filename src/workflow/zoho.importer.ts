import type { Named, Place } from '../model/workflow/place.ts';
import type { Act, Branch, Edge, Step } from '../model/workflow/step.ts';
import type { Duration, Unit } from '../model/workflow/value.ts';
import type { Trigger, Workflow } from '../model/workflow/workflow.ts';
import {
  conditionsOf,
  edgeTo,
  inSequence,
  joinedBy,
  named,
  nothingImported,
  opaqueCondition,
  triggerWith,
  uniqueIds,
  workflowWith,
} from './build.ts';
import type { Importer } from './importer.ts';
import { placeOf, placeOfKey } from './source/json-places.ts';
import { booleanOf, idOf, isRecord, itemsOf, member, namedOf, numberOf, placeOr, textOf } from './source/json-read.ts';
import { isJsonOf, jsonOf, oneOrMany } from './source/json-source.ts';
import { describedSuppressions } from './source/json-suppressions.ts';
import type { JsonValue } from './source/json-value.ts';
import { criteriaCondition } from './zoho/criteria.ts';

const rulesIn = (root: JsonValue): readonly JsonValue[] =>
  itemsOf(member(root, 'workflow_rules')).filter(
    (rule) => isRecord(rule) && member(rule, 'execute_when') !== undefined,
  );

const units: Readonly<Record<string, Unit>> = {
  minutes: 'minute',
  hours: 'hour',
  days: 'day',
  weeks: 'week',
  months: 'month',
  years: 'year',
};

const durationOf = (value: JsonValue | undefined): Duration | undefined => {
  const amount = numberOf(member(value, 'period'));
  const unit = units[(textOf(member(value, 'unit')) ?? '').toLowerCase()];
  return amount === undefined || !unit ? undefined : { amount, unit };
};

const events: Readonly<Record<string, Trigger['on']>> = {
  create: 'create',
  edit: 'update',
  create_or_edit: 'save',
  delete: 'delete',
  field_update: 'update',
  date_or_datetime: 'date',
};

const triggerOf = (rule: JsonValue, to: Edge | undefined): Trigger => {
  const when = member(rule, 'execute_when');
  const type = namedOf(member(when, 'type'));
  const details = member(when, 'details');
  const place = type?.place ?? (when ? placeOfKey(when) : placeOf(rule));
  const on = events[type?.name ?? ''] ?? 'event';
  const fields = itemsOf(member(details, 'fields'));
  const watch = on === 'update' ? fields.flatMap((field) => namedOf(member(field, 'api_name')) ?? []) : [];
  // A field may also be asked for its new value.
  const asked = on === 'update' && fields.some((field) => member(field, 'criteria') ?? member(field, 'condition'));
  const criteria = member(details, 'criteria');
  const parts = [
    ...(isRecord(criteria) ? [criteriaCondition(criteria)] : []),
    ...(asked ? [opaqueCondition('fields', place)] : []),
  ];
  const date = namedOf(member(details, 'field', 'api_name')) ?? namedOf(member(fields[0], 'api_name'));
  const offset = durationOf(details);
  return triggerWith({
    id: type?.name ?? 'trigger',
    on,
    phase: on === 'date' ? 'async' : 'after',
    ...(on === 'event' ? { event: type ?? named('', place) } : {}),
    ...(watch.length > 0 ? { watch } : {}),
    ...(on === 'date' ? { date: { ...(date ? { field: date } : {}), ...(offset ? { offset } : {}) } } : {}),
    once: booleanOf(member(details, 'repeat')) === false,
    ...(parts.length > 0 ? { when: conditionsOf(joinedBy('all', parts, place)) } : {}),
    ...(to ? { to } : {}),
    place,
  });
};

/** Rules name their actions; what one sends or writes is not in the rule. */
const acts: Readonly<Record<string, (action: Named) => Act>> = {
  field_updates: () => ({ kind: 'update', target: { kind: 'trigger' }, set: [], more: true }),
  assign_owner: (action) => ({ kind: 'assign', to: { kind: 'opaque', text: 'assign_owner', place: action.place } }),
  create_record: () => ({ kind: 'create', set: [], more: true }),
};
const outside: readonly string[] = [
  'email_notifications',
  'tasks',
  'webhooks',
  'add_tags',
  'remove_tags',
  'add_meeting',
  'schedule_call',
  'cadences',
];
/** A function is code; to convert a record changes others. */
const anything: readonly string[] = ['functions', 'convert'];

interface Building {
  readonly unique: (wanted: string) => string;
  readonly unknown: Named[];
}

const actionStep = (action: JsonValue, building: Building): Step => {
  const type = namedOf(member(action, 'type')) ?? named('', placeOf(action));
  const make = Object.hasOwn(acts, type.name) ? acts[type.name] : undefined;
  if (!make && !outside.includes(type.name) && !anything.includes(type.name)) building.unknown.push(type);
  const label = textOf(member(action, 'name'));
  const effect = outside.includes(type.name) ? 'outside' : 'opaque';
  return {
    id: building.unique(idOf(member(action, 'id')) ?? type.name),
    ...(label === undefined ? {} : { label }),
    place: placeOr(member(action, 'name'), action),
    canFail: true,
    mayHandleErrors: false,
    ...(make ? make(type) : { kind: 'custom', action: type, effect, reads: [] }),
  };
};

const waitStep = (scheduled: JsonValue, building: Building): Step => {
  const place = placeOf(scheduled);
  const duration = durationOf(member(scheduled, 'execute_after'));
  return {
    id: building.unique('wait'),
    place,
    canFail: false,
    mayHandleErrors: false,
    kind: 'wait',
    until: duration ? { kind: 'duration', duration, place } : { kind: 'opaque' },
  };
};

/** What is done at once, and then what is done later. */
const stepsOf = (condition: JsonValue, building: Building): readonly Step[] => {
  const instant = itemsOf(member(condition, 'instant_actions', 'actions')).filter(isRecord);
  const later = itemsOf(member(condition, 'scheduled_actions')).filter(isRecord);
  return inSequence([
    ...instant.map((action) => actionStep(action, building)),
    ...later.flatMap((scheduled) => [
      waitStep(scheduled, building),
      ...itemsOf(member(scheduled, 'actions'))
        .filter(isRecord)
        .map((action) => actionStep(action, building)),
    ]),
  ]);
};

const branchOf = (condition: JsonValue, first: Step | undefined): Branch => {
  const criteria = member(condition, 'criteria_details', 'criteria');
  const related = member(condition, 'criteria_details', 'relational_criteria');
  const place: Place = isRecord(criteria) ? placeOf(criteria) : placeOf(condition);
  const parts = [
    ...(isRecord(criteria) ? [criteriaCondition(criteria)] : []),
    ...(isRecord(related) ? [opaqueCondition('relational_criteria', placeOf(related))] : []),
  ];
  const when = parts.length > 0 ? joinedBy('all', parts, place) : ({ kind: 'constant', value: true, place } as const);
  return { when: conditionsOf(when), edge: edgeTo(first, placeOf(condition)), place };
};

const workflowOf = (rule: JsonValue, id: string): Workflow => {
  const building: Building = { unique: uniqueIds(), unknown: [] };
  const decision = building.unique('conditions');
  const holder = member(rule, 'conditions');
  const conditions = itemsOf(holder)
    .filter(isRecord)
    .toSorted(
      (one, other) =>
        (numberOf(member(one, 'sequence_number')) ?? 0) - (numberOf(member(other, 'sequence_number')) ?? 0),
    )
    .map((condition) => ({ condition, steps: stepsOf(condition, building) }));
  const name = member(rule, 'name');
  const title = textOf(name);
  const place = placeOr(name, rule);
  const at = holder ? placeOfKey(holder) : place;
  const choice: Step = {
    id: decision,
    place: at,
    canFail: false,
    mayHandleErrors: false,
    kind: 'decision',
    takes: 'first',
    branches: conditions.map(({ condition, steps }) => branchOf(condition, steps[0])),
    otherwise: { place: at },
    hasDefault: true,
  };
  const steps = conditions.length > 0 ? [choice, ...conditions.flatMap((one) => one.steps)] : [];
  const active = member(rule, 'status', 'active');
  const object = namedOf(member(rule, 'module', 'api_name'));
  const trigger = triggerOf(rule, steps.length > 0 ? { to: decision, place: at } : undefined);
  const editor = namedOf(member(rule, 'modified_by', 'id'));
  const description = textOf(member(rule, 'description'));
  return workflowWith({
    id,
    ...(title === undefined ? {} : { label: { en: title, ja: title } }),
    format: 'ZO',
    kind: trigger.on === 'date' ? 'scheduled' : trigger.on === 'event' ? 'event' : 'record',
    status: booleanOf(active) === false ? 'inactive' : 'active',
    ...(active ? { statusPlace: placeOf(active) } : {}),
    ...(object ? { object } : {}),
    triggers: [trigger],
    steps,
    ...(editor ? { lastEditor: editor } : {}),
    ...(description === undefined || description === '' ? {} : { description }),
    unknown: building.unknown,
    place,
  });
};

export const zoho: Importer = {
  kind: 'importer',
  name: 'Zoho CRM',
  formats: ['ZO'],
  recognises: (source) => isJsonOf(source, ['workflow_rules', 'execute_when'], (root) => rulesIn(root).length > 0),
  read: (source) => {
    const { root, problems } = jsonOf(source);
    const rules = oneOrMany(root).flatMap(rulesIn);
    const unique = uniqueIds();
    return {
      ...nothingImported,
      problems,
      workflows: rules.map((rule, at) =>
        workflowOf(rule, unique(idOf(member(rule, 'id')) ?? textOf(member(rule, 'name')) ?? `rule ${at + 1}`)),
      ),
      suppressions: rules.flatMap((rule) => describedSuppressions(rule, member(rule, 'description'))),
    };
  },
};
