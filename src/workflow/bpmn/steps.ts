import type { Conditions } from '../../model/workflow/condition.ts';
import type { Act, Branch, Edge, Party, Step } from '../../model/workflow/step.ts';
import { conditionsOf, named, opaqueCondition } from '../build.ts';
import type { XmlElement } from '../source/xml-element.ts';
import { flowCondition } from './condition.ts';
import { eventOf, idOf, kindOf, nameOf, reference } from './element.ts';
import { defaultFlow, type Flow, type Scope } from './flows.ts';
import { isoDuration } from './timer.ts';

/** Names of messages, signals and errors by their id: what two events have in common. */
export type Names = (id: string) => string;

const edgeOf = ({ element, to }: Flow): Edge => ({
  to,
  place: element.attribute('targetRef')?.place ?? element.place,
});

/** A flow without a condition beside others that have one is always taken. */
const conditionOf = ({ condition, element }: Flow): Conditions =>
  condition ? flowCondition(condition) : conditionsOf(opaqueCondition('', element.place));

const branchOf = (flow: Flow): Branch => {
  const name = nameOf(flow.element);
  return {
    ...(name === undefined ? {} : { name }),
    when: conditionOf(flow),
    edge: edgeOf(flow),
    place: flow.element.place,
  };
};

/** What a step leads to where nothing is decided: one flow, several at once, or only those whose condition holds. */
interface Onward {
  /** Put behind the step where it cannot hold the flows itself. */
  readonly after?: Act;
  readonly next?: Edge;
}

const onwardOf = (element: XmlElement, flows: readonly Flow[]): Onward => {
  const [only] = flows;
  if (!only) return {};
  if (flows.length === 1 && !only.condition) return { next: edgeOf(only) };
  const fallback = defaultFlow(element, flows);
  const conditional = flows.filter((flow) => flow.condition);
  if (conditional.length === 0) return { after: { kind: 'split', ways: flows.map(edgeOf) } };
  const rest = flows.filter((flow) => flow !== fallback);
  return {
    after: {
      kind: 'decision',
      takes: 'all',
      branches: rest.map(branchOf),
      hasDefault: fallback !== undefined || rest.some((flow) => !flow.condition),
      ...(fallback ? { otherwise: edgeOf(fallback) } : {}),
    },
  };
};

const none = (element: XmlElement, effect: 'none' | 'outside' | 'opaque' = 'none'): Act => ({
  kind: 'custom',
  action: named(element.name, element.place),
  effect,
  reads: [],
});

const eventName = (definition: XmlElement, names: Names): { readonly name: string; readonly element: XmlElement } => {
  const ref = ['messageRef', 'signalRef', 'errorRef', 'escalationRef'].flatMap(
    (key) => definition.attribute(key) ?? [],
  )[0];
  return { name: ref ? names(reference(ref.value)) : '', element: definition };
};

const waitFor = (element: XmlElement, names: Names): Act => {
  const event = eventOf(element);
  const opaque: Act = { kind: 'wait', until: { kind: 'opaque' } };
  if (!event) return opaque;
  const { kind, definition } = event;
  if (kind === 'signal') {
    const { name } = eventName(definition, names);
    return name === '' ? opaque : { kind: 'wait', until: { kind: 'signal', signal: named(name, element.place) } };
  }
  if (kind === 'timer') {
    const written = definition.first('timeDuration');
    const duration = written && isoDuration(written.text);
    return duration ? { kind: 'wait', until: { kind: 'duration', duration, place: written.textPlace } } : opaque;
  }
  // A message comes from outside of the file, a condition from an engine's language.
  return opaque;
};

