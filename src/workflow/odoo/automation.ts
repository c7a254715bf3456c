import type { Named } from '../../model/workflow/place.ts';
import type { Step } from '../../model/workflow/step.ts';
import type { Unit } from '../../model/workflow/value.ts';
import type { Defect, Workflow } from '../../model/workflow/workflow.ts';
import { edgeTo, inSequence, named, triggerWith, uniqueIds, workflowWith } from '../build.ts';
import { missingStep, readActions } from './actions.ts';
import { booleanIn, holdsMore, numberIn, type OdooRecord, placeIn, referencesIn, textIn } from './record.ts';
import { modelNamed, type OdooRecords } from './records.ts';
import { domainsOf, strangeTrigger, triggersOf } from './triggers.ts';

/** To 16 the rule is itself the action, and has a `state`; some of these fields it has too. */
const isModern = (rule: OdooRecord): boolean =>
  !rule.fields.has('state') &&
  ['action_server_ids', 'trigger_field_ids', 'on_change_field_ids', 'webhook_uuid'].some((field) =>
    rule.fields.has(field),
  );

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
