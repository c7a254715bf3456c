import type { Text } from '../text.ts';
import type { Place } from './place.ts';

export type RuleSeverity = 'error' | 'warning' | 'info';
export type Confidence = 'certain' | 'likely' | 'heuristic';
export type SourceKind = 'trigger' | 'condition' | 'action' | 'permission' | 'maintenance' | 'reading';

/** Replaces the text from line:column up to endLine:endColumn (exclusive). */
export interface Edit {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
}

/** What a rule says of one place, before severity settings and suppression. */
export interface Problem {
  readonly place: Place;
  /** Id of the workflow; set by the engine for rules of one workflow. */
  readonly workflow?: string;
  /** Id of the step, or what else the format calls the element. */
  readonly element?: string;
  /** What is wrong, what happens because of it, with the user's own names and values. */
  readonly message: Text;
  /** What to do, in a sentence; default: the rule's `advice`. */
  readonly fix?: Text;
  readonly edits?: readonly Edit[];
  readonly also?: readonly { readonly place: Place; readonly says: Text }[];
  /** Where it differs from the rule's own. */
  readonly severity?: RuleSeverity;
  readonly confidence?: Confidence;
}

/** A finding as the report has it, in one language (WORKFLOW-FORMAT: findings). */
export interface Finding {
  /** `workflow.cond-unknown-field` */
  readonly rule: string;
  readonly severity: RuleSeverity;
  readonly confidence: Confidence;
  /** The first word of the rule: `trigger`, `cond`, `flow` … */
  readonly kind: string;
  readonly sourceKind: SourceKind;
  readonly title: string;
  readonly workflow?: string;
  readonly element?: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  readonly pointer?: string;
  /** Of a definition that a CRM gave: where a person finds it in the CRM's screens. */
  readonly screen?: string;
  /** The line in the file, cut to what surrounds the place; absent where it holds a secret. */
  readonly source?: {
    readonly text: string /** Where the finding begins and ends in `text`, from 0. */;
    readonly from: number;
    readonly to: number;
  };
  readonly message: string;
  readonly fix: {
    readonly says: string;
    readonly auto: 'yes' | 'unsafe' | 'suggest' | 'no';
    readonly edits: readonly Edit[];
  };
  readonly also: readonly { readonly file: string; readonly line: number; readonly says: string }[];
  /** The ready-made comment that silences it. */
  readonly suppress: string;
  /** The reason, where it is silenced. */
  readonly suppressed?: string;
  /** With a baseline: it was not there before. */
  readonly new?: boolean;
}
