import type { Named, Place } from '../../model/workflow/place.ts';
import type { Act, Branch, Edge, Step } from '../../model/workflow/step.ts';
import { conditionsOf, named, opaqueCondition } from '../build.ts';
import { placeOf, placeOfKey } from '../source/json-places.ts';
import { isRecord, itemsOf, member, membersOf, numberOf, textOf } from '../source/json-read.ts';
import type { JsonValue } from '../source/json-value.ts';
import { type Around, actOf } from './acts.ts';
import { conditionFrom } from './condition.ts';
import { readsIn, valueFrom } from './expression.ts';

interface Building {
  readonly around: Around;
  readonly steps: Step[];
  readonly unknown: Named[];
}

/** Where the actions of a scope go on: behind the scope, and when they fail. */
interface Onward {
  readonly next: Edge | undefined;
  readonly failed: Edge | undefined;
  readonly inside: readonly string[];
}

interface Successor {
  readonly action: JsonValue;
  readonly place: Place;
}

const nameOf = (action: JsonValue): string => String(action.key);

/** One way, or several at once by a step of its own. */
const towards = (
  id: string,
  targets: readonly Successor[],
  building: Building,
  { inside }: Onward,
): Edge | undefined => {
  const [first] = targets;
  if (!first) return undefined;
  if (targets.length === 1) return { to: nameOf(first.action), place: first.place };
  building.steps.push({
    id,
    place: first.place,
    canFail: false,
    mayHandleErrors: false,
    ...(inside.length > 0 ? { inside } : {}),
    kind: 'split',
    ways: targets.map(({ action, place }) => ({ to: nameOf(action), place })),
  });
  return { to: id, place: first.place };
};

const statusesOf = (after: JsonValue): readonly string[] =>
  itemsOf(after).flatMap((status) => textOf(status)?.toLowerCase() ?? []);

/** The actions of one scope: what follows what, by `runAfter`. */
const follow = (
  actions: readonly JsonValue[],
): {
  readonly first: readonly Successor[];
  readonly good: ReadonlyMap<string, readonly Successor[]>;
  readonly bad: ReadonlyMap<string, readonly Successor[]>;
} => {
  const good = new Map<string, Successor[]>();
  const bad = new Map<string, Successor[]>();
  const first: Successor[] = [];
  const add = (map: Map<string, Successor[]>, key: string, successor: Successor): void => {
    const own = map.get(key);
    if (own) own.push(successor);
    else map.set(key, [successor]);
  };
  for (const action of actions) {
    const after = membersOf(member(action, 'runAfter'));
    if (after.length === 0) first.push({ action, place: placeOfKey(action) });
    for (const [name, value] of after) {
      const statuses = statusesOf(value);
      const successor = { action, place: placeOfKey(value) };
      if (statuses.length === 0 || statuses.includes('succeeded')) add(good, name, successor);
      if (statuses.some((status) => status !== 'succeeded')) add(bad, name, successor);
    }
  }
  return { first, good, bad };
};

const deepest = 30;

/** Puts the actions of a scope together and tells where it begins. */
const scope = (holder: JsonValue | undefined, id: string, building: Building, onward: Onward): Edge | undefined => {
  const actions = membersOf(holder)
    .map(([, action]) => action)
    .filter(isRecord);
  const { first, good, bad } = follow(actions);
  for (const action of actions) {
    const name = nameOf(action);
    const next = towards(`${name} (next)`, good.get(name) ?? [], building, onward) ?? onward.next;
    const own = towards(`${name} (failed)`, bad.get(name) ?? [], building, onward);
    one(action, building, { ...onward, next, failed: own ?? onward.failed });
  }
  // Actions that all wait for one another begin nowhere.
  return towards(`${id} (start)`, first, building, onward) ?? onward.next;
};

const one = (action: JsonValue, building: Building, onward: Onward): void => {
  const id = nameOf(action);
  const place = placeOfKey(action);
  const made = nested(action, id, building, onward) ?? plain(action, building, place);
  const retries = numberOf(member(action, 'inputs', 'retryPolicy', 'count'));
  const ends = made.kind === 'stop' || made.kind === 'fail';
  const fallible =
    made.kind !== 'let' && made.kind !== 'wait' && made.kind !== 'decision' && made.kind !== 'loop' && !ends;
  const description = textOf(member(action, 'description'));
  // Every way of a decision is written out, and a scope is entered, not passed by.
  const next = made.kind === 'decision' || ends ? undefined : (entered(made) ?? onward.next);
  building.steps.push({
    id,
    label: id.replaceAll('_', ' '),
    ...(description === undefined ? {} : { description }),
    place,
    ...(onward.inside.length > 0 ? { inside: onward.inside } : {}),
    ...(next ? { next } : {}),
    ...(onward.failed && !ends ? { onError: onward.failed } : {}),
    canFail: fallible && !(made.kind === 'custom' && made.effect === 'none'),
    mayHandleErrors: !ends,
    ...(retries === undefined ? {} : { retries }),
    ...(made.kind === 'custom'
      ? { kind: made.kind, action: made.action, effect: made.effect, reads: made.reads }
      : made),
  });
};

