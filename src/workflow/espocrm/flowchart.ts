import type { Named } from '../../model/workflow/place.ts';
import type { Edge, Step } from '../../model/workflow/step.ts';
import type { Trigger, Workflow } from '../../model/workflow/workflow.ts';
import { inSequence, named, triggerWith, workflowWith } from '../build.ts';
import { placeOf } from '../source/json-places.ts';
import { booleanOf, idOf, isRecord, itemsOf, member, namedOf, placeOr, textOf } from '../source/json-read.ts';
import type { JsonValue } from '../source/json-value.ts';
import { readAction, stepWith } from './actions.ts';
import { conditionsIn } from './conditions.ts';
import { edgeOf, type Flow, type Node, nodeActs } from './flow-nodes.ts';

/** What has been put together of a process so far. */
interface Chart {
  readonly steps: Step[];
  readonly triggers: Trigger[];
  readonly unknown: Named[];
  readonly taken: Set<string>;
}

const events: Readonly<Record<string, Trigger['on']>> = {
  afterRecordCreated: 'create',
  afterRecordUpdated: 'update',
  afterRecordSaved: 'save',
};

const nodesOf = (list: readonly JsonValue[]): readonly Node[] => {
  const flows = list.flatMap((item): readonly Flow[] => {
    const from = idOf(member(item, 'startId'));
    const to = idOf(member(item, 'endId'));
    if (textOf(member(item, 'type')) !== 'flow' || from === undefined || to === undefined) return [];
    return [{ id: idOf(member(item, 'id')) ?? '', from, to, place: placeOf(member(item, 'endId') ?? item) }];
  });
  const out = new Map<string, Flow[]>();
  const into = new Map<string, number>();
  for (const flow of flows) {
    const own = out.get(flow.from);
    if (own) own.push(flow);
    else out.set(flow.from, [flow]);
    into.set(flow.to, (into.get(flow.to) ?? 0) + 1);
  }
  return list
    .filter((item) => isRecord(item) && textOf(member(item, 'type')) !== 'flow')
    .map((value, at) => {
      const id = idOf(member(value, 'id')) ?? `${at + 1}`;
      return {
        id,
        type: textOf(member(value, 'type')) ?? '',
        value,
        place: placeOr(member(value, 'type'), value),
        out: out.get(id) ?? [],
        in: into.get(id) ?? 0,
      };
    });
};

/** The way on; several arrows out of one element are followed all at once. */
const onward = (node: Node, chart: Chart, inside: readonly string[]): Edge | undefined => {
  const [first] = node.out;
  if (node.out.length < 2 || !first) return first && edgeOf(first);
  const id = unique(chart, `${node.id} (all)`);
  chart.steps.push({
    ...stepWith(id, node.place, undefined, { kind: 'split', ways: node.out.map(edgeOf) }),
    ...within(inside),
  });
  return { to: id, place: node.place };
};

const unique = (chart: Chart, wanted: string): string => {
  let id = wanted;
  while (chart.taken.has(id)) id = `${id}'`;
  chart.taken.add(id);
  return id;
};

const within = (inside: readonly string[]): { readonly inside?: readonly string[] } =>
  inside.length > 0 ? { inside } : {};

const triggerOf = (node: Node, to: Edge | undefined): Trigger => {
  const { id, type, value, place } = node;
  const next = to ? { to } : {};
  const when = conditionsIn(value);
  switch (type) {
    case 'eventStart':
      return triggerWith({ id, on: 'manual', place, ...next });
    case 'eventStartConditional': {
      const kind = namedOf(member(value, 'triggerType'));
      const on = events[kind?.name ?? ''] ?? 'save';
      return triggerWith({ id, on, place: kind?.place ?? place, ...(when ? { when } : {}), ...next });
    }
    case 'eventStartTimer': {
      const cron = namedOf(member(value, 'scheduling'));
      const list = namedOf(member(value, 'targetReportId'));
      return triggerWith({
        id,
        on: 'schedule',
        phase: 'async',
        schedule: {
          timing: cron ? { kind: 'cron', text: cron.name, place: cron.place } : { kind: 'unreadable', text: '', place },
        },
        ...(list ? { list } : {}),
        place: cron?.place ?? place,
        ...next,
      });
    }
    case 'eventStartSignal': {
      const event = namedOf(member(value, 'signal')) ?? named('', place);
      return triggerWith({ id, on: 'event', event, place, ...next });
    }
    default:
      return triggerWith({ id, on: 'event', phase: 'async', event: named(type, place), place, ...next });
  }
};

const tasks = (node: Node, chart: Chart, inside: readonly string[]): void => {
  const actions = itemsOf(member(node.value, 'actionList')).filter(isRecord);
  const label = textOf(member(node.value, 'text'));
  const next = onward(node, chart, inside);
  if (actions.length === 0) {
    const act = { kind: 'custom', action: named('task', node.place), effect: 'none', reads: [] } as const;
    chart.steps.push({ ...stepWith(node.id, node.place, label, act), ...within(inside), ...(next ? { next } : {}) });
    return;
  }
  const read = actions.map((action, at) =>
    readAction(action, at === 0 ? node.id : unique(chart, `${node.id}.${idOf(member(action, 'cid')) ?? at + 1}`)),
  );
  chart.unknown.push(...read.flatMap(({ unknown }) => unknown ?? []));
  const steps = inSequence(read.map(({ step }) => step));
  steps.forEach((step, at) => {
    const last = at === steps.length - 1;
    chart.steps.push({
      ...step,
      ...(at === 0 && label ? { label } : {}),
      ...within(inside),
      ...(last && next ? { next } : {}),
    });
  });
};

