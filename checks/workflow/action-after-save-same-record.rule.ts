import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Step } from '../../src/model/workflow/step.ts';
import { writesOf } from '../../src/reason/workflow/effects.ts';

/** Steps that do nothing by themselves. */
const isQuiet = ({ kind }: Step): boolean => kind === 'decision' || kind === 'let' || kind === 'log' || kind === 'stop';

export const actionAfterSaveSameRecord = defineRule({
  id: 'workflow.action-after-save-same-record',
  severity: 'info',
  sourceKind: 'action',
  formats: ['SF', 'NY'],
  title: { en: 'The record is saved twice where once is enough', ja: '同じレコードの二度保存' },
  about: {
    en: 'After a record was saved, the workflow changes the same record, so that it is saved again: all rules and workflows run a second time. A workflow that runs before the save can set the values in the save that is going on.',
    ja: 'レコードの保存後に同じレコードを更新すると、もう一度保存が行われ、入力規則やワークフローも再び実行されます。保存前に動くワークフローなら、最初の保存の中で値を設定できます。',
  },
  advice: {
    en: 'Set the values before the save (native format: `phase: before`).',
    ja: '保存前の処理（標準形式では phase: before）で値を設定してください。',
  },
  examples: {
    bad: {
      files: `workflow: mark
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - update: record
    set: { handedOver: true }
`,
      lines: [6],
    },
    good: {
      files: `workflow: mark
object: Deal
trigger: { on: update, phase: before, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - update: record
    set: { handedOver: true }
`,
    },
    lookAlike: {
      files: `workflow: mark
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - notify: role:sales
    message: 'won: {{record.name}}'
  - update: record
    set: { handedOver: true }
`,
      says: {
        en: 'The notice has to wait until the record is stored.',
        ja: '通知は、レコードが保存されてから送る必要があります。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    const { triggers, steps } = workflow;
    const afterUpdate = triggers.every(({ on, phase }) => phase === 'after' && (on === 'update' || on === 'save'));
    if (triggers.length === 0 || !afterUpdate || workflow.onError) return;
    const isSimple = (step: Step): boolean =>
      step.kind === 'update' &&
      !step.more &&
      !step.onError &&
      writesOf(step, workflow, schema).every(({ of }) => of.kind === 'trigger') &&
      step.set.every(({ value }) => value.kind === 'literal');
    const updates = steps.filter(isSimple);
    const [first] = updates;
    if (!first || !steps.every((step) => isQuiet(step) || updates.includes(step))) return;
    yield {
      place: first.place,
      element: first.id,
      message: {
        en: `"${first.label ?? first.id}" saves the same ${workflow.object?.name ?? 'record'} a second time only to set fixed values; before the save they would cost nothing.`,
        ja: `「${first.label ?? first.id}」は、固定値を設定するためだけに同じ ${workflow.object?.name ?? 'レコード'} をもう一度保存します。保存前なら、その手間はかかりません。`,
      },
    };
  },
});
