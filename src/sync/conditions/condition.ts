import { castKind, moreOfType } from './casts.ts';
import { Cursor } from './cursor.ts';
import { calledFunction } from './functions.ts';
import { allOf, anyOf, compared, isOf, type Matching, matched, matchings, not, orders } from './predicates.ts';
import { type ConditionDialect, NotUnderstood, tokensOf } from './tokens.ts';
import { type Expression, type Kind, numberOf, truthOf } from './values.ts';

/** What the names of a condition are. */
export interface ConditionColumns {
  /** The column of a name and what it holds; undefined: it is none that is compared. */
  readonly named: (name: string) => { readonly at: number; readonly kind: Kind; readonly utf8: boolean } | undefined;
  /** What `VALUE` stands for in the condition of a domain. */
  readonly value?: string;
}

export interface Condition {
  /** The columns that it is about. */
  readonly ats: readonly number[];
  /** Whether a record with these values breaks it; what cannot be told does not. */
  readonly isBroken: (record: (at: number) => string) => boolean;
}

/** A name in a condition that is no column of the comparison. */
export class OtherColumn extends Error {}

const trims: ReadonlyMap<string, string> = new Map([
  ['both', 'trim'],
  ['leading', 'ltrim'],
  ['trailing', 'rtrim'],
]);

/** Brackets, negations and sums within each other: nobody writes more, and each is a call within a call. */
const deepest = 100;

class Reader {
  /** By the columns that were named: whether their bytes are known. */
  readonly columns = new Map<number, boolean>();
  private readonly cursor: Cursor;
  private readonly dialect: ConditionDialect;
  private readonly known: ConditionColumns;
  private depth = 0;

  constructor(condition: string, dialect: ConditionDialect, known: ConditionColumns) {
    this.cursor = new Cursor(tokensOf(condition, dialect));
    this.dialect = dialect;
    this.known = known;
  }

  whole(): Expression {
    const { cursor } = this;
    cursor.word('check');
    const found = this.either();
    // PostgreSQL says so of a condition that older records were not held against.
    if (cursor.word('not')) cursor.must(cursor.word('valid'));
    cursor.must(cursor.ended);
    return found;
  }

  private deeper(read: () => Expression): Expression {
    if (this.depth === deepest) throw new NotUnderstood('nesting');
    this.depth += 1;
    const found = read();
    this.depth -= 1;
    return found;
  }

  private either(): Expression {
    return this.deeper(() => {
      const parts = [this.both()];
      while (this.cursor.word('or')) parts.push(this.both());
      const [one] = parts;
      return one && parts.length === 1 ? one : anyOf(parts);
    });
  }

  private both(): Expression {
    const parts = [this.negated()];
    while (this.cursor.word('and')) parts.push(this.negated());
    const [one] = parts;
    return one && parts.length === 1 ? one : allOf(parts);
  }

  private negated(): Expression {
    // MariaDB writes NOT so.
    const negates = this.cursor.word('not') || this.cursor.sign('!');
    return negates ? not(this.deeper(() => this.negated())) : this.predicate();
  }

  private predicate(): Expression {
    const { cursor } = this;
    const left = this.sum();
    if (cursor.word('is')) return this.is(left);
    const negated = cursor.word('not');
    const found = this.asked(left);
    cursor.must(found !== undefined || !negated);
    if (!found) return left;
    return negated ? not(found) : found;
  }

  private is(left: Expression): Expression {
    const { cursor } = this;
    const negated = cursor.word('not');
    const isNull = cursor.word('null');
    const isTrue = !isNull && cursor.word('true');
    cursor.must(isNull || isTrue || cursor.word('false'));
    const found = isOf(left, isNull ? null : isTrue);
    return negated ? not(found) : found;
  }

  private asked(left: Expression): Expression | undefined {
    const { cursor, dialect } = this;
    const sign = cursor.next?.kind === 'sign' ? cursor.next.text : '';
    if (Object.hasOwn(orders, sign)) {
      cursor.take();
      return this.ordering(left, sign);
    }
    const matching = Object.hasOwn(matchings, sign) ? matchings[sign] : undefined;
    if (matching) {
      cursor.take();
      return this.matching(left, matching);
    }
    const ignoresCase = dialect !== 'postgresql';
    if (cursor.word('like')) return this.matching(left, { like: true, negated: false, ignoresCase });
    if (dialect === 'mysql' && (cursor.word('regexp') || cursor.word('rlike')))
      return this.matching(left, { like: false, negated: false, ignoresCase });
    if (cursor.word('between')) {
      const from = compared(left, '>=', this.sum(), dialect);
      cursor.must(cursor.word('and'));
      return allOf([from, compared(left, '<=', this.sum(), dialect)]);
    }
    return cursor.word('in') ? this.oneOf(left, this.list('(', ')')) : undefined;
  }

  /** `= ANY (ARRAY['a', 'b'])`, `<> ALL (…)`, or another expression. */
  private ordering(left: Expression, order: string): Expression {
    const { cursor } = this;
    const any = order === '=' && cursor.word('any');
    const all = !any && order === '<>' && cursor.word('all');
    if (!any && !all) return compared(left, order, this.sum(), this.dialect);
    cursor.must(cursor.sign('('));
    const opened = cursor.sign('(');
    cursor.must(cursor.word('array'));
    const found = this.oneOf(left, this.list('[', ']'));
    this.casts('any');
    if (opened) {
      cursor.must(cursor.sign(')'));
      this.casts('any');
    }
    cursor.must(cursor.sign(')'));
    return any ? found : not(found);
  }

