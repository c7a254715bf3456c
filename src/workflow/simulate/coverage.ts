import type { Place } from '../../model/workflow/place.ts';
import type { Coverage, Untaken } from '../../model/workflow/sample.ts';
import type { Step } from '../../model/workflow/step.ts';
import type { Workflow } from '../../model/workflow/workflow.ts';
import type { Went } from './sandbox.ts';

interface Way {
  readonly way: string;
  readonly name?: string;
  readonly place: Place;
}

/** The ways out of a step that a run can take or not. */
const waysOf = (step: Step): readonly Way[] => {
  const way = (name: string): Way => ({ way: name, place: step.place });
  const error = step.onError ? [{ way: 'error', place: step.onError.place }] : [];
  switch (step.kind) {
    case 'decision':
      return [
        ...step.branches.map(({ name, place }, at) => ({
          way: `branch ${at}`,
          place,
          ...(name === undefined ? {} : { name }),
        })),
        way('default'),
      ];
    case 'approval':
      return [way('approved'), way('rejected'), ...error];
    case 'wait':
      return step.until.kind === 'condition' || step.until.kind === 'signal'
        ? [way('event'), ...(step.timeout ? [way('late')] : []), ...error]
        : error;
    case 'loop':
      return [way('body'), ...error];
    default:
      return error;
  }
};

const keyOf = (step: string, way: string): string => JSON.stringify([step, way]);

/** What of a workflow some samples have tried. */
export const coverageOf = (workflow: Workflow, ran: ReadonlySet<string>, went: readonly Went[]): Coverage => {
  const taken = new Set(went.map(({ step, way }) => keyOf(step, way)));
  const untaken: Untaken[] = [];
  let ways = 0;
  let tried = 0;
  for (const step of workflow.steps) {
    const common = { workflow: workflow.id, step: step.id };
    const all = waysOf(step);
    ways += all.length;
    if (!ran.has(step.id)) {
      untaken.push({ ...common, file: step.place.file, line: step.place.line });
      continue;
    }
    for (const { way, name, place } of all) {
      if (taken.has(keyOf(step.id, way))) tried += 1;
      else
        untaken.push({ ...common, way, ...(name === undefined ? {} : { name }), file: place.file, line: place.line });
    }
  }
  return {
    workflow: workflow.id,
    steps: workflow.steps.length,
    ran: workflow.steps.filter(({ id }) => ran.has(id)).length,
    ways,
    taken: tried,
    untaken,
  };
};
