import type { Stretch } from './python-literal.ts';

/** What a formula of EspoCRM compares. */
export type EspoOperand = Stretch &
  (
    | { readonly kind: 'text'; readonly value: string }
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'null' }
    /** A field, perhaps over relations: `account.type`. */
    | { readonly kind: 'field'; readonly name: string }
    | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly EspoOperand[] }
    /** A variable, a sum, an assignment: not understood. */
    | { readonly kind: 'other' }
  );

/** A formula as far as it is a condition (https://docs.espocrm.com/administration/formula/). */
export type EspoFormula = Stretch &
  (
    | { readonly kind: 'all' | 'any'; readonly of: readonly EspoFormula[] }
    | { readonly kind: 'not'; readonly of: EspoFormula }
    | {
        readonly kind: 'compare';
        readonly operator: '==' | '!=' | '<' | '>' | '<=' | '>=';
        readonly left: EspoOperand;
        readonly right: EspoOperand;
      }
    | { readonly kind: 'operand'; readonly operand: EspoOperand }
  );

export interface EspoFault {
  readonly kind: 'fault';
  readonly at: number;
  readonly reason: 'unclosed-text' | 'unclosed-bracket' | 'unexpected' | 'missing-value' | 'too-deep' | 'too-long';
  readonly what?: string;
}

/** A formula, and every field that stands in it, whether it is understood or not. */
export interface ReadEspoFormula {
  readonly kind: 'formula';
  readonly formula: EspoFormula;
  readonly fields: readonly (Stretch & { readonly name: string })[];
}

const deepest = 50;
const longest = 100_000;

type Token = Stretch & {
  readonly kind: 'text' | 'number' | 'name' | 'variable' | 'sign' | 'end';
  readonly text: string;
};

class Stop extends Error {
  readonly fault: EspoFault;
  constructor(fault: Omit<EspoFault, 'kind'>) {
    super(fault.reason);
    this.fault = { kind: 'fault', ...fault };
  }
}

/** Something that may well be right and is not understood here: a list, a block. */
class NotUnderstood extends Error {}

const skipped = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const patterns = [
  ['number', /\d+(?:\.\d+)?/y],
  ['name', /[A-Za-z_]\w*(?:\\[A-Za-z_]\w*)*(?:\.[A-Za-z_]\w*)*/y],
  ['variable', /\$\$?[A-Za-z_]\w*/y],
  ['sign', /===?|!==?|<=|>=|&&|\|\||\?\?|\+=|-=|[-=!<>+*/%(){}[\],;.?:]/y],
] as const;

const tokensOf = (text: string): readonly Token[] => {
  const tokens: Token[] = [];
  for (let at = 0; ; ) {
    skipped.lastIndex = at;
    skipped.test(text);
    const start = Math.max(at, skipped.lastIndex);
    const unit = text.charAt(start);
    if (unit === '') return [...tokens, { kind: 'end', text: '', start: text.length, end: text.length }];
    if (unit === '"' || unit === "'") {
      let value = '';
      let end = start + 1;
      for (; ; end += 1) {
        const next = text.charAt(end);
        if (next === '') throw new Stop({ at: start, reason: 'unclosed-text', what: unit });
        if (next === unit) break;
        if (next === '\\') end += 1;
        value += text.charAt(end);
      }
      tokens.push({ kind: 'text', text: value, start, end: end + 1 });
      at = end + 1;
      continue;
    }
    let token: Token | undefined;
    for (const [kind, pattern] of patterns) {
      pattern.lastIndex = start;
      const found = pattern.exec(text)?.[0];
      if (!found) continue;
      token = { kind, text: found, start, end: start + found.length };
      break;
    }
    if (!token) throw new Stop({ at: start, reason: 'unexpected', what: unit });
    tokens.push(token);
    at = token.end;
  }
};

