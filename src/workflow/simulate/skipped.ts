import type { Text } from '../../model/text.ts';
import { graphOf } from '../../reason/workflow/graph.ts';
import type { Run, Sandbox } from './sandbox.ts';

/** Notes steps that this run does not come to, in the order of the file, each once; never those that `taken` leads to. */
export const skipUnlessReached = (
  box: Sandbox,
  run: Run,
  candidates: readonly string[],
  taken: string | undefined,
  because: Text,
): void => {
  const graph = graphOf(run.workflow);
  const reached = taken === undefined ? new Set<string>() : graph.reach([taken]);
  const wanted = new Set(
    candidates.filter(
      (id) => !reached.has(id) && !run.visits.has(id) && !run.skipped.has(id) && !graph.onErrorPath(id),
    ),
  );
  if (wanted.size === 0) return;
  for (const { id } of run.workflow.steps) {
    if (!wanted.has(id)) continue;
    run.skipped.add(id);
    box.trace.push({ workflow: run.workflow.id, step: id, status: 'skipped', because });
  }
};
