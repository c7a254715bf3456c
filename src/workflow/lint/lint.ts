import type { Language } from '../../model/text.ts';
import type { Finding } from '../../model/workflow/finding.ts';
import type { Project } from '../../model/workflow/project.ts';
import type { Rule } from '../../model/workflow/rule.ts';
import { findingOf } from './finding.ts';
import { fold } from './fold.ts';
import { idleProblem } from './idle.ts';
import type { Crash, Found, NotRun } from './run-rules.ts';
import { nameOf, runRules } from './run-rules.ts';
import type { LintSettings } from './settings.ts';
import { suppress } from './suppress.ts';

export interface Lint {
  /** By file, line and column; suppressed ones among them. */
  readonly findings: readonly Finding[];
  readonly notRun: readonly NotRun[];
  readonly crashes: readonly Crash[];
}

const inOrder = (one: Found, other: Found): number => {
  const left = one.problem.place;
  const right = other.problem.place;
  if (left.file !== right.file) return left.file < right.file ? -1 : 1;
  return left.line - right.line || left.column - right.column || (one.rule.id < other.rule.id ? -1 : 1);
};

/** All that the rules say of a project. Pure. */
export const lint = (project: Project, rules: readonly Rule[], settings: LintSettings, language: Language): Lint => {
  const { found, notRun, crashes } = runRules(project, rules, settings);
  const { judged, idle } = suppress(fold(found), project.suppressions, settings.ignore, project.now);
  const idleRule = rules.find((rule) => nameOf(rule) === 'maint-suppression-unused');
  const wanted = idleRule && settings.rules.get(nameOf(idleRule))?.severity !== 'off' ? idleRule : undefined;
  const all = [...judged, ...(wanted ? idle.map((one) => ({ rule: wanted, problem: idleProblem(one) })) : [])];
  return {
    findings: all.toSorted(inOrder).map((one) => findingOf(one, settings.rules.get(nameOf(one.rule)), language)),
    notRun,
    crashes,
  };
};
