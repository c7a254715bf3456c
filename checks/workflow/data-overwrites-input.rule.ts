import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Value } from '../../src/model/workflow/value.ts';
import { knownWritesOf } from '../../src/reason/workflow/field-writes.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';
import { guardsOf } from '../../src/reason/workflow/guards.ts';
import { writtenValue } from '../../src/reason/workflow/written.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      amount: { type: number, editable: true }
      rank: { type: text, editable: true }
`;

const isBlank = (value: Value): boolean => value.kind === 'literal' && (value.value === null || value.value === '');

export const dataOverwritesInput = defineRule({
  id: 'workflow.data-overwrites-input',
  severity: 'warning',
  sourceKind: 'action',
  confidence: 'likely',
  needs: ['schema'],
  title: { en: 'What people type is overwritten at every save', ja: '入力した値が保存のたびに上書きされる' },
  about: {
    en: 'The workflow writes a fixed value into a field that people fill in on the form, at every change of the record and without any condition. Whatever they type is gone after saving.',
    ja: '利用者が画面で入力する項目に、レコードを更新するたびに、条件なしで固定値を書き込んでいます。何を入力しても、保存すると消えてしまいます。',
  },
  advice: {
    en: 'Write it only when the field is empty, or when something else changed.',
    ja: '項目が空のときだけ、または別の項目が変更されたときだけ書き込むようにしてください。',
  },
  examples: {
    bad: {
      files: `workflow: rank
object: Deal
trigger: { on: save, phase: before }
steps:
  - update: record
    set: { rank: B }
`,
      schema,
      lines: [6],
    },
    good: {
      files: `workflow: rank
object: Deal
trigger: { on: save, phase: before }
when: { field: rank, empty: true }
steps:
  - update: record
    set: { rank: B }
`,
      schema,
    },
    lookAlike: {
      files: `workflow: rank
object: Deal
trigger: { on: create, phase: before }
steps:
  - update: record
    set: { rank: B }
`,
      schema,
      says: { en: 'A start value for new records.', ja: '新規レコードの初期値です。' },
    },
  },
  *workflow(workflow, { project: { schema: crm } }) {
    const { triggers } = workflow;
    const everySave = triggers.some(
      ({ on, when, watch, once, becomesTrue, date }) =>
        (on === 'update' || on === 'save') && !when && !watch && !once && !becomesTrue && !date,
    );
    if (!everySave || triggers.some(({ when, watch }) => when || watch)) return;
    const graph = graphOf(workflow);
    for (const { step, write, assignment, object, field } of knownWritesOf(workflow, crm)) {
      const { value } = assignment;
      if (write.of.kind !== 'trigger' || write.operation !== 'update' || !field.editable || value.kind !== 'literal')
        continue;
      const decided = graph.dominators(step.id).some((id) => graph.steps.get(id)?.kind === 'decision');
      const always = graph.reachable.has(step.id) && !graph.onErrorPath(step.id) && !graph.afterPause(step.id);
      if (
        !always ||
        decided ||
        step.inside?.length ||
        guardsOf(workflow, step.id).some(({ from }) => from.kind !== 'step')
      )
        continue;
      yield {
        place: assignment.field.place,
        element: step.id,
        message: {
          en: `${object.name}.${field.name} is filled in by people, but every save ${isBlank(value) ? 'clears it' : `sets it to ${writtenValue(value)}`}, so what they type is lost.`,
          ja: `${object.name}.${field.name} は利用者が入力する項目ですが、保存のたびに${isBlank(value) ? '空' : ` ${writtenValue(value)} `}に書き換えられ、入力内容が失われます。`,
        },
      };
    }
  },
});
