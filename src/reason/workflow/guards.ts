import { rememberFor } from '../../model/remember.ts';
import type { Condition, Test } from '../../model/workflow/condition.ts';
import type { Place } from '../../model/workflow/place.ts';
import type { Assignment, Step } from '../../model/workflow/step.ts';
import type { Path, Value } from '../../model/workflow/value.ts';
import type { Trigger, Workflow } from '../../model/workflow/workflow.ts';
import type { Way } from './edges.ts';
import { graphOf } from './graph.ts';
import { conditionPaths, conditionTests } from './reads.ts';
import { holderOf, setBy } from './variables.ts';

/** Something that certainly holds (or does not) when a step runs. */
export interface Guard {
  readonly condition: Condition;
  readonly holds: boolean;
  readonly from:
    | { readonly kind: 'entry'; readonly trigger: number }
    | { readonly kind: 'decision'; readonly step: string; readonly branch: number }
    /** A step wrote it, or waited for it. */
    | { readonly kind: 'step'; readonly step: string };
}

interface Fact extends Guard {
  readonly paths: readonly Path[];
  readonly timed: boolean;
}

/** Its parts that hold, or do not, one by one: so that a write kills only what it touches. What is not understood says nothing. */
function* partsOf(condition: Condition, holds: boolean): Generator<{ condition: Condition; holds: boolean }> {
  const todo = [{ condition, holds }];
  for (let one = todo.pop(); one; one = todo.pop()) {
    const { condition: part, holds: held } = one;
    if (part.kind === 'not') todo.push({ condition: part.of, holds: !held });
    else if ((part.kind === 'all' && held) || (part.kind === 'any' && !held))
      todo.push(...part.of.toReversed().map((of) => ({ condition: of, holds: held })));
    else if (part.kind !== 'opaque') yield { condition: part, holds: held };
  }
}

const usesClock = (value: Value | undefined): boolean =>
  value !== undefined &&
  (value.kind === 'moment' ||
    value.kind === 'formula' ||
    value.kind === 'opaque' ||
    (value.kind === 'list' && value.values.some(usesClock)));

const isTimed = (condition: Condition): boolean =>
  [...conditionTests(condition)].some(({ left, right }) => usesClock(left) || usesClock(right));

const equals = (path: Path, value: Value, place: Place): Test | undefined => {
  const left: Value = { kind: 'path', path, place };
  if (value.kind !== 'literal') return undefined;
  if (value.value === null || value.value === '') return { kind: 'test', left, op: 'empty', place };
  return { kind: 'test', left, op: 'eq', right: value, place };
};

/** What a step certainly leaves behind. */
const leaves = (step: Step, workflow: Workflow): readonly Test[] => {
  const found = (tests: readonly (Test | undefined)[]): readonly Test[] => tests.filter((test) => test !== undefined);
  if (step.kind === 'let') {
    return found(
      step.assigns.map(({ to, how, value, place }) => (how === 'set' ? equals(to, value, place) : undefined)),
    );
  }
  // Elsewhere the record that a run holds need not follow what it stores.
  const own = step.kind === 'update' && workflow.format === 'NY' && step.target.kind === 'trigger';
  if (!own) return [];
  return found(
    step.set.map(({ field, value, place }) =>
      equals(
        { root: { kind: 'record' }, segments: field.name.split('.'), text: field.name, place: field.place },
        value,
        place,
      ),
    ),
  );
};

/** More than this is not followed: the work grows with steps times facts. */
const maximumFacts = 2000;
const maximumWork = 1_000_000;

const folded = (name: string): string => name.toLowerCase();

/** What a step may change: fields by name on any record, things that hold values, or all of a sort. */
interface Kills {
  readonly fields?: ReadonlySet<string>;
  readonly holders?: ReadonlySet<string>;
  /** Items of this loop. */
  readonly loop?: string;
  /** `pause`: what is stored, and the time; plain variables outlive it. */
  readonly what?: 'stored' | 'pause' | 'everything';
}

