import { rememberFor } from '../../model/remember.ts';
import type { Step } from '../../model/workflow/step.ts';
import type { Path } from '../../model/workflow/value.ts';
import type { Variable, Workflow } from '../../model/workflow/workflow.ts';
import { graphOf } from './graph.ts';

/** A thing that holds a value while a workflow runs: a variable, or what a step gives. `variable:total`, `step:find-contact` */
export type Holder = string;

export const holderOf = ({ root }: Path): Holder | undefined => {
  if (root.kind === 'variable') return `variable:${root.name}`;
  return root.kind === 'step' ? `step:${root.step}` : undefined;
};

/** What certainly has a value once the step is done. */
export const setBy = (step: Step): readonly Holder[] => {
  const holders: Holder[] = [`step:${step.id}`];
  const add = (path: Path | undefined): void => {
    const holder = path && holderOf(path);
    if (holder !== undefined) holders.push(holder);
  };
  if (step.kind === 'let') for (const { to } of step.assigns) add(to);
  if (step.kind === 'find') add(step.into);
  if (step.kind === 'call') for (const { to } of step.outputs ?? []) add(to);
  // A record that was made from a variable has its id there.
  if (step.kind === 'create') add(step.from);
  for (const path of step.sets ?? []) add(path);
  if (step.kind === 'screen') for (const { name } of step.fields) holders.push(`variable:${name}`);
  return holders;
};

export const variablesOf: (workflow: Workflow) => ReadonlyMap<string, Variable> = rememberFor(
  ({ variables }) => new Map(variables.map((variable) => [variable.name, variable])),
);

/** The steps that set each holder. */
const settersOf: (workflow: Workflow) => ReadonlyMap<Holder, readonly string[]> = rememberFor((workflow) => {
  const setters = new Map<Holder, string[]>();
  for (const step of workflow.steps) {
    for (const holder of setBy(step)) {
      const known = setters.get(holder);
      if (known) known.push(step.id);
      else setters.set(holder, [step.id]);
    }
  }
  return setters;
});

export const settersOfHolder = (workflow: Workflow, holder: Holder): readonly string[] =>
  settersOf(workflow).get(holder) ?? [];

/** More would cost too much; a workflow of this size and this many variables is judged without it. */
const maximumWork = 400_000;

const unsetIn: (workflow: Workflow) => (holder: Holder) => ReadonlySet<string> = rememberFor((workflow) => {
  const known = new Map<Holder, ReadonlySet<string>>();
  const graph = graphOf(workflow);
  let work = 0;
  return (holder) => {
    const found = known.get(holder);
    if (found) return found;
    const setters = new Set(settersOfHolder(workflow, holder));
    const unset = new Set<string>();
    const todo = graph.entries.map(({ step }) => step);
    for (let step = todo.pop(); step !== undefined && work < maximumWork; step = todo.pop()) {
      if (unset.has(step)) continue;
      unset.add(step);
      work += 1;
      // A step that fails has set nothing.
      for (const { to, kind } of graph.ways(step)) if (kind === 'error' || !setters.has(step)) todo.push(to);
    }
    const result = work < maximumWork ? unset : new Set<string>();
    known.set(holder, result);
    return result;
  };
});

/** Whether some run comes to the step before anything has set the holder. False for steps that no run comes to. */
export const mayBeUnset = (workflow: Workflow, holder: Holder, step: string): boolean =>
  unsetIn(workflow)(holder).has(step);
