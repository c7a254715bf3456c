import { rememberFor } from '../../../model/remember.ts';
import type { Operator, Test } from '../../../model/workflow/condition.ts';
import type { Schema } from '../../../model/workflow/schema.ts';
import type { Path, Value } from '../../../model/workflow/value.ts';
import { bothEmpty, type Demand, equal, free, greater, leftEmpty, less, rightEmpty, type Source } from './atom.ts';
import { constantOf } from './constant.ts';
import { type Operand, operandOf } from './demand-operand.ts';
import { withPath } from './demand-path.ts';
import { emptyTest, withConstants, withMembers } from './demand-value.ts';
import { type Kind, letterCaseOf, type Where } from './where.ts';

/** The same path before the save. */
const priorOf = rememberFor((path: Path): Path => ({ ...path, root: { kind: 'prior' } }));

/** A value as a thing with a key, and the demand that it is that value. */
const pinned = (
  { value, of }: { readonly value: Value; readonly of: Kind },
  test: Test,
  where: Where,
): { operand: Operand; demand: Demand } | undefined => {
  const constant = constantOf(value, of.type, { ordered: false });
  if (!constant || of.many !== 'no') return undefined;
  const operand: Operand = { key: `= ${JSON.stringify(constant)}`, of };
  const fixed: Test = { ...test, op: constant.kind === 'empty' ? 'empty' : 'eq', right: value };
  const demand =
    constant.kind === 'empty' ? emptyTest(fixed, true, operand, where) : withConstants(fixed, true, operand, where);
  return demand.kind === 'atom' ? { operand, demand: { ...demand, atom: { ...demand.atom, sources: [] } } } : undefined;
};

/** Both sides as things with a key; a value that stands for a path comes with the demand that it is that value. */
const both = (
  test: Test,
  paths: readonly [Path, Path],
  where: Where,
  relate: (left: Operand, right: Operand) => Demand,
): Demand => {
  const demands: Demand[] = [];
  const operands: Operand[] = [];
  for (const path of paths) {
    const found = operandOf(path, where);
    if (!found) return free;
    if ('key' in found) {
      operands.push(found);
      continue;
    }
    const known = pinned(found, test, where);
    if (!known) return free;
    operands.push(known.operand);
    demands.push(known.demand);
  }
  const [left, right] = operands;
  if (!left || !right) return free;
  return { kind: 'all', of: [...demands, relate(left, right)] };
};

const changed = (test: Test, path: Path, holds: boolean, where: Where): Demand => {
  if (path.root.kind !== 'record') return free;
  return both(test, [path, priorOf(path)], where, (left, right) => {
    const sources: Source[] = [{ test, holds }];
    // A record that is being created has no earlier values and counts as unchanged in Salesforce.
    if (left.key === right.key) return { kind: 'constant', value: !holds, sources };
    const flag: Demand = {
      kind: 'atom',
      atom: { kind: 'flag', key: `changed ${left.key} ${right.key}`, value: holds, sources, exact: true },
    };
    if (left.of.many !== 'no') return flag;
    return {
      kind: 'all',
      of: [
        flag,
        {
          kind: 'atom',
          atom: {
            kind: 'relation',
            left,
            right,
            letterCase: letterCaseOf(where.workflow),
            allowed: holds ? less | greater | leftEmpty | rightEmpty : equal | bothEmpty | rightEmpty,
            sources,
            exact: true,
          },
        },
      ],
    };
  });
};

const opposite = (demands: readonly Demand[], holds: boolean): Demand => ({ kind: holds ? 'all' : 'any', of: demands });

const compared = (test: Test, path: Path, op: Operator, holds: boolean, where: Where): Demand => {
  // One of nothing: never. None of nothing: always.
  if (test.right?.kind === 'list' && test.right.values.length === 0 && (op === 'in' || op === 'notIn'))
    return { kind: 'constant', value: (op === 'in') !== holds, sources: [{ test, holds }] };
  const left = operandOf(path, where);
  if (!left) return free;
  const asked: Test = op === test.op ? test : { ...test, op };
  const named = (demand: Demand): Demand =>
    demand.kind === 'atom' && asked !== test
      ? { ...demand, atom: { ...demand.atom, sources: [{ test, holds }] } }
      : demand;
  if (test.right?.kind === 'path') {
    return both(asked, [path, test.right.path], where, (one, other) =>
      named(withPath(asked, holds, one, other, where)),
    );
  }
  let operand: Operand;
  let also: Demand | undefined;
  if ('key' in left) operand = left;
  else {
    const known = pinned(left, test, where);
    if (!known) return free;
    operand = known.operand;
    also = known.demand;
  }
  if (operand.of.many === 'records') return free;
  const demand =
    op === 'empty' || op === 'notEmpty'
      ? emptyTest(asked, holds, operand, where)
      : operand.of.many === 'values'
        ? withMembers(asked, holds, operand, where)
        : withConstants(asked, holds, operand, where);
  return also ? { kind: 'all', of: [also, named(demand)] } : named(demand);
};

const compute = (test: Test, holds: boolean, where: Where): Demand => {
  if (test.left.kind !== 'path') return free;
  const { path } = test.left;
  switch (test.op) {
    case 'changed':
      return changed(test, path, holds, where);
    case 'notChanged':
      return changed(test, path, !holds, where);
    case 'changedTo':
      return opposite([changed(test, path, holds, where), compared(test, path, 'eq', holds, where)], holds);
    case 'was':
      return path.root.kind === 'record' ? compared(test, priorOf(path), 'eq', holds, where) : free;
    case 'changedFrom':
      if (path.root.kind !== 'record') return free;
      return opposite([changed(test, path, holds, where), compared(test, priorOf(path), 'eq', holds, where)], holds);
    case 'inList':
    case 'notInList':
      return free;
    default:
      return compared(test, path, test.op, holds, where);
  }
};

const known = rememberFor((_: Schema) => new WeakMap<Test, Map<string, Demand>>());

/** What a test demands of the record when it has to hold, or must not. */
export const demandOf = (test: Test, holds: boolean, where: Where): Demand => {
  // A test stands in one place: where it is not read as of another record, what it demands is always the same.
  if (where.stands) return compute(test, holds, where);
  const byTest = known(where.schema);
  const demands = byTest.get(test) ?? new Map<string, Demand>();
  byTest.set(test, demands);
  const name = `${holds} ${where.filled === 'all'}`;
  const found = demands.get(name) ?? compute(test, holds, where);
  demands.set(name, found);
  return found;
};
