import type { Condition } from '../../../model/workflow/condition.ts';
import { type Atom, type Demand, free } from './atom.ts';
import { demandOf } from './demand.ts';
import { isClear } from './domain.ts';
import { add, type Clash, type Clashing, copyOf, type Facts, noFacts, settle } from './facts.ts';
import { union } from './intervals.ts';
import type { Where } from './where.ts';

/** A condition that has to hold, or must not. */
export interface Goal {
  readonly condition: Condition;
  readonly holds: boolean;
  readonly where: Where;
}

/**
 * Whether some record meets all goals. `no` is certain; each clash is one alternative and the tests that exclude each other there. `yes` is
 * certain up to what the platform itself forbids. `unknown`: something is not understood, or there are too many alternatives.
 */
export type Possible =
  | { readonly kind: 'yes'; readonly facts: Facts }
  | { readonly kind: 'no'; readonly clashes: readonly Clash[] }
  | { readonly kind: 'unknown' };

/** Alternatives (clauses of the or-form) that are looked at. */
const maximumClauses = 256;
const maximumDepth = 100;
const maximumChoices = 100;
const maximumDemands = 5000;

/** Denials are moved down to the tests. */
const demands = (condition: Condition, holds: boolean, where: Where, depth: number): Demand => {
  if (depth > maximumDepth) return free;
  switch (condition.kind) {
    case 'test':
      return demandOf(condition, holds, where);
    case 'not':
      return demands(condition.of, !holds, where, depth + 1);
    case 'constant':
      return { kind: 'constant', value: condition.value === holds, sources: [] };
    case 'opaque':
      return free;
    case 'all':
    case 'any': {
      const of = condition.of.map((part) => demands(part, holds, where, depth + 1));
      return (condition.kind === 'all') === holds ? { kind: 'all', of } : joined(of);
    }
  }
};

type ValueAtom = Extract<Atom, { readonly kind: 'value' }>;

const valueAtom = (demand: Demand): ValueAtom | undefined =>
  demand.kind === 'atom' && demand.atom.kind === 'value' ? demand.atom : undefined;

const bothOr = (one: ValueAtom, other: ValueAtom): ValueAtom | undefined => {
  const { values: left } = one;
  const { values: right } = other;
  const either = (values: ValueAtom['values']): ValueAtom => ({
    ...one,
    values,
    empty: one.empty || other.empty,
    exact: one.exact && other.exact,
    sources: [...one.sources, ...other.sources],
  });
  if (left.kind === 'none') return either(right);
  if (right.kind === 'none') return either(left);
  if (left.kind === 'points' && right.kind === 'points' && left.axis === right.axis)
    return either({ ...left, within: union([left.within, right.within]) });
  if (left.kind === 'texts' && right.kind === 'texts') {
    if (left.texts.only && right.texts.only)
      return either({ kind: 'texts', texts: { only: true, of: new Set([...left.texts.of, ...right.texts.of]) } });
    if (one.letterCase === 'unknown') return undefined;
    const [but, plus] = left.texts.only ? [right.texts, left.texts] : [left.texts, right.texts];
    const of = [...but.of].filter((text) => plus.of.has(text) !== plus.only);
    return either({ kind: 'texts', texts: { only: false, of: new Set(of) } });
  }
  return undefined;
};

/** Alternatives for one path ("A or B or C") become one demand, so that long lists of values cost nothing. */
const joined = (of: readonly Demand[]): Demand => {
  const result: Demand[] = [];
  const places = new Map<string, number>();
  for (const demand of of) {
    const atom = valueAtom(demand);
    const at = atom && places.get(`${atom.key} ${atom.values.kind}`);
    const known = at === undefined ? undefined : result[at];
    const together = atom && known ? valueAtom(known) : undefined;
    const one = atom && together ? bothOr(together, atom) : undefined;
    if (one && at !== undefined) result[at] = { kind: 'atom', atom: one };
    else {
      if (atom) places.set(`${atom.key} ${atom.values.kind}`, result.length);
      result.push(demand);
    }
  }
  const [only] = result;
  return result.length === 1 && only ? only : { kind: 'any', of: result };
};

interface Search {
  clauses: number;
  demands: number;
  gaveUp: boolean;
  inexact: boolean;
  readonly clashes: Clashing[];
  found: Facts | undefined;
  /** Only "no" is asked for: one way that may be open is enough. */
  readonly onlyNo: boolean;
}

const walk = (search: Search, facts: Facts, todo: readonly Demand[], open: readonly (readonly Demand[])[]): void => {
  const choices = [...open];
  const stack = [...todo];
  const end = (clash: Clashing): void => {
    search.clauses += 1;
    search.clashes.push(clash);
  };
  for (let demand = stack.pop(); demand; demand = stack.pop()) {
    search.demands += 1;
    if (search.demands > maximumDemands) {
      search.gaveUp = true;
      return;
    }
    switch (demand.kind) {
      case 'free':
        facts.exact = false;
        break;
      case 'constant':
        if (!demand.value) {
          const { sources } = demand;
          end(() => sources);
          return;
        }
        break;
      case 'all':
        for (let at = demand.of.length - 1; at >= 0; at -= 1) {
          const part = demand.of[at];
          if (part) stack.push(part);
        }
        break;
      case 'any':
        choices.push(demand.of);
        break;
      case 'atom': {
        const clash = add(facts, demand.atom);
        if (clash) {
          end(clash);
          return;
        }
      }
    }
  }
  const clash = settle(facts);
  if (clash) {
    end(clash);
    return;
  }
  if (choices.length > maximumChoices) {
    search.gaveUp = true;
    return;
  }
  choices.sort((one, other) => one.length - other.length);
  const [choice, ...rest] = choices;
  if (!choice) {
    search.clauses += 1;
    if (facts.exact && [...facts.domains.values()].every(isClear)) search.found = facts;
    else {
      search.inexact = true;
      if (search.onlyNo) search.gaveUp = true;
    }
    return;
  }
  if (choice.length === 0) {
    end(() => []);
    return;
  }
  for (const alternative of choice) {
    if (search.found || search.gaveUp) return;
    if (search.clauses >= maximumClauses) {
      search.gaveUp = true;
      return;
    }
    walk(search, copyOf(facts), [alternative], rest);
  }
};

