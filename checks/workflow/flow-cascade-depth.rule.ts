import { defineRule } from '../../src/model/workflow/rule.ts';
import { cascadesOver } from '../../src/reason/workflow/interplay/cascades.ts';
import { alsoOf } from '../../src/reason/workflow/interplay/told.ts';

export const flowCascadeDepth = defineRule({
  id: 'workflow.flow-cascade-depth',
  severity: 'warning',
  confidence: 'likely',
  sourceKind: 'trigger',
  uses: ['schema'],
  limits: { limit: 5 },
  title: { en: 'A long chain of workflows that start each other', ja: '次々に起動し合う長い連鎖' },
  about: {
    en: 'One save starts a workflow, whose save starts the next, and so on. All of it happens while the user waits and counts against the same limits of the platform; an error in the last one undoes the first, and nobody who changes one of them sees what hangs on it.',
    ja: '1 回の保存がワークフローを起動し、その保存が次を起動し、と連鎖しています。ユーザーが保存を待つ間にすべて実行され、システムの上限も共有します。最後の 1 つでエラーが起きると最初の保存まで取り消され、途中の 1 つを変えたときの影響も見えにくくなります。',
  },
  advice: {
    en: 'Join some of them, or let the later ones run on their own (asynchronously).',
    ja: 'いくつかを 1 つにまとめるか、後半を非同期の処理に分けてください。',
  },
  examples: {
    bad: {
      files: `workflow: s1
object: Deal
trigger: { on: update, fields: [stage] }
steps:
  - update: record
    set: { check: A }
---
workflow: s2
object: Deal
trigger: { on: update, fields: [check] }
steps:
  - update: record
    set: { review: B }
---
workflow: s3
object: Deal
trigger: { on: update, fields: [review] }
steps:
  - update: record
    set: { plan: C }
---
workflow: s4
object: Deal
trigger: { on: update, fields: [plan] }
steps:
  - update: record
    set: { order: D }
---
workflow: s5
object: Deal
trigger: { on: update, fields: [order] }
steps:
  - update: record
    set: { invoice: E }
---
workflow: s6
object: Deal
trigger: { on: update, fields: [invoice] }
steps:
  - notify: role:finance
    message: 'invoice for {{record.name}}'
`,
      lines: [5],
    },
    good: {
      files: `workflow: s1
object: Deal
trigger: { on: update, fields: [stage] }
steps:
  - update: record
    set: { check: A, review: B, plan: C }
---
workflow: s2
object: Deal
trigger: { on: update, fields: [plan] }
steps:
  - update: record
    set: { order: D }
---
workflow: s3
object: Deal
trigger: { on: update, fields: [order] }
steps:
  - notify: role:finance
    message: 'order for {{record.name}}'
`,
    },
    lookAlike: {
      files: `workflow: s1
object: Deal
trigger: { on: update, fields: [stage] }
steps:
  - update: record
    set: { check: A }
---
workflow: s2
object: Deal
trigger: { on: update, fields: [check] }
steps:
  - update: record
    set: { review: B }
---
workflow: s3
object: Deal
trigger: { on: update, fields: [review] }
when: { field: review, eq: X }
steps:
  - update: record
    set: { plan: C }
---
workflow: s4
object: Deal
trigger: { on: update, fields: [plan] }
steps:
  - update: record
    set: { order: D }
---
workflow: s5
object: Deal
trigger: { on: update, fields: [order] }
steps:
  - update: record
    set: { invoice: E }
---
workflow: s6
object: Deal
trigger: { on: update, fields: [invoice] }
steps:
  - notify: role:finance
    message: 'invoice for {{record.name}}'
`,
      says: {
        en: 'The second one never writes what the third one asks for, so the chain is parted there.',
        ja: '2 番目は 3 番目が条件とする値を書かないため、連鎖はそこで切れています。',
      },
    },
  },
  *project({ project, limits }) {
    const limit = Number(limits.limit);
    for (const { deeds, last } of cascadesOver(project, Number.isFinite(limit) ? limit : 5)) {
      const [first] = deeds;
      if (!first) continue;
      const names = [...deeds.map(({ workflow }) => workflow.id), last.id];
      const shown = names.length > 12 ? [...names.slice(0, 11), '…', last.id] : names;
      yield {
        workflow: first.workflow.id,
        element: first.step.id,
        place: first.place,
        message: {
          en: `One save can start ${names.length} workflows in a row (the limit is ${limit}): ${shown.join(' → ')}. An error in any of them undoes all of it.`,
          ja: `1 回の保存で ${names.length} 個のワークフローが次々に起動します（上限 ${limit}）：${shown.join(' → ')}。どれか 1 つのエラーで全体が取り消されます。`,
        },
        also: alsoOf(deeds.slice(1)) ?? [],
      };
    }
  },
});
