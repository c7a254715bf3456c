import type { Conditions } from '../../model/workflow/condition.ts';
import type { Act, Assignment, Branch, Edge, Step } from '../../model/workflow/step.ts';
import type { Path, Value } from '../../model/workflow/value.ts';
import type { XmlElement } from '../source/xml-element.ts';
import { actionOf } from './flow-actions.ts';
import { conditionsIn } from './flow-conditions.ts';
import { assignmentsIn, edgeOf, end, namedIn, pathIn } from './flow-parts.ts';
import type { FlowReader } from './flow-reader.ts';
import { create, lookup, remove, update } from './flow-records.ts';
import { pathsIn } from './merge-text.ts';
import { pathsInside, valueIn } from './value.ts';

const decision = (element: XmlElement, reader: FlowReader): Act => {
  const branches = element.all('rules').map((rule): Branch => {
    const place = rule.place;
    const label = rule.textOf('label') ?? rule.textOf('name');
    const plain = conditionsIn(rule, reader);
    const never: Conditions = { condition: { kind: 'opaque', text: '', reads: [], place }, tests: [], place };
    const changed = rule.first('doesRequireRecordChangedToMeetCriteria');
    const when = plain ?? never;
    return {
      ...(label ? { name: label } : {}),
      when: changed?.text.trim() === 'true' ? onlyWhenChanged(when, changed) : when,
      edge: edgeOf(rule.first('connector')) ?? end(place),
      place,
    };
  });
  const otherwise =
    edgeOf(element.first('defaultConnector')) ?? end(element.first('defaultConnectorLabel')?.place ?? element.place);
  return { kind: 'decision', takes: 'first', branches, otherwise, hasDefault: true };
};

/** An outcome that also asks whether the record did not meet the criteria before. */
const onlyWhenChanged = (when: Conditions, changed: XmlElement): Conditions => ({
  ...when,
  condition: {
    kind: 'all',
    of: [when.condition, { kind: 'opaque', text: changed.name, reads: [], place: changed.textPlace }],
    place: when.place,
  },
});

const hows: Readonly<Record<string, 'set' | 'add' | 'subtract' | 'append' | 'remove' | 'count'>> = {
  Assign: 'set',
  Add: 'add',
  Subtract: 'subtract',
  AssignCount: 'count',
  AddItem: 'append',
  AddAtStart: 'append',
  RemoveAll: 'remove',
  RemoveFirst: 'remove',
  RemoveAfterFirst: 'remove',
  RemoveBeforeFirst: 'remove',
  RemovePosition: 'remove',
  RemoveUncommon: 'remove',
};

const assigns = (element: XmlElement, reader: FlowReader): Extract<Act, { kind: 'let' }>['assigns'] =>
  element.all('assignmentItems').flatMap((item) => {
    const to = pathIn(item, 'assignToReference', reader);
    if (!to) return [];
    const word = item.textOf('operator') ?? 'Assign';
    const how = (Object.hasOwn(hows, word) ? hows[word] : undefined) ?? 'other';
    const list = to.root.kind === 'variable' && to.segments.length === 0 && reader.names.isList(to.root.name);
    const value = item.first('value');
    const given: Value = value ? valueIn(value, reader.names) : { kind: 'literal', value: null, place: item.place };
    return [{ to, how: how === 'add' && list ? ('append' as const) : how, value: given, place: item.place }];
  });

const screen = (element: XmlElement, reader: FlowReader): Act => ({
  kind: 'screen',
  fields: element.all('fields').flatMap((field) => {
    const name = namedIn(field, 'name');
    return name ? [name] : [];
  }),
  back: element.textOf('allowBack') === 'true',
  reads: pathsInside(element, reader.names),
});

const wait = (element: XmlElement, reader: FlowReader): Act => ({
  kind: 'wait',
  until: { kind: 'opaque' },
  events: element.all('waitEvents').map((event) => {
    const when = conditionsIn(event, reader);
    return { ...(when ? { when } : {}), edge: edgeOf(event.first('connector')) ?? end(event.place) };
  }),
});

const call = (element: XmlElement, reader: FlowReader): Act | undefined => {
  const workflow = namedIn(element, 'flowName');
  if (!workflow) return undefined;
  return {
    kind: 'call',
    workflow,
    inputs: assignmentsIn(element, 'inputAssignments', 'name', reader),
    outputs: element.all('outputAssignments').flatMap((output) => {
      const name = namedIn(output, 'name');
      const to = pathIn(output, 'assignToReference', reader);
      return name && to ? [{ name, to }] : [];
    }),
  };
};

/** All ways out of an element that is not known, so that nothing behind it seems unreachable. */
const waysInside = (element: XmlElement): readonly Edge[] => {
  const ways: Edge[] = [];
  const waiting = [...element.children];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const edge = next.parent === element && /^(?:connector|faultConnector)$/.test(next.name) ? undefined : edgeOf(next);
    if (edge) ways.push(edge);
    waiting.push(...next.children);
  }
  return ways;
};

