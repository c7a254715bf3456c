import type { Condition, Operator } from '../../model/workflow/condition.ts';
import type { Value } from '../../model/workflow/value.ts';
import { joinedBy, literal, opaqueCondition, pathOf, pathValue, recordPath } from '../build.ts';
import { placeOf } from '../source/json-places.ts';
import { isRecord, itemsOf, member, namedOf, numberOf, placeOr, textOf } from '../source/json-read.ts';
import type { JsonValue } from '../source/json-value.ts';

const operators: Readonly<Record<string, Operator>> = {
  equal: 'eq',
  not_equal: 'ne',
  greater_than: 'gt',
  less_than: 'lt',
  greater_equal: 'ge',
  less_equal: 'le',
  contains: 'contains',
  not_contains: 'notContains',
  starts_with: 'startsWith',
  ends_with: 'endsWith',
  in: 'in',
  not_in: 'notIn',
  between: 'between',
};
const takesList: readonly Operator[] = ['in', 'notIn', 'between'];

const one = (value: JsonValue): Value | undefined => {
  const place = placeOf(value);
  switch (value.kind) {
    case 'text':
      return literal(value.value, place);
    case 'boolean':
      return literal(value.value, place);
    case 'number':
      return literal(numberOf(value) ?? value.raw, place);
    case 'null':
      return literal(null, place);
    case 'record': {
      // A record that is chosen: a user, an account.
      const id = namedOf(member(value, 'id'));
      return id && literal(id.name, id.place);
    }
    case 'list':
      return undefined;
  }
};

const comparison = (criteria: JsonValue): Condition => {
  const place = placeOf(criteria);
  const field = namedOf(member(criteria, 'field', 'api_name')) ?? namedOf(member(criteria, 'api_name'));
  const word = member(criteria, 'comparator');
  const comparator = textOf(word) ?? '';
  if (!field) return opaqueCondition(comparator, place);
  const left = recordPath(field.name, field.place);
  const opaque = (): Condition => opaqueCondition(`${field.name} ${comparator}`, place, [left]);
  const op = Object.hasOwn(operators, comparator) ? operators[comparator] : undefined;
  const value = member(criteria, 'value');
  const test = (operator: Operator, right?: Value): Condition => ({
    kind: 'test',
    left: pathValue(left),
    op: operator,
    ...(right ? { right } : {}),
    place,
    opPlace: placeOr(word, criteria),
    opText: comparator,
  });
  if (!op || !value || (textOf(member(criteria, 'type')) ?? 'value') !== 'value') return opaque();
  const text = textOf(value);
  if (text === '${EMPTY}' && (op === 'eq' || op === 'ne')) return test(op === 'eq' ? 'empty' : 'notEmpty');
  if (text === '${NOTEMPTY}' && (op === 'eq' || op === 'ne')) return test(op === 'eq' ? 'notEmpty' : 'empty');
  if (text === '${CURRENTUSER}') return test(op, pathValue(pathOf({ kind: 'user' }, ['id'], text, placeOf(value))));
  // `${AGEINDAYS}` and the like, and what else is filled in.
  if (text?.includes('${')) return opaque();
  if (takesList.includes(op)) {
    const values = itemsOf(value).map(one);
    const known = values.filter((item) => item !== undefined);
    if (known.length === 0 || known.length < values.length || (op === 'between' && known.length !== 2)) return opaque();
    return test(op, { kind: 'list', values: known, place: placeOf(value) });
  }
  const right = one(value);
  return right ? test(op, right) : opaque();
};

/** `{ group_operator, group }` or one comparison. */
export const criteriaCondition = (criteria: JsonValue): Condition => {
  const place = placeOf(criteria);
  const group = member(criteria, 'group');
  if (group?.kind !== 'list') return comparison(criteria);
  const parts = itemsOf(group).filter(isRecord).map(criteriaCondition);
  const word = (textOf(member(criteria, 'group_operator')) ?? '').toUpperCase();
  if (parts.length === 0 || (word !== 'AND' && word !== 'OR')) return opaqueCondition(word, place);
  return joinedBy(word === 'AND' ? 'all' : 'any', parts, place);
};
