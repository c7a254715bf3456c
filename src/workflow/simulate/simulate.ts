import type { Language } from '../../model/text.ts';
import type { Project } from '../../model/workflow/project.ts';
import type { Sample, SimulatedSample, Simulation } from '../../model/workflow/sample.ts';
import { boundariesOf } from './boundaries.ts';
import { coverageOf } from './coverage.ts';
import { explainedOnly, observedOf } from './observed.ts';
import { simulated } from './one-sample.ts';
import type { Outcome } from './one-way.ts';
import type { Went } from './sandbox.ts';

/** Follows what workflows do with these records in memory: nothing is sent, written or called. */
export const simulate = (
  project: Project,
  samples: readonly Sample[],
  language: Language,
  options: { readonly boundaries?: boolean } = {},
): Simulation => {
  const ran = new Map<string, Set<string>>();
  const went = new Map<string, Went[]>();
  const note = ({ steps, ways }: Outcome): void => {
    for (const { workflow, step, status } of steps) {
      if (status === 'skipped') continue;
      const own = ran.get(workflow) ?? new Set();
      ran.set(workflow, own.add(step));
    }
    for (const way of ways) {
      const own = went.get(way.workflow);
      if (own) own.push(way);
      else went.set(way.workflow, [way]);
    }
  };
  const results = samples.map((sample): SimulatedSample => {
    if (sample.messageOnly) return explainedOnly(sample, language);
    const { result, outcomes } = simulated(project, sample, language, { shrink: true });
    outcomes.forEach(note);
    return { ...result, ...observedOf(sample, language) };
  });
  const edges = options.boundaries
    ? boundariesOf(
        project,
        samples.flatMap((sample, at) => {
          const result = results[at];
          return result ? [{ sample, result }] : [];
        }),
        language,
      )
    : { boundaries: [], tried: 0 };
  return {
    samples: results,
    ...edges,
    coverage: project.workflows
      .filter(({ status }) => status === 'active')
      .map((workflow) => coverageOf(workflow, ran.get(workflow.id) ?? new Set(), went.get(workflow.id) ?? [])),
  };
};