const assigneesOf = (element: XmlElement): readonly Party[] =>
  element.attributes.flatMap(({ name, value, place }): Party[] => {
    const key = name.slice(name.indexOf(':') + 1);
    if (value.trim() === '' || !['assignee', 'candidateUsers', 'candidateGroups'].includes(key)) return [];
    if (/[$#]\{|^=/.test(value)) return [{ kind: 'opaque', text: value, place }];
    return value.split(',').map((id) => ({
      kind: key === 'candidateGroups' ? ('group' as const) : ('user' as const),
      id: id.trim(),
      place,
    }));
  });

const activityAct = (element: XmlElement, names: Names): Act => {
  switch (element.name) {
    case 'userTask':
    case 'manualTask':
      return { kind: 'task', to: assigneesOf(element), set: [] };
    case 'scriptTask':
      return {
        kind: 'code',
        language: element.attribute('scriptFormat')?.value ?? '',
        text: element.first('script')?.text ?? '',
        reads: [],
        writes: [],
        complete: false,
      };
    case 'receiveTask':
      return waitFor(element, names);
    case 'sendTask':
      return none(element, 'outside');
    case 'task':
      // A drawing of work that somebody does somewhere.
      return none(element, 'outside');
    default:
      return none(element, 'opaque');
  }
};

const throwAct = (element: XmlElement, names: Names): Act => {
  const event = eventOf(element);
  if (event?.kind === 'signal') {
    const { name } = eventName(event.definition, names);
    if (name !== '') return { kind: 'signal', signal: named(name, element.place) };
  }
  return none(element, event ? 'outside' : 'none');
};

/** What a host of boundary events has besides. */
interface More {
  readonly canFail?: boolean;
  readonly onError?: Edge;
}

interface Making {
  readonly scope: Scope;
  readonly names: Names;
  readonly inside: readonly string[];
  /** Where an end event of a subprocess leads; absent in the process itself. */
  readonly leave?: string;
}

const base = (element: XmlElement, id: string, inside: readonly string[]) => {
  const label = nameOf(element);
  const description = element.textOf('documentation');
  return {
    id,
    ...(label === undefined ? {} : { label }),
    ...(description === undefined || description === '' ? {} : { description }),
    place: element.place,
    ...(inside.length > 0 ? { inside } : {}),
    canFail: false,
    mayHandleErrors: kindOf(element) === 'activity' || kindOf(element) === 'container' || kindOf(element) === 'call',
  };
};

/** A step with all its flows behind it, in one step or two. */
const withOnward = (element: XmlElement, act: Act, { scope, inside }: Making, more: More = {}): readonly Step[] => {
  const id = idOf(element);
  const { after, next } = onwardOf(element, scope.out(id));
  const own = { ...base(element, id, inside), ...more, ...act };
  if (!after) return [{ ...own, ...(next ? { next } : {}) }];
  const behind = `${id} →`;
  return [
    { ...own, next: { to: behind, place: element.place } },
    { ...base(element, behind, inside), ...after },
  ];
};

const gateway = (element: XmlElement, making: Making): readonly Step[] => {
  const { scope, inside } = making;
  const id = idOf(element);
  const flows = scope.out(id);
  const own = base(element, id, inside);
  const joins = scope.into(id).length > 1;
  const [only] = flows;
  if (element.name === 'parallelGateway') {
    const join: Act = { kind: 'join', takes: 'all' };
    const split: Act = { kind: 'split', ways: flows.map(edgeOf) };
    if (!joins)
      return [
        flows.length > 1 ? { ...own, ...split } : { ...own, ...none(element), ...(only ? { next: edgeOf(only) } : {}) },
      ];
    if (flows.length <= 1) return [{ ...own, ...join, ...(only ? { next: edgeOf(only) } : {}) }];
    const behind = `${id} →`;
    return [
      { ...own, ...join, next: { to: behind, place: element.place } },
      { ...base(element, behind, inside), ...split },
    ];
  }
  if (element.name === 'eventBasedGateway') {
    return [{ ...own, kind: 'wait', until: { kind: 'opaque' }, events: flows.map((flow) => ({ edge: edgeOf(flow) })) }];
  }
  if (flows.length <= 1) {
    const merge: Act = element.name === 'exclusiveGateway' && joins ? { kind: 'join', takes: 'any' } : none(element);
    return [{ ...own, ...merge, ...(only ? { next: edgeOf(only) } : {}) }];
  }
  const fallback = defaultFlow(element, flows);
  const rest = flows.filter((flow) => flow !== fallback);
  return [
    {
      ...own,
      kind: 'decision',
      takes: element.name === 'exclusiveGateway' ? 'first' : 'all',
      branches: rest.map(branchOf),
      hasDefault: fallback !== undefined,
      ...(fallback ? { otherwise: edgeOf(fallback) } : {}),
    },
  ];
};

const ending = (element: XmlElement, making: Making): readonly Step[] => {
  const own = base(element, idOf(element), making.inside);
  const event = eventOf(element);
  const leave = making.leave === undefined ? {} : { next: { to: making.leave, place: element.place } };
  if (event?.kind === 'error') return [{ ...own, kind: 'fail' }];
  // In a subprocess only that ends.
  if (making.leave !== undefined) return [{ ...own, ...throwAct(element, making.names), ...leave }];
  if (event?.kind === 'signal') return [{ ...own, ...throwAct(element, making.names) }];
  return [{ ...own, kind: 'stop' }];
};

/** The step or steps that one element of a process becomes. Subprocesses and boundary events are put together elsewhere. */
export const stepsOf = (element: XmlElement, making: Making, more: More = {}): readonly Step[] => {
  switch (kindOf(element)) {
    case 'start':
    case 'boundary':
      return withOnward(element, none(element), making);
    case 'catch': {
      const link = eventOf(element)?.kind === 'link';
      return withOnward(element, link ? none(element) : waitFor(element, making.names), making);
    }
    case 'throw':
      return withOnward(element, throwAct(element, making.names), making);
    case 'end':
      return ending(element, making);
    case 'gateway':
      return gateway(element, making);
    case 'activity':
      return withOnward(element, activityAct(element, making.names), making, more);
    case 'call': {
      const called = element.attribute('calledElement');
      const act: Act =
        called && called.value.trim() !== '' && !/[$#]\{|^=/.test(called.value)
          ? { kind: 'call', workflow: named(reference(called.value), called.place), inputs: [] }
          : none(element, 'opaque');
      return withOnward(element, act, making, more);
    }
    case 'container':
    case undefined:
      return [];
  }
};

/** What stands behind a subprocess when it has ended. */
export const behindOf = (element: XmlElement, id: string, making: Making): readonly Step[] => {
  const { after, next } = onwardOf(element, making.scope.out(idOf(element)));
  const own = base(element, id, making.inside);
  return [{ ...own, ...(after ?? none(element)), ...(next ? { next } : {}) }];
};
