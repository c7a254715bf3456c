import type { Condition, Conditions, Test } from '../../model/workflow/condition.ts';
import type { Step } from '../../model/workflow/step.ts';
import type { Path } from '../../model/workflow/value.ts';
import type { Workflow } from '../../model/workflow/workflow.ts';
import { partsOf, pathsOf } from './values.ts';

/** Every comparison in it, under `not` and `any` too. */
export function* conditionTests(condition: Condition): Generator<Test> {
  for (const one of partsOf(condition)) if (one.kind === 'test') yield one;
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
  for (const one of partsOf(condition)) {
    if (one.kind === 'opaque') yield* one.reads;
    else if (one.kind === 'test') {
      yield* pathsOf(one.left);
      if (one.right) yield* pathsOf(one.right);
    }
  }
}

/** A set of conditions where it stands; plain names in it belong to `candidate`, else to the trigger record. */
export interface Placed {
  readonly conditions: Conditions;
  readonly step?: string;
  readonly candidate?: string;
}

/** The conditions that a step holds. */
export const stepConditions = (step: Step): readonly Placed[] => {
  const at = (conditions: Conditions | undefined, candidate?: string): readonly Placed[] =>
    conditions ? [{ conditions, step: step.id, ...(candidate === undefined ? {} : { candidate }) }] : [];
  switch (step.kind) {
    case 'decision':
      return step.branches.flatMap(({ when }) => at(when));
    case 'find':
      return at(step.where, step.object.name);
    case 'update':
    case 'delete':
      return step.target.kind === 'query' ? at(step.target.where, step.target.object.name) : [];
    case 'wait':
      return [
        ...at(step.until.kind === 'condition' ? step.until.conditions : undefined),
        ...(step.events ?? []).flatMap(({ when }) => at(when)),
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
