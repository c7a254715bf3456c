import { rememberFor } from '../../model/remember.ts';
import type { Project } from '../../model/workflow/project.ts';
import type { StepOf } from '../../model/workflow/step.ts';
import type { Workflow } from '../../model/workflow/workflow.ts';

/** All workflows of a run by id; several versions of one may be there. */
export const workflowsById: (project: Project) => ReadonlyMap<string, readonly Workflow[]> = rememberFor(
  ({ workflows }) => {
    const byId = new Map<string, Workflow[]>();
    for (const workflow of workflows) {
      const known = byId.get(workflow.id);
      if (known) known.push(workflow);
      else byId.set(workflow.id, [workflow]);
    }
    return byId;
  },
);

/** The steps of a workflow that call another one. */
export const callsOf: (workflow: Workflow) => readonly StepOf<'call'>[] = rememberFor(({ steps }) =>
  steps.filter((step): step is StepOf<'call'> => step.kind === 'call'),
);

/** What a call starts: the version that is active, else the first; undefined where the project does not have it. */
export const calleeOf = ({ workflow }: StepOf<'call'>, project: Project): Workflow | undefined => {
  const found = workflowsById(project).get(workflow.name) ?? [];
  return found.find(({ status }) => status === 'active') ?? found[0];
};