const custom = (element: XmlElement, effect: 'none' | 'outside' | 'opaque', reader: FlowReader): Act => {
  const ways = waysInside(element);
  return {
    kind: 'custom',
    action: { name: element.name, place: element.place },
    effect,
    reads: pathsInside(element, reader.names),
    ...(ways.length > 0 ? { ways } : {}),
  };
};

const acts: Readonly<Record<string, (element: XmlElement, reader: FlowReader) => Act | undefined>> = {
  decisions: decision,
  recordLookups: lookup,
  recordCreates: create,
  recordUpdates: update,
  recordDeletes: remove,
  recordRollbacks: () => ({ kind: 'undo' }),
  screens: screen,
  waits: wait,
  subflows: call,
  loops: (element, reader) => {
    const over = element.first('collectionReference');
    return {
      kind: 'loop',
      ...(over ? { over: reader.names.value(over.text.trim(), over.textPlace) } : {}),
      body: edgeOf(element.first('nextValueConnector')) ?? end(element.place),
    };
  },
  customErrors: (element, reader) => {
    const message = element.first('customErrorMessages')?.first('errorMessage');
    const text = message ? reader.text(message) : undefined;
    return { kind: 'fail', ...(text ? { text } : {}) };
  },
  ends: () => ({ kind: 'stop' }),
  collectionProcessors: (element, reader) => custom(element, 'none', reader),
  transforms: (element, reader) => custom(element, 'none', reader),
  actionCalls: actionOf,
};

/** Steps that touch the database or code, and so can fail. */
const fallible = new Set([
  'recordLookups',
  'recordCreates',
  'recordUpdates',
  'recordDeletes',
  'actionCalls',
  'apexPluginCalls',
]);

/** Where the platform offers a path for errors. Processes have none, and neither has the update of a record that is being saved. */
const mayHandle = (element: XmlElement, { isProcess, phase }: FlowReader): boolean => {
  if (isProcess || !fallible.has(element.name)) return false;
  return !(phase === 'before' && element.name === 'recordUpdates');
};

const setsOf = (element: XmlElement, reader: FlowReader): readonly Path[] =>
  [
    ...element.all('outputParameters'),
    ...(element.name === 'recordLookups' ? element.all('outputAssignments') : []),
    ...element.all('waitEvents').flatMap((event) => event.all('outputParameters')),
    ...(element.first('assignRecordIdToReference') ? [element] : []),
  ].flatMap((each) => {
    const reference = each.first('assignToReference') ?? each.first('assignRecordIdToReference');
    return reference ? [reader.names.path(reference.text.trim(), reference.textPlace)] : [];
  });

/** An element of the flow as steps: one, or two where variables and the record that is being saved are set at once. */
export const stepsOf = (element: XmlElement, reader: FlowReader): readonly Step[] => {
  const id = element.textOf('name');
  if (!id) return [];
  const label = element.textOf('label');
  const description = element.textOf('description');
  const next =
    edgeOf(element.first('noMoreValuesConnector')) ??
    edgeOf(element.first('connector')) ??
    (element.name === 'waits' ? edgeOf(element.first('defaultConnector')) : undefined);
  const onError = edgeOf(element.first('faultConnector'));
  const sets = setsOf(element, reader);
  const base = {
    id,
    ...(label ? { label } : {}),
    ...(description ? { description } : {}),
    place: element.place,
    ...(next ? { next } : {}),
    ...(onError ? { onError } : {}),
    canFail: fallible.has(element.name),
    mayHandleErrors: mayHandle(element, reader),
    ...(sets.length > 0 ? { sets } : {}),
  };
  if (element.name === 'assignments') return assignmentSteps(element, base, reader);
  const act =
    (Object.hasOwn(acts, element.name) ? acts[element.name]?.(element, reader) : undefined) ??
    custom(element, 'opaque', reader);
  return [{ ...base, ...act }];
};

type Base = Pick<
  Step,
  'id' | 'label' | 'description' | 'place' | 'next' | 'onError' | 'canFail' | 'mayHandleErrors' | 'sets'
>;

/** Before the save, an assignment to a field of the record is what saves it. */
const assignmentSteps = (element: XmlElement, base: Base, reader: FlowReader): readonly Step[] => {
  const all = assigns(element, reader);
  const saved =
    reader.phase === 'before' ? all.filter(({ to }) => to.root.kind === 'record' && to.segments.length === 1) : [];
  if (saved.length === 0) return [{ ...base, kind: 'let', assigns: all }];
  const set = saved.map(
    ({ to, how, value, place }): Assignment => ({
      field: { name: to.segments[0] ?? '', place: to.place },
      value: how === 'set' ? value : { kind: 'opaque', text: to.text, reads: [to, ...pathsIn(value)], place },
      place,
    }),
  );
  const others = all.filter((each) => !saved.includes(each));
  const write: Act = { kind: 'update', target: { kind: 'trigger' }, set };
  if (others.length === 0) return [{ ...base, ...write }];
  const { next, ...rest } = base;
  const second = `${base.id}.$Record`;
  return [
    { ...rest, kind: 'let', assigns: others, next: { to: second, place: base.place } },
    { ...base, id: second, ...write },
  ];
};
