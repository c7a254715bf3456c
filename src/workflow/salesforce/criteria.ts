import type { Condition, Conditions, Operator, Test } from '../../model/workflow/condition.ts';
import type { Place } from '../../model/workflow/place.ts';
import type { Path, Root, Value } from '../../model/workflow/value.ts';
import type { XmlElement } from '../source/xml-element.ts';
import { formulaOf } from './formula.ts';
import { formulaConditions } from './formula-condition.ts';
import { joined, numbered } from './logic.ts';
import { recordNames } from './record-names.ts';

const operators: Readonly<Record<string, Operator>> = {
  equals: 'eq',
  notEqual: 'ne',
  lessThan: 'lt',
  greaterThan: 'gt',
  lessOrEqual: 'le',
  greaterOrEqual: 'ge',
  contains: 'contains',
  notContain: 'notContains',
  startsWith: 'startsWith',
  includes: 'includes',
  excludes: 'excludes',
};

/** A comma parts alternatives; quotation marks keep a comma in one of them. */
const alternatives = (text: string): readonly string[] => {
  const found: string[] = [];
  let value = '';
  let quoted = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    else if (char === ',' && !quoted) {
      found.push(value.trim());
      value = '';
    } else value += char;
  }
  found.push(value.trim());
  return found;
};

const rootOf = (object: string, own: string): Root => {
  if (object.toLowerCase() === own.toLowerCase()) return { kind: 'record' };
  // The parent is named by its object; which field leads there, the file does not say.
  return object === 'User' ? { kind: 'user' } : { kind: 'system', name: object };
};

const pathOf = (field: XmlElement, object: string): Path => {
  const text = field.text.trim();
  const place = field.textPlace;
  const parting = text.indexOf('.');
  if (parting < 0) return { root: { kind: 'record' }, segments: [text], text, place };
  return { root: rootOf(text.slice(0, parting), object), segments: text.slice(parting + 1).split('.'), text, place };
};

const literalOf = (text: string, place: Place): Value => {
  if (/^true$/i.test(text)) return { kind: 'literal', value: true, place };
  if (/^false$/i.test(text)) return { kind: 'literal', value: false, place };
  return { kind: 'literal', value: text, place };
};

const ordered = (text: string, place: Place): Value =>
  text !== '' && !Number.isNaN(Number(text))
    ? { kind: 'literal', value: Number(text), place }
    : // A day as the org's locale writes it, `TODAY`, `NEXT_N_DAYS:5`.
      { kind: 'opaque', text, reads: [], place };

const condition = (item: XmlElement, object: string): Condition => {
  const place = item.place;
  const field = item.first('field');
  const operation = item.first('operation');
  const word = operation?.text.trim() ?? '';
  const op = Object.hasOwn(operators, word) ? operators[word] : undefined;
  const path = field ? pathOf(field, object) : undefined;
  if (!op || !path || item.first('valueField')) {
    return { kind: 'opaque', text: word, reads: path ? [path] : [], place };
  }
  const value = item.first('value');
  const text = value?.text.trim() ?? '';
  const at = value?.textPlace ?? place;
  const left: Value = { kind: 'path', path, place: path.place };
  const common = {
    kind: 'test' as const,
    left,
    place,
    ...(operation ? { opPlace: operation.textPlace, opText: word } : {}),
  };
  if (text === '') {
    if (op === 'eq' || op === 'ne') return { ...common, op: op === 'eq' ? 'empty' : 'notEmpty' };
    return { kind: 'opaque', text: word, reads: [path], place };
  }
  if (op === 'lt' || op === 'gt' || op === 'le' || op === 'ge') return { ...common, op, right: ordered(text, at) };
  const values = alternatives(text).map((each) => literalOf(each, at));
  const [only] = values;
  if (only && values.length === 1)
    return {
      ...common,
      op,
      right: op === 'includes' || op === 'excludes' ? { kind: 'list', values, place: at } : only,
    };
  const list: Value = { kind: 'list', values, place: at };
  if (op === 'eq') return { ...common, op: 'in', right: list };
  if (op === 'ne') return { ...common, op: 'notIn', right: list };
  if (op === 'includes' || op === 'excludes') return { ...common, op, right: list };
  // `contains "a,b"` is one or the other.
  const tests = values.map((right): Condition => ({ ...common, op, right }));
  return { kind: op === 'notContains' ? 'all' : 'any', of: tests, place };
};

/** `criteriaItems` with their logic, or a `formula`, of a workflow rule, an approval process or one of its steps. */
export const criteriaIn = (element: XmlElement, object: string): Conditions | undefined => {
  const formula = element.first('formula');
  if (formula && formula.text.trim() !== '') {
    const read = recordNames(object);
    return formulaConditions(formulaOf(formula, read), read);
  }
  const items = element.all('criteriaItems');
  if (items.length === 0) return undefined;
  const conditions = items.map((item) => condition(item, object));
  const place = items[0]?.place ?? element.place;
  const logic = element.first('booleanFilter');
  return {
    condition: joined(conditions, logic, place),
    tests: conditions.filter((each): each is Test => each.kind === 'test'),
    ...numbered(logic, conditions.length),
    place,
  };
};
