import type { Text } from '../text.ts';
import type { Confidence, Problem, RuleSeverity, SourceKind } from './finding.ts';
import type { Project } from './project.ts';
import type { Format, Workflow } from './workflow.ts';

/** What a rule cannot do without. `clock` and `workflows` are always there. */
export type Need =
  | 'schema'
  | 'choices'
  | 'users'
  | 'templates'
  | 'permissions'
  | 'senders'
  | 'inbound'
  | 'workflows'
  | 'clock'
  | 'lists';

/** What a rule gets besides the workflow. Everything else is derived by functions of `src/reason/workflow`. */
export interface See {
  readonly project: Project;
  /** The active workflows; the others' writes do not count between workflows. */
  readonly active: readonly Workflow[];
  readonly now: Date;
  /** The rule's limits as configured, else its own. */
  readonly limits: Readonly<Record<string, number | string>>;
}

/** An example is a test and a part of the rule's page. */
export interface Example {
  /** One file in native YAML, or files of any format by name. */
  readonly files: string | Readonly<Record<string, string>>;
  /** Text of a `crm-schema.yaml`. */
  readonly schema?: string;
  /** Lines of the (first) file on which the rule speaks; none for a good one. */
  readonly lines?: readonly number[];
  /** RFC 3339, where the clock matters. */
  readonly now?: string;
  /** What the example shows. */
  readonly says?: Text;
}

/** One pure judgement on workflows. */
export interface Rule {
  readonly kind: 'rule';
  /** `workflow.cond-unknown-field` */
  readonly id: string;
  readonly severity: RuleSeverity;
  readonly confidence: Confidence;
  readonly sourceKind: SourceKind;
  readonly formats: 'all' | readonly Format[];
  /** Without these it is not run. */
  readonly needs: readonly Need[];
  /** Without these it runs, and sees less: it is listed as run in part. */
  readonly uses: readonly Need[];
  readonly auto: 'yes' | 'unsafe' | 'suggest' | 'no';
  /** What is wrong, in a few words. */
  readonly title: Text;
  /** For a beginner: what it means, why it matters, what the platform does. */
  readonly about: Text;
  /** What to do. */
  readonly advice: Text;
  /** Numbers and patterns that `rules: { NAME: [severity, { … }] }` changes. */
  readonly limits?: Readonly<Record<string, number | string>>;
  /** Less specific rules that are silent where this one speaks (same workflow and element, or same line). */
  readonly over: readonly string[];
  /** Also for workflows that are not active (what fails on reading, and `maint-inactive`). */
  readonly inactiveToo: boolean;
  readonly examples: { readonly bad: Example; readonly good: Example; readonly lookAlike: Example };
  /** Called for each workflow whose format it is for. */
  workflow?(workflow: Workflow, see: See): Iterable<Problem>;
  /** Called once. */
  project?(see: See): Iterable<Problem>;
}

type Optional = 'formats' | 'needs' | 'uses' | 'auto' | 'over' | 'inactiveToo' | 'confidence';

export const defineRule = (rule: Omit<Rule, 'kind' | Optional> & Partial<Pick<Rule, Optional>>): Rule => ({
  kind: 'rule',
  formats: 'all',
  needs: [],
  uses: [],
  auto: 'no',
  over: [],
  inactiveToo: false,
  confidence: 'certain',
  ...rule,
});
