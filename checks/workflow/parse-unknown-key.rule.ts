import { defineRule } from '../../src/model/workflow/rule.ts';
import { saidWhileReading } from './reading.ts';

export const parseUnknownKey = defineRule({
  id: 'workflow.parse-unknown-key',
  severity: 'error',
  sourceKind: 'reading',
  formats: ['NY'],
  auto: 'suggest',
  inactiveToo: true,
  title: { en: 'A key that the format does not have', ja: '形式にないキー' },
  about: {
    en: 'A misspelt key is not read, so that the setting behind it does nothing, without a word. crm-doctor tells you which key was probably meant.',
    ja: 'つづりを間違えたキーは読まれず、その設定は何も言わずに無視されます。crm-doctor は、正しいと思われるキーを示します。',
  },
  advice: { en: 'Rename it, or remove it.', ja: 'キーの名前を直すか、削除してください。' },
  examples: {
    bad: {
      files: `workflow: tell
object: Deal
trigger:
  on: update
  field: [stage]
steps:
  - notify: role:sales
    message: a new stage
`,
      lines: [5],
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
trigger: { on: date, field: renewalDate, offset: -7d }
steps:
  - notify: role:sales
    message: renew
`,
    },
  },
  project: saidWhileReading('parse-unknown-key'),
});
