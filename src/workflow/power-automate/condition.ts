import type { Condition, Operator } from '../../model/workflow/condition.ts';
import type { Value } from '../../model/workflow/value.ts';
import { joinedBy, opaqueCondition } from '../build.ts';
import { placeOf } from '../source/json-places.ts';
import { isRecord, itemsOf, membersOf } from '../source/json-read.ts';
import type { JsonValue } from '../source/json-value.ts';
import { type Names, readsIn, valueFrom } from './expression.ts';

const operators: Readonly<Record<string, readonly [op: Operator, mirrored: Operator | undefined]>> = {
  equals: ['eq', 'eq'],
  greater: ['gt', 'lt'],
  greaterOrEquals: ['ge', 'le'],
  less: ['lt', 'gt'],
  lessOrEquals: ['le', 'ge'],
  contains: ['contains', undefined],
  startsWith: ['startsWith', undefined],
  endsWith: ['endsWith', undefined],
};

const isPath = (value: Value | undefined): boolean => value?.kind === 'path';

const comparison = (name: string, operands: JsonValue, names: Names): Condition => {
  const place = placeOf(operands);
  const opaque = (): Condition => opaqueCondition(name, place, readsIn(operands, names));
  const [left, right] = itemsOf(operands).map((operand) => valueFrom(operand, names));
  const known = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (!left || !right || !known) return opaque();
  const turned = !isPath(left) && isPath(right);
  const op = turned ? known[1] : known[0];
  const subject = turned ? right : left;
  const object = turned ? left : right;
  if (!op || !isPath(subject)) return opaque();
  const nothing = object.kind === 'literal' && (object.value === null || object.value === '');
  if (nothing && op === 'eq') return { kind: 'test', left: subject, op: 'empty', place, opText: name };
  return { kind: 'test', left: subject, op, right: object, place, opText: name };
};

/** `{ "and": [ { "equals": [ … ] } ] }`; an expression in a text holds or does not. */
export const conditionFrom = (expression: JsonValue, names: Names): Condition => {
  const place = placeOf(expression);
  const members = membersOf(expression);
  const [first] = members;
  if (!isRecord(expression) || !first || members.length > 1) {
    return opaqueCondition(expression.kind === 'text' ? expression.value : '', place, readsIn(expression, names));
  }
  const [name, operands] = first;
  switch (name) {
    case 'and':
    case 'or': {
      const of = itemsOf(operands).map((one) => conditionFrom(one, names));
      return of.length === 0 ? opaqueCondition(name, place) : joinedBy(name === 'and' ? 'all' : 'any', of, place);
    }
    case 'not':
      return { kind: 'not', of: conditionFrom(operands, names), place };
    default:
      return comparison(name, operands, names);
  }
};
