import type { Condition, Conditions, Operator } from '../../model/workflow/condition.ts';
import type { Place } from '../../model/workflow/place.ts';
import type { Field } from '../../model/workflow/schema.ts';
import type { Duration, FormulaProblem, Path, Unit, Value } from '../../model/workflow/value.ts';
import {
  type KintoneQuery,
  type KintoneValue,
  kintoneFunctions,
  parseKintoneQuery,
} from '../../reason/workflow/languages/kintone-query.ts';
import { nearestName } from '../../reason/workflow/nearest-name.ts';
import { conditionsOf, joinedBy, literal, opaqueCondition, opaqueValue, pathOf, pathValue } from '../build.ts';
import { syntaxProblems } from '../formula-problems.ts';
import { placeInText, placeOf } from '../source/json-places.ts';
import type { JsonText } from '../source/json-value.ts';

type At = (stretch: { readonly start: number; readonly end: number }) => Place;
type FieldOf = (code: string) => Field | undefined;

const units: Readonly<Record<string, Unit>> = { DAYS: 'day', WEEKS: 'week', MONTHS: 'month', YEARS: 'year' };

const moments: Readonly<Record<string, readonly [base: 'now' | 'today', days: number]>> = {
  NOW: ['now', 0],
  TODAY: ['today', 0],
  YESTERDAY: ['today', -1],
  TOMORROW: ['today', 1],
};

const moment = (base: 'now' | 'today', offset: Duration | undefined, place: Place): Value =>
  offset && offset.amount !== 0 ? { kind: 'moment', base, offset, place } : { kind: 'moment', base, place };

/** A function's value; a month or a week is a stretch of time and no value. */
const called = (value: KintoneValue & { readonly kind: 'call' }, place: Place): Value | undefined => {
  const known = moments[value.name];
  if (known) return moment(known[0], { amount: known[1], unit: 'day' }, place);
  if (value.name === 'LOGINUSER') return pathValue(pathOf({ kind: 'user' }, [], 'LOGINUSER()', place));
  const [amount = '', unit = ''] = value.arguments;
  const named = units[unit.toUpperCase()];
  if (value.name === 'FROM_TODAY' && named && /^[+-]?\d{1,6}$/.test(amount)) {
    return moment('today', { amount: Number(amount), unit: named }, place);
  }
  return undefined;
};

const numeric = /^[+-]?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?$/;
const numberTypes: readonly (string | undefined)[] = ['number', 'integer', 'currency', 'percent'];

/** kintone puts numbers in quotes, too: what is meant is told by the field, or by what only numbers and dates are asked. */
const literalOf = (text: string, field: Field | undefined, ordering: boolean, place: Place): Value =>
  numeric.test(text) && (field ? numberTypes.includes(field.type) : ordering)
    ? literal(Number(text), place)
    : literal(text, place);

const compared: Readonly<Record<string, Operator>> = {
  '=': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '>': 'gt',
  '<=': 'le',
  '>=': 'ge',
  like: 'contains',
  'not like': 'notContains',
};

interface Asked {
  readonly left: Path;
  readonly field: Field | undefined;
  readonly opText: string;
  readonly opPlace: Place;
  readonly place: Place;
}

const test = ({ left, opText, opPlace, place }: Asked, op: Operator, right?: Value): Condition => ({
  kind: 'test',
  left: pathValue(left),
  op,
  ...(right ? { right } : {}),
  place,
  opPlace,
  opText,
});

/** `in ("A", "")`: one of the values, or nothing at all. Whether the field holds one value or several decides the operator. */
const listTest = (asked: Asked, values: readonly Value[], negative: boolean, place: Place): Condition => {
  const isEmpty = (value: Value): boolean => value.kind === 'literal' && value.value === '';
  const filled = values.filter((value) => !isEmpty(value));
  const single = asked.field !== undefined && asked.field.type !== 'multipicklist' && asked.field.type !== 'references';
  const one = single ? 'in' : 'includes';
  const none = single ? 'notIn' : 'excludes';
  const parts: Condition[] = [];
  if (filled.length > 0 || values.length === 0) {
    parts.push(test(asked, negative ? none : one, { kind: 'list', values: filled, place }));
  }
  if (filled.length < values.length) parts.push(test(asked, negative ? 'notEmpty' : 'empty'));
  return joinedBy(negative ? 'all' : 'any', parts, asked.place);
};

