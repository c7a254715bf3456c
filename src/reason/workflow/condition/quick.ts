import type { Condition, Operator } from '../../../model/workflow/condition.ts';
import { conditionTests } from '../reads.ts';

/** A single one of these is neither always true nor always false, whatever it is compared with. */
const plain: ReadonlySet<Operator> = new Set([
  'eq',
  'ne',
  'lt',
  'le',
  'gt',
  'ge',
  'empty',
  'notEmpty',
  'changed',
  'notChanged',
  'changedTo',
  'changedFrom',
  'was',
]);

/**
 * Whether its tests can have anything to do with each other: the same field twice, two fields compared, or a comparison that may decide itself
 * (an empty list, a range). Most conditions have none of it, and need no reasoning.
 */
export const needsReasoning = (condition: Condition): boolean => {
  const fields = new Set<string>();
  for (const { left, op, right } of conditionTests(condition)) {
    if (left.kind !== 'path') continue;
    if (right?.kind === 'path') return true;
    if (!plain.has(op) && (op !== 'in' || right?.kind !== 'list' || right.values.length === 0)) return true;
    const name = left.path.segments.at(-1) ?? left.path.text;
    const key = name.toLowerCase();
    if (fields.has(key)) return true;
    fields.add(key);
  }
  return false;
};
