import type { Condition, Conditions, Test } from '../../model/workflow/condition.ts';
import type { Assignment, Party, Step } from '../../model/workflow/step.ts';
import type { Path, Value } from '../../model/workflow/value.ts';
import type { Workflow } from '../../model/workflow/workflow.ts';

/** The paths that a value is made from. */
export function* valuePaths(value: Value | undefined): Generator<Path> {
  const todo: (Value | string)[] = value ? [value] : [];
  for (let one = todo.pop(); one !== undefined; one = todo.pop()) {
    if (typeof one === 'string') continue;
    if (one.kind === 'path') yield one.path;
    else if (one.kind === 'list') todo.push(...one.values.toReversed());
    else if (one.kind === 'text') todo.push(...one.parts.toReversed());
    else if (one.kind === 'formula' || one.kind === 'opaque') yield* one.reads;
  }
}

/** Every part of a condition that is not made of others, in written order. */
export function* conditionLeaves(condition: Condition): Generator<Exclude<Condition, { kind: 'all' | 'any' | 'not' }>> {
  const todo: Condition[] = [condition];
  for (let one = todo.pop(); one; one = todo.pop()) {
    if (one.kind === 'all' || one.kind === 'any') todo.push(...one.of.toReversed());
    else if (one.kind === 'not') todo.push(one.of);
    else yield one;
  }
}

/** Every comparison in it, under `not` and `any` too. */
export function* conditionTests(condition: Condition): Generator<Test> {
  for (const one of conditionLeaves(condition)) if (one.kind === 'test') yield one;
}

/** What must hold for the whole to hold: the parts of nested `all`s. */
export function* conjuncts(condition: Condition): Generator<Exclude<Condition, { kind: 'all' }>> {
  const todo: Condition[] = [condition];
  for (let one = todo.pop(); one; one = todo.pop()) {
    if (one.kind === 'all') todo.push(...one.of.toReversed());
    else yield one;
  }
}

/** The paths that a condition reads. */
export function* conditionPaths(condition: Condition): Generator<Path> {
  for (const one of conditionLeaves(condition)) {
    if (one.kind === 'opaque') yield* one.reads;
    else if (one.kind === 'test') {
      yield* valuePaths(one.left);
      yield* valuePaths(one.right);
    }
  }
}

/** A set of conditions where it stands; plain names in it belong to `candidate`, else to the trigger record. */
export interface Placed {
  readonly conditions: Conditions;
  readonly candidate?: string;
}

/** The conditions that a step holds. */
export const stepConditions = (step: Step): readonly Placed[] => {
  switch (step.kind) {
    case 'decision':
      return step.branches.map(({ when }) => ({ conditions: when }));
    case 'find':
      return step.where ? [{ conditions: step.where, candidate: step.object.name }] : [];
    case 'update':
    case 'delete':
      return step.target.kind === 'query' && step.target.where
        ? [{ conditions: step.target.where, candidate: step.target.object.name }]
        : [];
    case 'wait':
      return [
        ...(step.until.kind === 'condition' ? [{ conditions: step.until.conditions }] : []),
        ...(step.events ?? []).flatMap(({ when }) => (when ? [{ conditions: when }] : [])),
      ];
    default:
      return [];
  }
};

/** All sets of conditions of a workflow: entry, steps, transitions. */
export const allConditions = (workflow: Workflow): readonly Placed[] => [
  ...workflow.triggers.flatMap(({ when }) => (when ? [{ conditions: when }] : [])),
  ...workflow.steps.flatMap(stepConditions),
  ...(workflow.transitions ?? []).flatMap(({ when }) => (when ? [{ conditions: when }] : [])),
];

const ofAssignments = (set: readonly Assignment[]): readonly Value[] => set.map(({ value }) => value);
const some = (...values: readonly (Value | undefined)[]): readonly Value[] =>
  values.filter((value) => value !== undefined);

/** The values that a step writes, sends or shows; not what its conditions compare. */
export const stepValues = (step: Step): readonly Value[] => {
  switch (step.kind) {
    case 'create':
    case 'update':
    case 'task':
      return ofAssignments(step.set);
    case 'mail':
      return some(step.subject, step.body);
    case 'notify':
      return some(step.message);
    case 'wait':
      return step.until.kind === 'date' ? [step.until.value] : [];
    case 'loop':
      return some(step.over);
    case 'let':
      return step.assigns.map(({ value }) => value);
    case 'call':
      return ofAssignments(step.inputs);
    case 'http':
      return some(step.url, step.body, ...ofAssignments(step.headers));
    case 'code':
      return ofAssignments(step.writes);
    case 'log':
    case 'fail':
      return some(step.text);
    case 'custom':
      return ofAssignments(step.parameters ?? []);
    default:
      return [];
  }
};

/** The people whom a step addresses. */
export const stepParties = (step: Step): readonly Party[] => {
  switch (step.kind) {
    case 'assign':
      return [step.to];
    case 'mail':
      return [...step.to, ...step.cc, ...step.bcc];
    case 'notify':
    case 'task':
      return step.to;
    case 'approval':
      return step.approvers;
    default:
      return [];
  }
};

/** Every path that a step reads: values, addressees, conditions, and what code and screens were seen to use. */
export function* stepReads(step: Step): Generator<Path> {
  for (const value of stepValues(step)) yield* valuePaths(value);
  for (const party of stepParties(step)) if (party.kind === 'path') yield party.path;
  for (const { conditions } of stepConditions(step)) yield* conditionPaths(conditions.condition);
  if (step.kind === 'create' && step.from) yield step.from;
  if ((step.kind === 'update' || step.kind === 'delete') && step.target.kind === 'path') yield step.target.path;
  if (step.kind === 'assign' && step.of) yield step.of;
  if (step.kind === 'mail' && step.about) yield step.about;
  if (step.kind === 'screen') yield* step.reads ?? [];
  if (step.kind === 'code' || step.kind === 'custom') yield* step.reads;
}
