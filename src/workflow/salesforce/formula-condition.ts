import type { Condition, Conditions, Operator, Test } from '../../model/workflow/condition.ts';
import type { Value } from '../../model/workflow/value.ts';
import type { FormulaNode, FormulaOperator } from '../../reason/formula/node.ts';
import { namesIn } from '../../reason/formula/salesforce.ts';
import { type FormulaText, nodeOf } from './formula.ts';
import { type Operand, operandReader } from './formula-operand.ts';
import { type NameReader, pathsIn } from './merge-text.ts';

type Call = Extract<FormulaNode, { kind: 'call' }>;
type Operation = Extract<FormulaNode, { kind: 'operation' }>;

const comparisons: Readonly<Partial<Record<FormulaOperator, Operator>>> = {
  '=': 'eq',
  '<>': 'ne',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
};
/** `5 < x` is `x > 5`. */
const turned: Readonly<Partial<Record<Operator, Operator>>> = {
  eq: 'eq',
  ne: 'ne',
  lt: 'gt',
  le: 'ge',
  gt: 'lt',
  ge: 'le',
};
const textTests: Readonly<Record<string, Operator>> = {
  CONTAINS: 'contains',
  BEGINS: 'startsWith',
  INCLUDES: 'includes',
};

const holds = (left: string | number, op: Operator, right: string | number): boolean | undefined => {
  if (op === 'eq') return left === right;
  if (op === 'ne') return left !== right;
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  if (op === 'lt') return left < right;
  if (op === 'le') return left <= right;
  if (op === 'gt') return left > right;
  return op === 'ge' ? left >= right : undefined;
};

/** Reads what a formula compares; what is more than comparisons stays opaque, with the paths that it reads. */
class Reader {
  readonly #formula: FormulaText;
  readonly #read: NameReader;
  readonly #operand: (node: FormulaNode | undefined) => Operand | undefined;
  readonly tests: Test[] = [];

  constructor(formula: FormulaText, read: NameReader) {
    this.#formula = formula;
    this.#read = read;
    this.#operand = operandReader(formula, read);
  }

  condition(node: FormulaNode): Condition {
    const place = this.#formula.placeOf(node);
    switch (node.kind) {
      case 'literal':
        return typeof node.value === 'boolean' ? { kind: 'constant', value: node.value, place } : this.#opaque(node);
      case 'name':
        return this.#flag(node);
      case 'operation':
        if (node.operator === '&&') return { kind: 'all', of: node.of.map((each) => this.condition(each)), place };
        if (node.operator === '||') return { kind: 'any', of: node.of.map((each) => this.condition(each)), place };
        return node.operator === 'not' ? this.#not(node.of[0], node) : this.#comparison(node);
      case 'call':
        return this.#call(node);
    }
  }

