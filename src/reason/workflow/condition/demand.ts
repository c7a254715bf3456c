import type { Operator, Test } from '../../../model/workflow/condition.ts';
import type { Schema } from '../../../model/workflow/schema.ts';
import type { Path, Value } from '../../../model/workflow/value.ts';
import { rememberFor } from '../remember.ts';
import { variablesOf } from '../variables.ts';
import {
  anyRelation,
  bothEmpty,
  type Demand,
  equal,
  free,
  greater,
  leftEmpty,
  less,
  rightEmpty,
  type Source,
  type Values,
} from './atom.ts';
import { type Constant, constantOf, isNumberType } from './constant.ts';
import { holdsForEmpty } from './emptiness.ts';
import { above, below, fromTo, type Interval, inBoth, outside, union, wholeOnly } from './intervals.ts';
import { folded, type Match } from './texts.ts';
import { type Kind, keyOf, kindOf, letterCaseOf, type Standing, type Where } from './where.ts';

interface Operand {
  readonly key: string;
  readonly of: Kind;
}

/** A constant of the workflow is its value. */
const constantIn = ({ root, segments }: Path, { workflow }: Where): Standing | undefined => {
  if (root.kind !== 'variable' || segments.length > 0) return undefined;
  const variable = variablesOf(workflow).get(root.name);
  const value = variable?.constant && !variable.list ? variable.default : undefined;
  return value?.kind === 'literal' ? { kind: 'value', value: value.value } : undefined;
};

/** The path itself, or what stands for it. */
const operandOf = (path: Path, where: Where): Operand | { readonly value: Value; readonly of: Kind } | undefined => {
  const standing = where.stands?.(path) ?? constantIn(path, where);
  const of = kindOf(path, where);
  if (!standing) return { key: keyOf(path, where), of };
  switch (standing.kind) {
    case 'key':
      return { key: standing.key, of };
    case 'value':
      return { value: { kind: 'literal', value: standing.value, place: path.place }, of };
    case 'free':
      return undefined;
  }
};

const ordering: ReadonlySet<Operator> = new Set(['lt', 'le', 'gt', 'ge', 'between']);

type Point = Extract<Constant, { readonly kind: 'point' }>;

/** The stretch of the line where the comparison holds; `most`: where it may hold, else where it surely does. */
const stretchOf = (op: Operator, constants: readonly Point[], most: boolean): readonly Interval[] | undefined => {
  const [first, second] = constants;
  if (!first) return [];
  const { at, wide } = first;
  // A day that meets a time of day may mean its midnight or all of it.
  const end = wide ? at + 1 : at;
  switch (op) {
    case 'eq':
    case 'in':
    case 'ne':
    case 'notIn':
      return union(
        constants.map((point) => {
          if (!point.wide) return fromTo(point.at, point.at);
          return most ? [{ low: point.at, lowOpen: false, high: point.at + 1, highOpen: true }] : [];
        }),
      );
    case 'lt':
      return below(at, true);
    case 'le':
      return most ? below(end, wide) : below(at, false);
    case 'gt':
      return most ? above(at, true) : above(end, true);
    case 'ge':
      return above(at, false);
    case 'between': {
      if (!second) return undefined;
      const last = second.wide && most ? below(second.at + 1, true) : below(second.at, false);
      return inBoth(above(at, false), last);
    }
    default:
      return undefined;
  }
};

const denying = (op: Operator): boolean => op === 'ne' || op === 'notIn';

const pointsOf = (test: Test, constants: readonly Point[], holds: boolean, of: Kind): Values | undefined => {
  const axis = constants[0]?.axis;
  if (axis === undefined || constants.some((constant) => constant.axis !== axis)) return undefined;
  const wanted = holds !== denying(test.op);
  const stretch = stretchOf(test.op, constants, wanted);
  if (!stretch) return undefined;
  const within = wanted ? stretch : outside(stretch);
  const whole = of.type === 'integer' || (of.type === 'date' && constants.every(({ wide }) => !wide));
  return { kind: 'points', axis, within: whole ? wholeOnly(within) : within };
};

const matching: Partial<Record<Operator, Match['how']>> = {
  contains: 'contains',
  notContains: 'contains',
  startsWith: 'startsWith',
  endsWith: 'endsWith',
};

/** The values other than "empty" for which it holds (or does not). */
const valuesOf = (
  test: Test,
  constants: readonly Constant[],
  holds: boolean,
  of: Kind,
  fold: boolean,
): Values | undefined => {
  const spelled = (text: string): string => (fold ? folded(text) : text);
  const [first] = constants;
  if (!first) return undefined;
  const wanted = holds !== denying(test.op);
  switch (first.kind) {
    case 'point': {
      const points = constants.filter((constant) => constant.kind === 'point');
      return points.length === constants.length ? pointsOf(test, points, holds, of) : undefined;
    }
    case 'text': {
      const texts = constants.flatMap((constant) => (constant.kind === 'text' ? [spelled(constant.text)] : []));
      if (texts.length !== constants.length) return undefined;
      const how = matching[test.op];
      if (how) {
        const [text] = texts;
        if (text === undefined || texts.length > 1) return undefined;
        return { kind: 'match', match: { how, text, holds: holds !== (test.op === 'notContains') } };
      }
      if (test.op !== 'eq' && test.op !== 'ne' && test.op !== 'in' && test.op !== 'notIn') return undefined;
      return { kind: 'texts', texts: { only: wanted, of: new Set(texts) } };
    }
    case 'boolean': {
      if (test.op !== 'eq' && test.op !== 'ne' && test.op !== 'in' && test.op !== 'notIn') return undefined;
      const listed = (value: boolean): boolean =>
        constants.some((constant) => constant.kind === 'boolean' && constant.value === value);
      if (constants.some(({ kind }) => kind !== 'boolean')) return undefined;
      return { kind: 'booleans', true: listed(true) === wanted, false: listed(false) === wanted };
    }
    case 'empty':
      return undefined;
  }
};

