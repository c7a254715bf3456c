import type { Condition, Operator } from '../../model/workflow/condition.ts';
import type { Place } from '../../model/workflow/place.ts';
import type { Path, Value } from '../../model/workflow/value.ts';
import type { Defect } from '../../model/workflow/workflow.ts';
import { nearestName } from '../../reason/workflow/nearest-name.ts';
import { literal, opaqueCondition, pathOf, pathValue, recordPath } from '../build.ts';
import { placeOf } from '../source/json-places.ts';
import { idOf, isBlank, member, namedOf, placeOr, textOf } from '../source/json-read.ts';
import type { JsonValue } from '../source/json-value.ts';
import { entry, listed, parameterOf, words } from '../source/parameter.ts';
import { dateValue, storedChoices } from './values.ts';

/** The operators that AOW_WorkFlow compares with; a condition with any other one is skipped without a word. */
const operators: Readonly<Record<string, Operator>> = {
  Equal_To: 'eq',
  Not_Equal_To: 'ne',
  Greater_Than: 'gt',
  Less_Than: 'lt',
  Greater_Than_or_Equal_To: 'ge',
  Less_Than_or_Equal_To: 'le',
  Contains: 'contains',
  Starts_With: 'startsWith',
  Ends_With: 'endsWith',
  is_null: 'empty',
};

export interface ReadLine {
  readonly condition: Condition;
  readonly defects: readonly Defect[];
  /** It asks whether something changed, which the scheduler cannot see: such a workflow finds no record there. */
  readonly changed: boolean;
}

// `a:` in base64: a serialized array that was cut off or is none.
const encodedArray = 'YTo';

/** Relations from the module of the workflow to that of the field; undefined where they cannot be read. */
const relationsOf = (line: JsonValue, module: string | undefined): readonly string[] | undefined => {
  const value = member(line, 'module_path');
  if (isBlank(value)) return [];
  const parameter = parameterOf(value);
  const path = parameter
    ? [...listed(parameter).values()].map((part) => words(part) ?? '')
    : [textOf(value) ?? ''].filter((name) => /^\w+$/.test(name) && !name.startsWith(encodedArray));
  if (path.length === 0 || path.some((name) => !/^\w+$/.test(name))) return undefined;
  return path[0] === module ? path.slice(1) : path;
};

interface Asked {
  readonly left: Path;
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

const compared = (asked: Asked, line: JsonValue): Condition => {
  const value = member(line, 'value');
  const at = placeOr(value, line);
  const written = idOf(value);
  const op = operators[asked.operator] ?? 'eq';
  const negative = op === 'ne';
  if (op === 'empty') return test(asked, 'empty');
  switch (textOf(member(line, 'value_type')) ?? 'Value') {
    case 'Any_Change':
      return test(asked, negative ? 'notChanged' : 'changed');
    case 'Field':
      return written === undefined
        ? opaqueCondition('', asked.place, [asked.left])
        : test(asked, op, pathValue(recordPath(written, at)));
    case 'Date': {
      const parameter = parameterOf(value);
      if (!parameter || words(entry(parameter, '0')) === 'anniversary') {
        return opaqueCondition('Date', asked.place, [asked.left]);
      }
      return test(asked, op, dateValue(parameter, at));
    }
    case 'Multi': {
      const parameter = value?.kind === 'text' ? undefined : parameterOf(value);
      const values = parameter
        ? [...listed(parameter).values()].map((one) => words(one) ?? '')
        : storedChoices(textOf(value) ?? '');
      const list: Value = { kind: 'list', values: values.map((one) => literal(one, at)), place: at };
      return test(asked, negative ? 'notIn' : 'in', list);
    }
    case 'CurrentUserID':
      return test(asked, op, pathValue(pathOf({ kind: 'user' }, ['id'], 'CurrentUserID', at)));
    case 'SecurityGroup':
      return opaqueCondition('SecurityGroup', asked.place, [asked.left]);
    default:
      if ((written ?? '') === '' && (op === 'eq' || op === 'ne')) return test(asked, negative ? 'notEmpty' : 'empty');
      return test(asked, op, literal(written ?? '', at));
  }
};

/** One row of aow_conditions. */
export const readLine = (line: JsonValue, module: string | undefined): ReadLine => {
  const place = placeOf(line);
  const field = namedOf(member(line, 'field'));
  const operator = member(line, 'operator');
  const name = textOf(operator) ?? '';
  const relations = relationsOf(line, module);
  const changed = textOf(member(line, 'value_type')) === 'Any_Change';
  if (!field || !relations) return { condition: opaqueCondition(field?.name ?? '', place), defects: [], changed };
  const left = pathOf(
    { kind: 'record' },
    [...relations, field.name],
    [...relations, field.name].join('.'),
    field.place,
  );
  const known = operators[name] !== undefined;
  if (!known) {
    const nearest = nearestName(name, Object.keys(operators));
    const others = Object.keys(operators).filter((one) => one !== nearest);
    const defect: Defect = {
      rule: 'cond-operator-invalid',
      what: field.name,
      found: name,
      allowed: nearest === undefined ? others : [nearest, ...others],
      place: placeOr(operator, line),
    };
    return { condition: opaqueCondition(`${left.text} ${name}`, place, [left]), defects: [defect], changed: false };
  }
  const asked: Asked = { left, operator: name, place, opPlace: placeOr(operator, line) };
  return { condition: compared(asked, line), defects: [], changed: changed && name !== 'is_null' };
};