const keysOf = (demand: Demand, keys: Set<string>): Set<string> => {
  switch (demand.kind) {
    case 'atom':
      if (demand.atom.kind === 'relation') keys.add(demand.atom.left.key).add(demand.atom.right.key);
      else keys.add(demand.atom.key);
      break;
    case 'all':
    case 'any':
      for (const part of demand.of) keysOf(part, keys);
      break;
    case 'constant':
    case 'free':
  }
  return keys;
};

/** Demands that have nothing in common are looked at apart: alternatives then add up, and do not multiply. */
const apart = (demands: readonly Demand[]): readonly (readonly Demand[])[] => {
  const flat: Demand[] = [];
  const waiting = demands.toReversed();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.kind !== 'all') flat.push(next);
    else for (let at = next.of.length - 1; at >= 0; at -= 1) waiting.push(next.of[at] ?? free);
  }
  const groups: Set<Demand>[] = [];
  const groupOf = new Map<string, Set<Demand>>();
  const keysIn = new Map<Set<Demand>, string[]>();
  for (const demand of flat) {
    const keys = keysOf(demand, new Set());
    let own: Set<Demand> | undefined;
    for (const key of keys) {
      const other = groupOf.get(key);
      if (!other || other === own) continue;
      if (!own) {
        own = other;
        continue;
      }
      for (const one of other) own.add(one);
      for (const moved of keysIn.get(other) ?? []) {
        groupOf.set(moved, own);
        keysIn.get(own)?.push(moved);
      }
      other.clear();
    }
    if (!own) {
      own = new Set();
      groups.push(own);
      keysIn.set(own, []);
    }
    own.add(demand);
    for (const key of keys) {
      if (!groupOf.has(key)) keysIn.get(own)?.push(key);
      groupOf.set(key, own);
    }
  }
  // As they were written: what is told of a clash is told in that order.
  const order = new Map(flat.map((demand, at) => [demand, at]));
  return groups
    .filter(({ size }) => size > 0)
    .map((group) => [...group].toSorted((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0)));
};

const noWay = (clashes: readonly Clashing[]): Possible => {
  let known: readonly Clash[] | undefined;
  return {
    kind: 'no',
    get clashes() {
      known ??= clashes.map((clash) => clash());
      return known;
    },
  };
};

/** Whether all of it can be true at once. */
export const possible = (goals: readonly Goal[], onlyNo = false): Possible => {
  const filled = goals.find(({ where }) => where.filled !== undefined)?.where.filled ?? 'none';
  const all = goals.map(({ condition, holds, where }) => demands(condition, holds, where, 0));
  let together: Facts | undefined;
  let unsure = false;
  for (const group of apart(all)) {
    const search: Search = {
      onlyNo,
      clauses: 0,
      demands: 0,
      gaveUp: false,
      inexact: false,
      clashes: [],
      found: undefined,
    };
    // Read from the end.
    walk(search, noFacts(filled), group.toReversed(), []);
    if (search.found) together = together ? joinedFacts(together, search.found) : search.found;
    else if (search.gaveUp || search.inexact) unsure = true;
    else return noWay(search.clashes);
  }
  return unsure ? { kind: 'unknown' } : { kind: 'yes', facts: together ?? noFacts(filled) };
};

/** Of things that have nothing in common. */
const joinedFacts = (one: Facts, other: Facts): Facts => ({
  domains: new Map([...one.domains, ...other.domains]),
  relations: new Map([...one.relations, ...other.relations]),
  flags: new Map([...one.flags, ...other.flags]),
  filled: one.filled,
  exact: one.exact && other.exact,
});

/** Why it can never be true at once; undefined where it can, or where that is not known. Much cheaper than "possible". */
export const impossible = (goals: readonly Goal[]): Extract<Possible, { readonly kind: 'no' }> | undefined => {
  const found = possible(goals, true);
  return found.kind === 'no' ? found : undefined;
};

export const satisfiable = (condition: Condition, where: Where): Possible =>
  possible([{ condition, holds: true, where }]);

type Answer = 'yes' | 'no' | 'unknown';

const denied = ({ kind }: Possible): Answer => (kind === 'no' ? 'yes' : kind === 'yes' ? 'no' : 'unknown');

/** Whether it holds for every record. */
export const alwaysTrue = (condition: Condition, where: Where): Answer =>
  denied(possible([{ condition, holds: false, where }]));

/** Whether every record that meets the one meets the other. */
export const implies = (one: Condition, other: Condition, where: Where): Answer =>
  denied(
    possible([
      { condition: one, holds: true, where },
      { condition: other, holds: false, where },
    ]),
  );

/** Whether the conditions, of different workflows perhaps, can hold together for one record. */
export const compatible = (goals: readonly Omit<Goal, 'holds'>[]): Answer =>
  possible(goals.map((goal) => ({ ...goal, holds: true }))).kind;
