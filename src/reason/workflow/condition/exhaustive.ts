import type { Condition } from '../../../model/workflow/condition.ts';
import type { Choice, Field } from '../../../model/workflow/schema.ts';
import type { StepOf } from '../../../model/workflow/step.ts';
import type { Path, Value } from '../../../model/workflow/value.ts';
import { guardsOf } from '../guards.ts';
import { resolve } from '../resolve.ts';
import { choiceFit } from './choice.ts';
import { type Goal, impossible } from './satisfy.ts';
import { literalsOf, rightsOf } from './sites.ts';
import { keyOf, type Where } from './where.ts';

type Decision = StepOf<'decision'>;

/** A decision that parts the values of one choice field, and nothing else. */
export interface ChoiceSplit {
  readonly path: Path;
  readonly field: Field;
  readonly object: string;
  readonly covered: readonly Choice[];
  /** Active choices for which there is no branch and which may still come here. */
  readonly missing: readonly Choice[];
}

/** Choices times guards. */
const maximumWork = 5000;

/** The tests of which one is enough, when the condition is nothing but equality tests. */
const equalities = (
  condition: Condition,
): readonly { readonly path: Path; readonly test: Extract<Condition, { kind: 'test' }> }[] | undefined => {
  const parts =
    condition.kind === 'any' || (condition.kind === 'all' && condition.of.length === 1) ? condition.of : [condition];
  const result = parts.map((part) =>
    part.kind === 'test' && part.left.kind === 'path' && (part.op === 'eq' || part.op === 'in')
      ? { path: part.left.path, test: part }
      : undefined,
  );
  return result.every((one) => one !== undefined) ? result : undefined;
};

/** How a decision parts a choice field; undefined for any other decision, and where the choices are not all known. */
export const choiceSplitOf = (step: Decision, where: Where): ChoiceSplit | undefined => {
  const { workflow, schema } = where;
  const tests = step.branches.map(({ when }) => equalities(when.condition));
  const all = tests.flatMap((one) => one ?? []);
  const [first] = all;
  if (!first || tests.some((one) => one === undefined)) return undefined;
  const key = keyOf(first.path, where);
  if (all.some(({ path }) => keyOf(path, where) !== key)) return undefined;
  const leads = resolve(first.path, workflow, schema, where.candidate);
  if (leads.kind !== 'field' || leads.field.type !== 'picklist' || !leads.field.restricted) return undefined;
  const { field, object } = leads;
  const choices = field.choices ?? [];
  const covered = new Set<Choice>();
  for (const { test } of all) {
    if (literalsOf(test).length < rightsOf(test).length) return undefined;
    for (const { value } of literalsOf(test)) {
      const fit = choiceFit(String(value), choices, workflow.format);
      // A value that is none of them is said elsewhere; which one it was meant to be is open.
      if (fit.kind !== 'known') return undefined;
      covered.add(fit.choice);
    }
  }
  const guards = guardsOf(workflow, step.id).map(({ condition, holds }): Goal => ({ condition, holds, where }));
  if (choices.length * guards.length > maximumWork) return undefined;
  const missing = choices.filter((choice) => {
    if (!choice.active || choice.recordTypes || covered.has(choice)) return false;
    if (guards.length === 0) return true;
    const { path } = first;
    const left: Value = { kind: 'path', path, place: path.place };
    const right: Value = { kind: 'literal', value: choice.value, place: path.place };
    const is: Condition = { kind: 'test', left, op: 'eq', right, place: path.place };
    return !impossible([...guards, { condition: is, holds: true, where }]);
  });
  return { path: first.path, field, object: object.name, covered: [...covered], missing };
};
