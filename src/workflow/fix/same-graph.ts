import type { Workflow } from '../../model/workflow/workflow.ts';
import { waysOf } from '../../reason/workflow/edges.ts';
import { graphOf } from '../../reason/workflow/graph.ts';

/** The steps that can be reached and the ways between them, as text. */
const shapeOf = (workflow: Workflow): string => {
  const graph = graphOf(workflow);
  const lines = workflow.steps
    .filter(({ id }) => graph.reachable.has(id))
    .map(
      (step) =>
        `${step.id} ${step.kind} ${waysOf(step)
          .map(({ kind, edge }) => `${kind}:${edge.to ?? ''}`)
          .join(' ')}`,
    );
  const entries = graph.entries.map(({ step, trigger }) => `${trigger ?? 'error'}:${step}`);
  return [...entries, ...lines].join('\n');
};

/** Whether two versions run the same steps in the same order: the same entries, reachable steps and ways. */
export const sameGraph = (before: readonly Workflow[], after: readonly Workflow[]): boolean =>
  before.length === after.length &&
  before.every((workflow, at) => {
    const other = after[at];
    return other !== undefined && workflow.id === other.id && shapeOf(workflow) === shapeOf(other);
  });
