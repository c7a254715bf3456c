import type { Named, Place } from '../../model/workflow/place.ts';
import type { Act, Branch, Edge, Party } from '../../model/workflow/step.ts';
import type { Duration, Unit, Value } from '../../model/workflow/value.ts';
import { conditionsOf, named, opaqueCondition, pathValue, recordPath } from '../build.ts';
import { placeOf } from '../source/json-places.ts';
import { idOf, itemsOf, member, namedOf, numberOf, textOf } from '../source/json-read.ts';
import type { JsonValue } from '../source/json-value.ts';
import { mailAct, scriptAct } from './actions.ts';
import { conditionsIn } from './conditions.ts';

/** A flow of a process: an arrow from one element to another. */
export interface Flow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly place: Place;
}

/** An element and its arrows. */
export interface Node {
  readonly id: string;
  readonly type: string;
  readonly value: JsonValue;
  readonly place: Place;
  readonly out: readonly Flow[];
  readonly in: number;
}

export const edgeOf = (flow: Flow): Edge => ({ to: flow.to, place: flow.place });

const units: Readonly<Record<string, Unit>> = {
  seconds: 'second',
  minutes: 'minute',
  hours: 'hour',
  days: 'day',
  weeks: 'week',
  months: 'month',
};

const shiftOf = (value: JsonValue): Duration | undefined => {
  const amount = numberOf(member(value, 'timerShift'));
  const unit = units[textOf(member(value, 'timerShiftUnits')) ?? ''];
  const sign = textOf(member(value, 'timerShiftOperator')) === 'minus' ? -1 : 1;
  return amount === undefined || !unit ? undefined : { amount: amount * sign, unit };
};

/** Until so long from now, or until a date of the record. */
const timer = ({ value, place }: Node): Act => {
  const base = textOf(member(value, 'timerBase')) ?? 'moment';
  const shift = shiftOf(value);
  if (base === 'moment') {
    return { kind: 'wait', until: shift ? { kind: 'duration', duration: shift, place } : { kind: 'opaque' } };
  }
  const field = /^field:([\w.]{1,200})$/.exec(base)?.[1];
  if (field === undefined) return { kind: 'wait', until: { kind: 'opaque' } };
  const date: Value = pathValue(recordPath(field, placeOf(member(value, 'timerBase') ?? value)));
  return {
    kind: 'wait',
    until: { kind: 'date', value: date, ...(shift && shift.amount !== 0 ? { offset: shift } : {}) },
  };
};

const signalOf = ({ value, place }: Node): Named => namedOf(member(value, 'signal')) ?? named('', place);

const conditionWait = ({ value }: Node): Act => {
  const conditions = conditionsIn(value);
  return { kind: 'wait', until: conditions ? { kind: 'condition', conditions } : { kind: 'opaque' } };
};

const performer = ({ value, place }: Node): readonly Party[] => {
  const assignment = textOf(member(value, 'assignmentType')) ?? '';
  const user = namedOf(member(value, 'targetUserId'));
  const team = namedOf(member(value, 'targetTeamId'));
  if (assignment === '') return [];
  if (assignment === 'specifiedUser') return user ? [{ kind: 'user', id: user.name, place: user.place }] : [];
  if (team) return [{ kind: 'group', id: team.name, place: team.place }];
  return [{ kind: 'opaque', text: assignment, place }];
};

/** Somebody approves, reviews or does something; the process asks for the result at a gateway behind it. */
const userTask = (node: Node): Act => {
  const people = performer(node);
  return textOf(member(node.value, 'actionType')) === 'Approve'
    ? { kind: 'approval', approvers: people, takes: 'one' }
    : { kind: 'task', to: people, set: [] };
};