const zeroHolds = (values: Values): boolean => {
  switch (values.kind) {
    case 'points':
      return values.axis !== 'number' || inBoth(values.within, fromTo(0, 0)).length > 0;
    case 'booleans':
      return values.false;
    case 'none':
    case 'texts':
    case 'match':
    case 'members':
      return false;
    case 'all':
      return true;
  }
};

/** Compared with what is written down. */
const withConstants = (test: Test, holds: boolean, left: Operand, where: Where): Demand => {
  const { right } = test;
  if (!right) return free;
  const values = right.kind === 'list' ? right.values : [right];
  const ordered = ordering.has(test.op);
  const constants = values.map((value) => constantOf(value, left.of.type, { ordered }));
  const known = constants.filter((constant) => constant !== undefined && constant.kind !== 'empty');
  const { format } = where.workflow;
  const letterCase = letterCaseOf(where.workflow);
  const sources: Source[] = [{ test, holds }];
  if (known.length < constants.length) {
    // "None of A, B and something else" still means "not A".
    const parts = holds === denying(test.op) && (test.op === 'in' || test.op === 'notIn') && known.length > 0;
    if (!parts) return free;
  }
  if (known.length === 0) return free;
  const denied = valuesOf(test, known, false, left.of, letterCase === 'ignored');
  const allowed = valuesOf(test, known, true, left.of, letterCase === 'ignored');
  if (!denied || !allowed) return free;
  const empty = holdsForEmpty(test.op, format, zeroHolds(allowed));
  const wide = known.some((constant) => constant.kind === 'point' && constant.wide);
  return {
    kind: 'atom',
    atom: {
      kind: 'value',
      ...left,
      letterCase,
      empty: holds ? empty !== 'no' : empty !== 'yes',
      values: holds ? allowed : denied,
      sources,
      exact: (empty !== 'maybe' || where.filled === 'all') && !wide && known.length === constants.length,
    },
  };
};

/** Tests of a multiple choice: each choice is there or is not. */
const withMembers = (test: Test, holds: boolean, left: Operand, where: Where): Demand => {
  const values = test.right?.kind === 'list' ? test.right.values : test.right ? [test.right] : [];
  const names = values.flatMap((value) =>
    value.kind === 'literal' && typeof value.value === 'string' && value.value !== '' ? [value.value] : [],
  );
  if (names.length === 0 || names.length < values.length) return free;
  const letterCase = letterCaseOf(where.workflow);
  const spelled = letterCase === 'ignored' ? names.map(folded) : names;
  const sources: Source[] = [{ test, holds }];
  const one = (has: readonly string[], lacks: readonly string[]): Demand => ({
    kind: 'atom',
    atom: {
      kind: 'value',
      ...left,
      letterCase,
      empty: has.length === 0,
      values: { kind: 'members', has, lacks },
      sources,
      exact: has.length > 0 || where.workflow.format === 'NY',
    },
  });
  switch (test.op) {
    case 'includes':
    case 'contains':
    case 'excludes':
    case 'notContains': {
      const wanted = holds === (test.op === 'includes' || test.op === 'contains');
      return wanted ? { kind: 'any', of: spelled.map((name) => one([name], [])) } : one([], spelled);
    }
    case 'includesAll':
      return holds ? one(spelled, []) : { kind: 'any', of: spelled.map((name) => one([], [name])) };
    default:
      return free;
  }
};

const emptyTest = (test: Test, holds: boolean, left: Operand, where: Where): Demand => {
  const { format } = where.workflow;
  const type = left.of.type;
  // Odoo and PHP do not tell 0 and no from empty.
  const sure = format === 'NY' || (type !== undefined && !isNumberType(type) && type !== 'boolean');
  const isEmpty = holds === (test.op === 'empty');
  const values: Values = !isEmpty
    ? { kind: 'all' }
    : sure || type === undefined
      ? { kind: 'none' }
      : isNumberType(type)
        ? { kind: 'points', axis: 'number', within: fromTo(0, 0) }
        : { kind: 'booleans', true: false, false: true };
  // Without its type it may be a number, and 0 is what "empty" means then.
  const loose: Values =
    isEmpty && !sure && type === undefined ? { kind: 'points', axis: 'number', within: fromTo(0, 0) } : values;
  return {
    kind: 'atom',
    atom: {
      kind: 'value',
      ...left,
      letterCase: letterCaseOf(where.workflow),
      empty: isEmpty,
      values: loose,
      sources: [{ test, holds }],
      exact: sure,
    },
  };
};

const mirrored: Partial<Record<Operator, number>> = {
  eq: equal,
  lt: less,
  le: less | equal,
  gt: greater,
  ge: greater | equal,
};
const someEmpty = bothEmpty | leftEmpty | rightEmpty;

/** Compared with another path. */
const withPath = (test: Test, holds: boolean, left: Operand, right: Operand, where: Where): Demand => {
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
