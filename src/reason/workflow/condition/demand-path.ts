import type { Operator, Test } from '../../../model/workflow/condition.ts';
import { anyRelation, bothEmpty, type Demand, equal, free, greater, leftEmpty, less, rightEmpty } from './atom.ts';
import type { Operand } from './demand-operand.ts';
import { letterCaseOf, type Where } from './where.ts';

const mirrored: Partial<Record<Operator, number>> = {
  eq: equal,
  lt: less,
  le: less | equal,
  gt: greater,
  ge: greater | equal,
};
const someEmpty = bothEmpty | leftEmpty | rightEmpty;

/** Compared with another path. */
export const withPath = (test: Test, holds: boolean, left: Operand, right: Operand, where: Where): Demand => {
  if (left.of.many !== 'no' || right.of.many !== 'no') return free;
  const native = where.workflow.format === 'NY';
  const letterCase = letterCaseOf(where.workflow);
  const negative = test.op === 'ne';
  const bits = negative ? less | greater | (native ? someEmpty : leftEmpty | rightEmpty) : mirrored[test.op];
  if (bits === undefined) return free;
  // Two empty values: equal on some platforms, neither equal nor different on others.
  const maybe = native ? 0 : negative || test.op === 'eq' ? bothEmpty : someEmpty;
  if (left.key === right.key) {
    const same = (holds ? bits | maybe : anyRelation & ~(bits & ~maybe)) & (equal | bothEmpty);
    if (same === (equal | bothEmpty)) return free;
    if (same === 0) return { kind: 'constant', value: false, sources: [{ test, holds }] };
    return {
      kind: 'atom',
      atom: {
        kind: 'value',
        ...left,
        letterCase,
        empty: same === bothEmpty,
        values: same === bothEmpty ? { kind: 'none' } : { kind: 'all' },
        sources: [{ test, holds }],
        exact: native || where.filled === 'all',
      },
    };
  }
  return {
    kind: 'atom',
    atom: {
      kind: 'relation',
      left,
      right,
      letterCase,
      allowed: holds ? bits | maybe : anyRelation & ~(bits & ~maybe),
      sources: [{ test, holds }],
      exact: native || where.filled === 'all',
    },
  };
};
