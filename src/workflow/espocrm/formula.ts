import type { Condition, Conditions, Operator } from '../../model/workflow/condition.ts';
import type { Place } from '../../model/workflow/place.ts';
import type { Assignment } from '../../model/workflow/step.ts';
import type { Path, Value } from '../../model/workflow/value.ts';
import { type EspoFormula, type EspoOperand, parseEspoFormula } from '../../reason/workflow/languages/espo-formula.ts';
import type { Stretch } from '../../reason/workflow/languages/python-literal.ts';
import {
  joinedBy,
  literal,
  named,
  opaqueCondition,
  opaqueValue,
  pathOf,
  pathValue,
  recordPath,
  testsIn,
} from '../build.ts';
import { syntaxProblems } from '../formula-problems.ts';
import { placeInText, placeOf } from '../source/json-places.ts';
import type { JsonText } from '../source/json-value.ts';

interface Around {
  readonly text: string;
  readonly at: (stretch: Stretch) => Place;
}

const compared: Readonly<Record<string, Operator>> = {
  '==': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '>': 'gt',
  '<=': 'le',
  '>=': 'ge',
};

const firstText = (call: EspoOperand & { readonly kind: 'call' }): string | undefined => {
  const [first] = call.arguments;
  return call.arguments.length === 1 && first?.kind === 'text' ? first.value : undefined;
};

/** Fields inside of what is not understood. */
const fieldsIn = (operand: EspoOperand, around: Around): readonly Path[] => {
  if (operand.kind === 'field') return [recordPath(operand.name, around.at(operand))];
  return operand.kind === 'call' ? operand.arguments.flatMap((one) => fieldsIn(one, around)) : [];
};

const callValue = (call: EspoOperand & { readonly kind: 'call' }, around: Around): Value => {
  const place = around.at(call);
  const name = firstText(call);
  switch (call.name) {
    case 'datetime\\today':
      return { kind: 'moment', base: 'today', place };
    case 'datetime\\now':
      return { kind: 'moment', base: 'now', place };
    case 'entity\\attribute':
    case 'targetEntity\\attribute':
      if (name !== undefined) return pathValue(recordPath(name, place));
      break;
    case 'entity\\attributeFetched':
    case 'targetEntity\\attributeFetched':
      if (name !== undefined) return pathValue(pathOf({ kind: 'prior' }, name.split('.'), name, place));
      break;
    case 'env\\userAttribute':
      if (name !== undefined) return pathValue(pathOf({ kind: 'user' }, [name], name, place));
      break;
    default:
  }
  return opaqueValue(around.text.slice(call.start, call.end), place, fieldsIn(call, around));
};

const valueOfOperand = (operand: EspoOperand, around: Around): Value => {
  const place = around.at(operand);
  switch (operand.kind) {
    case 'text':
    case 'number':
    case 'boolean':
      return literal(operand.value, place);
    case 'null':
      return literal(null, place);
    case 'field':
      return pathValue(recordPath(operand.name, place));
    case 'call':
      return callValue(operand, around);
    case 'other':
      return opaqueValue(around.text.slice(operand.start, operand.end), place);
  }
};

const isPath = (value: Value): boolean => value.kind === 'path';

/** A test has its field on the left; one that has none there, and none on the right, is left alone. */
const comparison = (formula: EspoFormula & { readonly kind: 'compare' }, around: Around): Condition => {
  const place = around.at(formula);
  const mirrored: Readonly<Record<string, Operator>> = {
    '==': 'eq',
    '!=': 'ne',
    '<': 'gt',
    '>': 'lt',
    '<=': 'ge',
    '>=': 'le',
  };
  const [left, right] = [valueOfOperand(formula.left, around), valueOfOperand(formula.right, around)];
  const turned = !isPath(left) && isPath(right);
  const [subject, object] = turned ? [right, left] : [left, right];
  if (!isPath(subject)) {
    return opaqueCondition(around.text.slice(formula.start, formula.end), place, [
      ...fieldsIn(formula.left, around),
      ...fieldsIn(formula.right, around),
    ]);
  }
  const op = (turned ? mirrored : compared)[formula.operator] ?? 'eq';
  const empty = object.kind === 'literal' && (object.value === null || object.value === '');
  if (empty && (op === 'eq' || op === 'ne')) {
    return { kind: 'test', left: subject, op: op === 'eq' ? 'empty' : 'notEmpty', place, opText: formula.operator };
  }
  return { kind: 'test', left: subject, op, right: object, place, opText: formula.operator };
};

