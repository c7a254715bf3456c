import type { Conditions } from './condition.ts';
import type { Named, Place } from './place.ts';
import type { Duration, Path, Value } from './value.ts';

/** A way from one step to the next. `to` absent: the run ends there. */
export interface Edge {
  readonly to?: string;
  /** Where the target is named, else the step. */
  readonly place: Place;
  /** The target is written out as a jump (`next:`, a go-to connector). */
  readonly jump?: true;
}

/** Who gets a mail, a notice, a task, or decides. */
export type Party =
  | { readonly kind: 'address'; readonly address: string; readonly place: Place }
  | { readonly kind: 'user' | 'role' | 'queue' | 'group'; readonly id: string; readonly place: Place }
  /** A field that holds an address or a user. */
  | { readonly kind: 'path'; readonly path: Path; readonly place: Place }
  /** Who created, owns or submitted the record, or that person's superior. */
  | { readonly kind: 'creator' | 'owner' | 'submitter' | 'superior'; readonly place: Place }
  /** Someone who is not known before it runs. */
  | { readonly kind: 'opaque'; readonly text: string; readonly place: Place };

export interface Assignment {
  readonly field: Named;
  readonly value: Value;
  readonly place: Place;
}

/** Which records a step changes. */
export type Target =
  | { readonly kind: 'trigger' }
  /** The record or records in a variable, of an earlier step, or of the present round. */
  | { readonly kind: 'path'; readonly path: Path }
  /** Every record of the object that matches. */
  | { readonly kind: 'query'; readonly object: Named; readonly where?: Conditions };

export interface Branch {
  readonly name?: string;
  readonly when: Conditions;
  readonly edge: Edge;
  /** The line of its `when`, or of its element. */
  readonly place: Place;
}

/** What every step has. */
interface Base {
  /** Unique in the workflow. */
  readonly id: string;
  readonly label?: string;
  readonly description?: string;
  readonly place: Place;
  /** The steps it is written inside of, by id (a branch, a loop); empty at the top. For nesting and messages only. */
  readonly inside?: readonly string[];
  readonly next?: Edge;
  /** Where it goes when it fails. */
  readonly onError?: Edge;
  /** Whether the platform allows such a path here, and whether the step can fail at all. */
  readonly canFail: boolean;
  readonly mayHandleErrors: boolean;
  /** How often the platform tries again by itself. */
  readonly retries?: number;
  /** Variables that get a value here besides what its kind says: the id of a created record, outputs of an action. */
  readonly sets?: readonly Path[];
}

