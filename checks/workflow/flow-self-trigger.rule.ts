import { defineRule } from '../../src/model/workflow/rule.ts';
import { interplayOf } from '../../src/reason/workflow/interplay/project.ts';
import { alsoOf, deedText } from '../../src/reason/workflow/interplay/told.ts';

export const flowSelfTrigger = defineRule({
  id: 'workflow.flow-self-trigger',
  severity: 'warning',
  confidence: 'likely',
  sourceKind: 'trigger',
  formats: ['SF', 'WR', 'OD', 'HS', 'ES', 'SU', 'VT', 'PA', 'ZO', 'NY'],
  uses: ['schema'],
  title: { en: 'A workflow that starts itself again and again', ja: '自分自身を起動し続けるワークフロー' },
  about: {
    en: 'A workflow that runs when a record is saved and saves such a record itself is started by its own work. That is harmless where it comes to rest: it writes the same value the second time, or its conditions are no longer met. Here it writes something new each time (the present moment, a text that grows, a new record), so it starts over until the platform stops it with an error and undoes the save.',
    ja: 'レコードの保存で動くワークフローが自分でもレコードを保存すると、その保存で自分がもう一度起動します。2 回目に同じ値を書くだけの場合や、条件に合わなくなる場合は、そこで落ち着くため問題ありません。しかしここでは、毎回違う値（現在時刻、伸び続ける文字列、新しいレコードなど）を書くため、システムがエラーで止めて保存を取り消すまで繰り返されます。',
  },
  advice: {
    en: 'Start it only when a particular field changed (not one that it writes itself), or write in the phase before the save.',
    ja: '自分が書く項目以外の特定の項目が変わったときだけ起動するようにするか、保存前の処理で書き込んでください。',
  },
  examples: {
    bad: {
      files: `workflow: touch-deal
object: Deal
trigger: { on: update }
when: { field: stage, ne: Lost }
steps:
  - update: record
    set: { lastTouched: '{{now}}' }
`,
      lines: [6],
    },
    good: {
      files: `workflow: touch-deal
object: Deal
trigger: { on: update, fields: [stage] }
steps:
  - update: record
    set: { lastTouched: '{{now}}' }
`,
    },
    lookAlike: {
      files: `workflow: mark-deal
object: Deal
trigger: { on: update }
when: { field: stage, eq: Won }
steps:
  - update: record
    set: { handedOver: true }
`,
      says: {
        en: 'The second time it writes what is there already, which starts nothing.',
        ja: '2 回目は同じ値を書くだけで、何も起動しません。',
      },
    },
  },
  *project({ project }) {
    for (const { workflows, ring, deeds } of interplayOf(project).endless) {
      const [first] = ring;
      const [workflow] = workflows;
      if (!first || !workflow || workflows.length > 1) continue;
      const { en, ja } = deedText(first);
      yield {
        workflow: workflow.id,
        element: first.step.id,
        place: first.place,
        message: {
          en: `"${workflow.id}" ${en}, and that save starts "${workflow.id}" again, with something new to write each time. It never comes to rest, until the platform stops it and undoes the save.`,
          ja: `「${workflow.id}」が ${ja}すると、その保存で「${workflow.id}」がまた起動し、毎回新しい内容を書くため終わりません。システムの上限で停止し、保存が取り消されます。`,
        },
        also: alsoOf(deeds.filter((deed) => deed !== first && ring.includes(deed))) ?? [],
      };
    }
  },
});
