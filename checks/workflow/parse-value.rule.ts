import { defineRule } from '../../src/model/workflow/rule.ts';
import { saidWhileReading } from './reading.ts';

export const parseValue = defineRule({
  id: 'workflow.parse-value',
  severity: 'error',
  sourceKind: 'reading',
  formats: ['NY'],

  inactiveToo: true,
  title: { en: 'A value of the wrong kind', ja: '値の種類が違う' },
  about: {
    en: 'Some keys take a text, some a list, a number or a length of time such as 3d. With a value of another kind the setting cannot be used.',
    ja: 'キーによって、文字列・リスト・数・期間（3d など）と、書ける値の種類が決まっています。種類の違う値では、その設定は使われません。',
  },
  advice: { en: 'Write a value of the kind that is named.', ja: '示された種類の値を書いてください。' },
  examples: {
    bad: {
      files: `workflow: tell
object: Deal
trigger: { on: update, fields: [stage] }
active: maybe
steps:
  - notify: role:sales
    message: a new stage
`,
      lines: [4],
    },
    good: {
      files: `workflow: tell
object: Deal
trigger: { on: update, fields: [stage] }
steps:
  - notify: role:sales
    message: a new stage
`,
    },
    lookAlike: {
      files: `workflow: tell
object: Deal
trigger: { on: update, fields: stage }
active: false
steps:
  - notify: role:sales
    message: a new stage
`,
    },
  },
  project: saidWhileReading('parse-value'),
});
