import type { Condition, Conditions } from '../../model/workflow/condition.ts';
import type { Named } from '../../model/workflow/place.ts';
import type { Root, Unit } from '../../model/workflow/value.ts';
import type { Defect, Trigger } from '../../model/workflow/workflow.ts';
import { nearestName } from '../../reason/workflow/nearest-name.ts';
import { conditionsOf, joinedBy, named, opaqueCondition, triggerWith } from '../build.ts';
import { domainConditions } from './domain.ts';
import { holdsMore, numberIn, type OdooRecord, placeIn, textIn } from './record.ts';
import { fieldsNamed, type OdooRecords } from './records.ts';

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

/** What a rule asks of the record as it is and as it was. */
export interface Domains {
  readonly now: Conditions | undefined;
  readonly before: Conditions | undefined;
  readonly defects: readonly Defect[];
}

export const domainsOf = (rule: OdooRecord): Domains => {
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

/** What starts a rule, with its conditions. */
export const triggersOf = (
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
export const strangeTrigger = (trigger: Named | undefined): { readonly defect?: Defect; readonly unknown?: Named } => {
  if (!trigger || kinds[trigger.name]) return {};
  const nearest = nearestName(trigger.name, Object.keys(kinds));
  if (nearest === undefined) return { unknown: trigger };
  const allowed = [nearest, ...Object.keys(kinds).filter((name) => name !== nearest)];
  return {
    defect: { rule: 'trigger-invalid-enum', what: 'trigger', found: trigger.name, allowed, place: trigger.place },
  };
};
