import type { Condition, Conditions } from '../../model/workflow/condition.ts';
import type { Named } from '../../model/workflow/place.ts';
import type { Step } from '../../model/workflow/step.ts';
import type { Root, Unit } from '../../model/workflow/value.ts';
import type { Defect, Trigger, Workflow } from '../../model/workflow/workflow.ts';
import { nearestName } from '../../reason/workflow/nearest-name.ts';
import {
  conditionsOf,
  edgeTo,
  inSequence,
  joinedBy,
  named,
  opaqueCondition,
  triggerWith,
  uniqueIds,
  workflowWith,
} from '../build.ts';
import { missingStep, readActions } from './actions.ts';
import { domainConditions } from './domain.ts';
import { booleanIn, holdsMore, numberIn, type OdooRecord, placeIn, referencesIn, textIn } from './record.ts';
import { fieldsNamed, modelNamed, type OdooRecords } from './records.ts';

/** When each kind of trigger starts the rule (CREATE_TRIGGERS, WRITE_TRIGGERS and TIME_TRIGGERS of base_automation). */
const kinds: Readonly<Record<string, Trigger['on']>> = {
  on_create: 'create',
  on_write: 'update',
  on_create_or_write: 'save',
  on_unlink: 'delete',
  on_change: 'form',
  on_time: 'date',
  on_time_created: 'date',
  on_time_updated: 'date',
  on_message_received: 'event',
  on_message_sent: 'event',
  on_webhook: 'webhook',
  on_stage_set: 'save',
  on_user_set: 'save',
  on_tag_set: 'save',
  on_state_set: 'save',
  on_priority_set: 'save',
  on_archive: 'update',
  on_unarchive: 'update',
};

const units: Readonly<Record<string, Unit>> = { minutes: 'minute', hour: 'hour', day: 'day', month: 'month' };

/** The fields that the interface fills in for these; where they are not given it is not known which field it is. */
const byOneField: readonly string[] = [
  'on_stage_set',
  'on_user_set',
  'on_tag_set',
  'on_state_set',
  'on_priority_set',
  'on_archive',
  'on_unarchive',
];

/** To 16 the rule is itself the action, and has a `state`; some of these fields it has too. */
const isModern = (rule: OdooRecord): boolean =>
  !rule.fields.has('state') &&
  ['action_server_ids', 'trigger_field_ids', 'on_change_field_ids', 'webhook_uuid'].some((field) =>
    rule.fields.has(field),
  );

interface Domains {
  readonly now: Conditions | undefined;
  readonly before: Conditions | undefined;
  readonly defects: readonly Defect[];
}

const domainsOf = (rule: OdooRecord): Domains => {
  const defects: Defect[] = [];
  const read = (field: string, root: Root): Conditions | undefined => {
    const found = rule.fields.get(field);
    if (found?.value.kind === 'opaque' && found.value.text !== '') {
      return conditionsOf(opaqueCondition(found.value.text, found.place));
    }
    if (found?.value.kind !== 'text') return undefined;
    const domain = domainConditions(found, found.value, root);
    for (const wrong of domain?.wrongOperators ?? []) {
      defects.push({ rule: 'cond-operator-invalid', what: field, found: wrong.found, place: wrong.place });
    }
    return domain?.conditions;
  };
  const now = read('filter_domain', { kind: 'record' });
  const before = read('filter_pre_domain', { kind: 'prior' });
  return { now, before, defects };
};

/** Both at once; the formula is that of the domain which decides after the save, else the one before it. */
const both = (
  now: Conditions | undefined,
  more: readonly Condition[],
  formula: Conditions['formula'] = undefined,
): Conditions | undefined => {
  if (more.length === 0) return now;
  const [first] = more;
  const parts = now ? [now.condition, ...more] : more;
  const place = now?.place ?? first?.place;
  if (!place) return now;
  const joined = conditionsOf(joinedBy('all', parts, place));
  const shown = now?.formula ?? formula;
  return shown ? { ...joined, formula: shown } : joined;
};

/** Relative to a date in the record: after it, before it where the number is negative (to 18) or the mode says so (19). */
const dateOf = (rule: OdooRecord, trigger: string, records: OdooRecords): Trigger['date'] => {
  const place = placeIn(rule, 'trigger');
  const [chosen] = fieldsNamed(rule, 'trg_date_id', records).fields;
  const field =
    trigger === 'on_time_created'
      ? named('create_date', place)
      : trigger === 'on_time_updated'
        ? named('write_date', place)
        : chosen;
  const amount = numberIn(rule, 'trg_date_range');
  const unit = units[textIn(rule, 'trg_date_range_type') ?? 'hour'];
  const sign = textIn(rule, 'trg_date_range_mode') === 'before' ? -1 : 1;
  return {
    ...(field ? { field } : {}),
    ...(amount !== undefined && unit ? { offset: { amount: amount * sign, unit } } : {}),
  };
};

