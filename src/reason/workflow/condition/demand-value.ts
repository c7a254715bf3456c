import type { Operator, Test } from '../../../model/workflow/condition.ts';
import { type Demand, free, type Source, type Values } from './atom.ts';
import { type Constant, constantOf, isNumberType } from './constant.ts';
import type { Operand } from './demand-operand.ts';
import { holdsForEmpty } from './emptiness.ts';
import { above, below, fromTo, type Interval, inBoth, outside, union, wholeOnly } from './intervals.ts';
import { folded, type Match } from './texts.ts';
import { type Kind, letterCaseOf, type Where } from './where.ts';

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
export const withConstants = (test: Test, holds: boolean, left: Operand, where: Where): Demand => {
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
export const withMembers = (test: Test, holds: boolean, left: Operand, where: Where): Demand => {
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

/** Whether there is a value at all. */
export const emptyTest = (test: Test, holds: boolean, left: Operand, where: Where): Demand => {
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
