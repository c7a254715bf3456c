import type { Condition } from '../../model/workflow/condition.ts';
import type { Schema } from '../../model/workflow/schema.ts';
import type { Path } from '../../model/workflow/value.ts';
import type { Workflow } from '../../model/workflow/workflow.ts';
import { type Goal, possible } from './condition/satisfy.ts';
import { guardsOf } from './guards.ts';

/** What is known when a run comes to a step, as goals. */
const known = (workflow: Workflow, schema: Schema, step: string): readonly Goal[] =>
  guardsOf(workflow, step).map(({ condition, holds }) => ({
    condition,
    holds,
    where: { workflow, schema, filled: 'required' },
  }));

/** Whether it certainly holds (or certainly does not) each time a run comes to the step. False where no run can come to it. */
export const isCertainAt = (
  condition: Condition,
  holds: boolean,
  { workflow, schema, step }: { readonly workflow: Workflow; readonly schema: Schema; readonly step: string },
): boolean => {
  const goals = known(workflow, schema, step);
  const denial: Goal = { condition, holds: !holds, where: { workflow, schema, filled: 'required' } };
  return possible([...goals, denial]).kind === 'no' && possible(goals).kind !== 'no';
};

/** Whether a path certainly has a value at a step. */
export const isFilledAt = (
  path: Path,
  at: { readonly workflow: Workflow; readonly schema: Schema; readonly step: string },
): boolean => {
  const { place } = path;
  return isCertainAt({ kind: 'test', left: { kind: 'path', path, place }, op: 'empty', place }, false, at);
};
