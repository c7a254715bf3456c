import type { Condition, Conditions, Operator } from '../../model/workflow/condition.ts';
import type { Place } from '../../model/workflow/place.ts';
import type { Path, Value } from '../../model/workflow/value.ts';
import { conditionsOf, joinedBy, literal, opaqueCondition, opaqueValue, pathOf, pathValue } from '../build.ts';
import { readJson } from '../source/json.ts';
import { placeInText } from '../source/json-places.ts';
import { idOf, isBlank, isRecord, itemsOf, member, textOf } from '../source/json-read.ts';
import type { JsonText, JsonValue } from '../source/json-value.ts';

/** `amount`, or `(account_id : (Accounts) accountname)` for a field of a related record. */
export const fieldPath = (name: string, place: Place): Path => {
  const related = /^\(\s{0,9}(\w{1,80})\s{0,9}:\s{0,9}\(\w{1,80}\)\s{0,9}(\w{1,80})\s{0,9}\)$/.exec(name);
  return pathOf({ kind: 'record' }, related ? [related[1] ?? '', related[2] ?? ''] : [name], name, place);
};

const operators: Readonly<Record<string, Operator>> = {
  is: 'eq',
  'equal to': 'eq',
  'is not': 'ne',
  'does not equal': 'ne',
  contains: 'contains',
  'does not contain': 'notContains',
  'starts with': 'startsWith',
  'ends with': 'endsWith',
  'less than': 'lt',
  'greater than': 'gt',
  'less than or equal to': 'le',
  'greater than or equal to': 'ge',
  before: 'lt',
  after: 'gt',
  'is empty': 'empty',
  'is not empty': 'notEmpty',
  'has changed': 'changed',
  'has changed to': 'changedTo',
  'has changed from': 'changedFrom',
};

const takesNothing: readonly Operator[] = ['empty', 'notEmpty', 'changed'];

/** A value of a condition or of an update: a text, a field, or an expression, which is left alone. */
export const valueOfType = (type: string | undefined, text: string, place: Place): Value => {
  if (type === 'fieldname') return pathValue(fieldPath(text, place));
  return type === 'expression' ? opaqueValue(text, place) : literal(text, place);
};

const one = (row: JsonValue, at: (value: JsonValue) => Place): Condition => {
  const place = at(row);
  const name = textOf(member(row, 'fieldname'));
  const operation = textOf(member(row, 'operation')) ?? '';
  if (name === undefined) return opaqueCondition(operation, place);
  const left = fieldPath(name, at(member(row, 'fieldname') ?? row));
  const op = Object.hasOwn(operators, operation) ? operators[operation] : undefined;
  const value = member(row, 'value');
  const text = idOf(value) ?? '';
  // Several choices, and dates that are counted from today.
  if (!op || (text.includes(',') && (op === 'eq' || op === 'ne'))) {
    return opaqueCondition(`${name} ${operation}`, place, [left]);
  }
  const test = { kind: 'test', left: pathValue(left), place, opText: operation } as const;
  if (takesNothing.includes(op)) return { ...test, op };
  if (text === '' && (op === 'eq' || op === 'ne')) return { ...test, op: op === 'eq' ? 'empty' : 'notEmpty' };
  return { ...test, op, right: valueOfType(textOf(member(row, 'valuetype')), text, at(value ?? row)) };
};

/** Rows are joined within their group by what each says of the next one; two ways at once are left alone. */
const joinedRows = (rows: readonly JsonValue[], key: string, parts: readonly Condition[], place: Place): Condition => {
  const ways = new Set(rows.map((row) => (textOf(member(row, key)) ?? '').toLowerCase()).filter((word) => word !== ''));
  if (ways.size > 1) return opaqueCondition('', place, []);
  return joinedBy(ways.has('or') ? 'any' : 'all', parts, place);
};

const conditionIn = (root: JsonValue, at: (value: JsonValue) => Place): Condition | undefined => {
  const groups = new Map<string, JsonValue[]>();
  for (const row of itemsOf(root).filter(isRecord)) {
    const id = idOf(member(row, 'groupid')) ?? '0';
    groups.set(id, [...(groups.get(id) ?? []), row]);
  }
  const joined = [...groups.values()].map((rows) => {
    const [first] = rows;
    const place = at(first ?? root);
    const inner = rows.slice(0, -1);
    // The last row of a group says nothing of a next one.
    return {
      first,
      place,
      condition: joinedRows(
        inner,
        'joincondition',
        rows.map((row) => one(row, at)),
        place,
      ),
    };
  });
  const [lead] = joined;
  if (!lead) return undefined;
  const later = joined.slice(1).flatMap(({ first }) => first ?? []);
  return joinedRows(
    later,
    'groupjoin',
    joined.map(({ condition }) => condition),
    lead.place,
  );
};

/** The column `test`: JSON within the JSON. What cannot be read holds or does not. */
export const testConditions = (test: JsonValue | undefined): Conditions | undefined => {
  if (!test || isBlank(test)) return undefined;
  if (test.kind === 'list') {
    const condition = conditionIn(test, (value) => value.places(value));
    return condition && conditionsOf(condition);
  }
  if (test.kind !== 'text') return undefined;
  const text: JsonText = test;
  const { root } = readJson('', text.value, { depth: 20, values: 20_000, units: 1_000_000 });
  const whole = placeInText(text, 0, text.value.length);
  if (!root) return conditionsOf(opaqueCondition('', whole));
  const condition = conditionIn(root, ({ start, end }) => placeInText(text, start, end));
  return condition && conditionsOf(condition);
};