const triggersOf = (
  rule: OdooRecord,
  trigger: Named | undefined,
  domains: Domains,
  records: OdooRecords,
): readonly Trigger[] => {
  if (!trigger) return [];
  const on = kinds[trigger.name] ?? 'event';
  const watching = on === 'form' ? 'on_change_field_ids' : 'trigger_field_ids';
  const { fields, unresolved } = fieldsNamed(rule, watching, records);
  const older = (on === 'form' ? textIn(rule, 'on_change_fields') : undefined)?.split(',') ?? [];
  const watch = [...fields, ...older.map((name) => named(name.trim(), placeIn(rule, 'on_change_fields')))];
  const partly = unresolved > 0 || holdsMore(rule, watching);
  const vague: readonly Condition[] =
    partly || (byOneField.includes(trigger.name) && watch.length === 0 && !domains.now)
      ? [opaqueCondition(trigger.name, partly ? placeIn(rule, watching) : trigger.place)]
      : [];
  const place = trigger.place;
  const base = {
    place,
    phase: on === 'delete' || on === 'form' ? 'before' : on === 'date' || on === 'event' ? 'async' : 'after',
    ...(watch.length > 0 && !partly ? { watch } : {}),
  } as const;
  const when = both(domains.now, vague);
  const withWhen = (conditions: Conditions | undefined): { readonly when?: Conditions } =>
    conditions ? { when: conditions } : {};
  switch (on) {
    case 'save':
      // What was there before is only asked of a record that was there before.
      if (domains.before) {
        return [
          triggerWith({ ...base, id: 'create', on: 'create', ...withWhen(when) }),
          triggerWith({
            ...base,
            id: 'update',
            on: 'update',
            ...withWhen(both(domains.now, [domains.before.condition, ...vague], domains.before.formula)),
          }),
        ];
      }
      return [triggerWith({ ...base, id: trigger.name, on, ...withWhen(when) })];
    case 'update':
      return [
        triggerWith({
          ...base,
          id: trigger.name,
          on,
          ...withWhen(
            both(
              domains.now,
              [...(domains.before ? [domains.before.condition] : []), ...vague],
              domains.before?.formula,
            ),
          ),
        }),
      ];
    case 'date': {
      const date = dateOf(rule, trigger.name, records);
      return [triggerWith({ ...base, id: trigger.name, on, ...(date ? { date } : {}), ...withWhen(when) })];
    }
    case 'webhook':
      // The address holds a secret that nobody can guess.
      return [triggerWith({ ...base, id: trigger.name, on, auth: 'secret' })];
    case 'event':
      return [triggerWith({ ...base, id: trigger.name, on, event: trigger, ...withWhen(when) })];
    default:
      return [triggerWith({ ...base, id: trigger.name, on, ...withWhen(when) })];
  }
};

/** A trigger that Odoo does not have is a slip of the pen, or newer than this. */
const strangeTrigger = (trigger: Named | undefined): { readonly defect?: Defect; readonly unknown?: Named } => {
  if (!trigger || kinds[trigger.name]) return {};
  const nearest = nearestName(trigger.name, Object.keys(kinds));
  if (nearest === undefined) return { unknown: trigger };
  const allowed = [nearest, ...Object.keys(kinds).filter((name) => name !== nearest)];
  return {
    defect: { rule: 'trigger-invalid-enum', what: 'trigger', found: trigger.name, allowed, place: trigger.place },
  };
};

const stepsOf = (
  rule: OdooRecord,
  records: OdooRecords,
): { readonly steps: readonly Step[]; readonly unknown: readonly Named[] } => {
  const unique = uniqueIds();
  const references = [...referencesIn(rule, 'action_server_ids'), ...referencesIn(rule, 'action_server_id')];
  const found = references.flatMap(({ id }) => records.find('ir.actions.server', id) ?? []);
  const owned = records.ownedBy('ir.actions.server', 'base_automation_id', rule);
  // To 16 the rule is itself the action.
  const own = textIn(rule, 'state') === undefined ? [] : [rule];
  const { steps, unknown } = readActions([...new Set([...own, ...found, ...owned])], records, unique);
  const missing = references
    .filter(({ id }) => !records.find('ir.actions.server', id))
    .filter(() => own.length === 0)
    .map((reference) => missingStep(unique(reference.id), reference));
  const created = holdsMore(rule, 'action_server_ids')
    ? [missingStep(unique('action_server_ids'), { id: 'action_server_ids', place: placeIn(rule, 'action_server_ids') })]
    : [];
  return { steps: inSequence([...steps, ...missing, ...created]), unknown };
};

const titled = (record: OdooRecord): Pick<Workflow, 'label'> => {
  const name = textIn(record, 'name')?.trim();
  return name === undefined ? {} : { label: { en: name, ja: name } };
};

