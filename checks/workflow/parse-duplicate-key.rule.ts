import { defineRule } from '../../src/model/workflow/rule.ts';
import { saidWhileReading } from './reading.ts';

export const parseDuplicateKey = defineRule({
  id: 'workflow.parse-duplicate-key',
  severity: 'error',
  sourceKind: 'reading',

  inactiveToo: true,
  title: { en: 'The same key twice', ja: '同じキーが 2 回ある' },
  about: {
    en: 'When a key stands twice in one block, only one of the two values counts, and which one differs from program to program. What you see first may not be what runs.',
    ja: '同じブロックに同じキーが 2 回あると、片方の値しか使われません。どちらが使われるかはプログラムによって違うため、見えている値と実際の動作が食い違います。',
  },
  advice: { en: 'Keep one of the two.', ja: 'どちらか 1 つだけを残してください。' },
  examples: {
    bad: {
      files: `workflow: tell
object: Deal
trigger: { on: update, fields: [stage] }
steps:
  - notify: role:sales
    message: one
    message: two
`,
      lines: [7],
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
trigger: { on: update, fields: [stage] }
steps:
  - notify: role:sales
    message: one
  - notify: role:finance
    message: two
`,
    },
  },
  project: saidWhileReading('parse-duplicate-key'),
});
