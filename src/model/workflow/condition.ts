import type { Place } from './place.ts';
import type { FormulaLanguage, FormulaProblem, Path, Value } from './value.ts';

/**
 * `in`, `notIn`, `includes` (any of), `includesAll`, `excludes` take a list; `between` a list of two, inclusive; `empty`, `notEmpty`,
 * `changed`, `notChanged` nothing. `was` and `changedFrom` speak of the value before the save.
 */
export type Operator =
  | 'eq'
  | 'ne'
  | 'lt'
  | 'le'
  | 'gt'
  | 'ge'
  | 'in'
  | 'notIn'
  | 'between'
  | 'contains'
  | 'notContains'
  | 'startsWith'
  | 'endsWith'
  | 'includes'
  | 'includesAll'
  | 'excludes'
  | 'empty'
  | 'notEmpty'
  | 'changed'
  | 'notChanged'
  | 'changedTo'
  | 'changedFrom'
  | 'was'
  | 'inList'
  | 'notInList';

/** One comparison. */
export interface Test {
  readonly kind: 'test';
  readonly left: Value;
  readonly op: Operator;
  /** Absent where the operator takes nothing. */
  readonly right?: Value;
  readonly place: Place;
  readonly opPlace?: Place;
  /** The operator's own word in the definition, for messages. */
  readonly opText?: string;
}

export type Condition =
  | { readonly kind: 'all'; readonly of: readonly Condition[]; readonly place: Place }
  | { readonly kind: 'any'; readonly of: readonly Condition[]; readonly place: Place }
  | { readonly kind: 'not'; readonly of: Condition; readonly place: Place }
  | Test
  | { readonly kind: 'constant'; readonly value: boolean; readonly place: Place }
  /** Not understood, or outside what is known here (a list's membership, an event): may be true or false. */
  | { readonly kind: 'opaque'; readonly text: string; readonly reads: readonly Path[]; readonly place: Place };

/** A set of conditions as one place of a definition holds it. */
export interface Conditions {
  readonly condition: Condition;
  /** The tests in the order in which they are written; a logic string counts them from 1. */
  readonly tests: readonly Test[];
  /** `1 AND (2 OR 3)`, and how many conditions are numbered; `tests` leaves out those that were not understood. */
  readonly logic?: { readonly text: string; readonly place: Place; readonly count?: number };
  /** Where they are (also) a formula, a domain or a query. The place is that of its first character. */
  readonly formula?: {
    readonly language: FormulaLanguage;
    readonly text: string;
    readonly place: Place;
    /** Found by the importer, since what a file encodes (`&quot;`) shifts columns. Absent: it did not look. */
    readonly faults?: readonly FormulaProblem[];
  };
  readonly place: Place;
}
