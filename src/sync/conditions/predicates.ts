import { likePattern, patternOf } from './pattern.ts';
import { type ConditionDialect, NotUnderstood } from './tokens.ts';
import { type Expression, equalTexts, isByCollation, type Kind, ordered, truthOf, type Value } from './values.ts';

type Truth = boolean | null;
type RecordOf = Parameters<Expression['of']>[0];

/** An expression that is true, false, or cannot be told. */
export const truth = (of: (record: RecordOf) => Truth): Expression => ({ kind: 'boolean', of });

const negation = (value: Truth): Truth => (value === null ? null : !value);
const bothOf = (a: Truth, b: Truth): Truth => {
  if (a === false || b === false) return false;
  return a === null || b === null ? null : true;
};

export const not = (inner: Expression): Expression => truth((record) => negation(truthOf(inner.of(record))));

export const allOf = (parts: readonly Expression[]): Expression =>
  truth((record) => parts.reduce((is: Truth, part) => bothOf(is, truthOf(part.of(record))), true));

export const anyOf = (parts: readonly Expression[]): Expression => not(allOf(parts.map(not)));

/** IS NULL and the like: a blank value of a column is NULL, what cannot be told of anything else is not. */
export const isOf = (left: Expression, wanted: Truth): Expression =>
  truth((record) => {
    const value = left.of(record);
    if (value === null) return left.isColumn ? wanted === null : null;
    return wanted === null ? false : truthOf(value) === wanted;
  });

/** What a sign of comparison asks of the order of both values. */
export const orders: Readonly<Record<string, (sign: number) => boolean>> = {
  '=': (sign) => sign === 0,
  '<>': (sign) => sign !== 0,
  '!=': (sign) => sign !== 0,
  '<': (sign) => sign < 0,
  '<=': (sign) => sign <= 0,
  '>': (sign) => sign > 0,
  '>=': (sign) => sign >= 0,
};

/** What two values are compared as; the order of texts is that of a collation, which is not known here. */
const comparedAs = (kinds: readonly Kind[], order: string): Kind => {
  const isOrder = order !== '=' && order !== '<>' && order !== '!=';
  if (!kinds.includes('boolean')) for (const kind of ['number', 'time'] as const) if (kinds.includes(kind)) return kind;
  if (isOrder) throw new NotUnderstood(order);
  return kinds.includes('boolean') ? 'boolean' : 'text';
};

const equal = (a: Value, b: Value, kind: Kind, dialect: ConditionDialect): Truth => {
  if (kind === 'text') return equalTexts(a, b, dialect);
  const [one, other] = [truthOf(a), truthOf(b)];
  return one === null || other === null ? null : one === other;
};

export const compared = (a: Expression, order: string, b: Expression, dialect: ConditionDialect): Expression => {
  const kind = comparedAs([a.kind, b.kind], order);
  const holds = orders[order] ?? (() => true);
  return truth((record) => {
    const [one, other] = [a.of(record), b.of(record)];
    if (kind === 'number' || kind === 'time') {
      const sign = ordered(one, other, kind);
      return sign === null ? null : holds(sign);
    }
    const is = equal(one, other, kind, dialect);
    return is === null ? null : holds(is ? 0 : 1);
  });
};

/** How a value is held against a pattern. */
export interface Matching {
  readonly like: boolean;
  readonly negated: boolean;
  readonly ignoresCase: boolean;
}

const regex = { like: false, negated: false, ignoresCase: false };

/** The signs of PostgreSQL for it. */
export const matchings: Readonly<Record<string, Matching>> = {
  '~': regex,
  '~*': { ...regex, ignoresCase: true },
  '!~': { ...regex, negated: true },
  '!~*': { ...regex, negated: true, ignoresCase: true },
  '~~': { ...regex, like: true },
  '~~*': { ...regex, like: true, ignoresCase: true },
  '!~~': { ...regex, like: true, negated: true },
  '!~~*': { like: true, negated: true, ignoresCase: true },
};

export const matched = (
  left: Expression,
  text: string,
  { like, negated, ignoresCase }: Matching,
  dialect: ConditionDialect,
): Expression => {
  const { regex, longest } = (like ? likePattern : patternOf)(text, dialect, ignoresCase);
  return truth((record) => {
    const value = left.of(record);
    if (value === null || String(value).length > longest) return null;
    const is = regex.test(String(value));
    return !is && isByCollation(dialect, value, text) ? null : is !== negated;
  });
};
