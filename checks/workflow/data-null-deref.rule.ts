import { rememberFor } from '../../src/model/remember.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Schema } from '../../src/model/workflow/schema.ts';
import type { Step, StepOf } from '../../src/model/workflow/step.ts';
import type { Path } from '../../src/model/workflow/value.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { isFilledAt } from '../../src/reason/workflow/certain.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';
import { guardsOf } from '../../src/reason/workflow/guards.ts';
import { conditionPaths, conjuncts } from '../../src/reason/workflow/reads.ts';
import { resolve } from '../../src/reason/workflow/resolve.ts';
import { holdsSettings, letsAllPass } from '../../src/reason/workflow/unfiltered.ts';
import { pathsOf, usesOf } from '../../src/reason/workflow/values.ts';
import { type Holder, holderOf, mayBeUnset } from '../../src/reason/workflow/variables.ts';

interface Use {
  readonly step: Step;
  readonly path: Path;
}

/** Uses of a record where nothing being there does harm, by what holds it: not in a condition or a filter, where it is simply empty. */
const harmfulUses: (workflow: Workflow) => ReadonlyMap<Holder, readonly Use[]> = rememberFor(({ steps }) => {
  const uses = new Map<Holder, Use[]>();
  for (const step of steps) {
    for (const { purpose, value } of usesOf(step)) {
      // Who gets a mail that has no address is asked elsewhere; a variable and an input are as empty as the record.
      if (!['write', 'send', 'target'].includes(purpose)) continue;
      for (const path of pathsOf(value)) {
        const holder = holderOf(path);
        if (holder === undefined || (path.segments.length === 0 && purpose !== 'target')) continue;
        const known = uses.get(holder);
        if (known) known.push({ step, path });
        else uses.set(holder, [{ step, path }]);
      }
    }
  }
  return uses;
});

/** Variables that hold the number of records of this lookup. */
const countersOf = (workflow: Workflow, holder: Holder): ReadonlySet<Holder> =>
  new Set(
    workflow.steps.flatMap((step) =>
      step.kind === 'let'
        ? step.assigns.flatMap(({ to, value }) => {
            const counter = holderOf(to);
            return counter !== undefined && pathsOf(value).some((path) => holderOf(path) === holder) ? [counter] : [];
          })
        : [],
    ),
  );

/** Whether something on the way makes sure that the lookup found a record: a test of any of its fields, or of their number. */
const isTested = (workflow: Workflow, schema: Schema, step: string, holder: Holder): boolean => {
  const counters = countersOf(workflow, holder);
  const paths = new Map<string, Path>();
  for (const { condition } of guardsOf(workflow, step)) {
    for (const path of conditionPaths(condition)) {
      const tested = holderOf(path);
      if (tested !== undefined && counters.has(tested)) return true;
      if (tested === holder) paths.set(path.segments.join('.'), path);
    }
  }
  return [...paths.values()].some((path) => isFilledAt(path, { workflow, schema, step }));
};

/**
 * How probable it is that nothing is found. By the id of something that is required, or by fixed values (a setting), somebody made sure that
 * it is there; by business values it may not.
 */
const isExpected = (step: StepOf<'find'>, workflow: Workflow, schema: Schema): boolean => {
  if (holdsSettings(step.object.name, schema) || !step.where || letsAllPass(step.where)) return true;
  const parts = [...conjuncts(step.where.condition)];
  const tests = parts.filter((part) => part.kind === 'test');
  if (tests.length < parts.length) return false;
  const byId = tests.find(
    ({ left, op }) => op === 'eq' && left.kind === 'path' && left.path.segments.join('.').toLowerCase() === 'id',
  );
  if (byId) {
    const [path] = byId.right ? pathsOf(byId.right) : [];
    if (!path || tests.length > 1) return tests.length === 1;
    const end = resolve(path, workflow, schema);
    if (end.kind !== 'field') return true;
    if (end.field.type === 'id' || (end.field.required && !end.overOptional)) return true;
    return isFilledAt(path, { workflow, schema, step: step.id });
  }
  return tests.every(({ right }) => right === undefined || right.kind === 'literal' || right.kind === 'list');
};

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields: { partner: { type: reference, to: Partner, required: true }, contractor: text }
  Partner:
    fields: { code: { type: text, unique: true } }