  private list(open: string, close: string): readonly Expression[] {
    const { cursor } = this;
    cursor.must(cursor.sign(open));
    const found = [this.either()];
    while (cursor.sign(',')) found.push(this.either());
    cursor.must(cursor.sign(close));
    return found;
  }

  private oneOf(left: Expression, options: readonly Expression[]): Expression {
    return anyOf(options.map((option) => compared(left, '=', option, this.dialect)));
  }

  /** The pattern has to stand there as a text. */
  private matching(left: Expression, how: Matching): Expression {
    const { cursor } = this;
    let brackets = 0;
    while (cursor.sign('(')) brackets += 1;
    const { kind, text } = cursor.take();
    if (kind !== 'text') throw new NotUnderstood(text);
    this.casts('any');
    for (; brackets > 0; brackets -= 1) {
      cursor.must(cursor.sign(')'));
      this.casts('any');
    }
    cursor.must(!cursor.word('escape'));
    return matched(left, text, how, this.dialect);
  }

  private sum(): Expression {
    const { cursor } = this;
    let left = this.primary();
    for (let terms = 1; ; terms += 1) {
      const sign = cursor.sign('+') ? 1 : cursor.sign('-') ? -1 : 0;
      if (sign === 0) return left;
      if (terms === deepest) throw new NotUnderstood('nesting');
      const [one, other] = [left, this.primary()];
      if (one.kind === 'time' || other.kind === 'time') throw new NotUnderstood('a sum of times');
      left = {
        kind: 'number',
        of: (record) => {
          const [a, b] = [numberOf(one.of(record)), numberOf(other.of(record))];
          return a === null || b === null ? null : a + sign * b;
        },
      };
    }
  }

  /** What a value is after the casts that follow it. */
  private casts(kind: Kind): Kind {
    const { cursor } = this;
    let found = kind;
    for (;;) {
      if (cursor.word('collate')) cursor.take();
      else if (cursor.sign('::')) {
        found = castKind(cursor.take().text.toLowerCase(), found);
        while (moreOfType.some((word) => cursor.word(word)));
        if (cursor.sign('(')) while (!cursor.sign(')')) cursor.take();
        if (cursor.sign('[')) cursor.must(cursor.sign(']'));
      } else return found;
    }
  }

  private cast(one: Expression): Expression {
    return { ...one, kind: this.casts(one.kind) };
  }

  private primary(): Expression {
    const { cursor } = this;
    if (cursor.sign('(')) {
      const inner = this.either();
      cursor.must(cursor.sign(')'));
      return this.cast(inner);
    }
    const minus = cursor.sign('-');
    const { kind, text } = cursor.take();
    if (kind === 'number') {
      const value = Number(text) * (minus ? -1 : 1);
      return this.cast({ kind: 'number', of: () => value });
    }
    if (minus || kind === 'sign') throw new NotUnderstood(text);
    if (kind === 'text') return this.cast({ kind: 'any', of: () => text });
    if (cursor.sign('(')) return this.call(text);
    const word = kind === 'word' ? text.toLowerCase() : '';
    if (word === 'true' || word === 'false') return { kind: 'boolean', of: () => word === 'true' };
    if (word === 'null') return this.cast({ kind: 'any', of: () => null });
    return this.cast(this.column(text, word));
  }

  private column(first: string, word: string): Expression {
    const { cursor, known } = this;
    let name = word === 'value' && known.value !== undefined ? known.value : first;
    while (cursor.sign('.')) name = cursor.take().text;
    const column = known.named(name);
    if (!column) throw new OtherColumn(name);
    const { at, kind, utf8 } = column;
    this.columns.set(at, utf8);
    return {
      kind,
      isColumn: true,
      of: (record) => {
        const text = record(at);
        return text === '' ? null : text;
      },
    };
  }

  /** `trim(v)`, which PostgreSQL writes as `TRIM(BOTH FROM v)`. */
  private trimmed(name: string): string {
    const { cursor } = this;
    const ends = [...trims.keys()].find((word) => cursor.word(word));
    if (ends === undefined) return name;
    cursor.must(cursor.word('from'));
    return trims.get(ends) ?? name;
  }

  private call(called: string): Expression {
    const { cursor, dialect } = this;
    const name = called.toLowerCase() === 'trim' ? this.trimmed(called) : called;
    const args = [this.either()];
    const [first] = args;
    if (name.toLowerCase() === 'regexp_like' && first) {
      cursor.must(cursor.sign(','));
      const { kind, text } = cursor.take();
      cursor.must(kind === 'text' && cursor.sign(')'));
      return matched(first, text, { like: false, negated: false, ignoresCase: true }, dialect);
    }
    while (cursor.sign(',')) args.push(this.either());
    cursor.must(cursor.sign(')'));
    const bytesKnown = [...this.columns.values()].every((utf8) => utf8);
    return this.cast(calledFunction(name, args, { dialect, bytesKnown }));
  }
}

/**
 * A condition of a table (CHECK), to hold records against it without asking the database. Throws `NotUnderstood` where it says anything
 * whose meaning is not known for certain, and `OtherColumn` where it is about a column that is not compared.
 */
export const conditionOf = (text: string, dialect: ConditionDialect, columns: ConditionColumns): Condition => {
  const reader = new Reader(text, dialect, columns);
  const { of } = reader.whole();
  return { ats: [...reader.columns.keys()], isBroken: (record) => truthOf(of(record)) === false };
};