const entered = (act: Act): Edge | undefined => (act.kind === 'custom' ? act.ways?.[0] : undefined);

const plain = (action: JsonValue, building: Building, place: Place): Act => {
  const act = actOf(action, building.around, place);
  if (act) return act;
  const type = named(
    textOf(member(action, 'type')) ?? '',
    member(action, 'type') ? placeOf(member(action, 'type') ?? action) : place,
  );
  building.unknown.push(type);
  return { kind: 'custom', action: type, effect: 'opaque', reads: readsIn(action, building.around.names) };
};

const end = (place: Place): Edge => ({ place });

/** If, Switch, Foreach, Until and Scope hold actions of their own. */
const nested = (action: JsonValue, id: string, building: Building, onward: Onward): Act | undefined => {
  const place = placeOfKey(action);
  const { names } = building.around;
  const inside = [...onward.inside, id];
  if (inside.length > deepest) return undefined;
  const within: Onward = { ...onward, inside };
  switch (textOf(member(action, 'type'))) {
    case 'If': {
      const expression = member(action, 'expression');
      const condition = expression ? conditionFrom(expression, names) : opaqueCondition('', place);
      const yes = scope(member(action, 'actions'), `${id} (yes)`, building, within) ?? end(place);
      const no = scope(member(action, 'else', 'actions'), `${id} (no)`, building, within) ?? end(place);
      const branch: Branch = {
        when: conditionsOf(condition),
        edge: yes,
        place: expression ? placeOf(expression) : place,
      };
      return { kind: 'decision', takes: 'first', branches: [branch], otherwise: no, hasDefault: true };
    }
    case 'Switch': {
      const expression = member(action, 'expression');
      const left = expression ? valueFrom(expression, names) : undefined;
      const branches = membersOf(member(action, 'cases')).map(([name, item]): Branch => {
        const value = member(item, 'case');
        const edge = scope(member(item, 'actions'), `${id} (${name})`, building, within) ?? end(placeOf(item));
        const at = value ? placeOf(value) : placeOfKey(item);
        const when =
          left && value
            ? ({ kind: 'test', left, op: 'eq', right: valueFrom(value, names), place: at } as const)
            : opaqueCondition('', at);
        return { name, when: conditionsOf(when), edge, place: at };
      });
      const otherwise = scope(member(action, 'default', 'actions'), `${id} (default)`, building, within) ?? end(place);
      return {
        kind: 'decision',
        takes: 'first',
        branches,
        otherwise,
        hasDefault: member(action, 'default') !== undefined,
      };
    }
    case 'Foreach':
    case 'Until': {
      const over = member(action, 'foreach');
      const back: Edge = { to: id, place };
      const body = scope(member(action, 'actions'), `${id} (body)`, building, { ...within, next: back }) ?? back;
      return { kind: 'loop', ...(over ? { over: valueFrom(over, names) } : {}), body };
    }
    case 'Scope': {
      const start = scope(member(action, 'actions'), `${id} (start)`, building, within);
      return { kind: 'custom', action: named('Scope', place), effect: 'none', reads: [], ways: start ? [start] : [] };
    }
    default:
      return undefined;
  }
};

/** All actions of a flow as steps, and where it begins. */
export const stepsOf = (
  actions: JsonValue | undefined,
  around: Around,
): { readonly steps: readonly Step[]; readonly unknown: readonly Named[]; readonly first: Edge | undefined } => {
  const building: Building = { around, steps: [], unknown: [] };
  const first = scope(actions, 'flow', building, { next: undefined, failed: undefined, inside: [] });
  const seen = new Set<string>();
  // Names are unique in a flow; one that is not would be two steps in one.
  const steps = building.steps.filter(({ id }) => !seen.has(id) && seen.add(id));
  return { steps, unknown: building.unknown, first };
};

/** Every action by its name, however deep. */
export const actionNames = (actions: JsonValue | undefined): readonly string[] => {
  const names: string[] = [];
  const todo: (JsonValue | undefined)[] = [actions];
  for (let holder = todo.pop(); holder !== undefined || todo.length > 0; holder = todo.pop()) {
    for (const [name, action] of membersOf(holder)) {
      names.push(name);
      todo.push(member(action, 'actions'), member(action, 'else', 'actions'), member(action, 'default', 'actions'));
      for (const [, item] of membersOf(member(action, 'cases'))) todo.push(member(item, 'actions'));
    }
  }
  return names;
};
