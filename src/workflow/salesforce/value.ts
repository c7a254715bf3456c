import type { Value } from '../../model/workflow/value.ts';
import type { XmlElement } from '../source/xml-element.ts';
import type { FlowNames } from './flow-names.ts';
import { formulaOf, formulaValue } from './formula.ts';
import { mergedText, pathsIn } from './merge-text.ts';

/** Elements that name a resource: whatever stands around them reads it. */
const referring = new Set([
  'elementReference',
  'leftValueReference',
  'assignToReference',
  'collectionReference',
  'inputReference',
  'choiceReferences',
  'defaultSelectedChoiceReference',
  'sObjectInputReference',
  'transformValueReference',
]);

/** Every path in an element and all that is inside it: nothing that is written there counts as unused. */
export const pathsInside = (element: XmlElement, names: FlowNames): ReturnType<typeof pathsIn> => {
  const found: ReturnType<typeof pathsIn>[number][] = [];
  const waiting: XmlElement[] = [element];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.children.length > 0) waiting.push(...next.children.toReversed());
    else if (referring.has(next.name)) found.push(...pathsIn(names.value(next.text.trim(), next.textPlace)));
    else if (next.name === 'expression' || next.name === 'formulaExpression') {
      found.push(...formulaOf(next, names.value).reads);
    } else if (next.text.includes('{!')) found.push(...pathsIn(mergedText(next, names.value)));
  }
  return found;
};

/** What `<value>`, `<rightValue>` and the like hold. */
export const valueIn = (element: XmlElement, names: FlowNames): Value => {
  const place = element.place;
  // A formula stands beside its result type.
  const formula = element.first('formulaExpression');
  if (formula) return formulaValue(formulaOf(formula, names.value));
  const [child] = element.children;
  if (!child) return { kind: 'literal', value: null, place };
  const text = child.text.trim();
  const at = child.textPlace;
  switch (child.name) {
    case 'stringValue':
      return mergedText(child, names.value);
    case 'numberValue':
      return Number.isNaN(Number(text)) || text === ''
        ? { kind: 'literal', value: text, place: at }
        : { kind: 'literal', value: Number(text), type: 'number', place: at };
    case 'booleanValue':
      return { kind: 'literal', value: text === 'true', type: 'boolean', place: at };
    case 'dateValue':
      return { kind: 'literal', value: text, type: 'date', place: at };
    case 'dateTimeValue':
      return { kind: 'literal', value: text, type: 'datetime', place: at };
    case 'elementReference':
      return names.value(text, at);
    default:
      return { kind: 'opaque', text, reads: pathsInside(child, names), place: at };
  }
};