/** The arrows of a gateway with what is asked for each; the first that holds, or all that do. */
const choice = (node: Node, takes: 'first' | 'all'): Act => {
  const fallback = idOf(member(node.value, 'defaultFlowId'));
  const byId = new Map(node.out.map((flow) => [flow.id, flow]));
  const listed = itemsOf(member(node.value, 'flowList')).flatMap((item): readonly Branch[] => {
    const flow = byId.get(idOf(member(item, 'id')) ?? '');
    if (!flow) return [];
    byId.delete(flow.id);
    const place = placeOf(item);
    const when = conditionsIn(item) ?? conditionsOf({ kind: 'constant', value: true, place });
    return [{ when, edge: edgeOf(flow), place }];
  });
  const otherwise = fallback === undefined ? undefined : node.out.find(({ id }) => id === fallback);
  if (otherwise) byId.delete(otherwise.id);
  // An arrow of which nothing is said.
  const rest = [...byId.values()].map(
    (flow): Branch => ({ when: conditionsOf(opaqueCondition('', flow.place)), edge: edgeOf(flow), place: flow.place }),
  );
  return {
    kind: 'decision',
    takes,
    branches: [...listed, ...rest],
    otherwise: otherwise ? edgeOf(otherwise) : { place: node.place },
    hasDefault: true,
  };
};

const gateway = (node: Node, takes: 'first' | 'all'): Act =>
  node.out.length > 1 ? choice(node, takes) : { kind: 'join', takes: 'any' };

const parallel = (node: Node): Act =>
  node.out.length > 1 ? { kind: 'split', ways: node.out.map(edgeOf) } : { kind: 'join', takes: 'all' };

/** Goes on with the first of several events, each an element of its own. */
const eventGateway = (node: Node): Act => ({
  kind: 'wait',
  until: { kind: 'opaque' },
  events: node.out.map((flow) => ({ edge: edgeOf(flow) })),
});

const process = ({ value, place }: Node): Act => {
  const chart = namedOf(member(value, 'flowchartId'));
  return chart
    ? { kind: 'call', workflow: chart, inputs: [] }
    : { kind: 'custom', action: named('callActivity', place), effect: 'opaque', reads: [] };
};

const nothing = ({ type, place }: Node): Act => ({
  kind: 'custom',
  action: named(type, place),
  effect: 'none',
  reads: [],
});
const stop = (): Act => ({ kind: 'stop' });

/** What an element does; starts, tasks with action lists and sub-processes are put together elsewhere. */
export const nodeActs: Readonly<Record<string, (node: Node) => Act>> = {
  taskSendMessage: ({ value }) => mailAct(value),
  taskUser: userTask,
  taskScript: ({ value }) => scriptAct(value),
  callActivity: process,
  gatewayExclusive: (node) => gateway(node, 'first'),
  gatewayInclusive: (node) => gateway(node, 'all'),
  gatewayParallel: parallel,
  gatewayEventBased: eventGateway,
  eventIntermediateConditionalCatch: conditionWait,
  eventIntermediateTimerCatch: timer,
  eventIntermediateSignalCatch: (node) => ({ kind: 'wait', until: { kind: 'signal', signal: signalOf(node) } }),
  eventIntermediateMessageCatch: () => ({ kind: 'wait', until: { kind: 'opaque' } }),
  eventIntermediateSignalThrow: (node) => ({ kind: 'signal', signal: signalOf(node) }),
  eventIntermediateEscalationThrow: nothing,
  eventIntermediateCompensationThrow: nothing,
  eventIntermediateLinkCatch: nothing,
  eventIntermediateLinkThrow: nothing,
  eventIntermediateErrorBoundary: nothing,
  eventIntermediateConditionalBoundary: nothing,
  eventIntermediateTimerBoundary: nothing,
  eventIntermediateSignalBoundary: nothing,
  eventIntermediateMessageBoundary: nothing,
  eventIntermediateEscalationBoundary: nothing,
  eventIntermediateCompensationBoundary: nothing,
  eventEnd: stop,
  eventEndTerminate: stop,
  eventEndEscalation: stop,
  eventEndCompensation: stop,
  eventEndError: () => ({ kind: 'fail' }),
  eventEndSignal: (node) => ({ kind: 'signal', signal: signalOf(node) }),
};
