import { type LanguageFault, type PythonValue, parsePythonLiteral, type Stretch } from './python-literal.ts';

/** An Odoo domain as a tree: what is written in Polish notation, or just one after the other, which means "and". */
export type OdooDomain = Stretch &
  (
    | { readonly kind: 'all' | 'any'; readonly of: readonly OdooDomain[] }
    | { readonly kind: 'not'; readonly of: OdooDomain }
    | {
        readonly kind: 'leaf';
        readonly path: Stretch & { readonly text: string };
        readonly operator: Stretch & { readonly text: string };
        readonly value: PythonValue;
      }
    | { readonly kind: 'constant'; readonly value: boolean }
    /** Code, or a term that is itself computed. */
    | { readonly kind: 'expression'; readonly text: string }
  );

export type DomainFault =
  | LanguageFault
  | {
      readonly kind: 'fault';
      readonly at: number;
      /** An operator has too few terms behind it; a term is not (field, operator, value). */
      readonly reason: 'missing-term' | 'bad-term';
      readonly what?: string;
    };

/** What may stand in the middle of a term; the last ones came with Odoo 17 to 19. */
export const odooOperators: readonly string[] = [
  '=',
  '!=',
  '>',
  '<',
  '>=',
  '<=',
  '=?',
  'like',
  'ilike',
  'not like',
  'not ilike',
  '=like',
  '=ilike',
  'not =like',
  'not =ilike',
  'in',
  'not in',
  'child_of',
  'parent_of',
  'any',
  'not any',
  'any!',
  'not any!',
  // Old spellings that Odoo still takes.
  '<>',
  '==',
];

// A rule that walks a condition may go down a level for each of these.
const deepest = 60;

interface Term {
  readonly domain: OdooDomain;
  readonly depth: number;
}

const joined = (kind: 'all' | 'any', parts: readonly Term[], start: number): Term => {
  const of = parts.flatMap(({ domain }) => (domain.kind === kind ? domain.of : [domain]));
  const depth = Math.max(...parts.map((part) => (part.domain.kind === kind ? part.depth : part.depth + 1)));
  return { depth, domain: { kind, of, start, end: Math.max(...of.map(({ end }) => end)) } };
};

const negated = ({ domain, depth }: Term, start: number): Term =>
  domain.kind === 'not'
    ? { domain: { ...domain.of, start }, depth: depth - 1 }
    : { domain: { kind: 'not', of: domain, start, end: domain.end }, depth: depth + 1 };

const leaf = (value: PythonValue): OdooDomain | DomainFault => {
  const { start, end } = value;
  if (value.kind === 'expression') return { kind: 'expression', text: value.text, start, end };
  if (value.kind === 'boolean') return { kind: 'constant', value: value.value, start, end };
  const [left, operator, right, ...rest] = value.kind === 'list' ? value.items : [];
  if (!left || !operator || !right || rest.length > 0) return { kind: 'fault', at: start, reason: 'bad-term' };
  // (1, '=', 1) and (0, '=', 1) are how Odoo writes "always" and "never".
  if (left.kind === 'number' && right.kind === 'number') {
    return { kind: 'constant', value: left.value === right.value, start, end };
  }
  if (left.kind === 'expression' || operator.kind === 'expression') {
    return { kind: 'expression', text: left.kind === 'expression' ? left.text : '', start, end };
  }
  if (left.kind !== 'text' || operator.kind !== 'text') return { kind: 'fault', at: start, reason: 'bad-term' };
  return {
    kind: 'leaf',
    path: { text: left.value, start: left.start, end: left.end },
    operator: { text: operator.value.trim().toLowerCase(), start: operator.start, end: operator.end },
    value: right,
    start,
    end,
  };
};

/** The tree of a list of terms, from its last one to its first. */
const treeOf = (list: PythonValue & { readonly kind: 'list' }): OdooDomain | DomainFault => {
  const stack: Term[] = [];
  for (const item of list.items.toReversed()) {
    if (item.kind === 'text') {
      const mark = item.value;
      if (mark !== '|' && mark !== '&' && mark !== '!') {
        return { kind: 'fault', at: item.start, reason: 'bad-term', what: mark };
      }
      const first = stack.pop();
      const second = mark === '!' ? undefined : stack.pop();
      if (!first || (mark !== '!' && !second))
        return { kind: 'fault', at: item.start, reason: 'missing-term', what: mark };
      const term = second
        ? joined(mark === '|' ? 'any' : 'all', [first, second], item.start)
        : negated(first, item.start);
      if (term.depth > deepest) return { kind: 'fault', at: item.start, reason: 'too-deep' };
      stack.push(term);
      continue;
    }
    const term = leaf(item);
    if (term.kind === 'fault') return term;
    stack.push({ domain: term, depth: 0 });
  }
  const parts = stack.toReversed();
  const [only] = parts;
  if (parts.length === 1 && only) return only.domain;
  if (parts.length === 0) return { kind: 'constant', value: true, start: list.start, end: list.end };
  return joined('all', parts, list.start).domain;
};

/** Reads the text of a domain. A domain that is computed as a whole (`[…] + […]`) is one expression. */
export const parseOdooDomain = (text: string): OdooDomain | DomainFault => {
  const value = parsePythonLiteral(text);
  if (value.kind === 'fault') return value;
  if (value.kind === 'list') {
    // `[('a', '=', 1)]` in round brackets would be a term; a domain in them is a list all the same.
    return treeOf(value);
  }
  // Exports write "no domain" as False.
  if (value.kind === 'boolean' || value.kind === 'none') {
    return { kind: 'constant', value: true, start: value.start, end: value.end };
  }
  if (value.kind === 'expression') return { kind: 'expression', text: value.text, start: value.start, end: value.end };
  return { kind: 'fault', at: value.start, reason: 'bad-term' };
};
