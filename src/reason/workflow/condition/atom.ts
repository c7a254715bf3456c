import type { Test } from '../../../model/workflow/condition.ts';
import type { Interval } from './intervals.ts';
import type { LetterCase, Match, Texts } from './texts.ts';
import type { Kind } from './where.ts';

/** A set of values besides "empty". */
export type Values =
  | { readonly kind: 'none' }
  | { readonly kind: 'all' }
  | { readonly kind: 'points'; readonly axis: string; readonly within: readonly Interval[] }
  | { readonly kind: 'texts'; readonly texts: Texts }
  | { readonly kind: 'match'; readonly match: Match }
  | { readonly kind: 'booleans'; readonly true: boolean; readonly false: boolean }
  /** Of a multiple choice. */
  | { readonly kind: 'members'; readonly has: readonly string[]; readonly lacks: readonly string[] };

/** How two things may stand to each other; one bit each. */
export const equal = 1;
export const less = 2;
export const greater = 4;
export const bothEmpty = 8;
export const leftEmpty = 16;
export const rightEmpty = 32;
export const anyRelation = 63;

/** Where a demand comes from. */
export interface Source {
  readonly test: Test;
  /** The test must hold, or must not. */
  readonly holds: boolean;
}

/** One demand. What it allows is never too little: `exact` says that it is not too much either. */
export type Atom = { readonly sources: readonly Source[]; readonly exact: boolean } & (
  | {
      readonly kind: 'value';
      readonly key: string;
      readonly of: Kind;
      readonly letterCase: LetterCase;
      readonly empty: boolean;
      readonly values: Values;
    }
  | {
      readonly kind: 'relation';
      readonly left: { readonly key: string; readonly of: Kind };
      readonly right: { readonly key: string; readonly of: Kind };
      readonly letterCase: LetterCase;
      readonly allowed: number;
    }
  /** A fact of its own: that a field was changed. */
  | { readonly kind: 'flag'; readonly key: string; readonly value: boolean }
);

/** A condition in which nothing is denied any more. */
export type Demand =
  | { readonly kind: 'atom'; readonly atom: Atom }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Demand[] }
  | { readonly kind: 'constant'; readonly value: boolean; readonly sources: readonly Source[] }
  /** May be true or false. */
  | { readonly kind: 'free' };

export const free: Demand = { kind: 'free' };
