import { rememberFor } from '../../../model/remember.ts';
import type { Project } from '../../../model/workflow/project.ts';
import type { Workflow } from '../../../model/workflow/workflow.ts';
import { type Deed, deedsOf } from './deeds.ts';
import { type Endless, endlessOf } from './endless.ts';
import { systemOf } from './names.ts';

/** What the active workflows of a project do to each other. */
export interface Interplay {
  readonly active: readonly Workflow[];
  /** In the order of the project. */
  readonly deeds: readonly Deed[];
  readonly byId: (id: string, from: Workflow) => Workflow | undefined;
  readonly endless: readonly Endless[];
}

const build = ({ workflows, schema }: Project): Interplay => {
  const active = workflows.filter(({ status }) => status === 'active');
  const ids = new Map(active.map((one) => [`${systemOf(one.format)} ${one.id}`, one]));
  const byId = (id: string, from: Workflow): Workflow | undefined => ids.get(`${systemOf(from.format)} ${id}`);
  const deeds = active.flatMap((one) => deedsOf(one, schema, byId));
  let endless: readonly Endless[] | undefined;
  return {
    active,
    deeds,
    byId,
    get endless() {
      endless ??= endlessOf(deeds, schema);
      return endless;
    },
  };
};

/** What the active workflows do to each other; computed once for each project. */
export const interplayOf: (project: Project) => Interplay = rememberFor(build);
