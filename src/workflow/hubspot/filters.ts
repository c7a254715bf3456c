import type { Condition, Operator } from '../../model/workflow/condition.ts';
import type { Place } from '../../model/workflow/place.ts';
import type { Path, Value } from '../../model/workflow/value.ts';
import { joinedBy, literal, opaqueCondition, pathOf, pathValue, recordPath } from '../build.ts';
import { placeOf } from '../source/json-places.ts';
import { booleanOf, idOf, itemsOf, member, numberOf, textOf } from '../source/json-read.ts';
import type { JsonValue } from '../source/json-value.ts';

/** What a filter compares, as the lists and the workflows of HubSpot write it. */
interface Asked {
  readonly left: Path;
  readonly operation: JsonValue;
  readonly operator: string;
  readonly place: Place;
  readonly opPlace: Place;
}

const test = ({ left, operator, place, opPlace }: Asked, op: Operator, right?: Value): Condition => ({
  kind: 'test',
  left: pathValue(left),
  op,
  ...(right ? { right } : {}),
  place,
  opPlace,
  opText: operator,
});

const opaque = ({ left, operator, place }: Asked): Condition =>
  opaqueCondition(`${left.text} ${operator}`, place, [left]);

const single: Readonly<Record<string, Operator>> = {
  IS_EQUAL_TO: 'eq',
  IS_NOT_EQUAL_TO: 'ne',
  IS_GREATER_THAN: 'gt',
  IS_GREATER_THAN_OR_EQUAL_TO: 'ge',
  IS_LESS_THAN: 'lt',
  IS_LESS_THAN_OR_EQUAL_TO: 'le',
  CONTAINS: 'contains',
  DOES_NOT_CONTAIN: 'notContains',
  STARTS_WITH: 'startsWith',
  ENDS_WITH: 'endsWith',
};

const emptiness: Readonly<Record<string, Operator>> = {
  IS_KNOWN: 'notEmpty',
  IS_NOT_BLANK: 'notEmpty',
  HAS_PROPERTY: 'notEmpty',
  IS_UNKNOWN: 'empty',
  IS_BLANK: 'empty',
  NOT_HAS_PROPERTY: 'empty',
};

// A choice of HubSpot may be one of several that a record has; of these it is known that it is the only one.
const onlyOne: readonly string[] = [
  'lifecyclestage',
  'hs_lead_status',
  'hubspot_owner_id',
  'hubspot_team_id',
  'dealstage',
  'pipeline',
  'dealtype',
  'hs_priority',
  'hs_pipeline',
  'hs_pipeline_stage',
  'hs_ticket_priority',
  'industry',
  'type',
];

const constantOf = (value: JsonValue): Value | undefined => {
  const place = placeOf(value);
  if (value.kind === 'boolean') return literal(value.value, place);
  if (value.kind === 'number') return literal(numberOf(value) ?? value.raw, place);
  return value.kind === 'text' ? literal(value.value, place) : undefined;
};

const listOf = (value: JsonValue | undefined): Value | undefined => {
  if (value?.kind !== 'list') return undefined;
  const values = value.items.map(constantOf);
  const known = values.filter((one) => one !== undefined);
  return known.length === values.length ? { kind: 'list', values: known, place: placeOf(value) } : undefined;
};

const choices = (asked: Asked): Condition => {
  const list = listOf(member(asked.operation, 'values'));
  if (!list) return opaque(asked);
  const one = onlyOne.includes(asked.left.text);
  switch (asked.operator) {
    case 'IS_ANY_OF':
      return test(asked, one ? 'in' : 'includes', list);
    case 'IS_NONE_OF':
      return test(asked, one ? 'notIn' : 'excludes', list);
    case 'CONTAINS_ALL':
      return test(asked, 'includesAll', list);
    default:
      return opaque(asked);
  }
};

