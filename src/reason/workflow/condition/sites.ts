import { rememberFor } from '../../../model/remember.ts';
import type { Conditions, Test } from '../../../model/workflow/condition.ts';
import type { Schema } from '../../../model/workflow/schema.ts';
import type { Step } from '../../../model/workflow/step.ts';
import type { Path, Value } from '../../../model/workflow/value.ts';
import type { Transition, Trigger, Workflow } from '../../../model/workflow/workflow.ts';
import { conditionTests } from '../reads.ts';
import { type Resolved, resolve } from '../resolve.ts';
import type { Where } from './where.ts';

/** A set of conditions and what it decides. */
export interface Site {
  readonly conditions: Conditions;
  readonly decides: 'entry' | 'branch' | 'filter' | 'wait' | 'transition';
  readonly trigger?: Trigger;
  readonly step?: Step;
  readonly branch?: number;
  readonly transition?: Transition;
  readonly where: Where;
}

/** One comparison of a path, and what the path leads to. */
export interface Comparison {
  readonly test: Test;
  readonly path: Path;
  readonly leads: Resolved;
  readonly site: Site;
}

const stepSites = (step: Step, where: Where): readonly Site[] => {
  switch (step.kind) {
    case 'decision':
      return step.branches.map(({ when }, branch) => ({ conditions: when, decides: 'branch', step, branch, where }));
    case 'find':
      return step.where
        ? [{ conditions: step.where, decides: 'filter', step, where: { ...where, candidate: step.object.name } }]
        : [];
    case 'update':
    case 'delete':
      return step.target.kind === 'query' && step.target.where
        ? [
            {
              conditions: step.target.where,
              decides: 'filter',
              step,
              where: { ...where, candidate: step.target.object.name },
            },
          ]
        : [];
    case 'wait': {
      const events = (step.events ?? []).flatMap(({ when }) => (when ? [when] : []));
      const awaited = step.until.kind === 'condition' ? [step.until.conditions, ...events] : events;
      return awaited.map((conditions) => ({ conditions, decides: 'wait', step, where }));
    }
    default:
      return [];
  }
};

const collect = (workflow: Workflow, schema: Schema): readonly Site[] => {
  const where: Where = { workflow, schema };
  const sites: Site[] = [];
  // Timed paths repeat the entry conditions of the trigger that they belong to.
  const entries = new Set<string>();
  for (const trigger of workflow.triggers) {
    const { when } = trigger;
    const key = when && `${when.place.file} ${when.place.line} ${when.place.column}`;
    if (!when || key === undefined || entries.has(key)) continue;
    entries.add(key);
    sites.push({ conditions: when, decides: 'entry', trigger, where });
  }
  for (const step of workflow.steps) sites.push(...stepSites(step, where));
  for (const transition of workflow.transitions ?? []) {
    if (transition.when) sites.push({ conditions: transition.when, decides: 'transition', transition, where });
  }
  return sites;
};

const sitesBySchema = rememberFor((schema: Schema) => rememberFor((workflow: Workflow) => collect(workflow, schema)));

/** Every set of conditions of a workflow, in the order of the file. */
export const sitesOf = (workflow: Workflow, schema: Schema): readonly Site[] => sitesBySchema(schema)(workflow);

/** What else a finding in it names. */
export const elementOf = ({ step, transition }: Site): { readonly element?: string } => {
  const element = step?.id ?? transition?.name;
  return element === undefined ? {} : { element };
};

const compare = (workflow: Workflow, schema: Schema): readonly Comparison[] =>
  sitesOf(workflow, schema).flatMap((site) =>
    [...conditionTests(site.conditions.condition)].flatMap((test): Comparison[] => {
      if (test.left.kind !== 'path') return [];
      const { path } = test.left;
      return [{ test, path, leads: resolve(path, workflow, schema, site.where.candidate), site }];
    }),
  );

const comparisonsBySchema = rememberFor((schema: Schema) =>
  rememberFor((workflow: Workflow) => compare(workflow, schema)),
);

/** Every comparison whose left side is a path. */
export const comparisonsOf = (workflow: Workflow, schema: Schema): readonly Comparison[] =>
  comparisonsBySchema(schema)(workflow);

/** The values on the right of a comparison, one by one. */
export const rightsOf = ({ right }: Test): readonly Value[] =>
  right === undefined ? [] : right.kind === 'list' ? right.values : [right];

export type Literal = Extract<Value, { readonly kind: 'literal' }>;

export const literalsOf = (test: Test): readonly Literal[] =>
  rightsOf(test).filter((value): value is Literal => value.kind === 'literal');
