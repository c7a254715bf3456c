import type { Edge, Step } from '../../../src/model/workflow/step.ts';
import type { Workflow } from '../../../src/model/workflow/workflow.ts';
import { waysOf } from '../../../src/reason/workflow/edges.ts';
import type { Imported } from '../../../src/workflow/importer.ts';
import { nativeYaml } from '../../../src/workflow/native.importer.ts';

export const imported = (text: string): Imported => nativeYaml.read({ file: 'a.yaml', text });

export const only = (text: string): Workflow => {
  const [workflow] = imported(text).workflows;
  if (!workflow) throw new Error('no workflow was read');
  return workflow;
};

const frame = (body: string): string => `workflow: w\nobject: Deal\ntrigger: { on: update }\n${body}`;

/** A workflow with these steps, written below `steps:`. */
export const withSteps = (steps: string): Workflow => only(frame(`steps:\n${steps.replace(/^/gm, '  ')}\n`));

/** A workflow with these further keys. */
export const withKeys = (keys: string): Workflow => only(frame(`steps:\n  - log: x\n${keys}\n`));

export const stepOf = (step: string): Step => {
  const [first] = withSteps(`- ${step}`).steps;
  if (!first) throw new Error('no step was read');
  return first;
};

const arrow = ({ to }: Edge): string => to ?? 'end';

/** `1 branch> 1.then.1, 1 next> 2` */
export const waysIn = (workflow: Workflow): readonly string[] =>
  workflow.steps.flatMap((step) => waysOf(step).map(({ kind, edge }) => `${step.id} ${kind}> ${arrow(edge)}`));

/** Problems and defects as `rule line:column what`. */
export const said = (text: string): readonly string[] => {
  const { problems, workflows } = imported(text);
  return [
    ...problems.map(({ rule, place }) => `${rule} ${place.line}:${place.column}`),
    ...workflows.flatMap(({ defects }) =>
      defects.map(({ rule, what, place, allowed }) => {
        const nearest = allowed?.[0] === undefined ? '' : ` → ${allowed[0]}`;
        return `${rule} ${place.line}:${place.column} ${what}${nearest}`;
      }),
    ),
  ];
};

/** The same for one step, of which the first line is line 1. */
export const saidOfStep = (step: string): readonly string[] =>
  said(`${frame('steps:')}\n- ${step.replace(/\n/g, '\n  ')}`).map((line) =>
    line.replace(/ (\d+):/, (_, number: string) => ` ${Number(number) - 4}:`),
  );

/** Without places, which other tests are about. */
export const bare = <Value>(value: Value): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, inner) => (key === 'place' || key.endsWith('Place') ? undefined : inner)) ?? 'null',
  );
