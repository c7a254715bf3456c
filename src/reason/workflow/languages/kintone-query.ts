import type { Stretch } from './python-literal.ts';

/** What a kintone query compares with: a text or number in quotes, a number without, or a function such as `TODAY()`. */
export type KintoneValue = Stretch &
  (
    | { readonly kind: 'text' | 'number'; readonly text: string }
    | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly string[] }
  );

/** The condition of a kintone query (https://cybozu.dev/ja/kintone/docs/overview/query). */
export type KintoneQuery = Stretch &
  (
    | { readonly kind: 'all' | 'any'; readonly of: readonly KintoneQuery[] }
    | {
        readonly kind: 'test';
        readonly field: Stretch & { readonly text: string };
        readonly operator: Stretch & { readonly text: KintoneOperator };
        /** Of `is empty`: none. */
        readonly values: readonly KintoneValue[];
      }
  );

export type KintoneOperator =
  | '='
  | '!='
  | '<'
  | '>'
  | '<='
  | '>='
  | 'in'
  | 'not in'
  | 'like'
  | 'not like'
  | 'is empty'
  | 'is not empty';

export interface KintoneFault {
  readonly kind: 'fault';
  readonly at: number;
  readonly reason:
    | 'field-expected'
    | 'operator-expected'
    | 'value-expected'
    | 'list-expected'
    | 'unclosed-text'
    | 'unclosed-bracket'
    | 'unexpected'
    | 'too-deep'
    | 'too-long';
  readonly what?: string;
}

/** The functions of a query, with how many arguments they take. */
export const kintoneFunctions: Readonly<Record<string, readonly [least: number, most: number]>> = {
  LOGINUSER: [0, 0],
  PRIMARY_ORGANIZATION: [0, 0],
  NOW: [0, 0],
  TODAY: [0, 0],
  YESTERDAY: [0, 0],
  TOMORROW: [0, 0],
  FROM_TODAY: [2, 2],
  THIS_WEEK: [0, 1],
  LAST_WEEK: [0, 1],
  NEXT_WEEK: [0, 1],
  THIS_MONTH: [0, 1],
  LAST_MONTH: [0, 1],
  NEXT_MONTH: [0, 1],
  THIS_YEAR: [0, 0],
  LAST_YEAR: [0, 0],
  NEXT_YEAR: [0, 0],
};

const deepest = 60;
const longest = 200_000;

type Token = Stretch &
  ({ readonly kind: 'word' | 'text' | 'sign'; readonly text: string } | { readonly kind: 'end' } | KintoneFault);

