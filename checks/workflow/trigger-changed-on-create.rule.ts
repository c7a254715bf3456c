import type { Test } from '../../src/model/workflow/condition.ts';
import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';
import { allConditions, conditionTests } from '../../src/reason/workflow/reads.ts';
import { pathsOf } from '../../src/reason/workflow/values.ts';
import { writtenTest } from '../../src/reason/workflow/written.ts';

const ofChange: readonly Test['op'][] = ['changed', 'notChanged', 'changedTo', 'changedFrom', 'was'];

/** Whether a comparison speaks of the value before the save. */
const looksBack = ({ left, op, right }: Test): boolean =>
  ofChange.includes(op) ||
  [...pathsOf(left), ...(right ? pathsOf(right) : [])].some(({ root }) => root.kind === 'prior');

export const triggerChangedOnCreate = defineRule({
  id: 'workflow.trigger-changed-on-create',
  severity: 'error',
  sourceKind: 'trigger',
  formats: ['SF', 'OD', 'ES', 'VT', 'SU', 'NY'],
  over: ['trigger-never-fires', 'cond-unsatisfiable', 'cond-tautology', 'cond-prior-unavailable'],
  title: { en: 'A new record is asked what it was before', ja: '新規作成なのに変更前の値を見ている' },
  about: {
    en: 'A record that was just created has no value from before. A test whether a field "changed", or what it "was", then never holds, or always does, depending on the CRM.',
    ja: '作成されたばかりのレコードには「変更前の値」がありません。「変更された」「以前の値が〜」という条件は、CRM によって必ず不成立、または必ず成立になります。',
  },
  advice: {
    en: 'Compare the value itself, or let the workflow start on update as well.',
    ja: '値そのものを比べる条件に直すか、更新時にも動くトリガーにしてください。',
  },
  examples: {
    bad: {
      files: `workflow: new-vip
object: Account
trigger: { on: create }
when:
  - { field: tier, changedTo: VIP }
steps:
  - notify: role:sales
    message: a new VIP
`,
      lines: [5],
    },
    good: {
      files: `workflow: new-vip
object: Account
trigger: { on: create }
when:
  - { field: tier, eq: VIP }
steps:
  - notify: role:sales
    message: a new VIP
`,
    },
    lookAlike: {
      files: `workflow: new-vip
object: Account
trigger: { on: save }
when:
  - { field: tier, changedTo: VIP }
steps:
  - notify: role:sales
    message: a new VIP
`,
    },
  },
  *workflow(workflow): Generator<Problem> {
    const { triggers } = workflow;
    if (triggers.length === 0 || !triggers.every(({ on }) => on === 'create')) return;
    for (const { conditions, step, candidate } of allConditions(workflow)) {
      // A wait looks at later saves, and what follows it is another matter.
      const { steps, afterPause } = graphOf(workflow);
      if (candidate !== undefined) continue;
      if (step !== undefined && (steps.get(step)?.kind === 'wait' || afterPause(step))) continue;
      for (const test of conditionTests(conditions.condition)) {
        if (!looksBack(test)) continue;
        yield {
          place: test.place,
          ...(step === undefined ? {} : { element: step }),
          message: {
            en: `"${writtenTest(test)}" looks at the value before the save, but "${workflow.id}" only runs on new records, which have none, so the test can never tell anything.`,
            ja: `「${writtenTest(test)}」は保存前の値を見ていますが、「${workflow.id}」は新規作成時にしか動かず、変更前の値がありません。この条件は役に立ちません。`,
          },
        };
      }
    }
  },
});
