import type { Named } from '../../model/workflow/place.ts';
import type { Edge, Step } from '../../model/workflow/step.ts';
import type { Trigger, Workflow } from '../../model/workflow/workflow.ts';
import { named, triggerWith, workflowWith } from '../build.ts';
import type { XmlElement } from '../source/xml-element.ts';
import { eventOf, idOf, kindOf, nameOf, reference } from './element.ts';
import { scopeOf } from './flows.ts';
import { behindOf, type Names, stepsOf } from './steps.ts';
import { scheduleOf } from './timer.ts';

interface Collected {
  readonly steps: Step[];
  readonly triggers: Trigger[];
  readonly unknown: Named[];
}

const triggerOf = (element: XmlElement, names: Names): Trigger => {
  const event = eventOf(element);
  const id = idOf(element);
  const to: Edge = { to: id, place: element.place };
  const common = { id, place: element.place, to };
  if (event?.kind === 'timer') {
    const schedule = scheduleOf(event.definition);
    return triggerWith({ ...common, on: 'schedule', ...(schedule ? { schedule } : {}) });
  }
  if (!event) return triggerWith({ ...common, on: 'manual' });
  const ref = ['signalRef', 'messageRef'].flatMap((key) => event.definition.attribute(key) ?? [])[0];
  return triggerWith({
    ...common,
    on: 'event',
    ...(ref ? { event: named(names(reference(ref.value)), element.place) } : {}),
  });
};

/** A node that something else than a flow leads to: it begins a run of its own, or may. */
const entryOf = (element: XmlElement): Trigger =>
  triggerWith({
    id: idOf(element),
    on: 'event',
    place: element.place,
    to: { to: idOf(element), place: element.place },
  });

const isTrue = (element: XmlElement, name: string): boolean => element.attribute(name)?.value === 'true';

/** Reads a process or, inside of one, a subprocess. */
const collect = (
  container: XmlElement,
  names: Names,
  into: Collected,
  inside: readonly string[],
  leave?: string,
): readonly string[] => {
  const scope = scopeOf(container);
  const making = { scope, names, inside, ...(leave === undefined ? {} : { leave }) };
  into.unknown.push(...scope.unknown.map((element) => named(element.qualifiedName, element.place)));
  const caught = new Map<string, Edge>();
  for (const element of scope.nodes) {
    if (kindOf(element) !== 'boundary') continue;
    const host = element.attribute('attachedToRef')?.value ?? '';
    const to = { to: idOf(element), place: element.place };
    if (eventOf(element)?.kind === 'error' && !caught.has(host)) caught.set(host, to);
    else into.triggers.push(entryOf(element));
  }
  const links = new Map(
    scope.nodes.flatMap((element) => {
      const event = eventOf(element);
      return kindOf(element) === 'catch' && event?.kind === 'link'
        ? [[event.definition.attribute('name')?.value ?? '', element] as const]
        : [];
    }),
  );
  const starts: string[] = [];
  for (const element of scope.nodes) {
    const id = idOf(element);
    const onError = caught.get(id);
    const more = { canFail: true, ...(onError ? { onError } : {}) };
    const kind = kindOf(element);
    if (kind === 'start') starts.push(id);
    // A task with nothing before it begins at once (13.3.2); one for compensation is called by its boundary event.
    else if (kind !== 'boundary' && scope.into(id).length === 0 && !links.has(nameOfLink(element))) {
      if (isTrue(element, 'isForCompensation') || isTrue(element, 'triggeredByEvent'))
        into.triggers.push(entryOf(element));
      else if (container.name === 'adHocSubProcess' || !scope.nodes.some((node) => kindOf(node) === 'start'))
        starts.push(id);
    }
    if (kind === 'container') {
      const behind = `${id} ⇥`;
      const inner = collect(element, names, into, [...inside, id], behind);
      const label = nameOf(element);
      into.steps.push(
        {
          id,
          ...(label === undefined ? {} : { label }),
          place: element.place,
          ...(inside.length > 0 ? { inside } : {}),
          mayHandleErrors: true,
          ...more,
          kind: 'custom',
          action: named(element.name, element.place),
          effect: 'none',
          reads: [],
          ways: inner.map((to) => ({ to, place: element.place })),
          // Whatever becomes of its inside, it ends some day.
          next: { to: behind, place: element.place },
        },
        ...behindOf(element, behind, making),
      );
      continue;
    }
    const link = eventOf(element);
    const target =
      kind === 'throw' && link?.kind === 'link' ? links.get(link.definition.attribute('name')?.value ?? '') : undefined;
    for (const step of stepsOf(element, making, more)) {
      into.steps.push(target ? { ...step, next: { to: idOf(target), place: element.place, jump: true } } : step);
    }
  }
  return starts;
};

const nameOfLink = (element: XmlElement): string => {
  const event = eventOf(element);
  return kindOf(element) === 'catch' && event?.kind === 'link'
    ? (event.definition.attribute('name')?.value ?? '')
    : '\0';
};

const processOf = (element: XmlElement, names: Names): Workflow => {
  const collected: Collected = { steps: [], triggers: [], unknown: [] };
  const starts = new Set(collect(element, names, collected, []));
  const label = nameOf(element);
  const description = element.textOf('documentation');
  const triggers: Trigger[] = element.children.flatMap((child) =>
    starts.has(idOf(child)) && kindOf(child) !== undefined
      ? [kindOf(child) === 'start' ? triggerOf(child, names) : entryOf(child)]
      : [],
  );
  // One id twice in a file is one step for every edge.
  const steps = [...new Map(collected.steps.map((step) => [step.id, step])).values()];
  return workflowWith({
    id: idOf(element),
    ...(label === undefined ? {} : { label: { en: label, ja: label } }),
    format: 'BP',
    kind: triggers.some(({ on }) => on === 'schedule')
      ? 'scheduled'
      : triggers.some(({ on }) => on === 'event')
        ? 'event'
        : 'manual',
    triggers: [...triggers, ...collected.triggers],
    steps,
    ...(description === undefined || description === '' ? {} : { description }),
    unknown: collected.unknown,
    place: element.place,
  });
};

/** Every process of a file that has something in it; a pool that is drawn as a closed box has none. */
export const processesOf = (root: XmlElement): readonly Workflow[] => {
  const byId = new Map(
    ['message', 'signal', 'error', 'escalation'].flatMap((name) =>
      root.all(name).map((element) => [idOf(element), nameOf(element) ?? idOf(element)] as const),
    ),
  );
  const names: Names = (id) => byId.get(id) ?? id;
  return root
    .all('process')
    .filter((element) => element.children.some((child) => kindOf(child) !== undefined))
    .map((element) => processOf(element, names));
};
