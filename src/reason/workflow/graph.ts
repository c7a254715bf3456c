import { rememberFor } from '../../model/remember.ts';
import type { Step } from '../../model/workflow/step.ts';
import type { Workflow } from '../../model/workflow/workflow.ts';
import type { Way } from './edges.ts';
import { waysOf } from './edges.ts';

/** One place where a run may begin. */
export interface Entry {
  readonly step: string;
  /** Position of the trigger; absent: the error path of the whole workflow. */
  readonly trigger?: number;
}

/** The steps of one workflow and their ways, with what follows from them. All of it is computed when it is first asked for. */
export interface Graph {
  readonly steps: ReadonlyMap<string, Step>;
  readonly entries: readonly Entry[];
  /** Ways out that lead to a step that exists. */
  readonly ways: (step: string) => readonly (Way & { readonly to: string })[];
  readonly before: (step: string) => readonly string[];
  /** Steps that can be reached from these, themselves included; never through `without`. */
  readonly reach: (from: Iterable<string>, without?: ReadonlySet<string>) => ReadonlySet<string>;
  /** Reachable from any entry. */
  readonly reachable: ReadonlySet<string>;
  /** Every run that comes to `step` has been at `other`; a step dominates itself. False for unreachable ones. */
  readonly dominates: (other: string, step: string) => boolean;
  /** The steps that every run to it has been at, nearest first, itself included. */
  readonly dominators: (step: string) => readonly string[];
  /** The loops whose true body it is in: reachable from the first step of the body, and able to come back to the loop. */
  readonly loops: (step: string) => readonly string[];
  /** Reachable through an error path only. */
  readonly onErrorPath: (step: string) => boolean;
  /** A wait, an approval or a screen lies before it on some way. */
  readonly afterPause: (step: string) => boolean;
}

/** A wait, an approval, a screen: what follows runs in another transaction. */
export const pauses = ({ kind }: Step): boolean => kind === 'wait' || kind === 'approval' || kind === 'screen';

const lazy = <Result>(compute: () => Result): (() => Result) => {
  let known: { readonly result: Result } | undefined;
  return () => {
    known ??= { result: compute() };
    return known.result;
  };
};

