import type { Text } from '../../model/text.ts';

/** Offsets into the formula's text; the end is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type FormulaOperator =
  | '||'
  | '&&'
  | '='
  | '<>'
  | '<'
  | '<='
  | '>'
  | '>='
  | '+'
  | '-'
  | '&'
  | '*'
  | '/'
  | '^'
  | 'not'
  | 'negative';

/** What a formula says. It is never computed. */
export type FormulaNode = Span &
  (
    | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
    /** A field, a variable or a global: `Account.Name`, `$Record.Status`; without the braces of `{!…}`. */
    | { readonly kind: 'name'; readonly text: string }
    /** The name in capital letters, as functions are compared. */
    | { readonly kind: 'call'; readonly name: string; readonly nameEnd: number; readonly of: readonly FormulaNode[] }
    /** `a && b && c` is one operation of three. */
    | {
        readonly kind: 'operation';
        readonly operator: FormulaOperator;
        readonly of: readonly FormulaNode[];
        /** Where the (first) operator stands. */
        readonly at: Span;
        /** Brackets stand around it. */
        readonly bracketed: boolean;
      }
  );

export interface FormulaFault extends Span {
  readonly kind: 'syntax' | 'unknown-function' | 'argument-count';
  readonly says: Text;
  /** The function that was probably meant. */
  readonly nearest?: string;
}

export type FormulaReading =
  | { readonly kind: 'read'; readonly node: FormulaNode; readonly faults: readonly FormulaFault[] }
  | { readonly kind: 'fault'; readonly fault: FormulaFault }
  /** Longer or deeper than any real formula: nothing is said of it. */
  | { readonly kind: 'left-alone' };
