import type { Project } from '../../../model/workflow/project.ts';
import type { Workflow } from '../../../model/workflow/workflow.ts';
import { componentsOf } from '../components.ts';
import type { Deed } from './deeds.ts';
import { startsOf } from './edges.ts';
import { interplayOf } from './project.ts';
import { canStart } from './starts.ts';

/** Workflows of which each starts the next: the writes that do it, and the last one. */
export interface Cascade {
  readonly deeds: readonly Deed[];
  readonly last: Workflow;
}

/** More chains of one project are not told, nor looked for. */
const maximumChains = 20;
const maximumRounds = 60;

/** The longest chains, each workflow in one of them only; a ring counts as one. */
export const cascadesOver = (project: Project, limit: number): readonly Cascade[] => {
  const { deeds } = interplayOf(project);
  const byTrigger = new Map<object, Deed[]>();
  for (const deed of deeds) {
    const known = byTrigger.get(deed.trigger);
    if (known) known.push(deed);
    else byTrigger.set(deed.trigger, [deed]);
  }
  const ends = new Map<Deed, Workflow[]>();
  const edges = new Map<Deed, Deed[]>();
  for (const { deed, workflow, trigger, sure } of startsOf(project)) {
    if (workflow === deed.workflow || sure !== 'yes' || deed.doubtful) continue;
    ends.set(deed, [...(ends.get(deed) ?? []), workflow]);
    for (const next of byTrigger.get(trigger) ?? []) {
      if (next.doubtful) continue;
      if (next.decided.length > 0 && canStart({ deed }, workflow, trigger, project.schema, next.decided) === 'no')
        continue;
      const known = edges.get(deed);
      if (known) known.push(next);
      else edges.set(deed, [next]);
    }
  }
  const next = (deed: Deed): readonly Deed[] => edges.get(deed) ?? [];
  const taken = new Set<Workflow>();
  const found: Cascade[] = [];
  for (let round = 0; round < maximumRounds && found.length < maximumChains; round += 1) {
    const open = deeds.filter((deed) => ends.has(deed) && !taken.has(deed.workflow));
    const allowed = new Set(open);
    const further = (deed: Deed): readonly Deed[] => next(deed).filter((one) => allowed.has(one));
    const set = new Map<Deed, number>();
    // What a set leads to comes before it, so one pass is enough.
    const best = new Map<Deed, { readonly length: number; readonly to?: Deed }>();
    for (const [at, component] of componentsOf(open, further).entries()) {
      for (const deed of component) set.set(deed, at);
      for (const deed of component) {
        let longest: { readonly length: number; readonly to?: Deed } = { length: 2 };
        for (const to of further(deed)) {
          const after = set.get(to) === at ? undefined : best.get(to);
          if (after && to.workflow !== deed.workflow && after.length + 1 > longest.length)
            longest = { length: after.length + 1, to };
        }
        best.set(deed, longest);
      }
    }
    const [first] = open.toSorted((one, other) => (best.get(other)?.length ?? 0) - (best.get(one)?.length ?? 0));
    if (!first || (best.get(first)?.length ?? 0) <= limit) break;
    const chain: Deed[] = [];
    for (let deed: Deed | undefined = first; deed; deed = best.get(deed)?.to) chain.push(deed);
    const names = new Set(chain.map(({ workflow }) => workflow));
    const end = chain.at(-1);
    const last = end && ends.get(end)?.find((one) => !names.has(one) && !taken.has(one));
    // One that comes twice is no longer chain.
    if (!last || names.size < chain.length || chain.length + 1 <= limit) {
      taken.add(first.workflow);
      continue;
    }
    found.push({ deeds: chain, last });
    for (const { workflow } of chain) taken.add(workflow);
    taken.add(last);
  }
  return found;
};
