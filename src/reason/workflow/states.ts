import { rememberFor } from '../../model/remember.ts';
import type { State, Transition, Workflow } from '../../model/workflow/workflow.ts';

/** The states of a process and where its actions lead. */
export interface StateGraph {
  readonly states: ReadonlyMap<string, State>;
  /** Actions that leave a state for one that exists. */
  readonly from: (state: string) => readonly Transition[];
  readonly next: (state: string) => readonly string[];
  /** States that a record can come to from a first one. Everything, where no state is marked as the first. */
  readonly reachable: ReadonlySet<string>;
}

const build = (workflow: Workflow): StateGraph => {
  const states = new Map((workflow.states ?? []).map((state) => [state.id, state]));
  const ways = new Map<string, Transition[]>();
  for (const transition of workflow.transitions ?? []) {
    if (!states.has(transition.from.name) || !states.has(transition.to.name)) continue;
    const known = ways.get(transition.from.name);
    if (known) known.push(transition);
    else ways.set(transition.from.name, [transition]);
  }
  const from = (state: string): readonly Transition[] => ways.get(state) ?? [];
  const next = (state: string): readonly string[] => from(state).map(({ to }) => to.name);
  const starts = [...states.values()].filter(({ start }) => start).map(({ id }) => id);
  const reachable = new Set<string>();
  const todo = starts.length > 0 ? starts : [...states.keys()];
  for (let state = todo.pop(); state !== undefined; state = todo.pop()) {
    if (reachable.has(state)) continue;
    reachable.add(state);
    todo.push(...next(state));
  }
  return { states, from, next, reachable };
};

/** The graph of the states of a workflow; computed once. */
export const statesOf: (workflow: Workflow) => StateGraph = rememberFor(build);

/** As it is shown to people, else its id. */
export const stateName = ({ id, label }: State): string => label ?? id;