const build = (workflow: Workflow): Graph => {
  const steps = new Map(workflow.steps.map((step) => [step.id, step]));
  const out = new Map<string, readonly (Way & { readonly to: string })[]>();
  const into = new Map<string, string[]>();
  for (const step of workflow.steps) {
    const ways = waysOf(step).flatMap((way) => {
      const { to } = way.edge;
      return to !== undefined && steps.has(to) ? [{ ...way, to }] : [];
    });
    out.set(step.id, ways);
    for (const { to } of ways) {
      const from = into.get(to);
      if (from) from.push(step.id);
      else into.set(to, [step.id]);
    }
  }
  const ways = (step: string) => out.get(step) ?? [];
  const before = (step: string) => into.get(step) ?? [];
  const entries: Entry[] = [];
  workflow.triggers.forEach(({ to }, trigger) => {
    if (to?.to !== undefined && steps.has(to.to)) entries.push({ step: to.to, trigger });
  });
  const mainEntries = entries.map(({ step }) => step);
  if (workflow.onError?.to !== undefined && steps.has(workflow.onError.to)) entries.push({ step: workflow.onError.to });

  const reach = (from: Iterable<string>, without: ReadonlySet<string> = new Set()): ReadonlySet<string> => {
    const seen = new Set<string>();
    const todo = [...from].filter((step) => !without.has(step));
    for (let step = todo.pop(); step !== undefined; step = todo.pop()) {
      if (seen.has(step)) continue;
      seen.add(step);
      for (const { to } of ways(step)) if (!seen.has(to) && !without.has(to)) todo.push(to);
    }
    return seen;
  };
  const reachable = lazy(() => reach(entries.map(({ step }) => step)));

  // Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm": reverse postorder until nothing changes. -1 is the entry of all.
  const dominance = lazy(() => {
    const order: string[] = [];
    const seen = new Set<string>();
    for (const { step: entry } of entries) {
      if (seen.has(entry)) continue;
      seen.add(entry);
      const stack = [{ step: entry, at: 0 }];
      for (let top = stack.at(-1); top; top = stack.at(-1)) {
        const way = ways(top.step)[top.at];
        top.at += 1;
        if (!way) {
          order.push(top.step);
          stack.pop();
        } else if (!seen.has(way.to)) {
          seen.add(way.to);
          stack.push({ step: way.to, at: 0 });
        }
      }
    }
    order.reverse();
    const at = new Map(order.map((step, index) => [step, index]));
    const starts = new Set(entries.map(({ step }) => step));
    const immediate = new Array<number | undefined>(order.length).fill(undefined);
    const meet = (one: number, other: number): number => {
      let left = one;
      let right = other;
      while (left !== right) {
        while (left > right) left = immediate[left] ?? -1;
        while (right > left) right = immediate[right] ?? -1;
      }
      return left;
    };
    for (let changed = true; changed; ) {
      changed = false;
      order.forEach((step, index) => {
        let found: number | undefined = starts.has(step) ? -1 : undefined;
        for (const previous of before(step)) {
          const place = at.get(previous);
          if (place === undefined || immediate[place] === undefined) continue;
          found = found === undefined ? place : meet(found, place);
        }
        if (found !== undefined && immediate[index] !== found) {
          immediate[index] = found;
          changed = true;
        }
      });
    }
    return { order, at, immediate };
  });
  const dominators = (step: string): readonly string[] => {
    const { order, at, immediate } = dominance();
    const chain: string[] = [];
    for (let index = at.get(step); index !== undefined && index >= 0; index = immediate[index]) {
      const id = order[index];
      if (id !== undefined) chain.push(id);
    }
    return chain;
  };
  const loopsByStep = lazy(() => {
    const byStep = new Map<string, string[]>();
    for (const loop of workflow.steps) {
      if (loop.kind !== 'loop' || loop.body.to === undefined || !steps.has(loop.body.to)) continue;
      const inside = reach([loop.body.to], new Set([loop.id]));
      // Only what can come back to the loop is repeated.
      const back = new Set<string>();
      const todo = before(loop.id).filter((step) => inside.has(step));
      for (let step = todo.pop(); step !== undefined; step = todo.pop()) {
        if (back.has(step)) continue;
        back.add(step);
        for (const previous of before(step)) if (inside.has(previous) && !back.has(previous)) todo.push(previous);
      }
      for (const step of back) byStep.set(step, [...(byStep.get(step) ?? []), loop.id]);
    }
    return byStep;
  });
  const withoutErrors = lazy(() => {
    const seen = new Set<string>();
    const todo = [...mainEntries];
    for (let step = todo.pop(); step !== undefined; step = todo.pop()) {
      if (seen.has(step)) continue;
      seen.add(step);
      for (const { to, kind } of ways(step)) if (kind !== 'error') todo.push(to);
    }
    return seen;
  });
  const paused = lazy(() =>
    reach(
      workflow.steps
        .filter((step) => pauses(step) && reachable().has(step.id))
        .flatMap(({ id }) => ways(id).map(({ to }) => to)),
    ),
  );
  return {
    steps,
    entries,
    ways,
    before,
    reach,
    get reachable() {
      return reachable();
    },
    dominates: (other, step) => dominators(step).includes(other),
    dominators,
    loops: (step) => loopsByStep().get(step) ?? [],
    onErrorPath: (step) => reachable().has(step) && !withoutErrors().has(step),
    afterPause: (step) => paused().has(step),
  };
};

/** The graph of a workflow; computed once. */
export const graphOf: (workflow: Workflow) => Graph = rememberFor(build);
