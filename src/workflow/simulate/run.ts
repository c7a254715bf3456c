import type { Trigger, Workflow } from '../../model/workflow/workflow.ts';
import type { Held, Row, Unknown, Value } from './held.ts';
import { evaluate } from './read.ts';
import type { Run, Runner, Sandbox, Saving } from './sandbox.ts';

/** A run of a workflow before its first step, with the defaults of its variables. */
export const newRun = (
  box: Sandbox,
  workflow: Workflow,
  given: {
    readonly trigger?: Trigger;
    readonly runner: Runner;
    readonly record?: Held;
    readonly prior?: Row | Unknown;
    readonly isNew?: boolean;
    readonly saving?: Saving;
    readonly inputs?: ReadonlyMap<string, Value>;
    readonly chain: readonly string[];
    readonly inside?: boolean;
  },
): Run => {
  const run: Run = {
    workflow,
    runner: given.runner,
    ...(given.trigger ? { trigger: given.trigger } : {}),
    ...(given.record ? { record: given.record } : {}),
    ...(given.prior ? { prior: given.prior } : {}),
    ...(given.saving ? { saving: given.saving } : {}),
    isNew: given.isNew === true,
    inputs: given.inputs ?? new Map(),
    variables: new Map(),
    results: new Map(),
    loops: new Map(),
    visits: new Map(),
    skipped: new Set(),
    computing: new Set(),
    handling: false,
    chain: [...given.chain, workflow.id],
    inside: given.inside === true,
  };
  for (const variable of workflow.variables) {
    const input = variable.input ? run.inputs.get(variable.name) : undefined;
    if (input !== undefined) run.variables.set(variable.name, input);
    else if (variable.default && !variable.constant)
      run.variables.set(variable.name, evaluate(variable.default, { box, run }));
    else if (variable.list) run.variables.set(variable.name, []);
  }
  return run;
};
