import type { Text } from '../../model/text.ts';
import { typingDistance } from '../typing-distance.ts';
import type { FormulaFault, FormulaNode, FormulaOperator, FormulaReading, Span } from './node.ts';
import { argumentsOf, salesforceFunctions } from './salesforce-functions.ts';
import { type Token, tokenAt } from './salesforce-tokens.ts';

// Salesforce saves formulas of at most 3,900 characters, and few have more than a dozen levels.
const longest = 100_000;
const deepest = 200;

class Broken extends Error {
  readonly fault: FormulaFault;
  constructor({ start, end }: Span, says: Text) {
    super(says.en);
    this.fault = { kind: 'syntax', start, end, says };
  }
}

class TooDeep extends Error {}

/** The higher, the tighter. All of them bind to the left. */
const binary: Readonly<Record<string, readonly [level: number, operator: FormulaOperator]>> = {
  '||': [1, '||'],
  '&&': [2, '&&'],
  '=': [3, '='],
  '==': [3, '='],
  '!=': [3, '<>'],
  '<>': [3, '<>'],
  '<': [4, '<'],
  '<=': [4, '<='],
  '>': [4, '>'],
  '>=': [4, '>='],
  '+': [5, '+'],
  '-': [5, '-'],
  '&': [5, '&'],
  '*': [6, '*'],
  '/': [6, '/'],
  '^': [7, '^'],
};
const chained: readonly FormulaOperator[] = ['||', '&&', '+', '&', '*'];

const described = (token: Token): Text => {
  if (token.kind === 'end') return { en: 'the end of the formula', ja: '数式の終わり' };
  if (token.kind === 'string')
    return { en: `the text "${token.value.slice(0, 40)}"`, ja: `文字列 "${token.value.slice(0, 40)}"` };
  const shown =
    token.kind === 'sign'
      ? token.sign
      : token.kind === 'name'
        ? token.text
        : token.kind === 'number'
          ? String(token.value)
          : '';
  return { en: `"${shown}"`, ja: `「${shown}」` };
};

const nearestFunction = (name: string): string | undefined => {
  const limit = name.length < 5 ? 1 : 2;
  const near = salesforceFunctions
    .map((known) => ({ known, far: typingDistance(name, known, limit) }))
    .filter(({ far }) => far <= limit)
    .toSorted((a, b) => a.far - b.far);
  return near[0]?.known;
};

