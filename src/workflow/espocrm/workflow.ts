import type { Edge } from '../../model/workflow/step.ts';
import type { Trigger, Workflow } from '../../model/workflow/workflow.ts';
import { edgeTo, inSequence, triggerWith, uniqueIds, workflowWith } from '../build.ts';
import { placeOf, placeOfKey } from '../source/json-places.ts';
import { booleanOf, idOf, isRecord, itemsOf, member, namedOf, numberOf, placeOr, textOf } from '../source/json-read.ts';
import type { JsonValue } from '../source/json-value.ts';
import { readAction } from './actions.ts';
import { conditionsIn } from './conditions.ts';

const types: Readonly<Record<string, Trigger['on']>> = {
  afterRecordCreated: 'create',
  afterRecordUpdated: 'update',
  afterRecordSaved: 'save',
  scheduled: 'schedule',
  sequential: 'call',
  signal: 'event',
  manual: 'manual',
};

const kinds: Partial<Record<Trigger['on'], Workflow['kind']>> = {
  schedule: 'scheduled',
  call: 'called',
  event: 'event',
  manual: 'manual',
};

export const isWorkflow = (value: JsonValue): boolean =>
  Object.hasOwn(types, textOf(member(value, 'type')) ?? '') &&
  member(value, 'entityType') !== undefined &&
  ['actions', 'conditionsAll', 'conditionsAny'].some((key) => member(value, key)?.kind === 'list');

const triggerOf = (root: JsonValue, to: Edge | undefined): Trigger => {
  const type = member(root, 'type');
  const on = types[textOf(type) ?? ''] ?? 'save';
  const when = conditionsIn(root);
  const shared = {
    id: textOf(type) ?? 'trigger',
    on,
    place: placeOr(type, root),
    ...(when ? { when } : {}),
    ...(to ? { to } : {}),
  };
  if (on === 'schedule') {
    const cron = namedOf(member(root, 'scheduling'));
    const list = namedOf(member(root, 'targetReportId'));
    return triggerWith({
      ...shared,
      phase: 'async',
      schedule: {
        timing: cron
          ? { kind: 'cron', text: cron.name, place: cron.place }
          : { kind: 'unreadable', text: '', place: shared.place },
      },
      ...(list ? { list } : {}),
    });
  }
  const event = on === 'event' ? namedOf(member(root, 'signalName')) : undefined;
  return triggerWith({ ...shared, ...(event ? { event } : {}) });
};

/** A workflow rule of the Advanced Pack. */
export const workflowOf = (root: JsonValue, id: string): Workflow => {
  const name = member(root, 'name');
  const title = textOf(name);
  const active = member(root, 'isActive');
  const unique = uniqueIds();
  const read = itemsOf(member(root, 'actions'))
    .filter(isRecord)
    .map((action, at) => readAction(action, unique(idOf(member(action, 'cid')) ?? `${at + 1}`)));
  const steps = inSequence(read.map(({ step }) => step));
  const [first] = steps;
  const actions = member(root, 'actions');
  const trigger = triggerOf(root, first && edgeTo(first, actions ? placeOfKey(actions) : placeOf(root)));
  const object = namedOf(member(root, 'entityType'));
  const order = numberOf(member(root, 'processOrder'));
  const description = textOf(member(root, 'description'));
  const editor = namedOf(member(root, 'modifiedById'));
  return workflowWith({
    id,
    ...(title === undefined ? {} : { label: { en: title, ja: title } }),
    format: 'ES',
    kind: kinds[trigger.on] ?? 'record',
    status: booleanOf(active) === false ? 'inactive' : 'active',
    ...(active ? { statusPlace: placeOf(active) } : {}),
    ...(object ? { object } : {}),
    ...(order === undefined ? {} : { order }),
    triggers: [trigger],
    steps,
    ...(editor ? { lastEditor: editor } : {}),
    ...(description === undefined || description === '' ? {} : { description }),
    unknown: read.flatMap(({ unknown }) => unknown ?? []),
    place: placeOr(name, root),
  });
};
