/** `1 AND (2 OR NOT 3)`: conditions by their number. Offsets are into the text. */
export type Logic =
  | { readonly kind: 'number'; readonly number: number; readonly start: number; readonly end: number }
  | { readonly kind: 'not'; readonly of: Logic; readonly start: number; readonly end: number }
  | {
      readonly kind: 'and' | 'or';
      readonly of: readonly Logic[];
      readonly bracketed: boolean;
      readonly start: number;
      readonly end: number;
    };

export type LogicReading =
  | { readonly kind: 'read'; readonly logic: Logic }
  /** Not written as a logic string is; `at`: where. */
  | { readonly kind: 'fault'; readonly at: number };

// Salesforce allows 10 to 40 conditions; nobody brackets them deeper.
const longest = 10_000;
const deepest = 100;

type Sign = 'and' | 'or' | 'not' | '(' | ')' | 'end';
interface Token {
  readonly sign: Sign | number;
  readonly start: number;
  readonly end: number;
}

class Broken extends Error {
  readonly at: number;
  constructor(at: number) {
    super('logic');
    this.at = at;
  }
}

const words: Readonly<Record<string, Sign>> = { AND: 'and', '&&': 'and', OR: 'or', '||': 'or', NOT: 'not', '!': 'not' };
const part = /(\d{1,6})|(AND|OR|NOT|&&|\|\||!)|([()])/iy;

const tokensOf = (text: string): readonly Token[] => {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    part.lastIndex = at;
    const found = part.exec(text);
    if (!found) throw new Broken(at);
    const [whole, number, word, bracket] = found;
    const end = at + whole.length;
    if (number !== undefined) tokens.push({ sign: Number(number), start: at, end });
    else if (word !== undefined) tokens.push({ sign: words[word.toUpperCase()] ?? 'end', start: at, end });
    else tokens.push({ sign: bracket === '(' ? '(' : ')', start: at, end });
    at = end;
  }
  tokens.push({ sign: 'end', start: text.length, end: text.length });
  return tokens;
};

const read = (tokens: readonly Token[]): Logic => {
  let next = 0;
  let depth = 0;
  const token = (): Token => tokens[next] ?? { sign: 'end', start: 0, end: 0 };

  const one = (): Logic => {
    const { sign, start, end } = token();
    depth += 1;
    if (depth > deepest) throw new Broken(start);
    next += 1;
    if (typeof sign === 'number') {
      depth -= 1;
      return { kind: 'number', number: sign, start, end };
    }
    if (sign === 'not') {
      const of = one();
      depth -= 1;
      return { kind: 'not', of, start, end: of.end };
    }
    if (sign !== '(') throw new Broken(start);
    const inner = any();
    const close = token();
    if (close.sign !== ')') throw new Broken(close.start);
    next += 1;
    depth -= 1;
    return inner.kind === 'and' || inner.kind === 'or'
      ? { ...inner, bracketed: true, start, end: close.end }
      : { ...inner, start, end: close.end };
  };
  const chain = (kind: 'and' | 'or', operand: () => Logic): Logic => {
    const first = operand();
    const of = [first];
    while (token().sign === kind) {
      next += 1;
      of.push(operand());
    }
    return of.length === 1
      ? first
      : { kind, of, bracketed: false, start: first.start, end: of.at(-1)?.end ?? first.end };
  };
  const all = (): Logic => chain('and', one);
  const any = (): Logic => chain('or', all);

  const logic = any();
  if (token().sign !== 'end') throw new Broken(token().start);
  return logic;
};

/** Reads a logic string; AND binds tighter than OR, as everywhere. */
export const readLogic = (text: string): LogicReading => {
  if (text.length > longest) return { kind: 'fault', at: 0 };
  try {
    return { kind: 'read', logic: read(tokensOf(text)) };
  } catch (error) {
    if (error instanceof Broken) return { kind: 'fault', at: error.at };
    throw error;
  }
};

/** Its numbers, in the order in which they are written. */
export const numbersIn = (logic: Logic): readonly Extract<Logic, { kind: 'number' }>[] => {
  if (logic.kind === 'number') return [logic];
  return logic.kind === 'not' ? numbersIn(logic.of) : logic.of.flatMap(numbersIn);
};
