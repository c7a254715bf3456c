import { rememberFor } from '../../../model/remember.ts';
import type { Project } from '../../../model/workflow/project.ts';
import type { Trigger, Workflow } from '../../../model/workflow/workflow.ts';
import type { Deed } from './deeds.ts';
import { objectKey } from './names.ts';
import { interplayOf } from './project.ts';
import { canStart, listensTo } from './starts.ts';

/** A write that can start a workflow. */
export interface Start {
  readonly deed: Deed;
  readonly workflow: Workflow;
  readonly trigger: Trigger;
  /** `unknown`: something in the conditions is not understood. */
  readonly sure: 'yes' | 'unknown';
}

/** More pairs of a write and a trigger are not asked: the rest is left out. */
export const maximumStarts = 20_000;

const build = (project: Project): readonly Start[] => {
  const { active, deeds } = interplayOf(project);
  const { schema } = project;
  const listeners = new Map<string, { readonly workflow: Workflow; readonly trigger: Trigger }[]>();
  for (const workflow of active) {
    if (!workflow.object) continue;
    const key = objectKey(workflow.object.name, workflow.format, schema);
    for (const trigger of workflow.triggers) {
      const known = listeners.get(key);
      if (known) known.push({ workflow, trigger });
      else listeners.set(key, [{ workflow, trigger }]);
    }
  }
  const starts: Start[] = [];
  let asked = 0;
  for (const deed of deeds) {
    if (deed.object === undefined) continue;
    for (const { workflow, trigger } of listeners.get(deed.object) ?? []) {
      if (!listensTo(trigger, deed.write.operation)) continue;
      // The save goes on, and what comes before it has run already.
      if (deed.write.inSave && (trigger.phase === 'before' || workflow === deed.workflow)) continue;
      if (workflow.oncePerTransaction && workflow === deed.workflow && deed.write.of.kind === 'trigger') continue;
      asked += 1;
      if (asked > maximumStarts) return starts;
      const sure = canStart({ deed }, workflow, trigger, schema);
      if (sure !== 'no') starts.push({ deed, workflow, trigger, sure });
    }
  }
  return starts;
};

/** Which writes start which workflows, in the order of the project. */
export const startsOf: (project: Project) => readonly Start[] = rememberFor(build);
