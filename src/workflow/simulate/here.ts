import type { Text } from '../../model/text.ts';
import type { Edge, Step, StepOf } from '../../model/workflow/step.ts';
import type { Wrong } from './failure.ts';
import { Failed } from './failure.ts';
import type { Parked, Run, Sandbox, Traced } from './sandbox.ts';
import { failureAt } from './save.ts';

/** Where a run goes after a step. */
export type Next =
  | { readonly kind: 'go'; readonly to: string | undefined }
  | { readonly kind: 'end' }
  | { readonly kind: 'pause'; readonly at: number; readonly to: string | undefined }
  | { readonly kind: 'park'; readonly parked: Parked; readonly to: string | undefined };

export const go = (edge: Edge | undefined): Next => ({ kind: 'go', to: edge?.to });

/** A step that is under way. */
export interface Here {
  readonly box: Sandbox;
  readonly run: Run;
  readonly step: Pick<Step, 'id' | 'onError'>;
  readonly line: Traced;
}

export interface At<Kind extends Step['kind']> extends Here {
  readonly step: StepOf<Kind>;
}

export const fail = ({ run, step }: Here, wrong: Wrong): never => {
  throw new Failed(failureAt({ run, step: step.id }, wrong));
};

/** Whether somebody thought of an error here. */
export const handled = ({ run, step }: Here): boolean =>
  step.onError !== undefined || run.workflow.onError !== undefined;

/** An answer of the sample for a step that depends on the world outside, else each way is followed. */
export const outcome = <Way extends string>(
  { box, run, step }: Here,
  ways: readonly { readonly way: Way; readonly says: Text }[],
): Way | undefined => {
  const at = box.choices.choose(
    {
      en: `${run.workflow.id}, ${step.id}: the sample has no answer`,
      ja: `${run.workflow.id} の ${step.id}: サンプルに回答がありません`,
    },
    ways.map(({ says }) => says),
  );
  return ways[at]?.way;
};