const conditionOf = (query: KintoneQuery, text: string, at: At, fieldOf: FieldOf): Condition => {
  const place = at(query);
  if (query.kind !== 'test') {
    return joinedBy(
      query.kind,
      query.of.map((part) => conditionOf(part, text, at, fieldOf)),
      place,
    );
  }
  const { operator } = query;
  const field = fieldOf(query.field.text);
  const left = pathOf({ kind: 'record' }, [query.field.text], query.field.text, at(query.field));
  const asked: Asked = { left, field, opText: operator.text, opPlace: at(operator), place };
  if (operator.text === 'is empty') return test(asked, 'empty');
  if (operator.text === 'is not empty') return test(asked, 'notEmpty');
  const ordering = /^[<>]/.test(operator.text);
  const values = query.values.map((value) =>
    value.kind === 'call' ? called(value, at(value)) : literalOf(value.text, field, ordering, at(value)),
  );
  const known = values.filter((value) => value !== undefined);
  if (known.length < values.length) return opaqueCondition(text.slice(query.start, query.end), place, [left]);
  const first = query.values[0];
  if (operator.text === 'in' || operator.text === 'not in') {
    const list = at({ start: first?.start ?? operator.end, end: query.end });
    return listTest(asked, known, operator.text === 'not in', list);
  }
  const [right = opaqueValue('', place)] = known;
  if (right.kind === 'literal' && right.value === '' && !ordering) {
    return test(asked, operator.text === '!=' || operator.text === 'not like' ? 'notEmpty' : 'empty');
  }
  return test(asked, compared[operator.text] ?? 'eq', right);
};

const callsIn = (query: KintoneQuery): readonly (KintoneValue & { readonly kind: 'call' })[] =>
  query.kind === 'test'
    ? query.values.flatMap((value) => (value.kind === 'call' ? [value] : []))
    : query.of.flatMap(callsIn);

/** Functions that kintone does not have, or with more or fewer arguments than they take. */
const wrongCalls = (query: KintoneQuery, at: At): readonly FormulaProblem[] =>
  callsIn(query).flatMap((call): readonly FormulaProblem[] => {
    const place = at(call);
    const known = Object.hasOwn(kintoneFunctions, call.name) ? kintoneFunctions[call.name] : undefined;
    if (!known) {
      const nearest = nearestName(call.name, Object.keys(kintoneFunctions));
      return [
        {
          kind: 'unknown-function',
          says: { en: `kintone has no function ${call.name}`, ja: `kintone に ${call.name} という関数はありません` },
          ...(nearest === undefined ? {} : { nearest }),
          place,
        },
      ];
    }
    const [least, most] = known;
    const given = call.arguments.length;
    if (given >= least && given <= most) return [];
    const wanted = least === most ? `${least}` : `${least}–${most}`;
    return [
      {
        kind: 'argument-count',
        says: {
          en: `${call.name} takes ${wanted} arguments, and ${given} are given`,
          ja: `${call.name} の引数は ${wanted} 個ですが、${given} 個あります`,
        },
        place,
      },
    ];
  });

/** The condition of an action. One that cannot be read holds or does not hold. */
export const filterConditions = (filter: JsonText, fieldOf: FieldOf): Conditions => {
  const text = filter.value;
  const at: At = ({ start, end }) => placeInText(filter, start, end);
  const query = parseKintoneQuery(text);
  const whole = at({ start: 0, end: text.length });
  const faults = query.kind === 'fault' ? syntaxProblems(query, text.length, at) : wrongCalls(query, at);
  const formula = { language: 'kintone', text, faults, place: whole } as const;
  const condition = query.kind === 'fault' ? opaqueCondition(text, whole) : conditionOf(query, text, at, fieldOf);
  return conditionsOf(condition, { formula, place: placeOf(filter) });
};
