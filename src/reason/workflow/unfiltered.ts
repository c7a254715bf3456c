import type { Conditions } from '../../model/workflow/condition.ts';

/** Whether a filter is none: absent, empty, or written as always true. What is not understood is a filter. */
export const letsAllPass = (where: Conditions | undefined): boolean => {
  const condition = where?.condition;
  if (!condition) return true;
  return condition.kind === 'constant' ? condition.value : condition.kind === 'all' && condition.of.length === 0;
};
