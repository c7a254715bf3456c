import type { Project } from '../../../model/workflow/project.ts';
import type { Trigger, Workflow } from '../../../model/workflow/workflow.ts';
import { componentsOf } from '../components.ts';
import type { Deed } from './deeds.ts';
import { type Start, startsOf } from './edges.ts';
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
/** More pairs of a write and one that follows are not asked. */
const maximumPairs = 4_000;

/** The triggers through which a chain over the limit could lead at most, whatever the conditions on the way are. */
const onLongWays = (sure: readonly Start[], limit: number): ReadonlySet<object> => {
  const following = new Map<Trigger, Set<Trigger>>();
  const workflows = new Map<Trigger, Workflow>();
  for (const { deed, workflow, trigger } of sure) {
    workflows.set(deed.trigger, deed.workflow).set(trigger, workflow);
    const known = following.get(deed.trigger);
    if (known) known.add(trigger);
    else following.set(deed.trigger, new Set([trigger]));
  }
  const next = (trigger: Trigger): readonly Trigger[] => [...(following.get(trigger) ?? [])];
  // What a set leads to comes before it.
  const sets = componentsOf([...workflows.keys()], next);
  const of = new Map(sets.flatMap((set, at) => set.map((trigger) => [trigger, at] as const)));
  const weight = sets.map((set) => new Set(set.map((trigger) => workflows.get(trigger))).size);
  const after = weight.map(() => 0);
  const before = weight.map(() => 0);
  const ways = sets.map((set, at) => new Set(set.flatMap((one) => next(one).map((to) => of.get(to) ?? at))));
  for (const [at, leads] of ways.entries()) {
    for (const to of leads) {
      if (to !== at) after[at] = Math.max(after[at] ?? 0, (weight[to] ?? 0) + (after[to] ?? 0));
    }
  }
  for (const [at, leads] of [...ways.entries()].toReversed()) {
    for (const to of leads) {
      if (to !== at) before[to] = Math.max(before[to] ?? 0, (weight[at] ?? 0) + (before[at] ?? 0));
    }
  }
  return new Set(
    sets.flatMap((set, at) => ((before[at] ?? 0) + (weight[at] ?? 0) + (after[at] ?? 0) > limit ? set : [])),
  );
};

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
  const sureStarts = startsOf(project).filter(
    ({ deed, workflow, sure }) => workflow !== deed.workflow && sure === 'yes' && !deed.doubtful,
  );
  const long = onLongWays(sureStarts, limit);
  const starting = new Set(sureStarts.map(({ deed }) => deed));
  let asked = 0;
  for (const { deed, workflow, trigger } of sureStarts) {
    if (!long.has(deed.trigger) || !long.has(trigger)) continue;
    ends.set(deed, [...(ends.get(deed) ?? []), workflow]);
    for (const next of byTrigger.get(trigger) ?? []) {
      // A deed that starts nothing ends the chain, which the start itself says already.
      if (next.doubtful || !starting.has(next)) continue;
      asked += next.decided.length > 0 ? 1 : 0;
      if (asked > maximumPairs) break;
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
