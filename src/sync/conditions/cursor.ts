import { NotUnderstood, type Token } from './tokens.ts';

/** Where a reader of a condition is. */
export class Cursor {
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  get ended(): boolean {
    return this.at >= this.tokens.length;
  }

  /** The token that comes next, without going past it. */
  get next(): Token | undefined {
    return this.tokens[this.at];
  }

  /** The next token; what ends before is not understood. */
  take(): Token {
    const token = this.tokens[this.at];
    if (!token) throw new NotUnderstood('end');
    this.at += 1;
    return token;
  }

  /** Goes past a word of SQL where it comes next. */
  word(word: string): boolean {
    const { next } = this;
    const is = next?.kind === 'word' && next.text.toLowerCase() === word;
    if (is) this.at += 1;
    return is;
  }

  sign(sign: string): boolean {
    const { next } = this;
    const is = next?.kind === 'sign' && next.text === sign;
    if (is) this.at += 1;
    return is;
  }

  must(right: boolean): void {
    if (!right) throw new NotUnderstood(this.next?.text ?? 'end');
  }
}