/** What a step does. `custom` is an action of the platform, or one that is not known (`opaque`: may read and write anything). */
export type Act =
  | {
      readonly kind: 'decision';
      /** `first`: the first that holds; `all`: every one that holds. */
      readonly takes: 'first' | 'all';
      readonly branches: readonly Branch[];
      /** Absent: nothing is said of the rest, which then goes to `next`. */
      readonly otherwise?: Edge;
      /** False where the format has no default there (the run ends or stops with an error). */
      readonly hasDefault: boolean;
    }
  | {
      readonly kind: 'create';
      readonly object?: Named;
      readonly set: readonly Assignment[];
      /** The record comes from a variable; `set` then holds what is assigned to it on the way. */
      readonly from?: Path;
      /** `set` may not be everything that it writes. */
      readonly more?: true;
      /** A collection: many at once. */
      readonly many?: boolean;
    }
  | {
      readonly kind: 'update';
      readonly target: Target;
      readonly object?: Named;
      readonly set: readonly Assignment[];
      /** `set` may not be everything that it writes. */
      readonly more?: true;
      readonly many?: boolean;
    }
  | { readonly kind: 'delete'; readonly target: Target; readonly object?: Named; readonly many?: boolean }
  | {
      readonly kind: 'find';
      readonly object: Named;
      readonly where?: Conditions;
      readonly sort?: readonly { readonly field: Named; readonly descending: boolean }[];
      /** One record (or none), or a list. */
      readonly gives: 'one' | 'list';
      readonly limit?: number;
      /** Absent: all fields. */
      readonly fields?: readonly Named[];
      /** The result is put into this variable and not under the step's own name. */
      readonly into?: Path;
    }
  | { readonly kind: 'assign'; readonly to: Party; readonly of?: Path }
  | {
      readonly kind: 'mail';
      readonly to: readonly Party[];
      readonly cc: readonly Party[];
      readonly bcc: readonly Party[];
      readonly from?: Party;
      readonly template?: Named;
      readonly subject?: Value;
      readonly body?: Value;
      readonly html: boolean;
      /** The record that the template is filled from; default: the trigger record. */
      readonly about?: Path;
      /**
       * It is defined elsewhere under this name (a Salesforce mail alert), and the rest is from there. `missing`: the project holds
       * such definitions of its object, and not this one.
       */
      readonly alert?: Named & { readonly missing?: true };
    }
  | { readonly kind: 'notify'; readonly to: readonly Party[]; readonly message?: Value }
  | { readonly kind: 'task'; readonly to: readonly Party[]; readonly set: readonly Assignment[] }
  | {
      readonly kind: 'approval';
      readonly approvers: readonly Party[];
      readonly takes: 'any' | 'all' | 'one';
      readonly approved?: Edge;
      readonly rejected?: Edge;
    }
  | {
      readonly kind: 'wait';
      readonly until:
        | { readonly kind: 'duration'; readonly duration: Duration; readonly place: Place }
        | { readonly kind: 'date'; readonly value: Value; readonly offset?: Duration }
        | { readonly kind: 'condition'; readonly conditions: Conditions }
        | { readonly kind: 'signal'; readonly signal: Named }
        | { readonly kind: 'opaque' };
      readonly timeout?: Duration;
      /** Where it goes on when the time is over; default: `next`. */
      readonly late?: Edge;
      /** Further events that end the wait, each with its own way. */
      readonly events?: readonly { readonly signal?: Named; readonly when?: Conditions; readonly edge: Edge }[];
    }
  | { readonly kind: 'signal'; readonly signal: Named }
  | { readonly kind: 'loop'; readonly over?: Value; readonly body: Edge }
  | {
      readonly kind: 'let';
      readonly assigns: readonly {
        readonly to: Path;
        readonly how: 'set' | 'add' | 'subtract' | 'append' | 'remove' | 'count' | 'other';
        readonly value: Value;
        readonly place: Place;
      }[];
    }
  | {
      readonly kind: 'call';
      readonly workflow: Named;
      readonly inputs: readonly Assignment[];
      /** Where its outputs go, besides the step's own result. */
      readonly outputs?: readonly { readonly name: Named; readonly to: Path }[];
    }
  | {
      readonly kind: 'http';
      readonly url?: Value;
      readonly method?: string;
      readonly headers: readonly Assignment[];
      readonly body?: Value;
      readonly timeout?: Duration;
      /** Outbound messages and the like: the platform sends it later and by itself. */
      readonly deferred?: boolean;
    }
  | {
      readonly kind: 'screen';
      readonly fields: readonly Named[];
      readonly back: boolean;
      readonly reads?: readonly Path[];
    }
  | {
      readonly kind: 'code';
      readonly language: string;
      readonly text: string;
      /** What could be seen in it without running it; `complete` when that is all. */
      readonly reads: readonly Path[];
      readonly writes: readonly Assignment[];
      readonly complete: boolean;
    }
  | { readonly kind: 'log'; readonly text?: Value }
  | { readonly kind: 'fail'; readonly text?: Value }
  | { readonly kind: 'stop' }
  | { readonly kind: 'undo' }
  /** Several ways at once, each an edge; `join` waits for what `takes` says. */
  | { readonly kind: 'split'; readonly ways: readonly Edge[] }
  | { readonly kind: 'join'; readonly takes: 'all' | 'any' }
  | {
      readonly kind: 'custom';
      readonly action: Named;
      readonly effect: 'none' | 'outside' | 'opaque';
      readonly reads: readonly Path[];
      readonly parameters?: readonly Assignment[];
      /** It starts this (an approval, a process of another kind). */
      readonly ways?: readonly Edge[];
    };

export type Step = Base & Act;
/** The steps of one kind. */
export type StepOf<Kind extends Act['kind']> = Base & Extract<Act, { readonly kind: Kind }>;
