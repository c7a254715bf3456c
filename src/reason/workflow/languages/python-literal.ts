/** A stretch of a text, by its UTF-16 units; the end is exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A Python expression as far as it is a literal; names, calls and the like are kept as they are written and never run. */
export type PythonValue = Stretch &
  (
    | { readonly kind: 'text'; readonly value: string }
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'none' }
    | { readonly kind: 'list'; readonly items: readonly PythonValue[] }
    | { readonly kind: 'expression'; readonly text: string }
  );

/** Where and why a text cannot be read. */
export interface LanguageFault {
  readonly kind: 'fault';
  readonly at: number;
  /** What is missing or wrong, for the words of a message. */
  readonly reason: 'unclosed-bracket' | 'unclosed-text' | 'unexpected' | 'missing-value' | 'too-deep' | 'too-long';
  /** The bracket or the character. */
  readonly what?: string;
}

const deepest = 50;
const longest = 200_000;

const closing: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}' };

const isBlank = (unit: string): boolean => unit === ' ' || unit === '\n' || unit === '\r' || unit === '\t';

class Fault extends Error {
  readonly fault: LanguageFault;
  constructor(fault: Omit<LanguageFault, 'kind'>) {
    super(fault.reason);
    this.fault = { kind: 'fault', ...fault };
  }
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
};

