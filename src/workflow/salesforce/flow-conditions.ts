import type { Condition, Conditions, Operator, Test } from '../../model/workflow/condition.ts';
import type { Place } from '../../model/workflow/place.ts';
import type { Root, Value } from '../../model/workflow/value.ts';
import type { Defect } from '../../model/workflow/workflow.ts';
import type { XmlElement } from '../source/xml-element.ts';
import type { FlowNames } from './flow-names.ts';
import { formulaOf } from './formula.ts';
import { formulaConditions } from './formula-condition.ts';
import { joined, numbered } from './logic.ts';
import { pathsIn } from './merge-text.ts';
import { valueIn } from './value.ts';

const operators: Readonly<Record<string, Operator>> = {
  EqualTo: 'eq',
  NotEqualTo: 'ne',
  GreaterThan: 'gt',
  GreaterThanOrEqualTo: 'ge',
  LessThan: 'lt',
  LessThanOrEqualTo: 'le',
  StartsWith: 'startsWith',
  EndsWith: 'endsWith',
  Contains: 'contains',
  DoesNotContain: 'notContains',
  In: 'in',
  NotIn: 'notIn',
};
/** Their right side says whether it is so or not. */
const yesNo: Readonly<Record<string, readonly [Operator, Operator]>> = {
  IsNull: ['empty', 'notEmpty'],
  IsBlank: ['empty', 'notEmpty'],
  IsEmpty: ['empty', 'notEmpty'],
  IsChanged: ['changed', 'notChanged'],
};
/** What a screen, a stage or a wait has seen: nothing that a record shows. */
const others = new Set(['WasSet', 'WasSelected', 'WasVisited', 'HasError', 'None']);

export interface ConditionReader {
  readonly names: FlowNames;
  readonly defect: (defect: Defect) => void;
}

interface Sides {
  readonly left: Value;
  readonly operator: XmlElement | undefined;
  readonly right: XmlElement | undefined;
  readonly element: XmlElement;
}

const test = ({ left, operator, right, element }: Sides, { names, defect }: ConditionReader): Condition => {
  const place = element.place;
  const word = operator?.text.trim() ?? '';
  const value = right ? valueIn(right, names) : undefined;
  const reads = [left, ...(value ? [value] : [])].flatMap(pathsIn);
  const opaque: Condition = { kind: 'opaque', text: word, reads, place };
  const written = operator ? { opPlace: operator.textPlace, opText: word } : {};
  if (Object.hasOwn(yesNo, word)) {
    const [yes, no] = yesNo[word] ?? [];
    const said = value?.kind === 'literal' ? value.value : undefined;
    const op = said === true ? yes : said === false ? no : undefined;
    return op ? { kind: 'test', left, op, place, ...written } : opaque;
  }
  const op = Object.hasOwn(operators, word) ? operators[word] : undefined;
  if (!op) {
    if (operator && word !== '' && !others.has(word)) {
      const allowed = [...Object.keys(operators), ...Object.keys(yesNo)];
      defect({ rule: 'cond-operator-invalid', what: 'operator', found: word, allowed, place: operator.textPlace });
    }
    return opaque;
  }
  return value ? { kind: 'test', left, op, right: value, place, ...written } : opaque;
};

const setOf = (
  conditions: readonly Condition[],
  logic: XmlElement | undefined,
  place: Place,
): Conditions | undefined => {
  if (conditions.length === 0) return undefined;
  return {
    condition: joined(conditions, logic, place),
    tests: conditions.filter((each): each is Test => each.kind === 'test'),
    ...numbered(logic, conditions.length),
    place,
  };
};

/** `filters` with their logic, of the record that starts the flow (`record`) or of those that are looked for (`candidate`). */
export const filtersIn = (element: XmlElement, root: Root, reader: ConditionReader): Conditions | undefined => {
  const filters = element.all('filters');
  const conditions = filters.map((filter) => {
    const field = filter.first('field');
    const text = field?.text.trim() ?? '';
    const place = field?.textPlace ?? filter.place;
    const left: Value = { kind: 'path', path: { root, segments: text.split('.'), text, place }, place };
    return test({ left, operator: filter.first('operator'), right: filter.first('value'), element: filter }, reader);
  });
  return setOf(conditions, element.first('filterLogic'), filters[0]?.place ?? element.place);
};

/** `conditions` of an outcome, a wait event or a stage. */
export const conditionsIn = (element: XmlElement, reader: ConditionReader): Conditions | undefined => {
  const all = element.all('conditions');
  const conditions = all.map((condition) => {
    const reference = condition.first('leftValueReference');
    const left: Value = reference
      ? reader.names.value(reference.text.trim(), reference.textPlace)
      : { kind: 'opaque', text: '', reads: [], place: condition.place };
    return test(
      { left, operator: condition.first('operator'), right: condition.first('rightValue'), element: condition },
      reader,
    );
  });
  return setOf(conditions, element.first('conditionLogic'), all[0]?.place ?? element.place);
};

/** `filterFormula` and the like. */
export const formulaIn = (formula: XmlElement, { names }: ConditionReader): Conditions =>
  formulaConditions(formulaOf(formula, names.value), names.value);
