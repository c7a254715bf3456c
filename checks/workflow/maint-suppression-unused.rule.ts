import { defineRule } from '../../src/model/workflow/rule.ts';

/** The engine itself says it, since it alone knows what was silenced. */
export const maintSuppressionUnused = defineRule({
  id: 'workflow.maint-suppression-unused',
  severity: 'info',
  sourceKind: 'maintenance',
  auto: 'yes',
  inactiveToo: true,
  title: { en: 'A suppression that does nothing', ja: '効いていない抑止の指定' },
  about: {
    en: 'A comment or an entry under `ignore` can silence one rule at one place, with a reason and, if wanted, a last day. One that matches nothing any more, gives no reason or is past its day hides nothing now, but may hide something new tomorrow.',
    ja: 'コメントや設定の ignore で、特定の場所の指摘を理由付きで出さないようにできます（期限も書けます）。該当がない、理由がない、期限切れの指定は、今は何も抑止していませんが、将来の別の問題を隠すおそれがあります。',
  },
  advice: { en: 'Remove it, or give a reason.', ja: '削除するか、理由を書いてください。' },
  examples: {
    bad: {
      files: `workflow: welcome
object: Contact
trigger: { on: create }
steps:
  # crm-doctor-disable-next-line flow-unreachable-step -- kept for the next season
  - log: a new contact
`,
      lines: [5],
    },
    good: {
      files: `workflow: welcome
object: Contact
trigger: { on: create }
steps:
  - update: record
    set: { source: web }
`,
    },
    lookAlike: {
      files: `workflow: welcome
object: Contact
trigger: { on: create }
steps:
  - stop: true
  # crm-doctor-disable-next-line flow-unreachable-step -- kept for the next season
  - log: a new contact
`,
    },
  },
});