/** A sub-process is entered at its own start; one for events starts by itself. */
const subProcess = (node: Node, chart: Chart, inside: readonly string[], depth: number): void => {
  const inner = nodesOf(itemsOf(member(node.value, 'dataList')));
  const starts = inner.filter(({ type }) => type.startsWith('eventStart'));
  const label = textOf(member(node.value, 'text'));
  const next = onward(node, chart, inside);
  if (depth < 20) add(inner, chart, [...inside, node.id], depth + 1);
  const byEvent = node.type === 'eventSubProcess';
  const ways = byEvent ? [] : starts.map(({ id, place }) => ({ to: id, place }));
  const act = { kind: 'custom', action: named(node.type, node.place), effect: 'none', reads: [], ways } as const;
  if (byEvent) for (const start of starts) chart.triggers.push(triggerOf(start, { to: start.id, place: start.place }));
  // What stands for the events is the triggers.
  if (!byEvent)
    chart.steps.push({ ...stepWith(node.id, node.place, label, act), ...within(inside), ...(next ? { next } : {}) });
};

const element = (node: Node, chart: Chart, inside: readonly string[]): void => {
  const act = Object.hasOwn(nodeActs, node.type) ? nodeActs[node.type] : undefined;
  const label = textOf(member(node.value, 'text'));
  if (!act) chart.unknown.push(named(node.type, node.place));
  const made = act
    ? act(node)
    : ({ kind: 'custom', action: named(node.type, node.place), effect: 'opaque', reads: [] } as const);
  const branching =
    made.kind === 'decision' || made.kind === 'split' || (made.kind === 'wait' && made.events !== undefined);
  const next = branching || made.kind === 'stop' || made.kind === 'fail' ? undefined : onward(node, chart, inside);
  chart.steps.push({ ...stepWith(node.id, node.place, label, made), ...within(inside), ...(next ? { next } : {}) });
  if (/Boundary$/.test(node.type)) {
    chart.triggers.push(triggerOf(node, { to: node.id, place: node.place }));
  }
};

const add = (nodes: readonly Node[], chart: Chart, inside: readonly string[], depth: number): void => {
  for (const { id } of nodes) chart.taken.add(id);
  const seen = new Set<string>();
  for (const node of nodes) {
    if (seen.has(node.id)) continue;
    seen.add(node.id);
    if (node.type === 'subProcess' || node.type === 'eventSubProcess') subProcess(node, chart, inside, depth);
    else if (node.type === 'task') tasks(node, chart, inside);
    else if (!node.type.startsWith('eventStart')) element(node, chart, inside);
    else if (depth === 0) chart.triggers.push(triggerOf(node, onward(node, chart, inside)));
    else {
      const act = { kind: 'custom', action: named(node.type, node.place), effect: 'none', reads: [] } as const;
      const next = onward(node, chart, inside);
      chart.steps.push({
        ...stepWith(node.id, node.place, undefined, act),
        ...within(inside),
        ...(next ? { next } : {}),
      });
    }
  }
};

/** An id that a sub-process has once more belongs to the element that came first. */
const distinct = (steps: readonly Step[]): readonly Step[] => {
  const seen = new Set<string>();
  return steps.filter(({ id }) => {
    const first = !seen.has(id);
    seen.add(id);
    return first;
  });
};

/** Where an error of an element goes on: the event at its edge. */
const withErrors = (steps: readonly Step[], nodes: readonly JsonValue[]): readonly Step[] => {
  const errors = new Map(
    nodes.flatMap((item) => {
      const host = idOf(member(item, 'attachedToId'));
      const id = idOf(member(item, 'id'));
      return textOf(member(item, 'type')) === 'eventIntermediateErrorBoundary' && host !== undefined && id !== undefined
        ? [[host, { to: id, place: placeOf(item) }] as const]
        : [];
    }),
  );
  return steps.map((step) => {
    const onError = errors.get(step.id);
    return onError ? { ...step, onError, mayHandleErrors: true } : step;
  });
};

const kindOf = (triggers: readonly Trigger[]): Workflow['kind'] => {
  if (triggers.some(({ on }) => on === 'create' || on === 'update' || on === 'save')) return 'record';
  if (triggers.some(({ on }) => on === 'schedule')) return 'scheduled';
  return triggers.some(({ on }) => on === 'manual') ? 'manual' : 'event';
};

export const isFlowchart = (value: JsonValue): boolean =>
  member(value, 'targetType') !== undefined && member(value, 'data', 'list')?.kind === 'list';

/** A flowchart of the BPM tool. */
export const flowchartOf = (root: JsonValue, id: string): Workflow => {
  const chart: Chart = { steps: [], triggers: [], unknown: [], taken: new Set() };
  const list = itemsOf(member(root, 'data', 'list'));
  add(nodesOf(list), chart, [], 0);
  const name = member(root, 'name');
  const title = textOf(name);
  const active = member(root, 'isActive');
  const object = namedOf(member(root, 'targetType'));
  const description = textOf(member(root, 'description'));
  return workflowWith({
    id,
    ...(title === undefined ? {} : { label: { en: title, ja: title } }),
    format: 'ES',
    kind: kindOf(chart.triggers),
    status: booleanOf(active) === false ? 'inactive' : 'active',
    ...(active ? { statusPlace: placeOf(active) } : {}),
    ...(object ? { object } : {}),
    triggers: chart.triggers,
    steps: withErrors(distinct(chart.steps), list),
    ...(description === undefined || description === '' ? {} : { description }),
    unknown: chart.unknown,
    place: placeOr(name, root),
  });
};
