import type { Condition, Conditions, Operator } from '../../model/workflow/condition.ts';
import type { Place } from '../../model/workflow/place.ts';
import type { Path, Root, Unit, Value } from '../../model/workflow/value.ts';
import { type OdooDomain, odooOperators, parseOdooDomain } from '../../reason/workflow/languages/odoo-domain.ts';
import type { PythonValue, Stretch } from '../../reason/workflow/languages/python-literal.ts';
import { joinedBy, literal, opaqueCondition, opaqueValue, pathOf, pathValue, testsIn } from '../build.ts';
import { syntaxProblems } from '../formula-problems.ts';
import type { OdooField } from './record.ts';

type Leaf = OdooDomain & { readonly kind: 'leaf' };
type TextValue = OdooField['value'] & { readonly kind: 'text' };

/** Where a domain stands and of which record it speaks. */
interface Around {
  readonly text: string;
  readonly at: (stretch: Stretch) => Place;
  readonly root: Root;
}

const units: Readonly<Record<string, Unit>> = {
  minutes: 'minute',
  hours: 'hour',
  days: 'day',
  weeks: 'week',
  months: 'month',
  years: 'year',
};

const today = /^(?:context_today\(\)|(?:datetime\.)?date\.today\(\)|datetime\.datetime\.today\(\)\.date\(\))/;
const now = /^(?:datetime\.)?datetime\.(?:now|utcnow)\(\)/;
const shift =
  /^\s{0,9}([+-])\s{0,9}(?:dateutil\.relativedelta\.|datetime\.)?(?:relativedelta|timedelta)\((\w{1,9})\s{0,9}=\s{0,9}(-?\d{1,6})\)/;