/** An automation rule with its server actions. */
export const automationOf = (rule: OdooRecord, records: OdooRecords, id: string): Workflow => {
  const written = textIn(rule, 'trigger')?.trim();
  const trigger = written === undefined ? undefined : named(written, placeIn(rule, 'trigger'));
  const domains = domainsOf(rule);
  const { steps, unknown } = stepsOf(rule, records);
  const strange = strangeTrigger(trigger);
  const object = modelNamed(rule, 'model_id', 'model_name');
  const modern = isModern(rule);
  const triggers = triggersOf(rule, trigger, domains, records);
  const [first] = steps;
  const description = textIn(rule, 'description');
  const legacy: readonly Defect[] =
    modern && trigger && (written === 'on_create' || written === 'on_write')
      ? [
          {
            rule: 'maint-legacy',
            what: 'trigger',
            found: trigger.name,
            allowed: ['on_create_or_write'],
            place: trigger.place,
          },
        ]
      : [];
  return workflowWith({
    id,
    ...titled(rule),
    format: 'OD',
    version: modern ? '17' : '16',
    kind: triggers.some(({ on }) => on === 'date')
      ? 'scheduled'
      : triggers.some(({ on }) => on === 'webhook')
        ? 'webhook'
        : 'record',
    status: booleanIn(rule, 'active') === false ? 'inactive' : 'active',
    ...(rule.fields.has('active') ? { statusPlace: placeIn(rule, 'active') } : {}),
    ...(object ? { object } : {}),
    triggers: triggers.map((one) => (first ? { ...one, to: edgeTo(first, rule.place) } : one)),
    steps,
    ...(description === undefined ? {} : { description }),
    defects: [...domains.defects, ...(strange.defect ? [strange.defect] : []), ...legacy],
    unknown: [...(strange.unknown ? [strange.unknown] : []), ...unknown],
    place: placeIn(rule, 'name'),
    oncePerTransaction: true,
  });
};

const intervals: Readonly<Record<string, Unit>> = {
  minutes: 'minute',
  hours: 'hour',
  days: 'day',
  work_days: 'day',
  weeks: 'week',
  months: 'month',
};

/** A scheduled action (`ir.cron`), which is a server action of its own or names one. */
export const cronOf = (cron: OdooRecord, records: OdooRecords, id: string): Workflow => {
  const references = referencesIn(cron, 'ir_actions_server_id');
  const found = references.flatMap((one) => records.find('ir.actions.server', one.id) ?? []);
  const { steps, unknown } = readActions(found.length > 0 ? found : [cron], records, uniqueIds());
  const ordered = inSequence(steps);
  const [first] = ordered;
  const amount = numberIn(cron, 'interval_number') ?? 1;
  const interval = textIn(cron, 'interval_type') ?? 'months';
  const unit = intervals[interval];
  const at = placeIn(cron, 'interval_number');
  const object = modelNamed(cron, 'model_id', 'model_name');
  const [user] = referencesIn(cron, 'user_id');
  return workflowWith({
    id,
    ...titled(cron),
    format: 'OD',
    kind: 'scheduled',
    status: booleanIn(cron, 'active') === false ? 'inactive' : 'active',
    ...(cron.fields.has('active') ? { statusPlace: placeIn(cron, 'active') } : {}),
    ...(object ? { object } : {}),
    triggers: [
      triggerWith({
        id: 'schedule',
        on: 'schedule',
        phase: 'async',
        schedule: {
          timing: unit
            ? { kind: 'every', every: { amount, unit }, place: at }
            : { kind: 'unreadable', text: interval, place: placeIn(cron, 'interval_type') },
        },
        ...(first ? { to: edgeTo(first, cron.place) } : {}),
        place: at,
      }),
    ],
    ...(user
      ? {
          runAs: { kind: 'principal', of: 'user', id: user.id, place: user.place } as const,
          runAsStated: true,
          runAsPlace: user.place,
        }
      : {}),
    steps: ordered,
    unknown,
    place: placeIn(cron, 'name'),
  });
};

/** A server action that no rule runs: somebody starts it from a menu, or code does. */
export const actionOf = (action: OdooRecord, records: OdooRecords, id: string): Workflow => {
  const { steps, unknown } = readActions([action], records, uniqueIds());
  const ordered = inSequence(steps);
  const [first] = ordered;
  const object = modelNamed(action, 'model_id', 'model_name');
  return workflowWith({
    id,
    ...titled(action),
    format: 'OD',
    kind: 'manual',
    ...(object ? { object } : {}),
    triggers: [
      triggerWith({
        id: 'manual',
        on: 'manual',
        ...(first ? { to: edgeTo(first, action.place) } : {}),
        place: placeIn(action, 'name'),
      }),
    ],
    runAs: { kind: 'user' },
    steps: ordered,
    unknown,
    place: placeIn(action, 'name'),
  });
};