  #call(node: Call): Condition {
    const place = this.#formula.placeOf(node);
    switch (node.name) {
      case 'AND':
        return { kind: 'all', of: node.of.map((each) => this.condition(each)), place };
      case 'OR':
        return { kind: 'any', of: node.of.map((each) => this.condition(each)), place };
      case 'NOT':
        return this.#not(node.of[0], node);
      case 'IF':
        return this.#choice(node);
      case 'ISBLANK':
      case 'ISNULL':
        return this.#test(node, this.#operand(node.of[0]), 'empty');
      case 'ISCHANGED':
        return this.#test(node, this.#operand(node.of[0]), 'changed');
      case 'ISPICKVAL':
        return this.#equal(node, this.#operand(node.of[0]), 'eq', this.#operand(node.of[1]));
      case 'CONTAINS':
      case 'BEGINS':
      case 'INCLUDES': {
        const right = this.#operand(node.of[1])?.value;
        const op = textTests[node.name];
        if (op === undefined || right?.kind !== 'literal' || right.value === '') return this.#opaque(node);
        return this.#test(node, this.#operand(node.of[0]), op, right);
      }
      default:
        return this.#opaque(node);
    }
  }

  /** A field that is itself yes or no. */
  #flag(node: FormulaNode): Condition {
    const operand = this.#operand(node);
    const place = this.#formula.placeOf(node);
    if (operand?.value.kind === 'literal') {
      const { value } = operand.value;
      return typeof value === 'boolean' ? { kind: 'constant', value, place } : this.#opaque(node);
    }
    return this.#test(node, operand, 'eq', { kind: 'literal', value: true, place });
  }

  #not(of: FormulaNode | undefined, node: FormulaNode): Condition {
    if (!of) return this.#opaque(node);
    const inner = this.condition(of);
    const place = this.#formula.placeOf(node);
    if (inner.kind === 'constant') return { ...inner, value: !inner.value, place };
    if (inner.kind === 'opaque') return { ...inner, text: this.#source(node), place };
    if (inner.kind !== 'test' || inner.op !== 'empty') return { kind: 'not', of: inner, place };
    const test: Test = { ...inner, op: 'notEmpty', place };
    this.tests[this.tests.indexOf(inner)] = test;
    return test;
  }

  /** `IF(c, true, false)` is c. */
  #choice(node: Call): Condition {
    const [test, yes, no] = node.of;
    if (!test || yes?.kind !== 'literal' || no?.kind !== 'literal') return this.#opaque(node);
    if (yes.value === true && no.value === false) return this.condition(test);
    return yes.value === false && no.value === true ? this.#not(test, node) : this.#opaque(node);
  }

  #comparison(node: Operation): Condition {
    const op = comparisons[node.operator];
    const [left, right] = node.of;
    if (!op || !left || !right) return this.#opaque(node);
    const cased = this.#cased(node, left, op, right) ?? this.#cased(node, right, turned[op] ?? op, left);
    return cased ?? this.#equal(node, this.#operand(left), op, this.#operand(right));
  }

  /** `CASE(x, "A", 1, "B", 1, 0) = 1` is: x is A or B. */
  #cased(node: Operation, cases: FormulaNode, op: Operator, right: FormulaNode): Condition | undefined {
    if (cases.kind !== 'call' || cases.name !== 'CASE' || right.kind !== 'literal') return undefined;
    const wanted = right.value;
    const of = this.#operand(cases.of[0]);
    if (!of || (typeof wanted !== 'string' && typeof wanted !== 'number')) return undefined;
    const results = cases.of.slice(1);
    const verdict = (result: FormulaNode | undefined): boolean | undefined =>
      result?.kind === 'literal' && (typeof result.value === 'string' || typeof result.value === 'number')
        ? holds(result.value, op, wanted)
        : undefined;
    if (verdict(results.at(-1)) !== false) return undefined;
    const keys: FormulaNode[] = [];
    for (let at = 0; at + 1 < results.length; at += 2) {
      const key = results[at];
      const result = verdict(results[at + 1]);
      if (result === undefined || key?.kind !== 'literal') return undefined;
      if (result) keys.push(key);
    }
    const tests = keys.map((key) => this.#equal(key, of, 'eq', this.#operand(key)));
    return { kind: 'any', of: tests, place: this.#formula.placeOf(node) };
  }

  #equal(node: FormulaNode, left: Operand | undefined, op: Operator, right: Operand | undefined): Condition {
    if (!left || !right) return this.#opaque(node);
    if (left.value.kind !== 'path') {
      const other = turned[op];
      return right.value.kind === 'path' && other ? this.#equal(node, right, other, left) : this.#opaque(node);
    }
    const { value } = right;
    if (value.kind === 'literal' && (value.value === null || value.value === '')) {
      if (op !== 'eq' && op !== 'ne') return this.#opaque(node);
      return this.#test(node, left, op === 'eq' ? 'empty' : 'notEmpty');
    }
    // The text of a number or a date is no number and no date.
    const asText = left.asText || right.asText;
    const isWord = value.kind === 'literal' && typeof value.value === 'string' && !/^[\d\s.,:/+-]*$/.test(value.value);
    if (asText && !isWord) return this.#opaque(node);
    return this.#test(node, left, op, value);
  }

  #test(node: FormulaNode, left: Operand | undefined, op: Operator, right?: Value): Condition {
    if (left?.value.kind !== 'path') return this.#opaque(node);
    const test: Test = {
      kind: 'test',
      left: left.value,
      op,
      ...(right === undefined ? {} : { right }),
      place: this.#formula.placeOf(node),
      ...(node.kind === 'operation' ? { opPlace: this.#formula.placeOf(node.at), opText: node.operator } : {}),
      ...(node.kind === 'call' ? { opText: node.name } : {}),
    };
    this.tests.push(test);
    return test;
  }

  #opaque(node: FormulaNode): Condition {
    const reads = namesIn(node).flatMap((name) => pathsIn(this.#read(name.text, this.#formula.placeOf(name))));
    return { kind: 'opaque', text: this.#source(node), reads, place: this.#formula.placeOf(node) };
  }

  #source({ start, end }: FormulaNode): string {
    return this.#formula.source.slice(start, end);
  }
}

/** A formula as a set of conditions. */
export const formulaConditions = (formula: FormulaText, read: NameReader): Conditions => {
  const { text, place, faults, reads } = formula;
  const reader = new Reader(formula, read);
  const node = nodeOf(formula);
  return {
    condition: node ? reader.condition(node) : { kind: 'opaque', text, reads, place },
    tests: reader.tests,
    formula: { language: 'salesforce', text, place, faults },
    place,
  };
};
