import type { Condition, Conditions, Operator } from '../../model/workflow/condition.ts';
import type { Value } from '../../model/workflow/value.ts';
import {
  conditionsOf,
  joinedBy,
  literal,
  opaqueCondition,
  opaqueValue,
  pathValue,
  recordPath,
  testsIn,
} from '../build.ts';
import { placeOf } from '../source/json-places.ts';
import { isRecord, itemsOf, member, namedOf, numberOf, placeOr, textOf } from '../source/json-read.ts';
import type { JsonValue } from '../source/json-value.ts';
import { formulaConditions } from './formula.ts';

/** Comparisons of the condition builder; of more that a field type brings nothing is claimed. */
const comparisons: Readonly<Record<string, Operator>> = {
  equals: 'eq',
  notEquals: 'ne',
  wasEqual: 'was',
  isEmpty: 'empty',
  empty: 'empty',
  notEmpty: 'notEmpty',
  changed: 'changed',
  notChanged: 'notChanged',
  contains: 'contains',
  notContains: 'notContains',
  has: 'includes',
  notHas: 'excludes',
  greaterThan: 'gt',
  lessThan: 'lt',
  greaterThanOrEquals: 'ge',
  greaterThanOrEqual: 'ge',
  lessThanOrEquals: 'le',
  lessThanOrEqual: 'le',
  on: 'eq',
  before: 'lt',
  after: 'gt',
};
const takesNothing: readonly Operator[] = ['empty', 'notEmpty', 'changed', 'notChanged'];

const constant = (value: JsonValue): Value => {
  const place = placeOf(value);
  switch (value.kind) {
    case 'text':
    case 'boolean':
      return literal(value.value, place);
    case 'number':
      return literal(numberOf(value) ?? value.raw, place);
    case 'null':
      return literal(null, place);
    case 'list':
      return { kind: 'list', values: value.items.map(constant), place };
    case 'record':
      return opaqueValue('', place);
  }
};

/** What a field is compared with: a value, another field, or today. */
const subject = (condition: JsonValue): Value | undefined => {
  const place = placeOf(condition);
  switch (textOf(member(condition, 'subjectType'))) {
    case 'field': {
      const field = namedOf(member(condition, 'field'));
      return field && pathValue(recordPath(field.name, field.place));
    }
    case 'today': {
      const days = numberOf(member(condition, 'shiftDays')) ?? 0;
      return days === 0
        ? { kind: 'moment', base: 'today', place }
        : { kind: 'moment', base: 'today', offset: { amount: days, unit: 'day' }, place };
    }
    case undefined:
    case 'value': {
      const value = member(condition, 'value');
      return value && constant(value);
    }
    default:
      return undefined;
  }
};

const one = (condition: JsonValue): Condition => {
  const place = placeOf(condition);
  const field = namedOf(member(condition, 'fieldToCompare'));
  const word = member(condition, 'comparison');
  const comparison = textOf(word) ?? '';
  if (!field) return opaqueCondition(comparison, place);
  const left = recordPath(field.name, field.place);
  const test = (op: Operator, right?: Value): Condition => ({
    kind: 'test',
    left: pathValue(left),
    op,
    ...(right ? { right } : {}),
    place,
    opPlace: placeOr(word, condition),
    opText: comparison,
  });
  if (comparison === 'true' || comparison === 'isTrue') return test('eq', literal(true, placeOr(word, condition)));
  if (comparison === 'false' || comparison === 'isFalse') return test('eq', literal(false, placeOr(word, condition)));
  const op = comparison === 'wasNotEqual' ? 'was' : comparisons[comparison];
  if (!op) return opaqueCondition(`${field.name} ${comparison}`, place, [left]);
  if (takesNothing.includes(op)) return test(op);
  const right = subject(condition);
  // Records of several relations are compared in ways of their own.
  if (!right || right.kind === 'opaque' || right.kind === 'list') {
    return opaqueCondition(`${field.name} ${comparison}`, place, [left]);
  }
  if (comparison === 'wasNotEqual') return { kind: 'not', of: test('was', right), place };
  if (op === 'includes' || op === 'excludes') return test(op, { kind: 'list', values: [right], place: right.place });
  return test(op, right);
};

/** `conditionsAll` and one of `conditionsAny` and `conditionsFormula`, as a workflow, an event or a flow of a gateway has them. */
export const conditionsIn = (holder: JsonValue): Conditions | undefined => {
  const all = member(holder, 'conditionsAll');
  const any = member(holder, 'conditionsAny');
  const formula = member(holder, 'conditionsFormula');
  const parts: Condition[] = itemsOf(all).filter(isRecord).map(one);
  const either = itemsOf(any).filter(isRecord).map(one);
  if (either.length > 0 && any) parts.push(joinedBy('any', either, placeOf(any)));
  const computed = formula?.kind === 'text' ? formulaConditions(formula) : undefined;
  if (computed) parts.push(computed.condition);
  const [first] = parts;
  if (!first) return undefined;
  const condition = joinedBy('all', parts, first.place);
  return computed?.formula
    ? { condition, tests: testsIn(condition), formula: computed.formula, place: first.place }
    : conditionsOf(condition);
};
