import type { Text } from '../text.ts';
import type { Place } from './place.ts';

/** What the first word of a path stands for. */
export type Root =
  /** The record that the workflow runs on. */
  | { readonly kind: 'record' }
  /** That record as it was before the save. */
  | { readonly kind: 'prior' }
  /** The record that a filter (`where`) looks at: plain names in it are its fields. */
  | { readonly kind: 'candidate' }
  /** Who runs it. */
  | { readonly kind: 'user' }
  | { readonly kind: 'input' }
  | { readonly kind: 'variable'; readonly name: string }
  /** The record of the present round of a loop, by the loop's step id. */
  | { readonly kind: 'item'; readonly loop?: string }
  /** What a step gave: the record it found or created, the outputs of a called workflow. */
  | { readonly kind: 'step'; readonly step: string }
  /** `error.message`, `error.step`. */
  | { readonly kind: 'error' }
  /** Something that the platform knows and we do not: `$Label`, `$Setup`, organisation data. Never undefined. */
  | { readonly kind: 'system'; readonly name: string }
  /** Names nothing that is defined. */
  | { readonly kind: 'undefined'; readonly name: string };

/** `record.account.owner.email`: a root, and relations and a field after it. No segments: the thing itself. */
export interface Path {
  readonly root: Root;
  readonly segments: readonly string[];
  /** As it is written. */
  readonly text: string;
  readonly place: Place;
}

export type Unit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** A length of time, negative: before. */
export interface Duration {
  readonly amount: number;
  readonly unit: Unit;
}

/** The formula languages; their text is parsed or left alone, never run. */
export type FormulaLanguage =
  | 'salesforce'
  | 'odoo-domain'
  | 'python'
  | 'espocrm'
  | 'kintone'
  | 'power-automate'
  | 'zoho'
  | 'bpmn';

/** What was found wrong in a formula when it was read, at the character that is wrong. */
export interface FormulaProblem {
  readonly kind: 'syntax' | 'unknown-function' | 'argument-count';
  readonly says: Text;
  /** The function that was probably meant. */
  readonly nearest?: string;
  readonly place: Place;
}

/** What is written, compared or sent. */
export type Value =
  | {
      readonly kind: 'literal';
      readonly value: string | number | boolean | null;
      /** Where the format itself says it (`dateValue`); a text may still be meant as a date. */
      readonly type?: 'text' | 'number' | 'boolean' | 'date' | 'datetime';
      readonly place: Place;
    }
  | { readonly kind: 'list'; readonly values: readonly Value[]; readonly place: Place }
  | { readonly kind: 'path'; readonly path: Path; readonly place: Place }
  /** Text with paths in it. `raw` holds the positions in `parts` that are inserted without HTML escaping. */
  | {
      readonly kind: 'text';
      readonly parts: readonly (string | Value)[];
      readonly raw?: readonly number[];
      readonly place: Place;
    }
  | {
      readonly kind: 'moment';
      readonly base: 'now' | 'today';
      readonly offset?: Duration;
      readonly place: Place;
    }
  /** Computed; `reads` are the paths that were found in it. */
  | {
      readonly kind: 'formula';
      readonly language: FormulaLanguage;
      readonly text: string;
      readonly reads: readonly Path[];
      /** Found by the importer, since what a file encodes (`&quot;`) shifts columns. Absent: it did not look. */
      readonly faults?: readonly FormulaProblem[];
      readonly place: Place;
    }
  /** Not understood: may be anything. */
  | { readonly kind: 'opaque'; readonly text: string; readonly reads: readonly Path[]; readonly place: Place };
