import { defineRule } from '../../src/model/workflow/rule.ts';
import { rivalsOf } from '../../src/reason/workflow/interplay/rivals.ts';
import { alsoOf } from '../../src/reason/workflow/interplay/told.ts';

export const flowWriteRace = defineRule({
  id: 'workflow.flow-write-race',
  severity: 'warning',
  confidence: 'likely',
  sourceKind: 'trigger',
  over: ['trigger-order-matters'],
  uses: ['schema'],
  title: {
    en: 'Several workflows write one field, in no stated order',
    ja: '順序を決めずに同じ項目を書く複数のワークフロー',
  },
  about: {
    en: 'In one save several workflows write the same field of the same record. Nothing says which of them runs last, so the platform decides, and its choice can change when one of them is edited, renamed or activated again. The value that remains is then another one, although nobody touched the rule behind it.',
    ja: '1 回の保存の中で、複数のワークフローが同じレコードの同じ項目に書き込みます。どれが最後に動くかが決められていないため、順序はシステム任せです。どれかを編集・改名・再有効化しただけで順序が変わり、残る値が変わることがあります。',
  },
  advice: {
    en: 'Give them an order, or join them into one workflow.',
    ja: '実行順を指定するか、1 つのワークフローにまとめてください。',
  },
  examples: {
    bad: {
      files: `workflow: region-of-account
object: Deal
trigger: { on: update, fields: [account] }
steps:
  - update: record
    set: { region: '{{record.account.region}}' }
---
workflow: region-of-owner
object: Deal
trigger: { on: update, fields: [owner] }
steps:
  - update: record
    set: { region: '{{record.owner.region}}' }
`,
      lines: [5],
    },
    good: {
      files: `workflow: region-of-account
object: Deal
order: 10
trigger: { on: update, fields: [account] }
steps:
  - update: record
    set: { region: '{{record.account.region}}' }
---
workflow: region-of-owner
object: Deal
order: 20
trigger: { on: update, fields: [owner] }
steps:
  - update: record
    set: { region: '{{record.owner.region}}' }
`,
    },
    lookAlike: {
      files: `workflow: region-of-account
object: Deal
trigger: { on: update, fields: [account] }
when: { field: direct, eq: false }
steps:
  - update: record
    set: { region: '{{record.account.region}}' }
---
workflow: region-of-owner
object: Deal
trigger: { on: update, fields: [owner] }
when: { field: direct, eq: true }
steps:
  - update: record
    set: { region: '{{record.owner.region}}' }
`,
      says: { en: 'Never both for one record.', ja: '1 件のレコードで両方が動くことはありません。' },
    },
  },
  *project({ project }) {
    for (const { one, field, others, kind } of rivalsOf(project)) {
      if (kind !== 'race') continue;
      const names = others.map(({ deed }) => deed.workflow.id);
      const shown = names.slice(0, 4);
      const name = `${one.write.object ?? ''}.${field.name}`;
      yield {
        workflow: one.workflow.id,
        element: one.step.id,
        place: one.place,
        message: {
          en: `${[one.workflow.id, ...shown].map((id) => `"${id}"`).join(', ')}${names.length > 4 ? ` and ${names.length - 4} more` : ''} write ${name} in the same save, and nothing says in which order, so which value remains is a matter of chance.`,
          ja: `${[one.workflow.id, ...shown].map((id) => `「${id}」`).join('')}${names.length > 4 ? `ほか ${names.length - 4} 個` : ''}が同じ保存の中で ${name} を書きますが、順序が決まっていないため、どの値が残るか分かりません。`,
        },
        also: alsoOf(others.map(({ deed }) => deed)) ?? [],
      };
    }
  },
});
