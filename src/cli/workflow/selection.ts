import type { Rule } from '../../model/workflow/rule.ts';
import { globMatcher } from '../../plan/glob.ts';
import { nameOf } from '../../workflow/lint/run-rules.ts';

export const checkIds = ['workflow.parse', 'workflow.lint', 'workflow.simulate'] as const;

/** Everything that --only and --skip may name: checks, and rules with and without their first word. */
export const selectable = (rules: readonly Rule[]): readonly string[] => [
  ...checkIds,
  ...rules.flatMap((rule) => [rule.id, nameOf(rule)]),
];

/** What of a run is wanted. */
export interface Wanted {
  readonly lint: boolean;
  readonly simulate: boolean;
  readonly rules: readonly Rule[];
}

const matcher = (globs: readonly string[]): ((rule: Rule) => boolean) => {
  const matches = globMatcher(globs);
  return (rule) => matches(rule.id) || matches(nameOf(rule));
};

/** Rules about reading always speak: what cannot be read cannot be judged by the others. */
export const wantedOf = (
  rules: readonly Rule[],
  {
    only = [],
    skip = [],
  }: { readonly only?: readonly string[] | undefined; readonly skip?: readonly string[] | undefined },
): Wanted => {
  const [chosen, left] = [globMatcher(only), globMatcher(skip)];
  const [named, unwanted] = [matcher(only), matcher(skip)];
  const some = only.length > 0 && rules.some((rule) => named(rule) && !chosen('workflow.lint'));
  const lint = (only.length === 0 || some || chosen('workflow.lint')) && !left('workflow.lint');
  return {
    lint,
    simulate: (only.length === 0 || chosen('workflow.simulate')) && !left('workflow.simulate'),
    rules: rules.filter(
      (rule) => !unwanted(rule) && (rule.sourceKind === 'reading' || (lint && (!some || named(rule)))),
    ),
  };
};
