import { rememberFor } from '../../../model/remember.ts';
import type { Condition } from '../../../model/workflow/condition.ts';
import type { Workflow } from '../../../model/workflow/workflow.ts';
import { graphOf } from '../graph.ts';

/** What a decision on the way to a step asks, and the answer that leads there. */
export interface Decided {
  readonly condition: Condition;
  readonly holds: boolean;
}

/** Longer chains of decisions add nothing that one would follow. */
const maximumDecisions = 30;

const build = (workflow: Workflow): ((step: string) => readonly Decided[]) => {
  const graph = graphOf(workflow);
  const known = new Map<string, readonly Decided[]>();
  const beyond = new Map<string, readonly ReadonlySet<string>[]>();
  /** What is reached by each way of a decision without passing it again. */
  const reachOf = (decision: string): readonly ReadonlySet<string>[] => {
    const found = beyond.get(decision);
    if (found) return found;
    const without = new Set([decision]);
    const reach = graph.ways(decision).map(({ to }) => graph.reach([to], without));
    beyond.set(decision, reach);
    return reach;
  };
  return (step) => {
    const found = known.get(step);
    if (found) return found;
    const decided: Decided[] = [];
    const decisions = graph
      .dominators(step)
      .flatMap((id) => {
        const one = graph.steps.get(id);
        return one?.kind === 'decision' && id !== step ? [one] : [];
      })
      .slice(0, maximumDecisions);
    for (const decision of decisions) {
      const reach = reachOf(decision.id);
      const ways = graph.ways(decision.id).filter((_, at) => reach[at]?.has(step));
      const taken = new Set(ways.map(({ branch }) => branch));
      if (ways.some(({ kind }) => kind === 'error')) continue;
      const [only] = ways;
      if (only?.branch === undefined || taken.size > 1) {
        // Only by what remains when no branch holds.
        if (ways.length > 0 && ways.every(({ branch }) => branch === undefined))
          for (const { when } of decision.branches) decided.push({ condition: when.condition, holds: false });
        continue;
      }
      const branch = decision.branches[only.branch];
      if (!branch) continue;
      decided.push({ condition: branch.when.condition, holds: true });
      if (decision.takes === 'first')
        for (const earlier of decision.branches.slice(0, only.branch))
          decided.push({ condition: earlier.when.condition, holds: false });
    }
    known.set(step, decided);
    return decided;
  };
};

/**
 * The decisions that every run to a step has passed, as they are written: also what is not understood, and whatever was written in
 * between (`guardsOf` says what still holds).
 */
export const decidedBefore: (workflow: Workflow) => (step: string) => readonly Decided[] = rememberFor(build);
