import type { RuleSeverity } from '../../model/workflow/finding.ts';

/** What the configuration says of one rule. */
export interface RuleSetting {
  readonly severity?: RuleSeverity | 'off';
  readonly limits?: Readonly<Record<string, number | string>>;
}

/** `workflow.ignore`: for formats without comments. Names are without `workflow.`. */
export interface Ignore {
  readonly rule: string;
  /** A glob on the path. */
  readonly file?: string;
  readonly element?: string;
  readonly reason?: string;
  /** `2027-03-31` */
  readonly until?: string;
  /** Where it is written, for `maint-suppression-unused`. */
  readonly place: { readonly file: string; readonly line: number; readonly column: number };
}

export interface LintSettings {
  /** By the rule's name without `workflow.`. */
  readonly rules: ReadonlyMap<string, RuleSetting>;
  readonly ignore: readonly Ignore[];
}
