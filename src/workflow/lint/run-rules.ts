import type { Problem } from '../../model/workflow/finding.ts';
import type { Project } from '../../model/workflow/project.ts';
import type { Need, Rule, See } from '../../model/workflow/rule.ts';
import type { Format } from '../../model/workflow/workflow.ts';
import { available } from './available.ts';
import type { LintSettings } from './settings.ts';

export const nameOf = ({ id }: Pick<Rule, 'id'>): string => id.replace(/^workflow\./, '');

/** A problem and the rule that speaks of it. */
export interface Found {
  readonly rule: Rule;
  readonly problem: Problem;
}

/** A rule that was not run, or only in part, for want of something. */
export interface NotRun {
  readonly rule: string;
  readonly needs: readonly Need[];
  readonly partly: boolean;
}

/** A rule that threw. It is our own defect; the others go on. */
export interface Crash {
  readonly rule: string;
  readonly workflow?: string;
  readonly file?: string;
  readonly error: string;
}

export interface Run {
  readonly found: readonly Found[];
  readonly notRun: readonly NotRun[];
  readonly crashes: readonly Crash[];
}

/** More than anybody reads; a rule that says more of one file is broken, or the file is hostile. */
const maximumPerWorkflow = 200;

const words = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

/** A rule for formats that are not there has nothing to look at, and nothing that it would need is missing. Reading is always looked at. */
export const concerns = ({ formats, sourceKind }: Rule, present: ReadonlySet<Format>): boolean =>
  formats === 'all' || sourceKind === 'reading' || formats.some((format) => present.has(format));

/** Runs each rule over each workflow; one that throws loses its findings of that workflow and nothing else. */
export const runRules = (project: Project, rules: readonly Rule[], settings: LintSettings): Run => {
  const has = available(project.schema);
  const formats = new Set(project.workflows.map(({ format }) => format));
  const active = project.workflows.filter(({ status }) => status === 'active');
  const found: Found[] = [];
  const notRun: NotRun[] = [];
  const crashes: Crash[] = [];
  for (const rule of rules) {
    const setting = settings.rules.get(nameOf(rule));
    if (setting?.severity === 'off' || !concerns(rule, formats)) continue;
    const missing = rule.needs.filter((need) => !has.has(need));
    if (missing.length > 0) {
      notRun.push({ rule: rule.id, needs: missing, partly: false });
      continue;
    }
    const weaker = rule.uses.filter((need) => !has.has(need));
    if (weaker.length > 0) notRun.push({ rule: rule.id, needs: weaker, partly: true });
    const see: See = { project, active, now: project.now, limits: { ...rule.limits, ...setting?.limits } };
    if (rule.project) {
      try {
        for (const problem of rule.project(see)) found.push({ rule, problem });
      } catch (error) {
        crashes.push({ rule: rule.id, error: words(error) });
      }
    }
    if (!rule.workflow) continue;
    for (const workflow of project.workflows) {
      if (rule.formats !== 'all' && !rule.formats.includes(workflow.format)) continue;
      if (workflow.status !== 'active' && !rule.inactiveToo) continue;
      try {
        let count = 0;
        const own: Found[] = [];
        for (const problem of rule.workflow(workflow, see)) {
          own.push({ rule, problem: { ...problem, workflow: problem.workflow ?? workflow.id } });
          count += 1;
          if (count >= maximumPerWorkflow) break;
        }
        found.push(...own);
      } catch (error) {
        crashes.push({ rule: rule.id, workflow: workflow.id, file: workflow.place.file, error: words(error) });
      }
    }
  }
  return { found, notRun, crashes };
};
