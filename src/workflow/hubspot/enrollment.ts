import type { Condition, Conditions } from '../../model/workflow/condition.ts';
import type { Named, Place } from '../../model/workflow/place.ts';
import type { Edge } from '../../model/workflow/step.ts';
import type { Timing, Trigger } from '../../model/workflow/workflow.ts';
import { conditionsOf, joinedBy, literal, named, opaqueCondition, pathOf, pathValue, triggerWith } from '../build.ts';
import { placeOf, placeOfKey } from '../source/json-places.ts';
import { booleanOf, idOf, isRecord, itemsOf, member, namedOf, numberOf, textOf } from '../source/json-read.ts';
import type { JsonValue } from '../source/json-value.ts';
import { asksNothing, branchCondition, propertyCondition } from './filters.ts';

/** What every way to be enrolled has in common. */
interface Enrolling {
  readonly to: Edge | undefined;
  readonly once: boolean;
  /** Members of these lists are never enrolled. */
  readonly kept: readonly Condition[];
}

const optional = (when: Conditions | undefined): { readonly when?: Conditions } => (when ? { when } : {});

const withKept = (condition: Condition | undefined, { kept }: Enrolling, place: Place): Conditions | undefined => {
  const parts = condition ? [condition, ...kept] : kept;
  return parts.length === 0 ? undefined : conditionsOf(joinedBy('all', parts, condition?.place ?? place));
};

const asked = (branch: JsonValue | undefined): Condition | undefined =>
  isRecord(branch) && !asksNothing(branch) ? branchCondition(branch) : undefined;

/** Event filters that speak of a property that changed: `hs_name` is which one, `hs_value` its new value. */
const changedProperty = (
  branch: JsonValue,
): { readonly property: Named; readonly condition: Condition | undefined } | undefined => {
  const filters = itemsOf(member(branch, 'filters'));
  const name = filters.find((filter) => textOf(member(filter, 'property')) === 'hs_name');
  const property =
    namedOf(member(name, 'operation', 'value')) ?? namedOf(itemsOf(member(name, 'operation', 'values'))[0]);
  if (!property) return undefined;
  const value = filters.find((filter) => textOf(member(filter, 'property')) === 'hs_value');
  const path = pathOf({ kind: 'record' }, [property.name], property.name, property.place);
  const known = textOf(member(value, 'operation', 'operator')) === 'IS_KNOWN';
  return { property, condition: value && !known ? propertyCondition(value, () => path) : undefined };
};

const eventTrigger = (branch: JsonValue, at: number, criteria: JsonValue, enrolling: Enrolling): Trigger => {
  const place = placeOf(branch);
  const refined = asked(member(criteria, 'refinementCriteria'));
  const changed = changedProperty(branch);
  const event = namedOf(member(branch, 'eventTypeId')) ?? named('', place);
  const base = { id: `event ${at + 1}`, phase: 'async', once: enrolling.once, place } as const;
  const to = enrolling.to ? { to: enrolling.to } : {};
  if (changed) {
    const parts = [changed.condition, refined].filter((part) => part !== undefined);
    const condition = parts.length > 0 ? joinedBy('all', parts, place) : undefined;
    return triggerWith({
      ...base,
      ...to,
      on: 'update',
      watch: [changed.property],
      ...optional(withKept(condition, enrolling, place)),
    });
  }
  return triggerWith({ ...base, ...to, on: 'event', event, ...optional(withKept(refined, enrolling, place)) });
};

/** A record comes in when it begins to meet the criteria; again only if that is allowed, by triggers of its own. */
const listTriggers = (criteria: JsonValue, enrolling: Enrolling): readonly Trigger[] => {
  const branch = member(criteria, 'listFilterBranch');
  const place = branch ? placeOfKey(branch) : placeOf(criteria);
  const again = itemsOf(member(criteria, 'reEnrollmentTriggersFilterBranches'));
  const to = enrolling.to ? { to: enrolling.to } : {};
  const main = triggerWith({
    id: 'enrollment',
    on: 'save',
    phase: 'async',
    becomesTrue: true,
    once: enrolling.once || again.length === 0,
    ...to,
    ...optional(withKept(asked(branch), enrolling, place)),
    place,
  });
  if (enrolling.once) return [main];
  const further = again.map((item, at): Trigger => {
    const changed = changedProperty(item);
    const parts = [changed?.condition ?? (changed ? undefined : branchCondition(item)), asked(branch)];
    const condition = joinedBy(
      'all',
      parts.filter((part) => part !== undefined),
      placeOf(item),
    );
    return triggerWith({
      id: `re-enrollment ${at + 1}`,
      on: 'update',
      phase: 'async',
      ...(changed ? { watch: [changed.property] } : { becomesTrue: true }),
      ...to,
      when: conditionsOf(joinedBy('all', [condition, ...enrolling.kept], condition.place)),
      place: placeOf(item),
    });
  });
  return [main, ...further];
};