const fieldsOf = (set: readonly Assignment[]): ReadonlySet<string> =>
  new Set(set.flatMap(({ field }) => field.name.split('.').map(folded)));

const killsOf = (step: Step): Kills => {
  const holders = new Set([...setBy(step), ...(step.sets ?? []).flatMap((path) => holderOf(path) ?? [])]);
  switch (step.kind) {
    case 'update':
      return step.more ? { holders, what: 'stored' } : { holders, fields: fieldsOf(step.set) };
    case 'assign':
      return { holders, what: 'stored' };
    case 'let':
      return {
        holders,
        fields: new Set(step.assigns.flatMap(({ to }) => to.segments.map(folded))),
      };
    case 'call':
    case 'delete':
      return { holders, what: 'stored' };
    case 'wait':
    case 'approval':
      return { holders, what: 'pause' };
    case 'screen':
      return { what: 'everything' };
    case 'code':
      return step.complete ? { holders, fields: fieldsOf(step.writes) } : { what: 'everything' };
    case 'custom':
      return step.effect === 'opaque' ? { what: 'everything' } : { holders };
    case 'loop':
      return { holders, loop: step.id };
    default:
      return { holders };
  }
};

const isKilled = ({ paths, timed }: Fact, { fields, holders, loop, what }: Kills): boolean => {
  if (what === 'everything') return paths.some(({ root }) => root.kind !== 'input' && root.kind !== 'user') || timed;
  if (what === 'pause' && timed) return true;
  return paths.some((path) => {
    const { root, segments } = path;
    if (
      what === 'pause' &&
      root.kind !== 'input' &&
      root.kind !== 'user' &&
      (root.kind !== 'variable' || segments.length > 0)
    )
      return true;
    if (root.kind === 'prior') return false;
    if (loop !== undefined && root.kind === 'item' && (root.loop === undefined || root.loop === loop)) return true;
    const holder = holderOf(path);
    if (holder !== undefined && holders?.has(holder)) return true;
    if (what === 'stored' && segments.length > 0) return root.kind !== 'input' && root.kind !== 'system';
    return fields !== undefined && segments.some((segment) => fields.has(folded(segment)));
  });
};

/** That one of the watched fields has changed: known of a run that an update started. */
export const watchedChange = ({ on, watch, place }: Trigger): Condition | undefined => {
  if (on !== 'update' || !watch || watch.length === 0) return undefined;
  const changes = watch.map(({ name, place: at }): Test => {
    const path: Path = { root: { kind: 'record' }, segments: name.split('.'), text: name, place: at };
    return { kind: 'test', left: { kind: 'path', path, place: at }, op: 'changed', place: at };
  });
  return { kind: 'any', of: changes, place };
};