/** A text operation with several values asks for any of them, or for none. */
const texts = (asked: Asked): Condition => {
  const op = single[asked.operator];
  const alone = member(asked.operation, 'value');
  const values = alone ? [alone] : itemsOf(member(asked.operation, 'values'));
  const known = values.map(constantOf).filter((value) => value !== undefined);
  if (!op || known.length === 0 || known.length < values.length) return opaque(asked);
  return joinedBy(
    op === 'ne' || op === 'notContains' ? 'all' : 'any',
    known.map((value) => test(asked, op, value)),
    asked.place,
  );
};

const compared = (asked: Asked): Condition => {
  const op = single[asked.operator];
  const value = member(asked.operation, 'value');
  const right = value && constantOf(value);
  return op && right ? test(asked, op, right) : opaque(asked);
};

const ranged = (asked: Asked): Condition => {
  const lower = member(asked.operation, 'lowerBound');
  const upper = member(asked.operation, 'upperBound');
  const from = lower && constantOf(lower);
  const to = upper && constantOf(upper);
  if (!from || !to || asked.operator !== 'IS_BETWEEN') return opaque(asked);
  return test(asked, 'between', { kind: 'list', values: [from, to], place: asked.place });
};

/** A day or moment; one relative to a property or a fiscal year is left alone. */
const timePoint = (point: JsonValue | undefined): Value | undefined => {
  if (!point) return undefined;
  const place = placeOf(point);
  if (textOf(member(point, 'timeType')) === 'DATE') {
    const [year, month, day] = ['year', 'month', 'day'].map((key) => numberOf(member(point, key)));
    if (year === undefined || month === undefined || day === undefined) return undefined;
    const two = (number: number): string => String(number).padStart(2, '0');
    return {
      kind: 'literal',
      value: `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`,
      type: 'date',
      place,
    };
  }
  const reference = textOf(member(point, 'indexReference', 'referenceType'));
  if (reference !== 'TODAY' && reference !== 'NOW') return undefined;
  const base = reference === 'TODAY' ? 'today' : 'now';
  const offset = member(point, 'offset');
  if (!offset || offset.kind === 'null') return { kind: 'moment', base, place };
  const days = numberOf(member(offset, 'days'));
  // Weeks, months or hours beside the days are left alone.
  if (days === undefined || offset.kind !== 'record' || offset.members.size > 1) return undefined;
  return { kind: 'moment', base, offset: { amount: days, unit: 'day' }, place };
};

const dated = (asked: Asked): Condition => {
  const { operation, operator } = asked;
  const within = textOf(member(operation, 'endpointBehavior')) === 'INCLUSIVE';
  if (operator === 'IS_BEFORE' || operator === 'IS_AFTER') {
    const point = timePoint(member(operation, 'timePoint'));
    if (!point) return opaque(asked);
    return test(asked, operator === 'IS_BEFORE' ? (within ? 'le' : 'lt') : within ? 'ge' : 'gt', point);
  }
  const from = timePoint(member(operation, 'lowerBoundTimePoint'));
  const to = timePoint(member(operation, 'upperBoundTimePoint'));
  if (operator !== 'IS_BETWEEN' || !from || !to) return opaque(asked);
  return test(asked, 'between', { kind: 'list', values: [from, to], place: asked.place });
};

const operationOf = (asked: Asked): Condition => {
  const empty = emptiness[asked.operator];
  if (empty) return test(asked, empty);
  switch (textOf(member(asked.operation, 'operationType'))) {
    case 'ENUMERATION':
      return choices(asked);
    case 'STRING':
    case 'MULTISTRING':
      return texts(asked);
    case 'NUMBER':
    case 'BOOL':
      return compared(asked);
    case 'NUMBER_RANGED':
      return ranged(asked);
    case 'TIME_POINT':
    case 'TIME_RANGED':
      return dated(asked);
    default:
      return opaque(asked);
  }
};