`;

export const dataNullDeref = defineRule({
  id: 'workflow.data-null-deref',
  severity: 'warning',
  sourceKind: 'action',
  confidence: 'likely',
  formats: ['SF', 'PA', 'OD', 'NY'],
  uses: ['schema'],
  auto: 'suggest',
  title: { en: 'A lookup may find nothing, and its result is used', ja: '検索結果がない場合を考慮していない' },
  about: {
    en: 'A lookup that finds no record gives nothing. A step that uses a field of it all the same fails, or writes and sends empty values.',
    ja: '検索で 1 件も見つからないと、結果は空になります。その項目をそのまま使うと、ステップがエラーで失敗するか、空の値を書き込んだり送ったりします。',
  },
  advice: {
    en: 'Test first whether a record was found, and say what is to happen without one.',
    ja: '先にレコードが見つかったかどうかを確認し、見つからない場合の処理を決めてください。',
  },
  examples: {
    bad: {
      files: `workflow: partner
object: Deal
trigger: { on: create }
steps:
  - id: partner
    find: Partner
    where: { field: code, eq: '{{record.contractor}}' }
    limit: 1
  - update: record
    set: { contractor: '{{partner.name}}' }
`,
      schema,
      lines: [10],
    },
    good: {
      files: `workflow: partner
object: Deal
trigger: { on: create }
steps:
  - id: partner
    find: Partner
    where: { field: code, eq: '{{record.contractor}}' }
    limit: 1
  - if: { field: partner.id, empty: false }
    then: [{ update: record, set: { contractor: '{{partner.name}}' } }]
`,
      schema,
    },
    lookAlike: {
      files: `workflow: partner
object: Deal
trigger: { on: create }
steps:
  - id: partner
    find: Partner
    where: { field: code, eq: '{{record.contractor}}' }
    limit: 1
  - if: { field: partner.name, eq: Sample }
    then: [{ update: record, set: { contractor: '{{partner.code}}' } }]
`,
      schema,
      says: {
        en: 'Where the name is "Sample", there is a record.',
        ja: '名前が「Sample」だと確かめた時点で、レコードは見つかっています。',
      },
    },
  },
  *workflow(workflow, { project: { schema: crm } }) {
    const graph = graphOf(workflow);
    for (const find of workflow.steps) {
      if (find.kind !== 'find' || find.gives !== 'one') continue;
      const holder = find.into ? holderOf(find.into) : `step:${find.id}`;
      if (holder === undefined) continue;
      for (const { step, path } of harmfulUses(workflow).get(holder) ?? []) {
        if (!graph.reachable.has(step.id) || graph.onErrorPath(step.id)) continue;
        // Another step may have put a record there; and where the lookup has not run, that is said elsewhere.
        if (!graph.dominates(find.id, step.id) || mayBeUnset(workflow, holder, step.id)) continue;
        if (isTested(workflow, crm, step.id, holder)) continue;
        yield {
          place: path.place,
          element: step.id,
          message: {
            en: `"${find.label ?? find.id}" may find no ${find.object.name}; then "${path.text}" is empty, and the step fails or works without it.`,
            ja: `「${find.label ?? find.id}」で ${find.object.name} が見つからないと「${path.text}」は空になり、ステップは失敗するか、値のないまま動きます。`,
          },
          also: [{ place: find.place, says: { en: 'The lookup.', ja: '検索しているステップです。' } }],
          ...(isExpected(find, workflow, crm) ? { severity: 'info' } : {}),
        };
        break;
      }
    }
  },
});
