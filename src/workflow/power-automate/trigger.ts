import type { Condition } from '../../model/workflow/condition.ts';
import type { Edge } from '../../model/workflow/step.ts';
import type { Unit } from '../../model/workflow/value.ts';
import type { Schedule, Timing, Trigger } from '../../model/workflow/workflow.ts';
import { conditionsOf, joinedBy, named, opaqueCondition, triggerWith } from '../build.ts';
import { placeOf, placeOfKey } from '../source/json-places.ts';
import { idOf, isBlank, itemsOf, member, namedOf, numberOf, textOf } from '../source/json-read.ts';
import type { JsonValue } from '../source/json-value.ts';
import { type Names, readsIn } from './expression.ts';

// subscriptionRequest/message of the Dataverse connector.
const messages: Readonly<Record<string, readonly Trigger['on'][]>> = {
  '1': ['create'],
  '2': ['delete'],
  '3': ['update'],
  '4': ['save'],
  '5': ['create', 'delete'],
  '6': ['update', 'delete'],
  '7': ['save', 'delete'],
};

const units: Readonly<Record<string, Unit>> = {
  Second: 'second',
  Minute: 'minute',
  Hour: 'hour',
  Day: 'day',
  Week: 'week',
  Month: 'month',
  Year: 'year',
};

export const parametersOf = (value: JsonValue): JsonValue | undefined => member(value, 'inputs', 'parameters');

export const isRowTrigger = (trigger: JsonValue): boolean =>
  textOf(member(trigger, 'inputs', 'host', 'operationId')) === 'SubscribeWebhookTrigger';

/** What the trigger itself filters by: an OData text and expressions, which are not followed. */
const filtersOf = (trigger: JsonValue, names: Names): readonly Condition[] => {
  const odata = member(parametersOf(trigger), 'subscriptionRequest/filterexpression');
  const asked = itemsOf(member(trigger, 'conditions')).map((one) => member(one, 'expression') ?? one);
  return [...(isBlank(odata) || !odata ? [] : [odata]), ...asked].map((one) =>
    opaqueCondition(textOf(one) ?? '', placeOf(one), readsIn(one, names)),
  );
};

const rowTriggers = (trigger: JsonValue, when: Pick<Trigger, 'when'>, to: Pick<Trigger, 'to'>): readonly Trigger[] => {
  const parameters = parametersOf(trigger);
  const message = member(parameters, 'subscriptionRequest/message');
  const columns = member(parameters, 'subscriptionRequest/filteringattributes');
  const watch = (textOf(columns) ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => named(name, placeOf(columns ?? trigger)));
  const kinds = messages[idOf(message) ?? ''] ?? ['event'];
  return kinds.map((on) =>
    triggerWith({
      id: kinds.length > 1 ? `${trigger.key} (${on})` : String(trigger.key),
      on,
      phase: 'async',
      ...(on === 'event' ? { event: named(idOf(message) ?? '', placeOf(message ?? trigger)) } : {}),
      ...(watch.length > 0 && (on === 'update' || on === 'save') ? { watch } : {}),
      ...when,
      ...to,
      place: message ? placeOf(message) : placeOfKey(trigger),
    }),
  );
};

const two = (number: number): string => String(number).padStart(2, '0');

const scheduleOf = (trigger: JsonValue): Schedule => {
  const recurrence = member(trigger, 'recurrence');
  const place = recurrence ? placeOf(recurrence) : placeOfKey(trigger);
  const frequency = textOf(member(recurrence, 'frequency')) ?? '';
  const amount = numberOf(member(recurrence, 'interval'));
  const unit = units[frequency];
  const hour = numberOf(itemsOf(member(recurrence, 'schedule', 'hours'))[0]);
  const minute = numberOf(itemsOf(member(recurrence, 'schedule', 'minutes'))[0]) ?? 0;
  const days = itemsOf(member(recurrence, 'schedule', 'weekDays')).flatMap(
    (day) => textOf(day)?.slice(0, 3).toLowerCase() ?? [],
  );
  const zone = namedOf(member(recurrence, 'timeZone'));
  const start = namedOf(member(recurrence, 'startTime'));
  const until = namedOf(member(recurrence, 'endTime'));
  const timing: Timing =
    hour !== undefined
      ? { kind: 'at', time: `${two(hour)}:${two(minute)}`, ...(days.length > 0 ? { days } : {}), place }
      : unit && amount !== undefined
        ? { kind: 'every', every: { amount, unit }, place }
        : { kind: 'unreadable', text: frequency, place };
  return { timing, ...(zone ? { zone } : {}), ...(start ? { start } : {}), ...(until ? { until } : {}) };
};

/** The triggers of a flow, which has one that may stand for several events. */
export const triggersOf = (trigger: JsonValue, names: Names, first: Edge | undefined): readonly Trigger[] => {
  const place = placeOfKey(trigger);
  const id = String(trigger.key);
  const to = first ? { to: first } : {};
  const filters = filtersOf(trigger, names);
  const [one] = filters;
  const when = one ? { when: conditionsOf(joinedBy('all', filters, one.place)) } : {};
  if (isRowTrigger(trigger)) return rowTriggers(trigger, when, to);
  const type = textOf(member(trigger, 'type')) ?? '';
  const kind = textOf(member(trigger, 'kind')) ?? '';
  if (type === 'Recurrence') {
    return [triggerWith({ id, on: 'schedule', phase: 'async', schedule: scheduleOf(trigger), ...when, ...to, place })];
  }
  if (type === 'Request' && kind === 'Http') {
    // Without a choice the address carries a signature.
    return [triggerWith({ id, on: 'webhook', phase: 'async', auth: 'signature', ...when, ...to, place })];
  }
  if (type === 'Request' || type === 'Manual')
    return [triggerWith({ id, on: 'manual', phase: 'async', ...when, ...to, place })];
  const operation = namedOf(member(trigger, 'inputs', 'host', 'operationId')) ?? named(type, place);
  return [triggerWith({ id, on: 'event', phase: 'async', event: operation, ...when, ...to, place })];
};