const clock = (time: JsonValue | undefined): string | undefined => {
  const hour = numberOf(member(time, 'hour'));
  const minute = numberOf(member(time, 'minute')) ?? 0;
  return hour === undefined ? undefined : `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
};

const months: readonly string[] = [
  'JANUARY',
  'FEBRUARY',
  'MARCH',
  'APRIL',
  'MAY',
  'JUNE',
  'JULY',
  'AUGUST',
  'SEPTEMBER',
  'OCTOBER',
  'NOVEMBER',
  'DECEMBER',
];

const timingOf = (schedule: JsonValue): Timing => {
  const place = placeOf(schedule);
  const time = clock(member(schedule, 'timeOfDay'));
  const type = textOf(member(schedule, 'type')) ?? '';
  if (time === undefined) return { kind: 'unreadable', text: type, place };
  switch (type) {
    case 'DAILY':
      return { kind: 'at', time, place };
    case 'WEEKLY': {
      const days = itemsOf(member(schedule, 'daysOfWeek')).flatMap(
        (day) => textOf(day)?.slice(0, 3).toLowerCase() ?? [],
      );
      return { kind: 'at', time, days, place };
    }
    case 'MONTHLY_SPECIFIC_DAYS': {
      const day = numberOf(itemsOf(member(schedule, 'daysOfMonth'))[0]);
      return { kind: 'at', time, ...(day === undefined ? {} : { dayOfMonth: day }), place };
    }
    case 'YEARLY': {
      const dayOfMonth = numberOf(member(schedule, 'dayOfMonth'));
      const month = months.indexOf(textOf(member(schedule, 'month')) ?? '') + 1;
      return {
        kind: 'at',
        time,
        ...(dayOfMonth === undefined ? {} : { dayOfMonth }),
        ...(month > 0 ? { month } : {}),
        place,
      };
    }
    default:
      // The last Friday and the like.
      return { kind: 'at', time, place };
  }
};

const scheduleTrigger = (schedule: JsonValue, criteria: JsonValue | undefined, enrolling: Enrolling): Trigger => {
  const place = placeOfKey(schedule);
  const when = optional(withKept(asked(member(criteria, 'listFilterBranch')), enrolling, place));
  const to = enrolling.to ? { to: enrolling.to } : {};
  if (textOf(member(schedule, 'type')) === 'PROPERTY_BASED') {
    const field = namedOf(member(schedule, 'dateProperty'));
    const days = numberOf(member(schedule, 'daysDelta'));
    const at = clock(member(schedule, 'timeOfDay'));
    return triggerWith({
      id: 'schedule',
      on: 'date',
      phase: 'async',
      date: {
        ...(field ? { field } : {}),
        ...(days === undefined ? {} : { offset: { amount: days, unit: 'day' } }),
        ...(at === undefined ? {} : { at }),
      },
      ...when,
      ...to,
      place,
    });
  }
  return triggerWith({
    id: 'schedule',
    on: 'schedule',
    phase: 'async',
    schedule: { timing: timingOf(schedule) },
    ...when,
    ...to,
    place,
  });
};

const memberships = (criteria: JsonValue, enrolling: Enrolling): readonly Trigger[] =>
  itemsOf(member(criteria, 'listMembershipFilterBranches')).map((branch, at) => {
    const list = namedOf(member(branch, 'listId'));
    const place = placeOf(branch);
    return triggerWith({
      id: `list ${at + 1}`,
      on: 'event',
      phase: 'async',
      once: enrolling.once,
      event: named('LIST_MEMBERSHIP', place),
      ...(list ? { list } : {}),
      ...(enrolling.to ? { to: enrolling.to } : {}),
      ...optional(withKept(undefined, enrolling, place)),
      place,
    });
  });

/** `suppressionListIds`: who is a member of one of them never comes in. */
const keptOut = (lists: JsonValue | undefined): readonly Condition[] =>
  itemsOf(lists).flatMap((list): readonly Condition[] => {
    const id = idOf(list);
    const place = placeOf(list);
    if (id === undefined) return [];
    const left = pathValue(pathOf({ kind: 'record' }, [], 'record', place));
    return [{ kind: 'test', left, op: 'notInList', right: literal(id, place), place, opText: 'suppressionListIds' }];
  });

/** All ways in which records come into a workflow. `unknown` is a kind of criteria that is newer than this. */
export const triggersOf = (
  flow: JsonValue,
  to: Edge | undefined,
): { readonly triggers: readonly Trigger[]; readonly unknown?: Named } => {
  const criteria = member(flow, 'enrollmentCriteria');
  const schedule = member(flow, 'enrollmentSchedule');
  const type = namedOf(member(criteria, 'type'));
  const enrolling: Enrolling = {
    to,
    once: booleanOf(member(criteria, 'shouldReEnroll')) !== true,
    kept: keptOut(member(flow, 'suppressionListIds')),
  };
  if (isRecord(schedule)) return { triggers: [scheduleTrigger(schedule, criteria, enrolling)] };
  const place = criteria ? placeOfKey(criteria) : placeOf(member(flow, 'name') ?? flow);
  const start = to ? { to } : {};
  if (!isRecord(criteria) || !type || type.name === 'MANUAL') {
    // Without criteria records are enrolled by hand or by other workflows.
    return { triggers: [triggerWith({ id: 'manual', on: 'manual', phase: 'async', ...start, place })] };
  }
  switch (type.name) {
    case 'LIST_BASED':
      return { triggers: listTriggers(criteria, enrolling) };
    case 'EVENT_BASED': {
      const events = itemsOf(member(criteria, 'eventFilterBranches')).map((branch, at) =>
        eventTrigger(branch, at, criteria, enrolling),
      );
      return { triggers: [...events, ...memberships(criteria, enrolling)] };
    }
    default: {
      const when = conditionsOf(opaqueCondition(type.name, place));
      return {
        triggers: [triggerWith({ id: 'enrollment', on: 'event', phase: 'async', event: type, when, ...start, place })],
        unknown: type,
      };
    }
  }
};
