import { defineRule } from '../../src/model/workflow/rule.ts';
import { interplayOf } from '../../src/reason/workflow/interplay/project.ts';
import { alsoOf } from '../../src/reason/workflow/interplay/told.ts';
import { writtenValue } from '../../src/reason/workflow/written.ts';

export const flowOscillation = defineRule({
  id: 'workflow.flow-oscillation',
  severity: 'error',
  confidence: 'likely',
  sourceKind: 'trigger',
  uses: ['schema', 'choices'],
  over: ['flow-mutual-trigger'],
  title: {
    en: 'Two workflows that set one field to and fro',
    ja: '1 つの項目を交互に書き換え続ける 2 つのワークフロー',
  },
  about: {
    en: 'One workflow sets a field to a value, the save starts the other, which sets it to another value, and that save starts the first again. The field flips for ever; the platform stops it with an error, and which value remains is a matter of chance.',
    ja: '一方のワークフローが項目にある値を書くと、その保存でもう一方が起動して別の値を書き、その保存で最初のワークフローがまた起動します。値が交互に変わり続け、システムがエラーで停止します。最後にどちらの値が残るかは決まりません。',
  },
  advice: {
    en: 'Remove one of the two, or let their conditions exclude each other.',
    ja: 'どちらか一方を削除するか、両方が同時に成り立たない条件にしてください。',
  },
  examples: {
    bad: {
      files: `workflow: reopen
object: Case
trigger: { on: update, fields: [status] }
when: { field: status, eq: Waiting }
steps:
  - update: record
    set: { status: Open }
---
workflow: park
object: Case
trigger: { on: update, fields: [status] }
when: { field: status, eq: Open }
steps:
  - update: record
    set: { status: Waiting }
`,
      lines: [6],
    },
    good: {
      files: `workflow: reopen
object: Case
trigger: { on: update, fields: [answeredOn] }
when: { field: status, eq: Waiting }
steps:
  - update: record
    set: { status: Open }
---
workflow: park
object: Case
trigger: { on: update, fields: [status] }
when: { field: status, eq: Open }
steps:
  - update: record
    set: { status: Waiting }
`,
    },
    lookAlike: {
      files: `workflow: accept
object: Case
trigger: { on: update, fields: [status] }
when: { field: status, eq: New }
steps:
  - update: record
    set: { status: Open }
---
workflow: park
object: Case
trigger: { on: update, fields: [status] }
when: { field: status, eq: Open }
steps:
  - update: record
    set: { status: Waiting }
`,
      says: {
        en: 'The status goes one way, and nothing sets it back.',
        ja: '状態は一方向に進むだけで、元に戻す処理はありません。',
      },
    },
  },
  *project({ project }) {
    for (const { flip } of interplayOf(project).endless) {
      if (!flip) continue;
      const { one, other, field, otherField } = flip;
      const name = `${one.write.object ?? ''}.${field.name}`;
      const [left, right] = [writtenValue(field.write.value), writtenValue(otherField.write.value)];
      yield {
        workflow: one.workflow.id,
        element: one.step.id,
        place: one.place,
        message: {
          en: `"${one.workflow.id}" sets ${name} to ${left}, which starts "${other.workflow.id}"; that sets it to ${right}, which starts "${one.workflow.id}" again, for ever.`,
          ja: `「${one.workflow.id}」が ${name} を ${left} にすると「${other.workflow.id}」が起動して ${right} にし、すると「${one.workflow.id}」がまた起動して、終わりなく書き換え合います。`,
        },
        also: alsoOf([other]) ?? [],
      };
    }
  },
});
