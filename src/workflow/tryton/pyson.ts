import type { Condition, Conditions, Operator } from '../../model/workflow/condition.ts';
import type { Named, Place } from '../../model/workflow/place.ts';
import type { Value } from '../../model/workflow/value.ts';
import { conditionsOf, joinedBy, literal, opaqueCondition, opaqueValue, pathValue, recordPath } from '../build.ts';

/** Deeper statements are nobody's; they count as not understood. */
const maximumDepth = 40;

type Node = null | boolean | number | string | readonly Node[] | { readonly [key: string]: Node };

const isObject = (node: Node | undefined): node is { readonly [key: string]: Node } =>
  typeof node === 'object' && node !== null && !Array.isArray(node);

const classOf = (node: Node | undefined): string | undefined =>
  isObject(node) && typeof node.__class__ === 'string' ? node.__class__ : undefined;

const itemsIn = (node: Node | undefined): readonly Node[] => (Array.isArray(node) ? node : []);

/** `Eval('self', {}).get('state', '')` and `Eval('state')`: the field that is read. */
const fieldOf = (node: Node | undefined): string | undefined => {
  if (!isObject(node)) return undefined;
  if (classOf(node) === 'Get' && typeof node.k === 'string') {
    const inner = node.v;
    if (classOf(inner) === 'Eval' && isObject(inner) && inner.v === 'self') return node.k;
    const outer = fieldOf(inner);
    return outer === undefined ? undefined : `${outer}.${node.k}`;
  }
  return undefined;
};

const valueIn = (node: Node | undefined, place: Place): Value => {
  const field = fieldOf(node);
  if (field !== undefined) return pathValue(recordPath(field, place));
  if (node === null || typeof node === 'string' || typeof node === 'number' || typeof node === 'boolean')
    return literal(node, place);
  if (Array.isArray(node))
    return { kind: 'list', values: node.slice(0, 200).map((one: Node) => valueIn(one, place)), place };
  const kind = classOf(node);
  // Without a day or time of their own they are the present ones (trytond.pyson).
  if (
    isObject(node) &&
    (kind === 'Date' || kind === 'DateTime') &&
    [node.y, node.M, node.d].every((part) => part === null || part === undefined)
  ) {
    return { kind: 'moment', base: kind === 'Date' ? 'today' : 'now', place };
  }
  return opaqueValue(kind ?? '', place);
};

const comparison = (op: Operator, left: Node | undefined, right: Node | undefined, place: Place): Condition => {
  const value = valueIn(right, place);
  return { kind: 'test', left: valueIn(left, place), op, right: value, place };
};

const read = (node: Node | undefined, place: Place, depth: number): Condition => {
  if (depth > maximumDepth) return opaqueCondition('', place);
  if (typeof node === 'boolean') return { kind: 'constant', value: node, place };
  const field = fieldOf(node);
  // A field alone counts by its truth: not empty, not zero, not no.
  if (field !== undefined) return { kind: 'test', left: pathValue(recordPath(field, place)), op: 'notEmpty', place };
  if (!isObject(node)) return opaqueCondition('', place);
  const kind = classOf(node) ?? '';
  switch (kind) {
    case 'And':
    case 'Or':
      return joinedBy(
        kind === 'And' ? 'all' : 'any',
        itemsIn(node.s).map((one) => read(one, place, depth + 1)),
        place,
      );
    case 'Not':
      return { kind: 'not', of: read(node.v, place, depth + 1), place };
    case 'Bool':
      return read(node.v, place, depth + 1);
    case 'Equal':
      return comparison('eq', node.s1, node.s2, place);
    case 'Greater':
      return comparison(node.e === true ? 'ge' : 'gt', node.s1, node.s2, place);
    case 'Less':
      return comparison(node.e === true ? 'le' : 'lt', node.s1, node.s2, place);
    case 'In':
      // A key looked for in a list of constants; in a dictionary or a field it is something else.
      return Array.isArray(node.v) ? comparison('in', node.k, node.v, place) : opaqueCondition(kind, place);
    default:
      return opaqueCondition(kind, place);
  }
};

/** The condition of a trigger: a PYSON statement as JSON text. What is no statement is a fault of the definition. */
export const pysonConditions = ({ name, place }: Named): Conditions => {
  let node: Node;
  try {
    // A plain JSON value; nothing in it is run.
    node = JSON.parse(name) as Node;
  } catch {
    return conditionsOf(opaqueCondition(name, place));
  }
  return conditionsOf(read(node, place, 0));
};