const comparisons: readonly string[] = ['==', '!=', '<', '>', '<=', '>='];
const isComparison = (text: string): text is '==' | '!=' | '<' | '>' | '<=' | '>=' => comparisons.includes(text);
const arithmetic: readonly string[] = ['+', '-', '*', '/', '%', '??', '.', '?', ':'];
const constants: readonly string[] = ['true', 'false', 'null'];

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): EspoFormula {
    try {
      const formula = this.#chain(0);
      const rest = this.#peek();
      if (rest.kind === 'end' || (rest.text === ';' && this.#tokens[this.#at + 1]?.kind === 'end')) return formula;
      this.#checkBrackets();
      if (rest.kind !== 'sign') throw new Stop({ at: rest.start, reason: 'unexpected', what: rest.text.slice(0, 20) });
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      this.#checkBrackets();
    }
    // Several statements, an assignment, a block: a script and no condition.
    const end = this.#tokens.at(-1)?.end ?? 0;
    return { kind: 'operand', operand: { kind: 'other', start: 0, end }, start: 0, end };
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', start: 0, end: 0 };
  }

  #take(): Token {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }

  #is(...texts: readonly string[]): boolean {
    const { kind, text } = this.#peek();
    return (kind === 'sign' || kind === 'name') && texts.includes(text);
  }

  /** What is not read as a condition has to be well-formed at least in its brackets. */
  #checkBrackets(): void {
    const open: Token[] = [];
    const closing: Readonly<Record<string, string>> = { ')': '(', '}': '{', ']': '[' };
    for (const token of this.#tokens) {
      if (token.kind !== 'sign') continue;
      if (token.text === '(' || token.text === '{' || token.text === '[') open.push(token);
      const wanted = closing[token.text];
      if (wanted !== undefined && open.pop()?.text !== wanted) {
        throw new Stop({ at: token.start, reason: 'unexpected', what: token.text });
      }
    }
    const last = open.at(-1);
    if (last) throw new Stop({ at: last.start, reason: 'unclosed-bracket', what: last.text });
  }

  #chain(depth: number): EspoFormula {
    return this.#joined('any', ['||', 'or'], () => this.#joined('all', ['&&', 'and'], () => this.#comparison(depth)));
  }

  #joined(kind: 'all' | 'any', marks: readonly string[], part: () => EspoFormula): EspoFormula {
    const first = part();
    const of = [first];
    while (this.#is(...marks)) {
      this.#take();
      of.push(part());
    }
    return of.length === 1 ? first : { kind, of, start: first.start, end: of.at(-1)?.end ?? first.end };
  }

  #comparison(depth: number): EspoFormula {
    if (depth > deepest) throw new Stop({ at: this.#peek().start, reason: 'too-deep' });
    const first = this.#peek();
    if (this.#is('!')) {
      this.#take();
      const bracketed = this.#is('(');
      const of = this.#comparison(depth + 1);
      // `!a == b` compares what is denied.
      return of.kind === 'compare' && !bracketed
        ? {
            kind: 'operand',
            operand: { kind: 'other', start: first.start, end: of.end },
            start: first.start,
            end: of.end,
          }
        : { kind: 'not', of, start: first.start, end: of.end };
    }
    if (this.#is('(')) {
      const before = this.#at;
      this.#take();
      const inner = this.#chain(depth + 1);
      const close = this.#peek();
      if (close.text !== ')') return this.#unclosed(first, close);
      this.#take();
      const next = this.#peek();
      if (!isComparison(next.text) && !arithmetic.includes(next.text)) {
        return { ...inner, start: first.start, end: close.end };
      }
      // `(a + b) > c`: a value in brackets.
      this.#at = before;
    }
    const left = this.#operand(depth);
    const operator = this.#peek().text;
    if (this.#peek().kind !== 'sign' || !isComparison(operator)) {
      return { kind: 'operand', operand: left, start: left.start, end: left.end };
    }
    this.#take();
    const right = this.#operand(depth);
    return { kind: 'compare', operator, left, right, start: left.start, end: right.end };
  }

  #unclosed(open: Token, at: Token): never {
    if (at.kind === 'end') throw new Stop({ at: open.start, reason: 'unclosed-bracket', what: '(' });
    if (at.kind === 'sign') throw new NotUnderstood();
    throw new Stop({ at: at.start, reason: 'unexpected', what: at.text.slice(0, 20) });
  }

  /** A value, or several with signs of arithmetic between them, which together are not understood. */
  #operand(depth: number): EspoOperand {
    const first = this.#primary(depth);
    let { end } = first;
    let several = false;
    while (this.#peek().kind === 'sign' && arithmetic.includes(this.#peek().text)) {
      this.#take();
      end = this.#primary(depth).end;
      several = true;
    }
    return several ? { kind: 'other', start: first.start, end } : first;
  }

  #primary(depth: number): EspoOperand {
    if (depth > deepest) throw new Stop({ at: this.#peek().start, reason: 'too-deep' });
    const token = this.#take();
    const { start, end, text } = token;
    switch (token.kind) {
      case 'text':
        return { kind: 'text', value: text, start, end };
      case 'number':
        return { kind: 'number', value: Number(text), start, end };
      case 'variable':
        return { kind: 'other', start, end };
      case 'name':
        if (this.#is('(')) return this.#call(token, depth);
        if (text === 'null') return { kind: 'null', start, end };
        if (text === 'true' || text === 'false') return { kind: 'boolean', value: text === 'true', start, end };
        return { kind: 'field', name: text, start, end };
      case 'end':
        throw new Stop({ at: start, reason: 'missing-value' });
      case 'sign': {
        if (text === '-' || text === '!') {
          const value = this.#primary(depth + 1);
          return value.kind === 'number' && text === '-'
            ? { kind: 'number', value: -value.value, start, end: value.end }
            : { kind: 'other', start, end: value.end };
        }
        if (text === ')' || text === ',' || text === ';')
          throw new Stop({ at: start, reason: 'missing-value', what: text });
        if (text !== '(') throw new NotUnderstood();
        this.#chain(depth + 1);
        const close = this.#peek();
        if (close.text !== ')') return this.#unclosed(token, close);
        this.#take();
        return { kind: 'other', start, end: close.end };
      }
    }
  }

  #call(name: Token, depth: number): EspoOperand {
    const open = this.#take();
    const given: EspoOperand[] = [];
    while (!this.#is(')')) {
      if (this.#peek().kind === 'end') return this.#unclosed(open, this.#peek());
      const part = this.#chain(depth + 1);
      given.push(part.kind === 'operand' ? part.operand : { kind: 'other', start: part.start, end: part.end });
      if (this.#is(',')) this.#take();
      else if (!this.#is(')')) return this.#unclosed(open, this.#peek());
    }
    const close = this.#take();
    return { kind: 'call', name: name.text, arguments: given, start: name.start, end: close.end };
  }
}

/** Reads the condition of a formula; nothing in it is run. */
export const parseEspoFormula = (text: string): ReadEspoFormula | EspoFault => {
  if (text.length > longest) return { kind: 'fault', at: longest, reason: 'too-long' };
  try {
    const tokens = tokensOf(text);
    const fields = tokens.flatMap((token, at) => {
      const called = tokens[at + 1]?.text === '(' && tokens[at + 1]?.kind === 'sign';
      const words = constants.includes(token.text) || /^(?:and|or|if|else|while|break|continue)$/.test(token.text);
      return token.kind !== 'name' || called || words || token.text.includes('\\')
        ? []
        : [{ name: token.text, start: token.start, end: token.end }];
    });
    return { kind: 'formula', formula: new Reader(tokens).whole(), fields };
  } catch (error) {
    if (error instanceof Stop) return error.fault;
    throw error;
  }
};
