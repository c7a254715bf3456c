import type { Edge, Step } from '../../model/workflow/step.ts';

/** Why one goes this way. */
export type EdgeKind =
  | 'next'
  | 'branch'
  | 'default'
  | 'error'
  | 'body'
  | 'approved'
  | 'rejected'
  | 'late'
  | 'event'
  | 'way';

export interface Way {
  readonly kind: EdgeKind;
  readonly edge: Edge;
  /** Of a branch: its position. */
  readonly branch?: number;
}

/** Every way out of a step. All rules go by this: a new kind of edge is added here and can never make a step unreachable. */
export const waysOf = (step: Step): readonly Way[] => {
  const ways: Way[] = [];
  const add = (kind: EdgeKind, edge: Edge | undefined, branch?: number): void => {
    if (edge) ways.push(branch === undefined ? { kind, edge } : { kind, edge, branch });
  };
  switch (step.kind) {
    case 'decision':
      step.branches.forEach(({ edge }, at) => {
        add('branch', edge, at);
      });
      add('default', step.otherwise);
      break;
    case 'approval':
      add('approved', step.approved);
      add('rejected', step.rejected);
      break;
    case 'wait':
      for (const { edge } of step.events ?? []) add('event', edge);
      add('late', step.late);
      break;
    case 'loop':
      add('body', step.body);
      break;
    case 'split':
      for (const edge of step.ways) add('way', edge);
      break;
    case 'custom':
      for (const edge of step.ways ?? []) add('way', edge);
      break;
    default:
  }
  add('next', step.next);
  add('error', step.onError);
  return ways;
};

/** Whether a run ends here: no way leads on. */
export const endsHere = (step: Step): boolean =>
  step.kind === 'stop' ||
  step.kind === 'fail' ||
  !waysOf(step).some(({ kind, edge }) => kind !== 'error' && edge.to !== undefined);