const blank = /[\s\u3000]*/y;
// Field codes may hold any letter of any script, and the signs that kintone allows in them (_, ・, full-width signs, ＄ ￥).
const word = /[^\s\u3000()",=<>!]+/y;
const sign = /<=|>=|!=|[=<>(),]/y;

const tokenAt = (text: string, from: number): Token => {
  blank.lastIndex = from;
  blank.test(text);
  const start = blank.lastIndex;
  if (start >= text.length) return { kind: 'end', start: text.length, end: text.length };
  if (text.charAt(start) === '"') {
    let value = '';
    for (let at = start + 1; at < text.length; at += 1) {
      const unit = text.charAt(at);
      if (unit === '"') return { kind: 'text', text: value, start, end: at + 1 };
      if (unit === '\\') at += 1;
      value += text.charAt(at);
    }
    return { kind: 'fault', at: start, reason: 'unclosed-text', start, end: text.length };
  }
  for (const [kind, pattern] of [
    ['sign', sign],
    ['word', word],
  ] as const) {
    pattern.lastIndex = start;
    const found = pattern.exec(text)?.[0];
    if (found) return { kind, text: found, start, end: start + found.length };
  }
  return { kind: 'fault', at: start, reason: 'unexpected', what: text.charAt(start), start, end: start + 1 };
};

class Stop extends Error {
  readonly fault: KintoneFault;
  constructor(fault: Omit<KintoneFault, 'kind'>) {
    super(fault.reason);
    this.fault = { kind: 'fault', ...fault };
  }
}

class Reader {
  readonly #text: string;
  #next: Token;
  /** Where the last token that was taken ends. */
  #end = 0;

  constructor(text: string) {
    this.#text = text;
    this.#next = this.#read(0);
  }

  whole(): KintoneQuery {
    const query = this.#alternatives(0);
    const { kind, start } = this.#next;
    // A query may go on with order by, limit and offset; a condition of a process does not.
    if (kind !== 'end' && !this.#isWord('order', 'limit', 'offset')) {
      throw new Stop({ at: start, reason: 'unexpected', what: this.#text.charAt(start) });
    }
    return query;
  }

  #read(from: number): Token {
    const token = tokenAt(this.#text, from);
    if (token.kind === 'fault') throw new Stop(token);
    return token;
  }

  #take(): Token {
    const taken = this.#next;
    this.#next = this.#read(taken.end);
    this.#end = taken.end;
    return taken;
  }

  #isWord(...words: readonly string[]): boolean {
    return this.#next.kind === 'word' && words.includes(this.#next.text.toLowerCase());
  }

  #atEnd(): boolean {
    return this.#next.kind === 'end';
  }

  #isSign(text: string): boolean {
    return this.#next.kind === 'sign' && this.#next.text === text;
  }

  #alternatives(depth: number): KintoneQuery {
    return this.#chain('or', 'any', () => this.#chain('and', 'all', () => this.#term(depth)));
  }

  #chain(mark: 'and' | 'or', kind: 'all' | 'any', part: () => KintoneQuery): KintoneQuery {
    const first = part();
    const of = [first];
    while (this.#isWord(mark)) {
      this.#take();
      of.push(part());
    }
    if (of.length === 1) return first;
    return { kind, of, start: first.start, end: of.at(-1)?.end ?? first.end };
  }

  #term(depth: number): KintoneQuery {
    if (!this.#isSign('(')) return this.#test();
    const open = this.#take();
    if (depth >= deepest) throw new Stop({ at: open.start, reason: 'too-deep' });
    const inner = this.#alternatives(depth + 1);
    if (!this.#isSign(')')) {
      const end = this.#next.kind === 'end';
      throw new Stop(
        end
          ? { at: open.start, reason: 'unclosed-bracket', what: '(' }
          : { at: this.#next.start, reason: 'unexpected', what: this.#text.charAt(this.#next.start) },
      );
    }
    const close = this.#take();
    return { ...inner, start: open.start, end: close.end };
  }

  #test(): KintoneQuery {
    const field = this.#take();
    if (field.kind !== 'word' && field.kind !== 'text') throw new Stop({ at: field.start, reason: 'field-expected' });
    const operator = this.#operator();
    const values = this.#valuesFor(operator.text);
    return {
      kind: 'test',
      field: { text: field.text, start: field.start, end: field.end },
      operator,
      values,
      start: field.start,
      end: this.#end,
    };
  }

  #operator(): Stretch & { readonly text: KintoneOperator } {
    const first = this.#take();
    const { start } = first;
    const done = (text: KintoneOperator, end: number) => ({ text, start, end });
    if (first.kind === 'sign') {
      switch (first.text) {
        case '=':
        case '!=':
        case '<':
        case '>':
        case '<=':
        case '>=':
          return done(first.text, first.end);
        default:
      }
    }
    const name = first.kind === 'word' ? first.text.toLowerCase() : '';
    if (name === 'in' || name === 'like') return done(name, first.end);
    if (name === 'not' && this.#isWord('in', 'like')) {
      const second = this.#isWord('in') ? 'not in' : 'not like';
      return done(second, this.#take().end);
    }
    if (name === 'is') {
      const not = this.#isWord('not');
      if (not) this.#take();
      if (this.#isWord('empty')) return done(not ? 'is not empty' : 'is empty', this.#take().end);
    }
    throw new Stop({ at: start, reason: 'operator-expected', what: this.#text.slice(start, first.end).slice(0, 40) });
  }

  #valuesFor(operator: KintoneOperator): readonly KintoneValue[] {
    if (operator === 'is empty' || operator === 'is not empty') return [];
    if (operator !== 'in' && operator !== 'not in') return [this.#value()];
    if (!this.#isSign('(')) throw new Stop({ at: this.#next.start, reason: 'list-expected' });
    const open = this.#take();
    const values: KintoneValue[] = [];
    while (!this.#isSign(')')) {
      if (this.#atEnd()) throw new Stop({ at: open.start, reason: 'unclosed-bracket', what: '(' });
      values.push(this.#value());
      if (this.#isSign(',')) this.#take();
      else if (!this.#isSign(')') && !this.#atEnd()) {
        throw new Stop({ at: this.#next.start, reason: 'unexpected', what: this.#text.charAt(this.#next.start) });
      }
    }
    this.#take();
    return values;
  }

  #value(): KintoneValue {
    const first = this.#take();
    const { start, end } = first;
    if (first.kind === 'text') return { kind: 'text', text: first.text, start, end };
    if (first.kind !== 'word') throw new Stop({ at: start, reason: 'value-expected' });
    if (/^[+-]?\d+(?:\.\d+)?$/.test(first.text)) return { kind: 'number', text: first.text, start, end };
    if (!this.#isSign('(')) throw new Stop({ at: start, reason: 'value-expected', what: first.text.slice(0, 40) });
    const open = this.#take();
    const given: string[] = [];
    while (!this.#isSign(')')) {
      const argument = this.#take();
      if (argument.kind === 'end') throw new Stop({ at: open.start, reason: 'unclosed-bracket', what: '(' });
      if (argument.kind === 'word' || argument.kind === 'text') given.push(argument.text);
      else if (argument.kind !== 'sign' || argument.text !== ',') {
        throw new Stop({ at: argument.start, reason: 'unexpected', what: this.#text.charAt(argument.start) });
      }
    }
    const close = this.#take();
    return { kind: 'call', name: first.text.toUpperCase(), arguments: given, start, end: close.end };
  }
}

/** Reads the condition of a query; nothing in it is run. */
export const parseKintoneQuery = (text: string): KintoneQuery | KintoneFault => {
  if (text.length > longest) return { kind: 'fault', at: longest, reason: 'too-long' };
  try {
    return new Reader(text).whole();
  } catch (error) {
    if (error instanceof Stop) return error.fault;
    throw error;
  }
};
