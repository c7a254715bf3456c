import { defineRule } from '../../src/model/workflow/rule.ts';
import { interplayOf } from '../../src/reason/workflow/interplay/project.ts';
import { alsoOf, chainText } from '../../src/reason/workflow/interplay/told.ts';

export const flowMutualTrigger = defineRule({
  id: 'workflow.flow-mutual-trigger',
  severity: 'error',
  confidence: 'likely',
  sourceKind: 'trigger',
  uses: ['schema'],
  title: { en: 'Workflows that start each other without end', ja: '互いを起動し続けるワークフロー' },
  about: {
    en: 'The save that one workflow does starts another one, whose save starts the first again. Where one of them writes the same value the second time, or asks whether a certain field changed, the chain ends by itself and nothing is said here. These never stop: the platform breaks off with an error about limits or recursion, and the user cannot save.',
    ja: 'あるワークフローの保存が別のワークフローを起動し、その保存が最初のワークフローをまた起動します。2 回目に同じ値を書くだけの場合や、特定の項目の変更を条件にしている場合は、連鎖が自然に終わるため指摘しません。ここで挙げるものは止まらないため、システムが上限超過や再帰のエラーで打ち切り、ユーザーは保存できなくなります。',
  },
  advice: {
    en: 'Let one of them run only when a certain field changed, or join them into one workflow.',
    ja: 'どれか 1 つを「特定の項目が変更された時だけ」動くようにするか、1 つのワークフローにまとめてください。',
  },
  examples: {
    bad: {
      files: `workflow: tell-account
object: Deal
trigger: { on: update }
steps:
  - update: Account
    where: { field: id, eq: '{{record.account}}' }
    set: { lastActivity: '{{now}}' }
---
workflow: tell-deals
object: Account
trigger: { on: update }
steps:
  - update: Deal
    where: { field: account, eq: '{{record.id}}' }
    set: { accountActivity: '{{record.lastActivity}}' }
`,
      lines: [5],
    },
    good: {
      files: `workflow: tell-account
object: Deal
trigger: { on: update, fields: [stage] }
steps:
  - update: Account
    where: { field: id, eq: '{{record.account}}' }
    set: { lastActivity: '{{now}}' }
    onError: [{ log: the account was not told }]
---
workflow: tell-deals
object: Account
trigger: { on: update, fields: [lastActivity] }
steps:
  - update: Deal
    where: { field: account, eq: '{{record.id}}' }
    set: { accountActivity: '{{record.lastActivity}}' }
    onError: [{ log: the deals were not told }]
`,
    },
    lookAlike: {
      files: `workflow: phone-to-account
object: Contact
trigger: { on: update, fields: [phone] }
steps:
  - update: Account
    where: { field: id, eq: '{{record.account}}' }
    set: { phone: '{{record.phone}}' }
---
workflow: phone-to-contacts
object: Account
trigger: { on: update, fields: [phone] }
steps:
  - update: Contact
    where: { field: account, eq: '{{record.id}}' }
    set: { phone: '{{record.phone}}' }
`,
      says: {
        en: 'Copied to and fro, the value is the same the second time, so it ends there.',
        ja: '互いにコピーしますが、2 回目は同じ値になるため、そこで終わります。',
      },
    },
  },
  *project({ project }) {
    for (const { workflows, ring, flip } of interplayOf(project).endless) {
      const [first] = ring;
      // Two that set one field to and fro are `flow-oscillation`.
      if (!first || workflows.length < 2 || flip) continue;
      const told = chainText(ring, first.workflow.id);
      const more = workflows.length - new Set(ring.map(({ workflow }) => workflow)).size;
      yield {
        workflow: first.workflow.id,
        element: first.step.id,
        place: first.place,
        message: {
          en: `${told.en}, and so on without end.${more > 0 ? ` ${more} more take part.` : ''} The platform stops it with an error, and the save that began it is undone.`,
          ja: `${told.ja}、と終わりなく続きます。${more > 0 ? `ほかに ${more} 個も関わっています。` : ''}システムがエラーで停止し、最初の保存も取り消されます。`,
        },
        also: alsoOf(ring.slice(1)) ?? [],
      };
    }
  },
});