const decoded = (raw: string): string =>
  raw.includes('\\')
    ? raw.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([\s\S]))/g, (whole, hex, wide, one) =>
        hex !== undefined || wide !== undefined
          ? String.fromCharCode(Number.parseInt(hex ?? wide, 16))
          : (escapes[one] ?? whole),
      )
    : raw;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Blanks and comments. */
  blanks(): void {
    for (; this.#at < this.#text.length; this.#at += 1) {
      const unit = this.#text.charAt(this.#at);
      if (unit === '#') this.#comment();
      else if (!isBlank(unit)) return;
    }
  }

  /** To the last character of the line. */
  #comment(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = (end < 0 ? this.#text.length : end) - 1;
  }

  whole(): PythonValue {
    this.blanks();
    const value = this.value(0);
    this.blanks();
    if (this.#at < this.#text.length) {
      throw new Fault({ at: this.#at, reason: 'unexpected', what: this.#text.charAt(this.#at) });
    }
    return value;
  }

  value(depth: number): PythonValue {
    if (depth > deepest) throw new Fault({ at: this.#at, reason: 'too-deep' });
    const start = this.#at;
    const unit = this.#text.charAt(start);
    if (unit === '') throw new Fault({ at: start, reason: 'missing-value' });
    const simple = this.#simple(unit, start, depth);
    const end = this.#at;
    this.blanks();
    // What a value is part of (`a + 1`, `[1] * 2`, `'x' % y`, `x.y`) is an expression as a whole.
    if (simple && (this.#at >= this.#text.length || /[,)\]}]/.test(this.#text.charAt(this.#at)))) return simple;
    if (simple?.kind === 'text' && /['"]/.test(this.#text.charAt(this.#at))) return this.#joined(simple, depth);
    this.#at = end;
    return this.#expression(start, depth);
  }

  #simple(unit: string, start: number, depth: number): PythonValue | undefined {
    if (unit === '[' || unit === '(') return this.#list(unit, start, depth);
    if (unit === "'" || unit === '"') return this.#string(start);
    const word = this.#match(/[A-Za-z_]\w*/y);
    if (word !== undefined) {
      const next = this.#text.charAt(this.#at);
      if ((next === "'" || next === '"') && /^[uU]$/.test(word)) return { ...this.#string(this.#at), start };
      const end = this.#at;
      if (word === 'True' || word === 'False') return { kind: 'boolean', value: word === 'True', start, end };
      // `null`, `true` and `false` come from domains that a web client wrote.
      if (word === 'true' || word === 'false') return { kind: 'boolean', value: word === 'true', start, end };
      if (word === 'None' || word === 'null') return { kind: 'none', start, end };
      return undefined;
    }
    const number = this.#match(/[+-]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])/y);
    if (number !== undefined) {
      return { kind: 'number', value: Number(number.replaceAll('_', '')), start, end: this.#at };
    }
    return undefined;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) return undefined;
    this.#at += found.length;
    return found;
  }

  #list(open: string, start: number, depth: number): PythonValue {
    const close = closing[open] ?? ']';
    this.#at += 1;
    const items: PythonValue[] = [];
    let commas = 0;
    for (;;) {
      this.blanks();
      const unit = this.#text.charAt(this.#at);
      if (unit === '') throw new Fault({ at: start, reason: 'unclosed-bracket', what: open });
      if (unit === close) {
        this.#at += 1;
        // `(x)` is only a value in brackets.
        const [only] = items;
        if (open === '(' && items.length === 1 && commas === 0 && only) return { ...only, start, end: this.#at };
        return { kind: 'list', items, start, end: this.#at };
      }
      if (items.length > commas) throw new Fault({ at: this.#at, reason: 'unexpected', what: unit });
      if (unit === ',' || unit === ')' || unit === ']' || unit === '}') {
        throw new Fault({ at: this.#at, reason: unit === ',' ? 'missing-value' : 'unexpected', what: unit });
      }
      items.push(this.value(depth + 1));
      this.blanks();
      if (this.#text.charAt(this.#at) === ',') {
        commas += 1;
        this.#at += 1;
      }
    }
  }

  #string(from: number): PythonValue & { readonly kind: 'text' } {
    const quote = this.#text.charAt(from);
    const triple = this.#text.startsWith(quote.repeat(3), from);
    const mark = triple ? quote.repeat(3) : quote;
    const begin = from + mark.length;
    for (let at = begin; at < this.#text.length; at += 1) {
      const unit = this.#text.charAt(at);
      if (unit === '\\') at += 1;
      else if (unit === '\n' && !triple) break;
      else if (this.#text.startsWith(mark, at)) {
        this.#at = at + mark.length;
        return { kind: 'text', value: decoded(this.#text.slice(begin, at)), start: from, end: this.#at };
      }
    }
    throw new Fault({ at: from, reason: 'unclosed-text', what: quote });
  }

  /** `'a' 'b'` is one text. */
  #joined(first: PythonValue & { readonly kind: 'text' }, depth: number): PythonValue {
    let { value, end } = first;
    while (/['"]/.test(this.#text.charAt(this.#at) || ' ')) {
      const more = this.#string(this.#at);
      value += more.value;
      end = more.end;
      this.blanks();
    }
    if (this.#at >= this.#text.length || /[,)\]}]/.test(this.#text.charAt(this.#at))) {
      return { kind: 'text', value, start: first.start, end };
    }
    return this.#expression(first.start, depth);
  }

  /** Up to the comma or bracket that ends it; brackets and texts inside are skipped as wholes. */
  #expression(start: number, depth: number): PythonValue {
    const open: { readonly bracket: string; readonly at: number }[] = [];
    let end = this.#at;
    for (;;) {
      const unit = this.#text.charAt(this.#at);
      const innermost = open.at(-1);
      if (unit === '') {
        if (innermost) throw new Fault({ at: innermost.at, reason: 'unclosed-bracket', what: innermost.bracket });
        break;
      }
      if (unit === '"' || unit === "'") {
        this.#string(this.#at);
        end = this.#at;
        continue;
      }
      if (unit === '#') {
        this.#comment();
        this.#at += 1;
        continue;
      }
      if (closing[unit] !== undefined) {
        if (open.length + depth >= deepest) throw new Fault({ at: this.#at, reason: 'too-deep' });
        open.push({ bracket: unit, at: this.#at });
      } else if (unit === ')' || unit === ']' || unit === '}') {
        if (!innermost) break;
        if (closing[innermost.bracket] !== unit) throw new Fault({ at: this.#at, reason: 'unexpected', what: unit });
        open.pop();
      } else if (unit === ',' && !innermost) break;
      this.#at += 1;
      if (!isBlank(unit)) end = this.#at;
    }
    if (end === start) throw new Fault({ at: start, reason: 'unexpected', what: this.#text.charAt(start) });
    return { kind: 'expression', text: this.#text.slice(start, end), start, end };
  }
}

/** Reads one Python literal; nothing is ever evaluated. */
export const parsePythonLiteral = (text: string): PythonValue | LanguageFault => {
  if (text.length > longest) return { kind: 'fault', at: longest, reason: 'too-long' };
  try {
    return new Reader(text).whole();
  } catch (error) {
    if (error instanceof Fault) return error.fault;
    throw error;
  }
};