const formatted = /^\s{0,9}\)?(?:\.(?:strftime\((?:'[^']{0,60}'|"[^"]{0,60}")\)|isoformat\(\)|to_utc\(\)))?\s{0,9}\)?$/;

/** `(context_today() - relativedelta(days=7)).strftime('%Y-%m-%d')` and the like. */
const momentOf = (expression: string, place: Place): Value | undefined => {
  const stamped = /^time\.strftime\(\s{0,9}(['"])([^'"]{1,60})\1\s{0,9}\)$/.exec(expression);
  if (stamped) return { kind: 'moment', base: /%H|%M|%S/.test(stamped[2] ?? '') ? 'now' : 'today', place };
  let rest = expression.replace(/^[\s(]{0,9}/, '');
  const base = today.test(rest) ? 'today' : now.test(rest) ? 'now' : undefined;
  if (!base) return undefined;
  rest = rest.replace(base === 'today' ? today : now, '');
  const shifted = shift.exec(rest);
  if (shifted) rest = rest.slice(shifted[0].length);
  if (!formatted.test(rest)) return undefined;
  const unit = units[shifted?.[2] ?? ''];
  if (shifted && !unit) return undefined;
  const amount = Number(shifted?.[3] ?? 0) * (shifted?.[1] === '-' ? -1 : 1);
  return unit && amount !== 0
    ? { kind: 'moment', base, offset: { amount, unit }, place }
    : { kind: 'moment', base, place };
};

/** Names that Odoo gives to a domain: who runs it, and the time. What else is computed is left alone. */
const expressionOf = (text: string, place: Place): Value => {
  if (text === 'uid') return pathValue(pathOf({ kind: 'user' }, ['id'], text, place));
  if (/^user(?:\.\w{1,80}){1,8}$/.test(text)) {
    return pathValue(pathOf({ kind: 'user' }, text.split('.').slice(1), text, place));
  }
  return momentOf(text, place) ?? opaqueValue(text, place);
};

const valueOfPython = (value: PythonValue, { at }: Around): Value => {
  const place = at(value);
  switch (value.kind) {
    case 'text':
    case 'number':
    case 'boolean':
      return literal(value.value, place);
    case 'none':
      return literal(null, place);
    case 'list':
      return {
        kind: 'list',
        place,
        values: value.items.map((item) =>
          item.kind === 'list'
            ? opaqueValue('', at(item))
            : item.kind === 'expression'
              ? expressionOf(item.text, at(item))
              : literal('value' in item ? item.value : null, at(item)),
        ),
      };
    case 'expression':
      return expressionOf(value.text, place);
  }
};

const isNothing = (value: PythonValue): boolean => value.kind === 'none' || (value.kind === 'boolean' && !value.value);

/** Odoo writes "is not set" as `= False`; of a field that is yes or no by its name it means no. */
const yesOrNo = /(?:^|\.)(?:active|is_\w+|has_\w+|\w+_ok)$/;

const ordering: Readonly<Record<string, Operator>> = { '<': 'lt', '>': 'gt', '<=': 'le', '>=': 'ge' };

const pathOfLeaf = ({ path }: Leaf, { at, root }: Around): Path | undefined =>
  /^[A-Za-z_]\w*(?:\.\w+){0,20}$/.test(path.text) ? pathOf(root, path.text.split('.'), path.text, at(path)) : undefined;

const membership = (leaf: Leaf, test: (op: Operator, right?: Value) => Condition, around: Around): Condition => {
  const { value } = leaf;
  const negative = leaf.operator.text === 'not in';
  // A single value counts as a list of one.
  const items = value.kind === 'list' ? value.items : [value];
  const filled = items.filter((item) => !isNothing(item));
  const parts: Condition[] = [];
  if (filled.length > 0 || items.length === 0) {
    const values = filled.map((item) => valueOfPython(item, around));
    parts.push(test(negative ? 'notIn' : 'in', { kind: 'list', values, place: around.at(value) }));
  }
  if (filled.length < items.length) parts.push(test(negative ? 'notEmpty' : 'empty'));
  return joinedBy(negative ? 'all' : 'any', parts, around.at(leaf));
};

/** `%` stands for anything: only a pattern with one at an end is one of our tests. */
const pattern = (value: string, negative: boolean): readonly [op: Operator, text: string] | undefined => {
  const inner = value.replace(/^%|%$/g, '');
  if (inner === '' || /[%_\\]/.test(inner)) return undefined;
  const [front, back] = [value.startsWith('%'), value.endsWith('%')];
  if (front && back) return [negative ? 'notContains' : 'contains', inner];
  if (negative && (front || back)) return undefined;
  return [front ? 'endsWith' : back ? 'startsWith' : negative ? 'ne' : 'eq', inner];
};

const leafCondition = (leaf: Leaf, around: Around): Condition => {
  const place = around.at(leaf);
  const path = pathOfLeaf(leaf, around);
  const raw = around.text.slice(leaf.start, leaf.end);
  if (!path) return opaqueCondition(raw, place);
  const opaque = (): Condition => opaqueCondition(raw, place, [path]);
  const operator = leaf.operator.text;
  const test = (op: Operator, right?: Value): Condition => ({
    kind: 'test',
    left: pathValue(path),
    op,
    ...(right ? { right } : {}),
    place,
    opPlace: around.at(leaf.operator),
    opText: operator,
  });
  const { value } = leaf;
  switch (operator) {
    case '=':
    case '==':
    case '!=':
    case '<>': {
      const equal = operator === '=' || operator === '==';
      if (value.kind === 'list')
        return membership({ ...leaf, operator: { ...leaf.operator, text: equal ? 'in' : 'not in' } }, test, around);
      if (isNothing(value) && !(value.kind === 'boolean' && yesOrNo.test(path.text))) {
        return test(equal ? 'empty' : 'notEmpty');
      }
      return test(equal ? 'eq' : 'ne', valueOfPython(value, around));
    }
    case '<':
    case '>':
    case '<=':
    case '>=':
      return isNothing(value) || value.kind === 'list'
        ? opaque()
        : test(ordering[operator] ?? 'eq', valueOfPython(value, around));
    case '=?':
      if (isNothing(value)) return { kind: 'constant', value: true, place };
      return value.kind === 'expression' ? opaque() : test('eq', valueOfPython(value, around));
    case 'in':
    case 'not in':
      return value.kind === 'expression' ? opaque() : membership(leaf, test, around);
    case 'like':
    case 'ilike':
    case 'not like':
    case 'not ilike': {
      if (value.kind !== 'text' || value.value === '' || /[%_\\]/.test(value.value)) return opaque();
      return test(operator.startsWith('not') ? 'notContains' : 'contains', valueOfPython(value, around));
    }
    case '=like':
    case '=ilike':
    case 'not =like':
    case 'not =ilike': {
      const known = value.kind === 'text' ? pattern(value.value, operator.startsWith('not')) : undefined;
      return known ? test(known[0], literal(known[1], around.at(value))) : opaque();
    }
    default:
      // Hierarchies and what related records hold.
      return opaque();
  }
};

const conditionOf = (domain: OdooDomain, around: Around): Condition => {
  const place = around.at(domain);
  switch (domain.kind) {
    case 'all':
    case 'any':
      return joinedBy(
        domain.kind,
        domain.of.map((part) => conditionOf(part, around)),
        place,
      );
    case 'not':
      return { kind: 'not', of: conditionOf(domain.of, around), place };
    case 'leaf':
      return leafCondition(domain, around);
    case 'constant':
      return { kind: 'constant', value: domain.value, place };
    case 'expression':
      return opaqueCondition(domain.text, place);
  }
};

/** Operators that Odoo does not know, where they stand. */
const wrongOperators = (domain: OdooDomain): readonly (Stretch & { readonly text: string })[] => {
  switch (domain.kind) {
    case 'all':
    case 'any':
      return domain.of.flatMap(wrongOperators);
    case 'not':
      return wrongOperators(domain.of);
    case 'leaf':
      return odooOperators.includes(domain.operator.text) ? [] : [domain.operator];
    case 'constant':
    case 'expression':
      return [];
  }
};

export interface ReadDomain {
  readonly conditions: Conditions;
  readonly wrongOperators: readonly { readonly found: string; readonly place: Place }[];
}

/** A domain as conditions; none for `[]`. One that cannot be read holds or does not: the rule on syntax says where it breaks. */
export const domainConditions = (field: OdooField, value: TextValue, root: Root): ReadDomain | undefined => {
  const lead = value.text.length - value.text.trimStart().length;
  const text = value.text.trim();
  if (text === '') return undefined;
  const at = ({ start, end }: Stretch): Place => value.at(lead + start, lead + end);
  const domain = parseOdooDomain(text);
  const faults = domain.kind === 'fault' ? syntaxProblems(domain, text.length, at) : [];
  const formula = { language: 'odoo-domain', text, faults, place: at({ start: 0, end: text.length }) } as const;
  if (domain.kind === 'constant' && domain.value) return undefined;
  const condition =
    domain.kind === 'fault' ? opaqueCondition(text, formula.place) : conditionOf(domain, { text, at, root });
  return {
    conditions: { condition, tests: testsIn(condition), formula, place: field.place },
    wrongOperators:
      domain.kind === 'fault'
        ? []
        : wrongOperators(domain).map((operator) => ({ found: operator.text, place: at(operator) })),
  };
};
