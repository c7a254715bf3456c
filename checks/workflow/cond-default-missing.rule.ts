import type { Conditions } from '../../src/model/workflow/condition.ts';
import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Schema } from '../../src/model/workflow/schema.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { exampleOf } from '../../src/reason/workflow/condition/clash.ts';
import { choiceSplitOf } from '../../src/reason/workflow/condition/exhaustive.ts';
import { type Goal, impossible, possible } from '../../src/reason/workflow/condition/satisfy.ts';
import type { Where } from '../../src/reason/workflow/condition/where.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';
import { guardsOf } from '../../src/reason/workflow/guards.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      amount: { type: number, required: true }
`;

/** A record for which none of the conditions holds: undefined where there is none, or that is not known. */
const leftOver = (
  conditions: readonly Conditions[],
  known: readonly Goal[],
  where: Where,
): { readonly example?: string } | undefined => {
  // One that can never hold leaves a gap too, and is told by itself.
  if (conditions.some(({ condition }) => impossible([{ condition, holds: true, where }]))) return undefined;
  const found = possible([...known, ...conditions.map(({ condition }) => ({ condition, holds: false, where }))]);
  if (found.kind !== 'yes') return undefined;
  const example = exampleOf(found.facts);
  return example === undefined ? {} : { example };
};

const example = (left: { readonly example?: string }): { readonly en: string; readonly ja: string } =>
  left.example === undefined
    ? { en: '', ja: '' }
    : { en: ` (such as ${left.example})`, ja: `（${left.example} など）` };

function* decisions(workflow: Workflow, from: Schema): Generator<Problem> {
  // Whatever is empty is left over, too; only what is missing among values is worth a word.
  const where: Where = { workflow, schema: from, filled: 'all' };
  const { reachable } = graphOf(workflow);
  for (const step of workflow.steps) {
    if (step.kind !== 'decision' || step.takes !== 'first' || step.otherwise || step.branches.length < 2) continue;
    if (!reachable.has(step.id) || choiceSplitOf(step, where)) continue;
    const known = guardsOf(workflow, step.id).map(({ condition, holds }): Goal => ({ condition, holds, where }));
    const left = leftOver(
      step.branches.map(({ when }) => when),
      known,
      where,
    );
    if (!left) continue;
    const { en, ja } = example(left);
    yield {
      place: step.place,
      element: step.id,
      message: {
        en: `There are records that meet none of the ${step.branches.length} branches${en}, and there is no default, so for them nothing is done.`,
        ja: `${step.branches.length} 個の分岐のどれにも当てはまらないレコード${ja}がありますが、それ以外の場合の分岐がないため、何も処理されません。`,
      },
    };
  }
}

/** kintone: a status whose every action has a condition is a decision, too. */
function* statuses(workflow: Workflow, from: Schema): Generator<Problem> {
  const where: Where = { workflow, schema: from, filled: 'all' };
  for (const state of workflow.states ?? []) {
    const actions = (workflow.transitions ?? []).filter((transition) => transition.from.name === state.id);
    const conditions = actions.flatMap(({ when }) => (when ? [when] : []));
    if (actions.length < 2 || conditions.length < actions.length) continue;
    const left = leftOver(conditions, [], where);
    if (!left) continue;
    const { en, ja } = example(left);
    const name = state.label ?? state.id;
    yield {
      place: state.place,
      element: state.id,
      message: {
        en: `In status "${name}", a record may meet the condition of none of its ${actions.length} actions${en}; nobody can move it on then.`,
        ja: `ステータス「${name}」では、${actions.length} 個のアクションの条件のどれにも当てはまらないレコード${ja}があり、その場合は誰も先へ進められません。`,
      },
    };
  }
}

export const condDefaultMissing = defineRule({
  id: 'workflow.cond-default-missing',
  severity: 'warning',
  sourceKind: 'condition',
  formats: ['BP', 'PA', 'KI', 'NY'],
  uses: ['schema', 'choices'],
  title: { en: 'A decision without a default', ja: 'それ以外の場合がない分岐' },
  about: {
    en: 'Several branches part the records, but some record meets none of them: a number exactly on the bound, for instance. Without a default (else) nothing happens for it, or the process stops with an error.',
    ja: '複数の分岐でレコードを振り分けていますが、どれにも当てはまらないレコードがあります（境界ちょうどの数値など）。それ以外の場合の分岐 (else) がないと、そのレコードは処理されないか、プロセスがエラーで止まります。',
  },
  advice: {
    en: 'Add a default (else), or close the gap between the conditions.',
    ja: 'それ以外の場合の分岐 (else) を追加するか、条件のすき間をなくしてください。',
  },
  examples: {
    bad: {
      files: `workflow: rank
object: Deal
trigger: { on: create }
steps:
  - id: rank
    branch:
      - when: { field: amount, lt: 100 }
        steps: [{ update: record, set: { rating: C } }]
      - when: { field: amount, gt: 100 }
        steps: [{ update: record, set: { rating: A } }]
`,
      schema,
      lines: [5],
    },
    good: {
      files: `workflow: rank
object: Deal
trigger: { on: create }
steps:
  - id: rank
    branch:
      - when: { field: amount, lt: 100 }
        steps: [{ update: record, set: { rating: C } }]
      - else: [{ update: record, set: { rating: A } }]
`,
    },
    lookAlike: {
      files: `workflow: rank
object: Deal
trigger: { on: create }
steps:
  - id: rank
    branch:
      - when: { field: amount, lt: 100 }
        steps: [{ update: record, set: { rating: C } }]
      - when: { field: amount, ge: 100 }
        steps: [{ update: record, set: { rating: A } }]
`,
      schema,
      says: { en: 'Every amount meets one of the two.', ja: 'どの金額も、どちらかに当てはまります。' },
    },
  },
  *workflow(workflow, { project }) {
    yield* decisions(workflow, project.schema);
    yield* statuses(workflow, project.schema);
  },
});