const callCondition = (call: EspoOperand & { readonly kind: 'call' }, around: Around): Condition => {
  const place = around.at(call);
  const opaque = (): Condition =>
    opaqueCondition(around.text.slice(call.start, call.end), place, fieldsIn(call, around));
  const name = firstText(call);
  switch (call.name) {
    case 'entity\\isAttributeChanged':
    case 'entity\\isAttributeNotChanged': {
      if (name === undefined) return opaque();
      const op = call.name.endsWith('NotChanged') ? 'notChanged' : 'changed';
      return { kind: 'test', left: pathValue(recordPath(name, place)), op, place, opText: call.name };
    }
    case 'string\\contains': {
      const [left, right] = call.arguments.map((one) => valueOfOperand(one, around));
      if (!left || !right || !isPath(left)) return opaque();
      return { kind: 'test', left, op: 'contains', right, place, opText: call.name };
    }
    default:
      return opaque();
  }
};

const conditionOf = (formula: EspoFormula, around: Around): Condition => {
  const place = around.at(formula);
  switch (formula.kind) {
    case 'all':
    case 'any':
      return joinedBy(
        formula.kind,
        formula.of.map((part) => conditionOf(part, around)),
        place,
      );
    case 'not':
      return { kind: 'not', of: conditionOf(formula.of, around), place };
    case 'compare':
      return comparison(formula, around);
    case 'operand': {
      const { operand } = formula;
      if (operand.kind === 'boolean') return { kind: 'constant', value: operand.value, place };
      if (operand.kind === 'call') return callCondition(operand, around);
      // A field by itself is asked whether it is yes.
      return opaqueCondition(around.text.slice(formula.start, formula.end), place, fieldsIn(operand, around));
    }
  }
};

/** A formula as conditions. One that cannot be read holds or does not: the rule on syntax says where it breaks. */
export const formulaConditions = (formula: JsonText): Conditions | undefined => {
  const text = formula.value;
  if (text.trim() === '') return undefined;
  const at = ({ start, end }: Stretch): Place => placeInText(formula, start, end);
  const read = parseEspoFormula(text);
  const faults = read.kind === 'fault' ? syntaxProblems(read, text.length, at) : [];
  const shown = { language: 'espocrm', text, faults, place: at({ start: 0, end: text.length }) } as const;
  if (read.kind === 'fault') {
    return { condition: opaqueCondition(text, shown.place), tests: [], formula: shown, place: placeOf(formula) };
  }
  const reads = read.fields.map((field) => recordPath(field.name, at(field)));
  const { formula: tree } = read;
  const condition =
    tree.kind === 'operand' && tree.operand.kind === 'other'
      ? opaqueCondition(text, shown.place, reads)
      : conditionOf(tree, { text, at });
  return { condition, tests: testsIn(condition), formula: shown, place: placeOf(formula) };
};

const assigned = /(?:^|[;{}\n])[ \t]{0,40}([A-Za-z_]\w{0,80}(?:\.\w{1,80})?)[ \t]{0,9}=(?!=)/g;
const setAttribute = /\bentity\\setAttribute\(\s{0,9}['"](\w{1,80})['"]/g;

/** What a script reads and sets, as far as it can be seen without running it. */
export const seenInScript = (
  script: JsonText,
): { readonly reads: readonly Path[]; readonly writes: readonly Assignment[] } => {
  const read = parseEspoFormula(script.value);
  const writes = [...script.value.matchAll(assigned), ...script.value.matchAll(setAttribute)].map(
    (found): Assignment => {
      const field = found[1] ?? '';
      const start = found.index + found[0].lastIndexOf(field);
      const place = placeInText(script, start, start + field.length);
      return { field: named(field, place), value: opaqueValue('', place), place };
    },
  );
  const written = new Set(writes.map(({ field }) => field.name));
  const reads =
    read.kind === 'fault'
      ? []
      : read.fields
          .filter(({ name }) => !written.has(name))
          .map((field) => recordPath(field.name, placeInText(script, field.start, field.end)));
  return { reads, writes };
};
