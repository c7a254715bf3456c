import type { Condition, Conditions, Operator } from '../../model/workflow/condition.ts';
import type { Place } from '../../model/workflow/place.ts';
import type { Path, Value } from '../../model/workflow/value.ts';
import type { FormulaNode, FormulaOperator } from '../../reason/formula/node.ts';
import { namesIn, readSalesforceFormula } from '../../reason/formula/salesforce.ts';
import { conditionsOf, opaqueCondition } from '../build.ts';
import type { XmlElement } from '../source/xml-element.ts';

/** `${…}` and `#{…}` of JUEL, `=…` of FEEL, or neither. Offsets into the element's text. */
interface Inner {
  readonly text: string;
  readonly at: number;
}

const innerOf = (text: string): Inner | undefined => {
  const [, lead = '', body] = /^(\s*[$#]\{)([^{}]*)\}\s*$/.exec(text) ?? /^(\s*=)([^=][\s\S]*)$/.exec(text) ?? [];
  if (body !== undefined) return { text: body, at: lead.length };
  // A template or a script is more than a comparison.
  return /[{};]|^\s*=/.test(text) ? undefined : { text, at: 0 };
};

const words: Readonly<Record<string, string>> = { and: '&& ', or: '||' };

/** The words of FEEL as signs of the same length, outside of texts in quotation marks. */
const withSigns = (text: string): string =>
  text.replaceAll(/"[^"]*"|'[^']*'|\b(and|or)\b/g, (found, word?: string) =>
    word === undefined ? found : (words[word] ?? found),
  );

const comparisons: Partial<Readonly<Record<FormulaOperator, readonly [operator: Operator, mirrored: Operator]>>> = {
  '=': ['eq', 'eq'],
  '<>': ['ne', 'ne'],
  '<': ['lt', 'gt'],
  '<=': ['le', 'ge'],
  '>': ['gt', 'lt'],
  '>=': ['ge', 'le'],
};

type Placing = (from: number, to: number) => Place;

/** A variable of the process: what it is, the engine knows. */
const pathOf = (text: string, place: Place): Path => {
  const [name = '', ...segments] = text.split('.');
  return { root: { kind: 'system', name }, segments, text, place };
};

class Reader {
  readonly #text: string;
  readonly #placing: Placing;
  constructor(text: string, placing: Placing) {
    this.#text = text;
    this.#placing = placing;
  }

  condition(node: FormulaNode): Condition {
    const place = this.#placing(node.start, node.end);
    if (node.kind === 'literal' && typeof node.value === 'boolean')
      return { kind: 'constant', value: node.value, place };
    if (node.kind === 'name') {
      // A variable that is true or not.
      const right: Value = { kind: 'literal', value: true, place };
      return { kind: 'test', left: { kind: 'path', path: pathOf(node.text, place), place }, op: 'eq', right, place };
    }
    if (node.kind === 'call' && node.name === 'NOT' && node.of[0]) {
      return { kind: 'not', of: this.condition(node.of[0]), place };
    }
    if (node.kind !== 'operation') return this.#opaque(node);
    const [left, right] = node.of;
    if (node.operator === 'not' && left) return { kind: 'not', of: this.condition(left), place };
    if (node.operator === '&&' || node.operator === '||')
      return { kind: node.operator === '&&' ? 'all' : 'any', of: node.of.map((part) => this.condition(part)), place };
    const operators = comparisons[node.operator];
    return (left && right && operators && this.#comparison(left, right, operators, place)) || this.#opaque(node);
  }

  #comparison(
    left: FormulaNode,
    right: FormulaNode,
    [op, mirrored]: readonly [Operator, Operator],
    place: Place,
  ): Condition | undefined {
    if (left.kind !== 'name')
      return right.kind === 'name' ? this.#comparison(right, left, [mirrored, op], place) : undefined;
    const at = this.#placing(left.start, left.end);
    const path: Value = { kind: 'path', path: pathOf(left.text, at), place: at };
    const there = this.#placing(right.start, right.end);
    if (right.kind === 'name')
      return {
        kind: 'test',
        left: path,
        op,
        right: { kind: 'path', path: pathOf(right.text, there), place: there },
        place,
      };
    if (right.kind !== 'literal') return undefined;
    if (right.value === null) {
      if (op !== 'eq' && op !== 'ne') return undefined;
      return { kind: 'test', left: path, op: op === 'eq' ? 'empty' : 'notEmpty', place };
    }
    return { kind: 'test', left: path, op, right: { kind: 'literal', value: right.value, place: there }, place };
  }

  #opaque(node: FormulaNode): Condition {
    const reads = namesIn(node).map(({ text, start, end }) => pathOf(text, this.#placing(start, end)));
    return opaqueCondition(this.#text.slice(node.start, node.end), this.#placing(node.start, node.end), reads);
  }
}

/**
 * The condition of a flow, in the language of some engine (FEEL, JUEL): never run. Their comparisons are written like those of formulas, so that
 * the same parser reads them; whatever else it is stays unknown.
 */
export const flowCondition = (element: XmlElement): Conditions => {
  const text = element.text;
  const inner = innerOf(text);
  const reading = inner && readSalesforceFormula(withSigns(inner.text));
  if (!inner || reading?.kind !== 'read' || reading.faults.length > 0)
    return conditionsOf(opaqueCondition(text.trim(), element.textPlace));
  const reader = new Reader(inner.text, (from, to) => element.placeIn(inner.at + from, inner.at + to));
  return conditionsOf(reader.condition(reading.node));
};