class Parser {
  readonly #text: string;
  readonly faults: FormulaFault[] = [];
  #token: Token;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#token = tokenAt(text, 0);
  }

  whole(): FormulaNode {
    const node = this.#expression(1);
    if (this.#token.kind !== 'end') this.#unexpected();
    return node;
  }

  #advance(): Token {
    const token = this.#token;
    if (token.kind === 'bad') throw new Broken(token, token.says);
    this.#token = tokenAt(this.#text, token.end);
    return token;
  }

  #is(sign: string): boolean {
    return this.#token.kind === 'sign' && this.#token.sign === sign;
  }

  #unexpected(): never {
    const token = this.#token;
    if (token.kind === 'bad') throw new Broken(token, token.says);
    const { en, ja } = described(token);
    throw new Broken(
      token,
      token.kind === 'end'
        ? { en: 'the formula ends too early: something is missing behind this', ja: '数式が途中で終わっています' }
        : { en: `${en} does not belong here`, ja: `ここに ${ja} は書けません` },
    );
  }

  #deeper(): void {
    this.#depth += 1;
    if (this.#depth > deepest) throw new TooDeep();
  }

  #expression(level: number): FormulaNode {
    this.#deeper();
    let left = this.#unary();
    let height = 0;
    for (;;) {
      const token = this.#token;
      const known = token.kind === 'sign' && Object.hasOwn(binary, token.sign) ? binary[token.sign] : undefined;
      if (!known || known[0] < level) break;
      this.#advance();
      const right = this.#expression(known[0] + 1);
      const operator = known[1];
      const span = { start: left.start, end: right.end };
      if (left.kind === 'operation' && left.operator === operator && !left.bracketed && chained.includes(operator)) {
        left = { ...left, of: [...left.of, right], end: right.end };
      } else {
        // A long chain of different operators leans to the left as deep as it is long.
        height += 1;
        if (height > deepest) throw new TooDeep();
        left = { kind: 'operation', operator, of: [left, right], at: token, bracketed: false, ...span };
      }
    }
    this.#depth -= 1;
    return left;
  }

  #unary(): FormulaNode {
    const token = this.#token;
    if (token.kind !== 'sign' || !['-', '+', '!'].includes(token.sign)) return this.#primary();
    this.#deeper();
    this.#advance();
    const of = this.#unary();
    this.#depth -= 1;
    if (token.sign === '+') return of;
    const operator = token.sign === '!' ? 'not' : 'negative';
    return { kind: 'operation', operator, of: [of], at: token, bracketed: false, start: token.start, end: of.end };
  }

  #primary(): FormulaNode {
    const token = this.#token;
    const { start, end } = token;
    if (token.kind === 'number' || token.kind === 'string') {
      this.#advance();
      return { kind: 'literal', value: token.value, start, end };
    }
    if (token.kind === 'name') {
      this.#advance();
      return this.#is('(') && !token.merged ? this.#call(token.text.toUpperCase(), token) : this.#name(token);
    }
    if (!this.#is('(')) this.#unexpected();
    this.#advance();
    const inner = this.#expression(1);
    const close = this.#close(start);
    return inner.kind === 'operation'
      ? { ...inner, bracketed: true, start, end: close }
      : { ...inner, start, end: close };
  }

  #name({ text, merged, start, end }: Extract<Token, { kind: 'name' }>): FormulaNode {
    const word = merged ? '' : text.toUpperCase();
    if (word === 'TRUE' || word === 'FALSE') return { kind: 'literal', value: word === 'TRUE', start, end };
    if (word === 'NULL') return { kind: 'literal', value: null, start, end };
    return { kind: 'name', text, start, end };
  }

  #close(opened: number): number {
    if (!this.#is(')')) {
      const token = this.#token;
      if (token.kind !== 'end') this.#unexpected();
      throw new Broken(
        { start: opened, end: opened + 1 },
        { en: 'the bracket that opens here is never closed', ja: 'ここで開いた括弧が閉じられていません' },
      );
    }
    return this.#advance().end;
  }

  #call(name: string, { start, end: nameEnd }: Span): FormulaNode {
    const opened = this.#advance().start;
    const of: FormulaNode[] = [];
    if (!this.#is(')')) {
      of.push(this.#expression(1));
      while (this.#is(',')) {
        this.#advance();
        of.push(this.#expression(1));
      }
    }
    const end = this.#close(opened);
    this.#judge(name, of.length, { start, end: nameEnd });
    return { kind: 'call', name, nameEnd, of, start, end };
  }

  #judge(name: string, count: number, span: Span): void {
    const takes = argumentsOf(name);
    if (!takes) {
      const nearest = nearestFunction(name);
      this.faults.push({
        kind: 'unknown-function',
        ...span,
        ...(nearest === undefined ? {} : { nearest }),
        says: { en: `there is no function ${name}`, ja: `関数 ${name} はありません` },
      });
      return;
    }
    const [least, most] = takes;
    // CASE takes pairs between the value and the result for everything else.
    const odd = name === 'CASE' && count >= least && count % 2 === 1;
    if (count >= least && count <= most && !odd) return;
    const wanted = most === least ? String(least) : Number.isFinite(most) ? `${least}–${most}` : `${least}+`;
    this.faults.push({
      kind: 'argument-count',
      ...span,
      says: odd
        ? {
            en: `CASE has ${count} arguments: the last result, for everything else, is missing`,
            ja: `CASE の引数が ${count} 個です。どれにも当てはまらない場合の結果（最後の引数）がありません`,
          }
        : {
            en: `${name} takes ${wanted} arguments and is given ${count}`,
            ja: `${name} の引数は ${wanted} 個ですが、${count} 個書かれています`,
          },
    });
  }
}

/** Reads a formula of Salesforce: what it says, or where it is wrong. */
export const readSalesforceFormula = (text: string): FormulaReading => {
  if (text.length > longest) return { kind: 'left-alone' };
  const parser = new Parser(text);
  try {
    const node = parser.whole();
    return { kind: 'read', node, faults: parser.faults };
  } catch (error) {
    if (error instanceof Broken) return { kind: 'fault', fault: error.fault };
    if (error instanceof TooDeep) return { kind: 'left-alone' };
    throw error;
  }
};

/** The names that a formula reads, in its order. */
export const namesIn = (node: FormulaNode): readonly Extract<FormulaNode, { kind: 'name' }>[] => {
  const found: Extract<FormulaNode, { kind: 'name' }>[] = [];
  const waiting: FormulaNode[] = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.kind === 'name') found.push(next);
    else if (next.kind !== 'literal') waiting.push(...next.of.toReversed());
  }
  return found;
};
