import type { Language } from '../../model/text.ts';
import type { Project } from '../../model/workflow/project.ts';
import type { Sample, SimulatedSample } from '../../model/workflow/sample.ts';
import type { Workflow } from '../../model/workflow/workflow.ts';
import { boundarySamples } from './boundary.ts';
import { failureKey, simulated } from './one-sample.ts';

/** Records that are tried of one workflow, and of all together. */
const maximumPerWorkflow = 200;
const maximumTried = 20_000;

/** Steps of one way, and of all ways of all workflows: what bounds the time. */
const maximumSteps = 2000;
const maximumSpent = 300_000;

/** Failures at the edge of a workflow's data that are not the failure of its ordinary record. */
const ofWorkflow = (
  project: Project,
  workflow: Workflow,
  given: Sample | undefined,
  language: Language,
  spent: { steps: number },
): { readonly failing: readonly SimulatedSample[]; readonly tried: number } => {
  const failing: SimulatedSample[] = [];
  const known = new Set<string>();
  const options = { madeUp: !given, maximumSteps, spent };
  let usual: string | undefined;
  let tried = 0;
  for (const { sample, tried: how, about } of boundarySamples(workflow, project, given)) {
    if (tried >= maximumPerWorkflow || spent.steps > maximumSpent) break;
    tried += 1;
    const key = failureKey(project, sample, options);
    if (tried === 1) usual = key;
    // What the ordinary record fails of too has nothing to do with the edge; and once for each field is enough.
    else if (key === usual) continue;
    const told = JSON.stringify([key, about]);
    if (key === undefined || known.has(told)) continue;
    known.add(told);
    // A sample of the user's own that fails is told as that.
    if (tried === 1 && given) continue;
    const { result } = simulated(project, sample, language, { shrink: false, ...options });
    const { matches: _, ...rest } = result;
    failing.push({ ...rest, name: `${workflow.id}: ${how[language]}`, tried: how[language] });
  }
  return { failing, tried };
};

/** Tries records at the edge of what the schema allows on every active workflow, starting from a sample that completes where there is one. */
export const boundariesOf = (
  project: Project,
  samples: readonly { readonly sample: Sample; readonly result: SimulatedSample }[],
  language: Language,
): { readonly boundaries: readonly SimulatedSample[]; readonly tried: number } => {
  const boundaries: SimulatedSample[] = [];
  let tried = 0;
  const spent = { steps: 0 };
  for (const workflow of project.workflows) {
    if (workflow.status !== 'active' || tried >= maximumTried) continue;
    const own = samples.filter(
      ({ sample, result }) =>
        !sample.messageOnly &&
        sample.observed === undefined &&
        (sample.workflow === workflow.id ||
          (sample.workflow === undefined && result.steps[0]?.workflow === workflow.id)),
    );
    const given = (own.find(({ result }) => result.status === 'completed') ?? own[0])?.sample;
    const found = ofWorkflow(project, workflow, given && { ...given, workflow: workflow.id }, language, spent);
    boundaries.push(...found.failing);
    tried += found.tried;
  }
  return { boundaries, tried };
};
