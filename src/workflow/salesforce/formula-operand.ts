import type { Value } from '../../model/workflow/value.ts';
import type { FormulaNode } from '../../reason/formula/node.ts';
import type { FormulaText } from './formula.ts';
import type { NameReader } from './merge-text.ts';

/** One side of a comparison. */
export interface Operand {
  readonly value: Value;
  /** `TEXT(x)`: of a choice field, its value; of anything else, how it is written. */
  readonly asText: boolean;
}

const isNumber = (
  node: FormulaNode | undefined,
): node is Extract<FormulaNode, { kind: 'literal' }> & { value: number } =>
  node?.kind === 'literal' && typeof node.value === 'number';

const two = (number: number): string => String(number).padStart(2, '0');

/** A day that a formula writes out, or `undefined` where there is no such day. */
const dayOf = (nodes: readonly FormulaNode[]): string | undefined => {
  const [year, month, day] = nodes;
  if (!isNumber(year) || !isNumber(month) || !isNumber(day)) return undefined;
  const text = `${String(year.value).padStart(4, '0')}-${two(month.value)}-${two(day.value)}`;
  const date = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text ? undefined : text;
};

/** Reads a field, a literal, a day or a moment; anything that is computed is `undefined`. */
export const operandReader = (
  formula: FormulaText,
  read: NameReader,
): ((node: FormulaNode | undefined) => Operand | undefined) => {
  const plain = (value: Value): Operand => ({ value, asText: false });

  const moment = (node: FormulaNode): Extract<Value, { kind: 'moment' }> | undefined => {
    if (node.kind === 'call' && node.of.length === 0 && (node.name === 'TODAY' || node.name === 'NOW')) {
      return { kind: 'moment', base: node.name === 'NOW' ? 'now' : 'today', place: formula.placeOf(node) };
    }
    if (node.kind !== 'operation' || (node.operator !== '+' && node.operator !== '-')) return undefined;
    const [base, days] = node.of;
    const from = base && node.of.length === 2 ? moment(base) : undefined;
    if (!from || from.offset || !isNumber(days)) return undefined;
    const amount = node.operator === '+' ? days.value : -days.value;
    return { ...from, offset: { amount, unit: 'day' }, place: formula.placeOf(node) };
  };

  const operand = (node: FormulaNode | undefined): Operand | undefined => {
    if (!node) return undefined;
    const place = formula.placeOf(node);
    if (node.kind === 'literal') return plain({ kind: 'literal', value: node.value, place });
    if (node.kind === 'name') return plain(read(node.text, place));
    const when = moment(node);
    if (when) return plain(when);
    const [only] = node.of;
    if (node.kind === 'operation') {
      return node.operator === 'negative' && isNumber(only)
        ? plain({ kind: 'literal', value: -only.value, place })
        : undefined;
    }
    if (node.name === 'DATE') {
      const day = dayOf(node.of);
      return day === undefined ? undefined : plain({ kind: 'literal', value: day, type: 'date', place });
    }
    if (node.name === 'TEXT' && node.of.length === 1) {
      const of = operand(only);
      return of?.value.kind === 'path' ? { ...of, asText: true } : undefined;
    }
    if (node.name !== 'PRIORVALUE') return undefined;
    const of = operand(only)?.value;
    if (of?.kind !== 'path' || of.path.root.kind !== 'record') return undefined;
    return plain({ ...of, path: { ...of.path, root: { kind: 'prior' } }, place });
  };
  return operand;
};
