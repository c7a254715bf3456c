import { defineRule } from '../../src/model/workflow/rule.ts';
import { rivalsOf } from '../../src/reason/workflow/interplay/rivals.ts';
import { alsoOf } from '../../src/reason/workflow/interplay/told.ts';
import { writtenValue } from '../../src/reason/workflow/written.ts';

export const flowConflictingValues = defineRule({
  id: 'workflow.flow-conflicting-values',
  severity: 'error',
  confidence: 'likely',
  sourceKind: 'trigger',
  over: ['flow-write-race', 'trigger-order-matters'],
  uses: ['schema', 'choices'],
  title: { en: 'Two workflows give one field different values', ja: '1 つの項目に別々の値を書く 2 つのワークフロー' },
  about: {
    en: 'There are records for which both workflows run in the same save, and they set the same field to different fixed values. No order is stated, so the last one wins by chance, and one of the two rules is broken for these records without any message.',
    ja: '同じ保存の中で両方のワークフローが動くレコードがあり、同じ項目に別々の固定値を書きます。順序が決められていないため、どちらが残るかは偶然で決まり、そのレコードでは一方のルールがエラーもなく無効になります。',
  },
  advice: {
    en: 'Let their conditions exclude each other, or state an order.',
    ja: '両方の条件が同時に成り立たないようにするか、実行順を指定してください。',
  },
  examples: {
    bad: {
      files: `workflow: big-deal
object: Deal
trigger: { on: update, fields: [amount] }
when: { field: amount, gt: 1000000 }
steps:
  - update: record
    set: { priority: High }
---
workflow: old-customer
object: Deal
trigger: { on: update, fields: [amount] }
when: { field: newCustomer, eq: false }
steps:
  - update: record
    set: { priority: Normal }
`,
      lines: [6],
    },
    good: {
      files: `workflow: big-deal
object: Deal
trigger: { on: update, fields: [amount] }
when: { field: amount, gt: 1000000 }
steps:
  - update: record
    set: { priority: High }
---
workflow: small-deal
object: Deal
trigger: { on: update, fields: [amount] }
when: { field: amount, le: 1000000 }
steps:
  - update: record
    set: { priority: Normal }
`,
    },
    lookAlike: {
      files: `workflow: big-deal
object: Deal
trigger: { on: update, fields: [amount] }
when: { field: amount, gt: 1000000 }
steps:
  - update: record
    set: { priority: High }
---
workflow: old-customer
object: Deal
trigger: { on: update, fields: [amount] }
when: { field: newCustomer, eq: false }
steps:
  - update: record
    set: { priority: High }
`,
      says: { en: 'Both write the same value.', ja: 'どちらも同じ値を書きます。' },
    },
  },
  *project({ project }) {
    for (const { one, field, others, kind } of rivalsOf(project)) {
      const [against] = others;
      if (kind !== 'conflict' || !against) continue;
      const name = `${one.write.object ?? ''}.${field.name}`;
      const [left, right] = [writtenValue(field.write.value), writtenValue(against.field.write.value)];
      yield {
        workflow: one.workflow.id,
        element: one.step.id,
        place: one.place,
        message: {
          en: `"${one.workflow.id}" sets ${name} to ${left} and "${against.deed.workflow.id}" to ${right} in the same save, for records that meet both conditions. Which value remains is a matter of chance.`,
          ja: `同じ保存の中で「${one.workflow.id}」は ${name} を ${left} に、「${against.deed.workflow.id}」は ${right} にします。両方の条件に合うレコードでは、どちらが残るか分かりません。`,
        },
        also: alsoOf(others.map(({ deed }) => deed)) ?? [],
      };
    }
  },
});