const compute = (workflow: Workflow): ReadonlyMap<string, readonly Guard[]> => {
  const graph = graphOf(workflow);
  const facts: Fact[] = [];
  const known = new Map<Condition, Map<string, bigint>>();
  /** The same parts of the same condition, from the same place, are the same facts. */
  const bitsOf = (condition: Condition, holds: boolean, from: Guard['from']): bigint => {
    const name = `${holds} ${from.kind === 'entry' ? '' : from.step}`;
    const before = known.get(condition)?.get(name);
    if (before !== undefined) return before;
    let bits = 0n;
    for (const part of partsOf(condition, holds)) {
      if (facts.length >= maximumFacts) break;
      bits |= 1n << BigInt(facts.length);
      const paths = [...conditionPaths(part.condition)];
      facts.push({ ...part, from, paths, timed: isTimed(part.condition) });
    }
    const names = known.get(condition) ?? new Map<string, bigint>();
    names.set(name, bits);
    known.set(condition, names);
    return bits;
  };

  /** By decision: that none of the first branches holds. */
  const denied = new Map<string, bigint[]>();
  const gained = (step: Step, way: Way): bigint => {
    const from = { kind: 'step', step: step.id } as const;
    if (way.kind === 'error') return 0n;
    if (step.kind === 'decision') {
      const branch = (at: number, holds: boolean): bigint => {
        const when = step.branches[at]?.when;
        return when ? bitsOf(when.condition, holds, { kind: 'decision', step: step.id, branch: at }) : 0n;
      };
      const before = (until: number): bigint => {
        const known = denied.get(step.id) ?? [0n];
        denied.set(step.id, known);
        for (let at = known.length - 1; at < until; at += 1) known.push((known[at] ?? 0n) | branch(at, false));
        return known[until] ?? 0n;
      };
      if (way.kind === 'branch' && way.branch !== undefined)
        return branch(way.branch, true) | (step.takes === 'first' ? before(way.branch) : 0n);
      const rest = way.kind === 'default' || (way.kind === 'next' && !step.otherwise && step.takes === 'first');
      return rest ? before(step.branches.length) : 0n;
    }
    if (step.kind === 'wait' && way.kind === 'next' && step.until.kind === 'condition') {
      const timesOut = step.timeout !== undefined && !step.late;
      return timesOut ? 0n : bitsOf(step.until.conditions.condition, true, from);
    }
    return leaves(step, workflow).reduce((bits, test) => bits | bitsOf(test, true, from), 0n);
  };

  const entryBits = (trigger: number | undefined): bigint => {
    const at = trigger === undefined ? undefined : workflow.triggers[trigger];
    if (!at || trigger === undefined) return 0n;
    const from = { kind: 'entry', trigger } as const;
    const change = watchedChange(at);
    return (at.when ? bitsOf(at.when.condition, true, from) : 0n) | (change ? bitsOf(change, true, from) : 0n);
  };

  // All facts first, so that "everything holds" (not yet visited) is known to be the top.
  const entries = graph.entries.map(({ step, trigger }) => ({ step, bits: entryBits(trigger) }));
  const ways = new Map(
    workflow.steps.map((step) => [
      step.id,
      { step, out: graph.ways(step.id).map((way) => ({ to: way.to, bits: gained(step, way) })) },
    ]),
  );
  if (workflow.steps.length * facts.length > maximumWork) return new Map();
  const killed = new Map<string, bigint>();
  const everything = (1n << BigInt(facts.length)) - 1n;
  const spokenOf = new Set(facts.flatMap(({ paths }) => paths.flatMap((path) => holderOf(path) ?? [])));
  const keptBy = (step: Step): bigint => {
    let bits = killed.get(step.id);
    if (bits === undefined) {
      const kills = killsOf(step);
      const touchesNothing =
        kills.what === undefined &&
        kills.fields === undefined &&
        kills.loop === undefined &&
        ![...(kills.holders ?? [])].some((holder) => spokenOf.has(holder));
      if (touchesNothing) return everything;
      bits = facts.reduce((all, fact, at) => (isKilled(fact, kills) ? all : all | (1n << BigInt(at))), 0n);
      killed.set(step.id, bits);
    }
    return bits;
  };

  const holding = new Map<string, bigint>();
  const todo: string[] = [];
  const arrive = (step: string, bits: bigint): void => {
    const before = holding.get(step);
    const after = before === undefined ? bits : before & bits;
    if (after === before) return;
    holding.set(step, after);
    todo.push(step);
  };
  for (const { step, bits } of entries) arrive(step, bits);
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    const at = ways.get(id);
    const bits = holding.get(id);
    if (!at || bits === undefined) continue;
    const kept = bits & keptBy(at.step);
    for (const { to, bits: more } of at.out) arrive(to, kept | more);
  }
  return new Map(
    [...holding].map(([step, bits]) => [step, facts.filter((_, at) => (bits & (1n << BigInt(at))) !== 0n)]),
  );
};

const guardsIn: (workflow: Workflow) => ReadonlyMap<string, readonly Guard[]> = rememberFor(compute);

/**
 * What certainly holds when a run comes to a step: entry conditions, decisions taken, what was written, on every way to it; not what a write
 * or a pause in between may have changed. Empty for steps that no run comes to.
 */
export const guardsOf = (workflow: Workflow, step: string): readonly Guard[] => guardsIn(workflow).get(step) ?? [];