const denies: readonly string[] = ['IS_NOT_EQUAL_TO', 'IS_NONE_OF', 'DOES_NOT_CONTAIN', 'IS_NOT_BETWEEN'];

/** `{ property, operation }` for a property of the record, or of whatever `path` leads to. */
export const propertyCondition = (filter: JsonValue, pathTo: (property: JsonValue) => Path): Condition => {
  const property = member(filter, 'property');
  const operation = member(filter, 'operation');
  const place = placeOf(filter);
  if (property?.kind !== 'text' || !operation) return opaqueCondition('', place);
  const operator = member(operation, 'operator');
  const asked: Asked = {
    left: pathTo(property),
    operation,
    operator: textOf(operator) ?? '',
    place,
    opPlace: placeOf(operator ?? operation),
  };
  const condition = operationOf(asked);
  const orNothing = booleanOf(member(operation, 'includeObjectsWithNoValueSet')) === true;
  // "Not A" holds for an empty value anyway.
  if (!orNothing || condition.kind === 'opaque' || denies.includes(asked.operator) || emptiness[asked.operator]) {
    return condition;
  }
  return joinedBy('any', [condition, test(asked, 'empty')], place);
};

export const ownProperty = (property: JsonValue): Path => recordPath(textOf(property) ?? '', placeOf(property));

const listCondition = (filter: JsonValue): Condition => {
  const list = member(filter, 'listId');
  const id = idOf(list);
  const place = placeOf(filter);
  const operator = textOf(member(filter, 'operator')) ?? 'IN_LIST';
  if (!list || id === undefined || (operator !== 'IN_LIST' && operator !== 'NOT_IN_LIST')) {
    return opaqueCondition(`${operator} ${id ?? ''}`.trim(), place);
  }
  return {
    kind: 'test',
    left: pathValue(pathOf({ kind: 'record' }, [], 'record', place)),
    op: operator === 'IN_LIST' ? 'inList' : 'notInList',
    right: literal(id, placeOf(list)),
    place,
    opText: operator,
  };
};

const filterCondition = (filter: JsonValue): Condition => {
  switch (textOf(member(filter, 'filterType'))) {
    case 'PROPERTY':
      return propertyCondition(filter, ownProperty);
    case 'IN_LIST':
      return listCondition(filter);
    case 'CONSTANT': {
      const value = booleanOf(member(filter, 'shouldAccept'));
      return value === undefined
        ? opaqueCondition('CONSTANT', placeOf(filter))
        : { kind: 'constant', value, place: placeOf(filter) };
    }
    default:
      return opaqueCondition(textOf(member(filter, 'filterType')) ?? '', placeOf(filter));
  }
};

/** Whether a branch asks anything at all. */
export const asksNothing = (branch: JsonValue): boolean =>
  itemsOf(member(branch, 'filters')).length === 0 && itemsOf(member(branch, 'filterBranches')).every(asksNothing);

/** A branch of filters: AND, OR and their denials; what looks at other records or events holds or not. */
export const branchCondition = (branch: JsonValue): Condition => {
  const place = placeOf(branch);
  const type = textOf(member(branch, 'filterBranchType')) ?? '';
  const parts = (): readonly Condition[] => [
    ...itemsOf(member(branch, 'filters')).map(filterCondition),
    ...itemsOf(member(branch, 'filterBranches')).map(branchCondition),
  ];
  switch (type) {
    case 'AND':
    case 'OR': {
      const of = parts();
      if (of.length === 0) return opaqueCondition(type, place);
      return joinedBy(type === 'AND' ? 'all' : 'any', of, place);
    }
    case 'NOT_ALL':
    case 'NOT_ANY': {
      const of = parts();
      if (of.length === 0) return opaqueCondition(type, place);
      return { kind: 'not', of: joinedBy(type === 'NOT_ALL' ? 'all' : 'any', of, place), place };
    }
    default:
      return opaqueCondition(type, place);
  }
};
