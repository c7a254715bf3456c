import { rememberFor } from '../../model/remember.ts';
import type { Text } from '../../model/text.ts';
import type { Workflow } from '../../model/workflow/workflow.ts';
import { graphOf } from '../../reason/workflow/graph.ts';
import type { Run, Sandbox } from './sandbox.ts';

const knownReach = rememberFor((_workflow: Workflow) => new Map<string, ReadonlySet<string>>());

/** Every step that can follow this one, itself included. */
export const reachedFrom = (workflow: Workflow, step: string): ReadonlySet<string> => {
  const known = knownReach(workflow);
  const found = known.get(step) ?? graphOf(workflow).reach([step]);
  known.set(step, found);
  return found;
};

/** In longer workflows what was not come to is not listed: the list would be longer than anybody reads. */
const maximumSteps = 1000;

/** Notes steps after `from` that this run does not come to, in the order of the file, each once; never those that `taken` leads to. */
export const skipUnlessReached = (
  box: Sandbox,
  run: Run,
  from: readonly string[],
  taken: string | undefined,
  because: Text,
): void => {
  if (run.workflow.steps.length > maximumSteps) return;
  const graph = graphOf(run.workflow);
  const reached = taken === undefined ? new Set<string>() : reachedFrom(run.workflow, taken);
  const wanted = new Set(
    from
      .flatMap((step) => [...reachedFrom(run.workflow, step)])
      .filter((id) => !reached.has(id) && !run.visits.has(id) && !run.skipped.has(id) && !graph.onErrorPath(id)),
  );
  if (wanted.size === 0) return;
  for (const { id } of run.workflow.steps) {
    if (!wanted.has(id)) continue;
    run.skipped.add(id);
    box.trace.push({ workflow: run.workflow.id, step: id, status: 'skipped', because });
  }
};
